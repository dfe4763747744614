import { v5 } from 'uuid';
import { z } from 'zod';
import { OFFICIALS, REGULATORS } from '../../../../contract/identity-vocabulary.ts';
import {
  annexAnswer,
  annexInput,
  annexPrinted,
  annexQuery,
  annexReport,
  residentsInput,
} from '../../../../contract/insurance-annex.ts';
import type { Db } from '../../../kernel/db.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import type { Tasks } from '../../../kernel/jobs.ts';
import { notify } from '../../../kernel/notify.ts';
import { sendFile } from '../../../kernel/send-file.ts';
import { type Day, dayOf, secondsBetween, startOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { status } from '../status.ts';
import type { InsuranceTables } from '../tables.ts';
import { annexDue, countAnnex, freezeAnnex } from './annex.service.ts';
import { annexWorkbook } from './annex.sheet.ts';
import { recordResidents } from './annex.store.ts';
import { type AnnexReport, findReport, reportsOf } from './annex-report.store.ts';
import type { CoverageSettings } from './coverage.pack.ts';

const tags = ['insurance'];
const byId = z.object({ id: z.uuid() });
const MOST_ROWS = 500; // shown; the export has all

/** What the forms need of the city: its name, how many answers a share needs, when the report is due. */
export type AnnexSettings = { city: string; leastAnswers: number; annex: CoverageSettings['annex'] };

/** Chongqing's two forms, counted at any time, handed in with a hash, corrected by numbered versions. */
export const annexRoutes =
  (deps: InsuranceDeps, settings: AnnexSettings): Routes =>
  async (app) => {
    app.get(
      '/insurance/annex',
      {
        config: { access: OFFICIALS },
        schema: {
          summary: 'Annex 1 and 2 of a district as they stand, beside what was handed in',
          tags,
          querystring: annexQuery,
          response: { 200: annexAnswer },
        },
      },
      (request) => {
        const of = request.query;
        const now = deps.now();
        return deps.scoped(viewerOf(request), async (tx) => {
          const draft = await countAnnex(tx, { of, now, leastAnswers: settings.leastAnswers });
          const reports = await reportsOf(tx, of);
          const { dueOn } = annexDue(settings.annex, `${of.year}-01-01` as Day);
          const { one, two, lineIds: _, until, ...rest } = draft;
          return {
            ...of,
            ...rest,
            one,
            two: two.slice(0, MOST_ROWS),
            rows: two.length,
            until: until.toISOString(),
            withoutAge: [...draft.withoutAge],
            notInUse: [...draft.notInUse],
            disagreements: [...draft.disagreements],
            dueOn,
            daysLeft: Math.round(secondsBetween(startOf(dayOf(now)), startOf(dueOn)) / 86_400),
            reports: reports.map(reportItem),
            changed: reports[0] !== undefined && reports[0].hash !== draft.hash,
          };
        });
      },
    );
    app.post(
      '/insurance/annex/reports',
      {
        config: { access: REGULATORS },
        schema: {
          summary: 'Hand the forms in, or a numbered correction of them',
          tags,
          body: annexInput,
          response: { 201: annexReport },
        },
      },
      async (request, reply) => {
        const { leastAnswers } = settings;
        const done = await freezeAnnex(deps, viewerOf(request), { ...request.body, leastAnswers });
        return done.ok ? reply.code(201).send(reportItem(done.value)) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/insurance/annex/reports/:id/export',
      {
        config: { access: OFFICIALS },
        schema: {
          summary: 'The forms as handed in, as XLSX in the layout of the notice',
          tags,
          params: byId,
          body: annexPrinted,
        },
      },
      async (request, reply) => {
        const report = await deps.scoped(viewerOf(request), (tx) => findReport(tx, request.params.id));
        if (!report) return problem(reply, status, { code: 'insurance.annex_not_found' });
        const name = `annex-${report.areaCode}-${report.year}-${report.no}`;
        const bytes = await annexWorkbook(report, { city: settings.city, ...request.body });
        return sendFile(reply, { name, type: 'xlsx', bytes });
      },
    );
    app.post(
      '/insurance/annex/residents',
      {
        config: { access: OFFICIALS },
        schema: {
          summary: 'Record how many residents an elevator serves, with the source',
          tags,
          body: residentsInput,
          response: { 201: z.object({ id: z.uuid() }) },
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const id = deps.newId();
        const by = { id, actor: viewer.accountId };
        const kept = await deps.scoped(viewer, (tx) => recordResidents(tx, request.body, by));
        return kept ? reply.code(201).send({ id }) : problem(reply, status, { code: 'insurance.nothing_to_insure' });
      },
    );
  };

const reportItem = (report: AnnexReport) => ({
  id: report.id,
  no: report.no,
  until: report.until.toISOString(),
  frozenAt: report.frozenAt.toISOString(),
  reporter: report.reporter,
  reason: report.reason,
  hash: report.hash,
  elevators: report.content.one.find((r) => r.source === 'total')?.elevators ?? 0,
});

type Reminding = {
  db: Db<InsuranceTables>;
  now: () => Date;
  annex: CoverageSettings['annex'];
  districts: readonly string[];
};

/** Every morning near the due day: districts that have comprehensive covers and no report of the year yet are reminded. */
export const annexReminder = ({ db, now, annex, districts }: Reminding): Tasks => ({
  'insurance.annex_reminder': {
    cron: '0 1 * * *', // 09:00 in the city
    run: async () => {
      await remindOfAnnex({ db, now, annex, districts });
    },
  },
});

/** Tell the regulators of districts that owe their report; answers with those districts. The same day tells once. */
export async function remindOfAnnex({ db, now, annex, districts }: Reminding): Promise<readonly string[]> {
  const today = dayOf(now());
  const { dueOn, remindFrom } = annexDue(annex, today);
  if (today < remindFrom) return [];
  const year = Number(today.slice(0, 4));
  const rows = await db
    .selectFrom('insurance.policy')
    .select('area_codes')
    .distinct()
    .where('kind', '=', 'comprehensive')
    .where('state', 'in', ['issued', 'cancelled'])
    .where('to_on', '>=', `${year}-01-01`)
    .execute();
  const covered = new Set(rows.flatMap((r) => r.area_codes));
  const done = await db
    .selectFrom('insurance.annex_report')
    .select('area_code')
    .where('kind', '=', 'comprehensive')
    .where('year', '=', year)
    .execute();
  const owing = districts.filter((d) => covered.has(d) && !done.some((r) => r.area_code === d));
  const days = Math.round(secondsBetween(startOf(today), startOf(dueOn)) / 86_400);
  await db.transaction().execute((tx) =>
    notify(
      tx,
      owing.map((area) => ({
        id: v5(`annex ${today} ${area}`, v5.URL),
        at: now(),
        to: { roles: REGULATORS, audience: { areaCodes: [area], orgIds: [] } },
        code: days < 0 ? 'insurance.notify.annex_overdue' : 'insurance.notify.annex_due',
        params: { year, dueOn, days: Math.abs(days) },
        link: `/insurance/annex?areaCode=${area}&year=${year}`,
      })),
    ),
  );
  return owing;
}
