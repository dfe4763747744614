import { z } from 'zod';
import {
  pensionCostInput,
  pensionCostList,
  pensionCostQuery,
  pensionCostRef,
  pensionEnded,
  pensionEndInput,
  pensionFile,
  pensionInput,
  pensionList,
  pensionQuery,
  pensionRef,
  pensionReversalInput,
  pensionYearInput,
  pensionYearRef,
} from '../../../../contract/insurance-pension.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import { fen } from '../../../kernel/money.ts';
import { type Day, dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { READERS } from '../roles.ts';
import { addPensionYear, closePension, openPension } from './pension.service.ts';
import { pensionStatus as status } from './pension.status.ts';
import { listPensionCosts, listPensions, showPension, termsRow } from './pension.views.ts';
import { bookPensionCost, reversePensionCost } from './pension-cost.service.ts';

const tags = ['insurance'];
const byId = z.object({ id: z.uuid() });
const BOOKERS = ['underwriter', 'handler', 'cashier'];

/** 养老险: programmes, their years, what upkeep cost, what a renewal brings. */
export const pensionRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/pensions',
      {
        config: { access: READERS },
        schema: { summary: 'Lifecycle programmes', tags, querystring: pensionQuery, response: { 200: pensionList } },
      },
      (request) =>
        deps.scoped(viewerOf(request), (tx) => listPensions(tx, { ...request.query, on: dayOf(deps.now()) })),
    );
    app.post(
      '/insurance/pensions',
      {
        config: { access: ['underwriter'] },
        schema: {
          summary: 'Begin a programme for an elevator',
          tags,
          body: pensionInput,
          response: { 201: pensionRef },
        },
      },
      async (request, reply) => {
        const { rescueCode, terms } = request.body;
        const done = await openPension(deps, viewerOf(request), { rescueCode, terms: termsRow.parse(terms) });
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.get(
      '/insurance/pensions/:id',
      {
        config: { access: READERS },
        schema: { summary: 'A programme with its years', tags, params: byId, response: { 200: pensionFile } },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const asked = { on: dayOf(deps.now()), orgId: viewer.orgId };
        const shown = await deps.scoped(viewer, (tx) => showPension(tx, request.params.id, asked));
        return shown ?? problem(reply, status, { code: 'insurance.pension_not_found' });
      },
    );
    app.post(
      '/insurance/pensions/:id/years',
      {
        config: { access: ['underwriter'] },
        schema: {
          summary: 'Add a year, in time or as a reinstatement',
          tags,
          params: byId,
          body: pensionYearInput,
          response: { 201: pensionYearRef },
        },
      },
      async (request, reply) => {
        const { from, to, parts, ...rest } = request.body;
        const done = await addPensionYear(deps, viewerOf(request), {
          ...rest,
          pensionId: request.params.id,
          from: from as Day,
          to: to as Day,
          parts: parts.map((p) => ({
            ...p,
            premium: fen(p.premium),
            funding: p.funding.map((f) => ({ ...f, amount: fen(f.amount) })),
          })),
        });
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/insurance/pensions/:id/end',
      {
        config: { access: ['underwriter'] },
        schema: {
          summary: 'End a programme: renewed (with what the filed scale brings), expired, or by agreement',
          tags,
          params: byId,
          body: pensionEndInput,
          response: { 200: pensionEnded },
        },
      },
      async (request, reply) => {
        const { on, renewalCost, ...rest } = request.body;
        const done = await closePension(deps, viewerOf(request), {
          ...rest,
          pensionId: request.params.id,
          on: on as Day,
          renewalCost: renewalCost === null ? null : fen(renewalCost),
        });
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
    await app.register(pensionCostRoutes(deps));
  };

/** What the services of a programme cost, entry by entry. */
const pensionCostRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/pensions/:id/costs',
      {
        config: { access: READERS },
        schema: {
          summary: 'The cost ledger of a programme, page by page',
          tags,
          params: byId,
          querystring: pensionCostQuery,
          response: { 200: pensionCostList },
        },
      },
      async (request, reply) => {
        const { params, query } = request;
        const page = await deps.scoped(viewerOf(request), (tx) => listPensionCosts(tx, params.id, query));
        return page ?? problem(reply, status, { code: 'insurance.pension_not_found' });
      },
    );
    app.post(
      '/insurance/pension-costs',
      {
        config: { access: BOOKERS },
        schema: {
          summary: 'Book what a service cost',
          tags,
          body: pensionCostInput,
          response: { 201: pensionCostRef },
        },
      },
      async (request, reply) => {
        const done = await bookPensionCost(deps, viewerOf(request), request.body);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/insurance/pension-costs/:id/reversal',
      {
        config: { access: BOOKERS },
        schema: {
          summary: 'Take a booked cost back by its opposite',
          tags,
          params: byId,
          body: pensionReversalInput,
          response: { 201: pensionCostRef },
        },
      },
      async (request, reply) => {
        const asked = { ...request.body, costId: request.params.id };
        const done = await reversePensionCost(deps, viewerOf(request), asked);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
  };
