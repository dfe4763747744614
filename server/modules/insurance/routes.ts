import { z } from 'zod';
import {
  balanceList,
  bankLineBooked,
  bankLineInput,
  bindInput,
  policyList,
  policyQuery,
  policyRef,
  productList,
  quoteInput,
  quoteMade,
  quoteView,
} from '../../../contract/insurance.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import { fen, sum } from '../../kernel/money.ts';
import { type Day, dayOf } from '../../kernel/time.ts';
import type { InsuranceDeps } from './deps.ts';
import { listPolicies, listProducts, viewQuote } from './insurance.views.ts';
import { accountBalances } from './ledger.store.ts';
import { bind, issue, receive } from './policy.service.ts';
import { quote } from './quote.service.ts';
import { status } from './status.ts';

const tags = ['insurance'];
const byId = z.object({ id: z.uuid() });
const INSURERS = ['underwriter', 'handler', 'approver', 'surveyor', 'cashier'];
/** Who takes out cover: the use unit, or the maintenance unit it lets do so. Officials place no business. */
const TAKERS = ['use_unit_head', 'safety_director', 'maintenance_manager'];
const READERS = [...TAKERS, ...INSURERS, 'broker', 'city_regulator', 'district_regulator'];

/** Products, quotes and policies. */
export const policyRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/products',
      {
        config: { access: 'signed_in' },
        schema: { summary: 'Products on sale today', tags, response: { 200: productList } },
      },
      async (request) => ({ items: await deps.scoped(viewerOf(request), (tx) => listProducts(tx, dayOf(deps.now()))) }),
    );
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
    app.post(
      '/insurance/quotes/:id/policy',
      {
        config: { access: [...TAKERS, 'underwriter'] },
        schema: {
          summary: 'Turn a quote into a policy that waits for its money',
          tags,
          params: byId,
          body: bindInput,
          response: { 201: policyRef },
        },
      },
      async (request, reply) => {
        const { leadOrgId, ...rest } = request.body;
        const done = await bind(deps, viewerOf(request), {
          ...rest,
          quoteId: request.params.id,
          leadOrgId: leadOrgId as OrgId,
        });
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.get(
      '/insurance/policies',
      {
        config: { access: READERS },
        schema: {
          summary: 'Policies, those that end first on top',
          tags,
          querystring: policyQuery,
          response: { 200: policyList },
        },
      },
      async (request) => ({ items: await deps.scoped(viewerOf(request), (tx) => listPolicies(tx, request.query)) }),
    );
  };

/** Money and books: the insurer's own people only. */
export const moneyRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.post(
      '/insurance/bank-lines',
      {
        config: { access: ['cashier'] },
        schema: {
          summary: 'Book a line of a bank statement, once',
          tags,
          body: bankLineInput,
          response: { 201: bankLineBooked },
        },
      },
      async (request, reply) => {
        const { body } = request;
        const done = await receive(deps, viewerOf(request), {
          ...body,
          leadOrgId: body.leadOrgId as OrgId,
          at: new Date(body.at),
          amount: fen(body.amount),
          allocations: body.allocations.map((a) => ({ ...a, amount: fen(a.amount) })),
        });
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/insurance/policies/:id/issue',
      {
        config: { access: ['underwriter'] },
        schema: { summary: 'Issue a policy whose money has arrived', tags, params: byId, response: { 200: policyRef } },
      },
      async (request, reply) => {
        const done = await issue(deps, viewerOf(request), request.params.id);
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
    app.get(
      '/insurance/balances',
      {
        config: { access: INSURERS },
        schema: { summary: 'What every account of the books holds', tags, response: { 200: balanceList } },
      },
      async (request) => {
        const items = [...(await deps.scoped(viewerOf(request), (tx) => accountBalances(tx)))];
        return { items, sum: sum(items.map((i) => i.amount)) };
      },
    );
  };
