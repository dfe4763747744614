import { z } from 'zod';
import {
  evidenceInput,
  evidenceList,
  evidenceMade,
  evidenceQuery,
  evidenceWithdrawal,
  quoteEvidence,
} from '../../../../contract/insurance-evidence.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { type Day, dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { READERS } from '../roles.ts';
import { status } from '../status.ts';
import { confirmEvidence, recordEvidence, withdrawEvidence } from './evidence.service.ts';
import { evidenceOfQuote } from './evidence.store.ts';
import { evidenceText, viewEvidence } from './evidence.views.ts';

const tags = ['insurance'];
const byId = z.object({ id: z.uuid() });
const RECORDERS = [
  'city_regulator',
  'district_regulator',
  'inspector',
  'underwriter',
  'use_unit_head',
  'safety_director',
];
const SECONDS = ['underwriter', 'approver', 'city_regulator', 'district_regulator'];

/** Evidence people record for tariffs. */
export const evidenceRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/evidence',
      {
        config: { access: [...new Set([...READERS, ...RECORDERS])] },
        schema: {
          summary: 'Records that factors rest on page by page, the newest first',
          tags,
          querystring: evidenceQuery,
          response: { 200: evidenceList },
        },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const { kind, state, after, limit } = request.query;
        const wish = { asked: { kind, state, after, limit }, on: dayOf(deps.now()) };
        return await deps.scoped(viewer, (tx) => viewEvidence(tx, viewer, wish));
      },
    );
    app.post(
      '/insurance/evidence',
      {
        config: { access: RECORDERS },
        schema: {
          summary: 'Record what a factor rests on; a second person confirms what lowers a premium',
          tags,
          body: evidenceInput,
          response: { 201: evidenceMade },
        },
      },
      async (request, reply) => {
        const { orgId, from, to, ...rest } = request.body;
        const wish = { ...rest, orgId: orgId as OrgId | null, from: from as Day, to: to as Day | null };
        const done = await recordEvidence(deps, viewerOf(request), wish);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/insurance/evidence/:id/confirmation',
      {
        config: { access: SECONDS, human: true },
        schema: { summary: 'Confirm a record another person made', tags, params: byId },
      },
      async (request, reply) => {
        const done = await confirmEvidence(deps, viewerOf(request), request.params.id);
        return done.ok ? reply.code(204).send() : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/insurance/evidence/:id/withdrawal',
      {
        config: { access: [...new Set([...RECORDERS, ...SECONDS])] },
        schema: {
          summary: 'Take a record back, or refuse one that waits, with the reason',
          tags,
          params: byId,
          body: evidenceWithdrawal,
        },
      },
      async (request, reply) => {
        const done = await withdrawEvidence(deps, viewerOf(request), { id: request.params.id, ...request.body });
        return done.ok ? reply.code(204).send() : problem(reply, status, done.refusal);
      },
    );
    app.get(
      '/insurance/quotes/:id/evidence',
      {
        config: { access: READERS },
        schema: {
          summary: 'The records behind a quote’s factors',
          tags,
          params: byId,
          response: { 200: quoteEvidence },
        },
      },
      async (request) => {
        const found = await deps.scoped(viewerOf(request), (tx) =>
          evidenceOfQuote({ quote: tx, db: deps.db }, request.params.id),
        );
        return { items: found.map((row) => evidenceText(row, dayOf(deps.now()))) };
      },
    );
  };
