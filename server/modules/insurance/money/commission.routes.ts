import { writeXlsx } from 'hucre';
import { z } from 'zod';
import {
  commissionAnswer,
  commissionLines,
  commissionMade,
  commissionPageQuery,
  commissionRateList,
  commissionStatementList,
  dealInput,
  dealMade,
  dealView,
  rateInput,
  statementInput,
} from '../../../../contract/insurance-commission.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { type Language, languageOf, say } from '../../../kernel/language.ts';
import { factor } from '../../../kernel/money.ts';
import { sendFile } from '../../../kernel/send-file.ts';
import { type Day, dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { status } from '../status.ts';
import { licenceOn, percentText } from './commission.rules.ts';
import { agree, candidatesFor, closeMonth, fileRate, payeeOf, releaseStatement } from './commission.service.ts';
import { listPayees, listRates, listStatementsOfCommission, viewDeal, viewStatement } from './commission.views.ts';

const tags = ['insurance'];
const byId = z.object({ id: z.uuid() });
const BOOKS = ['cashier', 'approver'];
const READERS = [...BOOKS, 'underwriter', 'broker'];

/** Commission: what may be paid, to whom, for which policy, and a payee's month. */
export const commissionRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/commissions',
      {
        config: { access: READERS },
        schema: {
          summary: 'Schemes to file a rate for, and payees with their licences',
          tags,
          response: { 200: commissionAnswer },
        },
      },
      (request) => deps.scoped(viewerOf(request), (tx) => whole(deps, tx)),
    );
    app.get(
      '/insurance/commissions/rates',
      {
        config: { access: READERS },
        schema: {
          summary: 'The rates one’s own insurer filed, page by page, the newest first',
          tags,
          querystring: commissionPageQuery,
          response: { 200: commissionRateList },
        },
      },
      async (request) => await deps.scoped(viewerOf(request), (tx) => listRates(tx, request.query)),
    );
    app.post(
      '/insurance/commissions/rates',
      {
        config: { access: ['underwriter'] },
        schema: {
          summary: 'Record a filed commission rate from a day on',
          tags,
          body: rateInput,
          response: { 201: commissionMade },
        },
      },
      async (request, reply) => {
        const { from, rate, ...rest } = request.body;
        const filed = { ...rest, rate: factor(rate), from: from as Day };
        const done = await fileRate(deps, viewerOf(request), filed);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    await app.register(dealRoutes(deps));
    await app.register(statementRoutes(deps));
  };

type Tx = Parameters<typeof listPayees>[0];

async function whole(deps: InsuranceDeps, tx: Tx) {
  const today = dayOf(deps.now());
  const payees = [];
  for (const { id, ...row } of await listPayees(tx)) {
    const licence = licenceOn((await payeeOf(deps, id))?.licences ?? [], today);
    payees.push({ orgId: id, ...row, licence: licence ?? null });
  }
  const schemes = await tx.selectFrom('insurance.scheme').select(['id', 'name']).orderBy('name').execute();
  return { schemes, payees };
}

/** Who is paid for one policy. */
const dealRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/policies/:id/commission',
      {
        config: { access: READERS },
        schema: {
          summary: 'Who is paid for a policy, and on what it rests',
          tags,
          params: byId,
          response: { 200: dealView },
        },
      },
      async (request, reply) => {
        const found = await deps.scoped(viewerOf(request), async (tx) => {
          const candidates = await candidatesFor(deps, tx, request.params.id);
          if (!candidates) return undefined;
          const deal = await viewDeal(tx, request.params.id);
          return { deal, candidates: deal ? [] : candidates };
        });
        return found ?? problem(reply, status, { code: 'insurance.policy_not_found' });
      },
    );
    app.post(
      '/insurance/policies/:id/commission',
      {
        config: { access: ['underwriter'] },
        schema: {
          summary:
            'Agree who is paid for a policy, before it is issued: only who holds a licence, never above the filed rates',
          tags,
          params: byId,
          body: dealInput,
          response: { 201: dealMade },
        },
      },
      async (request, reply) => {
        const { payeeOrgId, rate } = request.body;
        const done = await agree(deps, viewerOf(request), {
          policyId: request.params.id,
          payeeOrgId: payeeOrgId as OrgId,
          rate: rate === null ? null : factor(rate),
        });
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
  };

/** A payee's month: closed by one, released by another. */
const statementRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/commissions/statements',
      {
        config: { access: READERS },
        schema: {
          summary: 'Statements of commission page by page, the newest month first',
          tags,
          querystring: commissionPageQuery,
          response: { 200: commissionStatementList },
        },
      },
      (request) => deps.scoped(viewerOf(request), (tx) => listStatementsOfCommission(tx, request.query)),
    );
    app.post(
      '/insurance/commissions/statements',
      {
        config: { access: BOOKS },
        schema: {
          summary: 'Close a payee’s month: earned and clawed back by policy',
          tags,
          body: statementInput,
          response: { 201: commissionMade },
        },
      },
      async (request, reply) => {
        const { payeeOrgId, month } = request.body;
        const done = await closeMonth(deps, viewerOf(request), { payeeOrgId: payeeOrgId as OrgId, month });
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/insurance/commissions/statements/:id/release',
      {
        config: { access: ['approver'], human: true },
        schema: {
          summary: 'Let a statement be paid: by a second person, to who holds a licence today',
          tags,
          params: byId,
          response: { 200: commissionMade },
        },
      },
      async (request, reply) => {
        const done = await releaseStatement(deps, viewerOf(request), request.params.id);
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
    app.get(
      '/insurance/commissions/statements/:id',
      {
        config: { access: READERS },
        schema: { summary: 'A statement with its lines', tags, params: byId, response: { 200: commissionLines } },
      },
      async (request, reply) => {
        const found = await deps.scoped(viewerOf(request), (tx) => viewStatement(tx, request.params.id));
        return found ?? problem(reply, status, { code: 'insurance.commission_statement_not_found' });
      },
    );
    app.get(
      '/insurance/commissions/statements/:id/export',
      {
        config: { access: READERS },
        schema: { summary: 'A statement as XLSX', tags, params: byId },
      },
      async (request, reply) => {
        const found = await deps.scoped(viewerOf(request), (tx) => viewStatement(tx, request.params.id));
        if (!found) return problem(reply, status, { code: 'insurance.commission_statement_not_found' });
        const bytes = await sheetOf(found, languageOf(request));
        return sendFile(reply, { name: `commission-${found.month}`, type: 'xlsx', bytes });
      },
    );
  };

type Whole = NonNullable<Awaited<ReturnType<typeof viewStatement>>>;

function sheetOf({ lead, payee, month, lines, carried, total }: Whole, language: Language) {
  const word = (code: string) => say(`insurance.commission.${code}`, language);
  const yuan = (fen: number) => fen / 100;
  return writeXlsx({
    sheets: [
      {
        name: word('sheet'),
        rows: [
          [word('payer'), lead, word('payee'), payee, word('month'), month],
          [word('policy'), word('rate'), word('accrued'), word('clawed_back'), word('net')],
          ...lines.map((l) => [
            l.number,
            percentText(factor(l.rate)),
            yuan(l.accrued),
            yuan(l.clawedBack),
            yuan(l.accrued - l.clawedBack),
          ]),
          [word('carried'), '', '', '', yuan(carried)],
          [word('total'), '', '', '', yuan(carried + total)],
        ],
      },
    ],
  });
}
