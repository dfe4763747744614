import { z } from 'zod';
import { lineQuery, quoteLineList } from '../../../../contract/insurance.ts';
import { policyLineList } from '../../../../contract/insurance-policies.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import type { InsuranceDeps } from '../deps.ts';
import { READERS } from '../roles.ts';
import { status } from '../status.ts';
import { policyLines, quoteLines, seesPolicy, seesQuote } from './line.views.ts';

const tags = ['insurance'];
const byId = z.object({ id: z.uuid() });

/** The elevators of a quote or a policy, however many they are. */
export const lineRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/quotes/:id/lines',
      {
        config: { access: READERS },
        schema: {
          summary: 'The elevators of a quote page by page, refused ones first, each with its working',
          tags,
          params: byId,
          querystring: lineQuery,
          response: { 200: quoteLineList },
        },
      },
      async (request, reply) => {
        const { params, query } = request;
        const page = await deps.scoped(viewerOf(request), async (tx) =>
          (await seesQuote(tx, params.id)) ? await quoteLines(tx, params.id, query) : null,
        );
        return page ?? problem(reply, status, { code: 'insurance.quote_not_found' });
      },
    );
    app.get(
      '/insurance/policies/:id/lines',
      {
        config: { access: READERS },
        schema: {
          summary: 'The elevators of a policy page by page, by address',
          tags,
          params: byId,
          querystring: lineQuery,
          response: { 200: policyLineList },
        },
      },
      async (request, reply) => {
        const { params, query } = request;
        const page = await deps.scoped(viewerOf(request), async (tx) =>
          (await seesPolicy(tx, params.id)) ? await policyLines(tx, params.id, query) : null,
        );
        return page ?? problem(reply, status, { code: 'insurance.policy_not_found' });
      },
    );
  };
