import { z } from 'zod';
import { endorsementDecision, endorsementDone, endorsementInput } from '../../../../contract/insurance-endorsements.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import { type Language, languageOf, say } from '../../../kernel/language.ts';
import type { InsuranceDeps } from '../deps.ts';
import { keyHeader } from '../once.rules.ts';
import { once } from '../once.service.ts';
import { TAKERS } from '../roles.ts';
import { status } from '../status.ts';
import type { Ask } from './endorsement.ask.ts';
import { decideEndorsement, type Endorsed, endorse, issueEndorsement } from './endorsement.service.ts';

const tags = ['insurance'];
const byId = z.object({ id: z.uuid() });
/** What changes a policy after it was issued. */
export const endorsementRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.post(
      '/insurance/policies/:id/endorsements',
      {
        config: { access: [...TAKERS, 'underwriter'] },
        schema: {
          summary: 'Endorse a policy, or ask the insurer to; or see what it would do',
          tags,
          params: byId,
          headers: keyHeader,
          body: endorsementInput,
          response: { 200: endorsementDone },
        },
      },
      async (request, reply) => {
        const { body, params } = request;
        const viewer = viewerOf(request);
        const keyed = { key: request.headers['idempotency-key'], act: `endorse ${params.id}`, body };
        const wish = { policyId: params.id, ...body, ask: body.ask as Ask };
        const done = await once({ deps, viewer }, body.dry ? { ...keyed, key: undefined } : keyed, (d) =>
          endorse(d, viewer, wish),
        );
        return done.ok ? viewOf(done.value, languageOf(request)) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/insurance/endorsements/:id/decision',
      {
        config: { access: ['underwriter'] },
        schema: {
          summary: 'Accept or decline a policyholder’s wish, or give up one whose money never came',
          tags,
          params: byId,
          body: endorsementDecision,
          response: { 200: endorsementDone },
        },
      },
      async (request, reply) => {
        const done = await decideEndorsement(deps, viewerOf(request), { id: request.params.id, ...request.body });
        return done.ok ? viewOf(done.value, languageOf(request)) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/insurance/endorsements/:id/issue',
      {
        config: { access: ['underwriter'] },
        schema: {
          summary: 'Issue an endorsement whose money has arrived',
          tags,
          params: byId,
          response: { 200: endorsementDone },
        },
      },
      async (request, reply) => {
        const done = await issueEndorsement(deps, viewerOf(request), request.params.id);
        return done.ok ? viewOf(done.value, languageOf(request)) : problem(reply, status, done.refusal);
      },
    );
  };

const viewOf = (done: Endorsed, language: Language) => ({
  ...done,
  owed: [...done.owed],
  replayed: [...done.replayed],
  leftOut: done.leftOut.map((l) => ({ ...l, why: say(l.refusal.code, language, l.refusal) })),
});
