import { z } from 'zod';
import { INSURERS, OFFICIALS, REGULATORS, USE_UNIT } from '../../../contract/identity-vocabulary.ts';
import {
  acted,
  complaintAnswer,
  complaintInput,
  complaintPage,
  complaintQuery,
  complaintRef,
  fairPage,
  itemDone,
  phaseClose,
  programmeInput,
  programmeList,
  programmeRef,
} from '../../../contract/market.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { dayOf } from '../../kernel/time.ts';
import { answerComplaint, complain } from './complaint.service.ts';
import { fairMarket, listComplaints } from './complaint.views.ts';
import type { MarketDeps } from './deps.ts';
import { closeRunning, finishItem, openProgramme } from './programme.service.ts';
import { listProgrammes } from './programme.views.ts';
import { status } from './status.ts';

const tags = ['market'];
const byId = z.object({ id: z.uuid() });
/** Who may have something to complain of: everybody with business in the market, and owners. */
const COMPLAIN = [
  ...USE_UNIT,
  'maintenance_manager',
  ...INSURERS,
  'broker',
  'association',
  'owner',
  'seller',
  'construction_unit',
];

/** The page of the fair market, and the way to complain. */
export const fairRoutes =
  (deps: MarketDeps): Routes =>
  async (app) => {
    app.get(
      '/market/fair',
      {
        config: { access: 'signed_in' },
        schema: {
          summary: 'The published rules, who sells how much, how complaints end',
          tags,
          response: { 200: fairPage },
        },
      },
      () => fairMarket(deps),
    );
    app.post(
      '/market/complaints',
      {
        config: { access: COMPLAIN },
        schema: {
          summary: 'Complain of how insurers are chosen or sold',
          tags,
          body: complaintInput,
          response: { 201: complaintRef },
        },
      },
      async (request, reply) => {
        const { aboutOrgId, ...body } = request.body;
        const done = await complain(deps, viewerOf(request), { ...body, aboutOrgId: aboutOrgId as OrgId | null });
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.get(
      '/market/complaints',
      {
        config: { access: [...OFFICIALS, ...COMPLAIN] },
        schema: {
          summary: 'Complaints: all for offices, one’s own for others',
          tags,
          querystring: complaintQuery,
          response: { 200: complaintPage },
        },
      },
      (request) => deps.scoped(viewerOf(request), (tx) => listComplaints(tx, request.query, dayOf(deps.now()))),
    );
    app.post(
      '/market/complaints/:id/answer',
      {
        config: { access: REGULATORS },
        schema: { summary: 'Answer a complaint', tags, params: byId, body: complaintAnswer, response: { 200: acted } },
      },
      async (request, reply) => {
        const done = await answerComplaint(deps, viewerOf(request), { id: request.params.id, ...request.body });
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
  };

/** A district's programme and its phases. */
export const programmeRoutes =
  (deps: MarketDeps): Routes =>
  async (app) => {
    app.get(
      '/market/programmes',
      {
        config: { access: OFFICIALS },
        schema: { summary: 'Programmes with phases and how far they are', tags, response: { 200: programmeList } },
      },
      async (request) => ({
        items: await deps.scoped(viewerOf(request), (tx) => listProgrammes(tx, dayOf(deps.now()))),
        firstMarks: [...deps.settings.programme.marks],
      }),
    );
    app.post(
      '/market/programmes',
      {
        config: { access: REGULATORS },
        schema: { summary: 'Set up a programme', tags, body: programmeInput, response: { 201: programmeRef } },
      },
      async (request, reply) => {
        const done = await openProgramme(deps, viewerOf(request), request.body);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/market/programme-items/:id/done',
      {
        config: { access: REGULATORS },
        schema: {
          summary: 'A thing to start with is done',
          tags,
          params: byId,
          body: itemDone,
          response: { 200: acted },
        },
      },
      async (request, reply) => {
        const done = await finishItem(deps, viewerOf(request), { id: request.params.id, ...request.body });
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/market/programme-phases/:id/close',
      {
        config: { access: REGULATORS },
        schema: {
          summary: 'Close a phase with its evaluation and what was learned',
          tags,
          params: byId,
          body: phaseClose,
          response: { 200: acted },
        },
      },
      async (request, reply) => {
        const done = await closeRunning(deps, viewerOf(request), { id: request.params.id, ...request.body });
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
  };
