import { z } from 'zod';
import { quoteInput, quoteMade, quoteView } from '../../../contract/insurance.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import type { Day } from '../../kernel/time.ts';
import type { InsuranceDeps } from './deps.ts';
import { viewQuote } from './insurance.views.ts';
import { quote } from './quote.service.ts';
import { READERS, TAKERS } from './roles.ts';
import { status } from './status.ts';

const tags = ['insurance'];
const byId = z.object({ id: z.uuid() });

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
          body: quoteInput,
          response: { 201: quoteMade },
        },
      },
      async (request, reply) => {
        const { productId, holderOrgId, leadOrgId, elevatorIds, from } = request.body;
        const done = await quote(deps, viewerOf(request), {
          productId,
          holderOrgId: holderOrgId as OrgId,
          leadOrgId: leadOrgId as OrgId | null,
          elevatorIds: elevatorIds as ElevatorId[] | null,
          from: from as Day,
        });
        if (!done.ok) return problem(reply, status, done.refusal);
        return reply.code(201).send({ ...done.value, validUntil: done.value.validUntil.toISOString() });
      },
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
