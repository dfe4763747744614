import { z } from 'zod';
import { lineBooked } from '../../../../contract/insurance-bank.ts';
import { holdingInput, holdingList } from '../../../../contract/insurance-holdings.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import { fen } from '../../../kernel/money.ts';
import type { InsuranceDeps } from '../deps.ts';
import { keyHeader } from '../once.rules.ts';
import { once } from '../once.service.ts';
import { status } from '../status.ts';
import { hold } from './holding.service.ts';
import { listHoldings } from './holding.views.ts';

const tags = ['insurance'];

/** Money held for others: received, kept under its owner's name, passed on by a settlement like any payment. */
export const holdingRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/holdings',
      {
        config: { access: ['cashier', 'approver'] },
        schema: {
          summary: 'Money held for others by owner, aged, beside what the books hold',
          tags,
          response: { 200: holdingList },
        },
      },
      (request) => deps.scoped(viewerOf(request), (tx) => listHoldings(tx, deps.now())),
    );
    app.post(
      '/insurance/bank-lines/:id/holdings',
      {
        config: { access: ['cashier'] },
        schema: {
          summary: 'Say that money in suspense belongs to others',
          tags,
          params: z.object({ id: z.uuid() }),
          headers: keyHeader,
          body: holdingInput,
          response: { 201: lineBooked },
        },
      },
      async (request, reply) => {
        const holdings = request.body.holdings.map((h) => ({ ...h, amount: fen(h.amount) }));
        const asked = { lineId: request.params.id, holdings };
        const viewer = viewerOf(request);
        const keyed = { key: request.headers['idempotency-key'], act: 'hold', body: asked };
        const done = await once({ deps, viewer }, keyed, (inner) => hold(inner, viewer, asked));
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
  };
