import { z } from 'zod';
import {
  claimantFilled,
  claimantInput,
  claimantToken,
  claimantView,
  openClaimant,
  publicReport,
  publicReportTaken,
} from '../../../../contract/insurance-claimant.ts';
import { made } from '../../../../contract/insurance-claims.ts';
import { type Routes, sendProblem } from '../../../kernel/http.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { claimProblem } from './claim.status.ts';
import { MOST_PAPER_BYTES } from './claim-paper.service.ts';
import { holderOf, openByCode } from './claimant.access.ts';
import { viewForHolder } from './claimant.views.ts';
import { fillAsHolder, paperOfHolder, reportByPublic } from './claimant-door.service.ts';

const tags = ['fast claims'];
const byToken = z.object({ token: z.string().max(100) });
const DOOR = { access: 'public', anyOrigin: true } as const;
const slow = (max: number) => ({ ...DOOR, rateLimit: { max, timeWindow: 60_000 } });

/**
 * The fast-claim channel (保险直通车) for city apps and pages of others: a claim code opens one's own claim for two
 * hours. Nobody signs in.
 */
export const claimantRoutes =
  (deps: ClaimDeps): Routes =>
  async (app) => {
    app.post(
      '/insurance/claimant/session',
      {
        config: slow(10),
        schema: {
          summary: 'Exchange a claim code for a token of two hours',
          tags,
          body: openClaimant,
          response: { 200: claimantToken },
        },
      },
      async (request, reply) => {
        const done = await openByCode(deps, request.body.code);
        if (!done.ok) return claimProblem(reply, done.refusal);
        return { token: done.value.token, until: done.value.until.toISOString() };
      },
    );
    app.get(
      '/insurance/claimant/:token',
      {
        config: slow(60),
        schema: { summary: 'One’s own claim and its progress', tags, params: byToken, response: { 200: claimantView } },
      },
      async (request, reply) => {
        const holder = await holderOf(deps.db, deps, request.params.token);
        if (!holder) return claimProblem(reply, { code: 'insurance.claim_code_unknown' });
        void reply.header('cache-control', 'no-store');
        return viewForHolder(deps.db, deps, holder);
      },
    );
    app.post(
      '/insurance/claimant/:token/person',
      {
        config: slow(10),
        schema: {
          summary: 'Say who one is and where the money goes, once',
          tags,
          params: byToken,
          body: claimantInput,
          response: { 200: claimantFilled },
        },
      },
      async (request, reply) => {
        const done = await fillAsHolder(deps, { token: request.params.token, claimant: request.body });
        return done.ok ? done.value : claimProblem(reply, done.refusal);
      },
    );
    app.post(
      '/insurance/claimant/:token/papers',
      {
        config: slow(30),
        schema: {
          summary: 'Add a photograph (multipart, field `file`)',
          tags,
          consumes: ['multipart/form-data'],
          params: byToken,
          response: { 201: made },
        },
      },
      async (request, reply) => {
        const part = request.isMultipart()
          ? await request.file({ limits: { fileSize: MOST_PAPER_BYTES + 1 }, throwFileSizeLimit: false })
          : undefined;
        if (!part) return sendProblem(reply, { status: 400, code: 'kernel.file_missing' });
        const given = { token: request.params.token, name: part.filename, bytes: await part.toBuffer() };
        const done = await paperOfHolder(deps, given);
        return done.ok ? reply.code(201).send(done.value) : claimProblem(reply, done.refusal);
      },
    );
    app.post(
      '/insurance/reports',
      {
        config: slow(10),
        schema: {
          summary: 'I had an accident in this elevator: a report by anybody, answered with a code to follow it with',
          tags,
          body: publicReport,
          response: { 200: publicReportTaken },
        },
      },
      async (request, reply) => {
        const { happenedAt, ...rest } = request.body;
        const done = await reportByPublic(deps, { ...rest, happenedAt: new Date(happenedAt) });
        return done.ok ? done.value : claimProblem(reply, done.refusal);
      },
    );
  };
