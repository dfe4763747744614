import { z } from 'zod';
import { bindInput, policyList, policyQuery, policyRef, productList } from '../../../../contract/insurance.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { languageOf } from '../../../kernel/language.ts';
import { dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { keyHeader } from '../once.rules.ts';
import { once } from '../once.service.ts';
import { READERS, TAKERS } from '../roles.ts';
import { status } from '../status.ts';
import { bind } from './bind.service.ts';
import { toldSource } from './funding.routes.ts';
import { listProducts } from './insurance.views.ts';
import { issue } from './issue.service.ts';
import { listPolicies } from './policy-list.views.ts';

const tags = ['insurance'];
const byId = z.object({ id: z.uuid() });

/** Products on sale, and policies from binding to issue. */
export const policyRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/products',
      {
        config: { access: 'signed_in', roleMachines: true },
        schema: { summary: 'Products on sale today', tags, response: { 200: productList } },
      },
      async (request) => ({ items: await deps.scoped(viewerOf(request), (tx) => listProducts(tx, dayOf(deps.now()))) }),
    );
    app.post(
      '/insurance/quotes/:id/policy',
      {
        config: { access: [...TAKERS, 'broker', 'underwriter'] },
        schema: {
          summary: 'Turn a quote into a policy that waits for its money',
          tags,
          params: byId,
          headers: keyHeader,
          body: bindInput,
          response: { 201: policyRef },
        },
      },
      async (request, reply) => {
        const { leadOrgId, ...rest } = request.body;
        const viewer = viewerOf(request);
        const binding = { ...rest, quoteId: request.params.id, leadOrgId: leadOrgId as OrgId | null };
        const keyed = { key: request.headers['idempotency-key'], act: `bind ${binding.quoteId}`, body: request.body };
        const done = await once({ deps, viewer }, keyed, (d) => bind(d, viewer, binding));
        return done.ok
          ? reply.code(201).send(done.value)
          : problem(reply, status, toldSource(done.refusal, languageOf(request)));
      },
    );
    app.get(
      '/insurance/policies',
      {
        config: { access: READERS },
        schema: {
          summary: 'Policies page by page, and the sums of all that match; current ones by their last day',
          tags,
          querystring: policyQuery,
          response: { 200: policyList },
        },
      },
      async (request) =>
        await deps.scoped(viewerOf(request), (tx) => listPolicies(tx, { ...request.query, today: dayOf(deps.now()) })),
    );
    app.post(
      '/insurance/policies/:id/issue',
      {
        config: { access: ['underwriter'] },
        schema: {
          summary: 'Issue a policy whose money has arrived',
          tags,
          params: byId,
          headers: keyHeader,
          response: { 200: policyRef },
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const { id } = request.params;
        const keyed = { key: request.headers['idempotency-key'], act: `issue ${id}`, body: null };
        const done = await once({ deps, viewer }, keyed, (d) => issue(d, viewer, id));
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
  };
