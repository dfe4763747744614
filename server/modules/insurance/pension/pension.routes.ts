import { z } from 'zod';
import {
  pensionCostInput,
  pensionCostRef,
  pensionFile,
  pensionInput,
  pensionList,
  pensionRef,
  pensionYearInput,
  pensionYearRef,
} from '../../../../contract/insurance-pension.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import { fen } from '../../../kernel/money.ts';
import { type Day, dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { READERS } from '../roles.ts';
import { addPensionYear, bookPensionCost, openPension } from './pension.service.ts';
import { pensionStatus as status } from './pension.status.ts';
import { listPensions, showPension, termsRow } from './pension.views.ts';

const tags = ['insurance'];
const byId = z.object({ id: z.uuid() });

/** 养老险: programmes, their years, what upkeep cost, what a renewal brings. */
export const pensionRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/pensions',
      {
        config: { access: READERS },
        schema: { summary: 'Lifecycle programmes', tags, response: { 200: pensionList } },
      },
      async (request) => ({ items: await deps.scoped(viewerOf(request), (tx) => listPensions(tx, dayOf(deps.now()))) }),
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
      '/insurance/pension-costs',
      {
        config: { access: ['underwriter', 'handler', 'cashier'] },
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
  };
