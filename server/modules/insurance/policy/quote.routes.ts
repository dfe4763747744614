import { z } from 'zod';
import { quoteInput, quoteMade, quoteView } from '../../../../contract/insurance.ts';
import { quoteList, quoteQuery } from '../../../../contract/insurance-intake.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import { type Language, languageOf, say } from '../../../kernel/language.ts';
import { accept } from '../../../kernel/result.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { keyHeader } from '../once.rules.ts';
import { once } from '../once.service.ts';
import { READERS, TAKERS } from '../roles.ts';
import { status } from '../status.ts';
import { viewQuote } from './insurance.views.ts';
import { quote } from './quote.service.ts';
import { listQuotes } from './quote.views.ts';

const tags = ['insurance'];
const byId = z.object({ id: z.uuid() });

/** A refusal of a whole quote says the first elevator's reason in words. */
export const withWhy = <R extends { code: string; because?: { code: string } }>(
  refusal: R,
  language: Language,
): R & { why: string } => ({
  ...refusal,
  why: refusal.because ? say(refusal.because.code, language, { ...refusal.because }) : '',
});

/** Quotes. */
export const quoteRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.post(
      '/insurance/quotes',
      {
        config: { access: [...TAKERS, 'underwriter', 'broker'] },
        schema: {
          summary: 'Rate elevators, each with its working',
          tags,
          headers: keyHeader,
          body: quoteInput,
          response: { 201: quoteMade },
        },
      },
      async (request, reply) => {
        const { productId, holderOrgId, leadOrgId, elevatorIds, from } = request.body;
        const viewer = viewerOf(request);
        const asked = {
          productId,
          holderOrgId: holderOrgId as OrgId,
          leadOrgId: leadOrgId as OrgId | null,
          elevatorIds: elevatorIds as ElevatorId[] | null,
          from: from as Day,
        };
        const keyed = { key: request.headers['idempotency-key'], act: 'quote', body: request.body };
        const done = await once({ deps, viewer }, keyed, async (d) => {
          const made = await quote(d, viewer, asked);
          return made.ok ? accept({ ...made.value, validUntil: made.value.validUntil.toISOString() }) : made;
        });
        if (!done.ok) return problem(reply, status, withWhy(done.refusal, languageOf(request)));
        return reply.code(201).send(done.value);
      },
    );
    app.get(
      '/insurance/quotes',
      {
        config: { access: READERS },
        schema: {
          summary: 'Quotes, the newest first; those referred wait for underwriters',
          tags,
          querystring: quoteQuery,
          response: { 200: quoteList },
        },
      },
      async (request) =>
        await deps.scoped(viewerOf(request), (tx) => listQuotes(tx, { ...request.query, now: deps.now() })),
    );
    app.get(
      '/insurance/quotes/:id',
      {
        config: { access: READERS },
        schema: { summary: 'A quote with its working', tags, params: byId, response: { 200: quoteView } },
      },
      async (request, reply) => {
        const found = await deps.scoped(viewerOf(request), (tx) => viewQuote(tx, request.params.id));
        return found ?? problem(reply, status, { code: 'insurance.quote_not_found' });
      },
    );
  };
