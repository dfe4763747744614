import { z } from 'zod';
import { OFFICIALS } from '../../../../contract/identity-vocabulary.ts';
import {
  coverageAnswer,
  coverageList,
  coverageListQuery,
  coverageQuery,
  followUpInput,
} from '../../../../contract/insurance-coverage.ts';
import type { Tx } from '../../../kernel/db.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import { type Day, dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { status } from '../status.ts';
import type { InsuranceTables } from '../tables.ts';
import type { CoverageSettings } from './coverage.pack.ts';
import { coverRate, missingFor, targetStanding } from './coverage.rules.ts';
import { type CubeAsk, type CubeCell, coverageCube, coverageElevators, noteFollowUp } from './coverage.views.ts';

const tags = ['insurance'];

/** What officials see of cover: rates, the elevators behind them, goals, and what was done about the uninsured. */
export const coverageRoutes =
  (deps: InsuranceDeps, settings: CoverageSettings): Routes =>
  async (app) => {
    app.get(
      '/insurance/coverage',
      {
        config: { access: OFFICIALS, grant: 'statistics:read' },
        schema: {
          summary: 'Insured elevators by district, place, product, payer or insurer, beside the goals of the notice',
          tags,
          querystring: coverageQuery,
          response: { 200: coverageAnswer },
        },
      },
      (request) => {
        const { by } = request.query;
        const ask = askOf(request.query, deps.now());
        return deps.scoped(viewerOf(request), async (tx) => {
          const cube = await coverageCube(tx, ask, by);
          const targets = await targetsOn(tx, settings, ask);
          const { on } = ask;
          const publicPlaces = [...settings.publicPlaces];
          return { on, by, rows: cube.rows.map(withRate), total: withRate(cube.total), publicPlaces, targets };
        });
      },
    );
    app.get(
      '/insurance/coverage/elevators',
      {
        config: { access: OFFICIALS },
        schema: {
          summary: 'The elevators behind a figure of coverage, insured or not',
          tags,
          querystring: coverageListQuery,
          response: { 200: coverageList },
        },
      },
      (request) => {
        const { insured, after, limit } = request.query;
        const ask = {
          ...askOf(request.query, deps.now()),
          insured: insured === undefined ? undefined : insured === 'true',
          after: after || undefined,
          limit,
        };
        return deps.scoped(viewerOf(request), (tx) => coverageElevators(tx, ask));
      },
    );
    app.post(
      '/insurance/coverage/followups',
      {
        config: { access: OFFICIALS },
        schema: {
          summary: 'Note what was done about uninsured elevators',
          tags,
          body: followUpInput,
          response: { 201: z.object({ noted: z.int() }) },
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const by = { actor: viewer.accountId, at: deps.now() };
        const done = await deps.scoped(viewer, (tx) => noteFollowUp(tx, request.body, by));
        if (!done) return problem(reply, status, { code: 'insurance.nothing_to_insure' });
        return reply.code(201).send({ noted: new Set(request.body.elevatorIds).size });
      },
    );
  };

type Narrow = z.output<typeof coverageQuery> | z.output<typeof coverageListQuery>;

const askOf = (query: Narrow, now: Date): CubeAsk & { on: Day } => ({
  on: (query.on ?? dayOf(now)) as Day,
  district: query.district,
  places: query.place?.split(',').filter(Boolean),
  excludedAreas: query.without?.split(',').filter(Boolean) ?? [],
  kind: query.kind,
  payer: query.payer,
  insurer: query.insurer,
});

const withRate = (cell: CubeCell) => ({ ...cell, rate: coverRate(cell.insured, cell.should) });

/** Every goal against its figure on the day, in the district asked for, every insurer counted. */
async function targetsOn(tx: Tx<InsuranceTables>, { targets }: CoverageSettings, { on, district }: CubeAsk) {
  const told = [];
  for (const { id, name, places, excludedAreas, percent, dueOn } of targets) {
    const { total } = await coverageCube(tx, { on, district, places, excludedAreas }, 'district');
    const { should, insured } = total;
    told.push({
      id,
      name,
      places: [...places],
      excludedAreas: [...excludedAreas],
      percent,
      dueOn,
      should,
      insured,
      rate: coverRate(insured, should),
      missing: missingFor(percent, total),
      standing: targetStanding({ percent, dueOn }, total, on),
    });
  }
  return told;
}
