import { z } from 'zod';
import { INSURERS } from '../../../contract/identity-vocabulary.ts';
import {
  findingAct,
  findingDetail,
  findingPage,
  findingQuery,
  findingState,
  lookAtCode,
  preventionFacts,
  visitInput,
  visitPage,
  visitQuery,
  visitTaken,
} from '../../../contract/prevention.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import { invariant } from '../../kernel/result.ts';
import { type Day, dayOf } from '../../kernel/time.ts';
import type { PreventionDeps } from './deps.ts';
import { actOnFinding, type FindingAct } from './finding.service.ts';
import { listFindings, showFinding } from './finding.views.ts';
import { OWNERS, READERS, SURVEYORS } from './roles.ts';
import { status } from './status.ts';
import { recordVisit } from './visit.service.ts';
import { listVisits, lookAt } from './visit.views.ts';

const tags = ['prevention'];
const byId = z.object({ id: z.uuid() });

/** Visits as they come from the site, and the findings they open. */
export const visitRoutes =
  (deps: PreventionDeps): Routes =>
  async (app) => {
    app.get(
      '/prevention/facts',
      {
        config: { access: 'signed_in' },
        schema: {
          summary: 'Kinds of findings, the check list, and how soon each must be mended',
          tags,
          response: { 200: preventionFacts },
        },
      },
      () => ({
        categories: [...deps.settings.categories],
        checklist: [...deps.settings.checklist],
        findingDays: deps.settings.findingDays,
      }),
    );
    app.get(
      '/prevention/elevators/by-code',
      {
        config: { access: SURVEYORS },
        schema: {
          summary: 'The elevator with the code on its plate, and whether this insurer owes service there',
          tags,
          querystring: z.object({ code: z.string().regex(/^\d{6}$/) }),
          response: { 200: lookAtCode },
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        invariant(viewer.orgId, 'a surveyor belongs to an insurer');
        const asked = { rescueCode: request.query.code, insurerOrgId: viewer.orgId, on: dayOf(deps.now()) };
        const seen = await deps.scoped(viewer, (tx) => lookAt(deps.db, tx, asked));
        return seen ?? problem(reply, status, { code: 'prevention.no_elevator', rescueCode: asked.rescueCode });
      },
    );
    app.post(
      '/prevention/visits',
      {
        config: { access: SURVEYORS },
        schema: {
          summary: 'Record a visit with what was found; sending it twice changes nothing',
          tags,
          body: visitInput,
          response: { 201: visitTaken },
        },
      },
      async (request, reply) => {
        const { body } = request;
        const times = { startedAt: new Date(body.startedAt), endedAt: new Date(body.endedAt) };
        const done = await recordVisit(deps, viewerOf(request), { ...body, ...inOrder(times) });
        return done.ok
          ? reply.code(201).send({ ...done.value, remarks: [...done.value.remarks] })
          : problem(reply, status, done.refusal);
      },
    );
    app.get(
      '/prevention/visits',
      {
        config: { access: READERS },
        schema: { summary: 'Visits, the newest first', tags, querystring: visitQuery, response: { 200: visitPage } },
      },
      (request) => deps.scoped(viewerOf(request), (tx) => listVisits(tx, request.query)),
    );
    await app.register(findingRoutes(deps));
  };

/** A phone whose clock jumped may say that it ended before it began: the later of the two is the end. */
const inOrder = ({ startedAt, endedAt }: { startedAt: Date; endedAt: Date }) =>
  startedAt <= endedAt ? { startedAt, endedAt } : { startedAt: endedAt, endedAt: startedAt };

const findingRoutes =
  (deps: PreventionDeps): Routes =>
  async (app) => {
    app.get(
      '/prevention/findings',
      {
        config: { access: READERS },
        schema: {
          summary: 'Findings, what must be mended first on top',
          tags,
          querystring: findingQuery,
          response: { 200: findingPage },
        },
      },
      (request) => deps.scoped(viewerOf(request), (tx) => listFindings(tx, request.query, deps.now())),
    );
    app.get(
      '/prevention/findings/:id',
      {
        config: { access: READERS },
        schema: { summary: 'One finding with every step', tags, params: byId, response: { 200: findingDetail } },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const asked = { now: deps.now(), orgId: viewer.orgId };
        const shown = await deps.scoped(viewer, (tx) => showFinding(tx, request.params.id, asked));
        return shown ?? problem(reply, status, { code: 'prevention.finding_not_found' });
      },
    );
    app.post(
      '/prevention/findings/:id/steps',
      {
        config: { access: [...OWNERS, ...INSURERS] },
        schema: {
          summary: 'Report it mended, look again, give more time, or withdraw it',
          tags,
          params: byId,
          body: findingAct,
          response: { 200: findingState },
        },
      },
      async (request, reply) => {
        const act = actOf(request.body);
        const done = await actOnFinding(deps, viewerOf(request), { id: request.params.id, act });
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
  };

function actOf(body: z.output<typeof findingAct>): FindingAct {
  const attached = 'files' in body ? body.files : [];
  if (body.do === 'mend') return { ...body, files: body.files.length, attached };
  if (body.do === 'return' || body.do === 'extend') return { ...body, dueOn: body.dueOn as Day, attached };
  return { ...body, attached };
}
