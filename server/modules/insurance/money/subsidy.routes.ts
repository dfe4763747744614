import { writeXlsx } from 'hucre';
import { z } from 'zod';
import {
  batchInput,
  batchPayment,
  batchStep,
  budgetInput,
  subsidyAnswer,
  subsidyQuery,
} from '../../../../contract/insurance-subsidy.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import { languageOf, say } from '../../../kernel/language.ts';
import { actAs } from '../../../kernel/scope.ts';
import { sendFile } from '../../../kernel/send-file.ts';
import { type Day, dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { status } from '../status.ts';
import { payBatch, stepBatch, submitBatch } from './subsidy.service.ts';
import { batchLines, findBatch, viewSubsidy } from './subsidy.store.ts';

const tags = ['insurance'];
const byId = z.object({ id: z.uuid() });
const ASKERS = ['cashier', 'approver'];
const PURSE = ['city_regulator'];
const done = z.object({ id: z.uuid(), state: z.string() });

/** The public purse's part: budget, batches by insured volume, what came back. */
export const subsidyRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/subsidies',
      {
        config: { access: [...ASKERS, ...PURSE] },
        schema: {
          summary: 'Budgets and batches of a year',
          tags,
          querystring: subsidyQuery,
          response: { 200: subsidyAnswer },
        },
      },
      async (request) => {
        const year = request.query.year ?? Number(dayOf(deps.now()).slice(0, 4));
        return { year, ...(await deps.scoped(viewerOf(request), (tx) => viewSubsidy(tx, year))) };
      },
    );
    app.post(
      '/insurance/subsidies/budgets',
      {
        config: { access: PURSE },
        schema: {
          summary: 'Set what a scheme’s public part may cost in a year',
          tags,
          body: budgetInput,
          response: { 201: z.object({ id: z.uuid() }) },
        },
      },
      async (request, reply) => {
        const { schemeId, year, amount, reason } = request.body;
        const scheme = await deps.db
          .selectFrom('insurance.scheme')
          .select('id')
          .where('id', '=', schemeId)
          .executeTakeFirst();
        if (!scheme) return problem(reply, status, { code: 'insurance.scheme_not_found' });
        const [id, by] = [deps.newId(), viewerOf(request).accountId];
        await deps.db.transaction().execute(async (tx) => {
          await actAs(tx, by);
          await tx
            .insertInto('insurance.subsidy_budget')
            .values({ id, scheme_id: schemeId, year, amount, reason, set_at: deps.now(), set_by: by })
            .execute();
        });
        return reply.code(201).send({ id });
      },
    );
    app.post(
      '/insurance/subsidies/batches',
      {
        config: { access: ASKERS },
        schema: {
          summary: 'Ask for the public part of what was insured up to a day',
          tags,
          body: batchInput,
          response: { 201: done },
        },
      },
      async (request, reply) => {
        const { schemeId, untilOn } = request.body;
        const asked = await submitBatch(deps, viewerOf(request), { schemeId, untilOn: untilOn as Day });
        if (!asked.ok) return problem(reply, status, asked.refusal);
        return reply.code(201).send({ id: asked.value.id, state: asked.value.state });
      },
    );
    await app.register(batchRoutes(deps));
  };

/** One batch on its way: verified, approved, paid, or returned. */
const batchRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.post(
      '/insurance/subsidies/batches/:id/steps',
      {
        config: { access: PURSE },
        schema: {
          summary: 'Verify, approve or return a batch',
          tags,
          params: byId,
          body: batchStep,
          response: { 200: done },
        },
      },
      async (request, reply) => {
        const stepped = await stepBatch(deps, viewerOf(request), { id: request.params.id, ...request.body });
        if (!stepped.ok) return problem(reply, status, stepped.refusal);
        return { id: stepped.value.id, state: stepped.value.state };
      },
    );
    app.post(
      '/insurance/subsidies/batches/:id/payment',
      {
        config: { access: ['cashier'] },
        schema: {
          summary: 'Settle an approved batch by the bank line that paid it',
          tags,
          params: byId,
          body: batchPayment,
          response: { 200: done },
        },
      },
      async (request, reply) => {
        const paid = await payBatch(deps, viewerOf(request), { id: request.params.id, ...request.body });
        if (!paid.ok) return problem(reply, status, paid.refusal);
        return { id: paid.value.id, state: paid.value.state };
      },
    );
    app.get(
      '/insurance/subsidies/batches/:id/export',
      {
        config: { access: [...ASKERS, ...PURSE] },
        schema: { summary: 'A batch elevator by elevator, as XLSX', tags, params: byId },
      },
      async (request, reply) => {
        const found = await deps.scoped(viewerOf(request), async (tx) => {
          const batch = await findBatch(tx, request.params.id);
          return batch && { batch, lines: await batchLines(tx, batch.id) };
        });
        if (!found) return problem(reply, status, { code: 'insurance.subsidy_not_found' });
        const word = (key: string) => say(`insurance.subsidy.${key}`, languageOf(request));
        const head = ['kind', 'code', 'from', 'to', 'part', 'days_used', 'term_days', 'amount'].map(word);
        const rows = found.lines.map((l) => [
          word(`kind.${l.kind}`),
          l.code,
          l.from,
          l.to,
          l.premiumPart / 100,
          l.daysUsed,
          l.termDays,
          (l.kind === 'part' ? l.amount : -l.amount) / 100,
        ]);
        const total = [word('net'), ...Array.from({ length: 6 }, () => null), found.batch.net / 100];
        const bytes = await writeXlsx({ sheets: [{ name: word('sheet'), rows: [head, ...rows, total] }] });
        return sendFile(reply, { name: `subsidy-${found.batch.no}`, type: 'xlsx', bytes });
      },
    );
  };
