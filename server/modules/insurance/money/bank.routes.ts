import { z } from 'zod';
import {
  allocationInput,
  bankLineList,
  bankLineQuery,
  bankLineView,
  feedInput,
  lineBooked,
  payableList,
  payableQuery,
  settlementInput,
  statementList,
  statementQuery,
  statementTaken,
} from '../../../../contract/insurance-bank.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import { type Language, languageOf, say } from '../../../kernel/language.ts';
import { fen } from '../../../kernel/money.ts';
import { isInstantKey, readPlace } from '../../../kernel/page.ts';
import { openSheet, type ReadRefusal } from '../../../kernel/sheet.ts';
import { MOST_WAITED_BYTES, tableStatus, takeTable } from '../../../kernel/table-upload.ts';
import type { InsuranceDeps } from '../deps.ts';
import { keyHeader } from '../once.rules.ts';
import { once } from '../once.service.ts';
import { status } from '../status.ts';
import { BANK_COLUMNS, type BankColumn, columnsOf, missingColumns } from './bank.rules.ts';
import { allocate, type RawBankRow, type RowFault, settle, takeStatement, undo } from './bank.service.ts';
import { listBankLines, listPayables, listStatements, sumPayables, viewBankLine } from './bank.views.ts';

const tags = ['insurance'];
const byId = z.object({ id: z.uuid() });
const CASHIER = ['cashier'];
const MOST_ROWS = 50_000;
const MOST_STATEMENTS = 50;
const fileStatus = {
  ...tableStatus,
  'insurance.bank.columns_missing': 422,
  'insurance.bank.too_many_rows': 413,
} as const;

/** Statements, suspense and payments: the insurer's cashier, and the bank's own interface beside him. */
export const bankRoutes =
  (deps: InsuranceDeps, dataDir: string): Routes =>
  async (app) => {
    app.post(
      '/insurance/bank-statements',
      {
        config: { access: CASHIER, rateLimit: { max: 60, timeWindow: 60_000 } },
        schema: {
          summary: 'Take a bank statement (multipart, field `file`: CSV or XLSX); sent again it books nothing twice',
          tags,
          consumes: ['multipart/form-data'],
          querystring: statementQuery,
          response: { 201: statementTaken },
        },
      },
      async (request, reply) => {
        const sent = await takeTable({ db: deps.db, dataDir, most: MOST_WAITED_BYTES }, request);
        if (!sent.ok) return problem(reply, fileStatus, sent.refusal);
        const rows = await readStatement(sent.value.path);
        if (!rows.ok) {
          const names = rows.refusal.code === 'insurance.bank.columns_missing' ? rows.refusal.missing : [];
          const columns = names.map((c) => say(`insurance.bank.column.${c}`, languageOf(request))).join('、');
          return problem(reply, fileStatus, { ...rows.refusal, columns });
        }
        const taken = await takeStatement(deps, viewerOf(request), {
          fileHash: sent.value.file.hash,
          fileName: sent.value.fileName,
          account: request.query.account ?? '',
          rows: rows.value,
        });
        return reply.code(201).send({ ...taken, faults: taken.faults.map(toldIn(languageOf(request))) });
      },
    );
    app.post(
      '/insurance/bank-feeds',
      {
        config: { access: CASHIER, grant: 'bank:write' },
        schema: {
          summary: 'Lines of an account as the bank’s interface sends them; sent again they book nothing twice',
          tags,
          body: feedInput,
          response: { 201: statementTaken },
        },
      },
      async (request, reply) => {
        const { account, lines } = request.body;
        const rows = lines.map(({ bankRef, ...cells }, i) => ({ row: i + 1, cells: { ref: bankRef, ...cells } }));
        const fileName = say('insurance.bank.feed', 'zh');
        const taken = await takeStatement(deps, viewerOf(request), { fileHash: null, fileName, account, rows });
        return reply.code(201).send({ ...taken, faults: taken.faults.map(toldIn(languageOf(request))) });
      },
    );
    app.get(
      '/insurance/bank-statements',
      {
        config: { access: CASHIER },
        schema: { summary: 'Statements taken, newest first', tags, response: { 200: statementList } },
      },
      async (request) => {
        const rows = await deps.scoped(viewerOf(request), (tx) => listStatements(tx, MOST_STATEMENTS));
        const told = toldIn(languageOf(request));
        const items = rows.map((r) => ({
          id: r.id,
          fileName: r.file_name,
          takenAt: r.taken_at.toISOString(),
          rows: r.rows,
          taken: r.taken,
          known: r.known,
          faults: storedFaults.parse(r.faults).map(told),
        }));
        return { items, next: null };
      },
    );
    await app.register(lineRoutes(deps));
  };

/** What lines were for. */
const lineRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/bank-lines',
      {
        config: { access: CASHIER },
        schema: {
          summary: 'Lines of the statements, newest first',
          tags,
          querystring: bankLineQuery,
          response: { 200: bankLineList },
        },
      },
      (request) => {
        const { open, direction, after, limit } = request.query;
        return deps.scoped(viewerOf(request), (tx) =>
          listBankLines(tx, { open: open === 'true', direction, after, limit }),
        );
      },
    );
    app.get(
      '/insurance/bank-lines/:id',
      {
        config: { access: CASHIER },
        schema: {
          summary: 'A line with what it was used for, and what it is probably for',
          tags,
          params: byId,
          response: { 200: bankLineView },
        },
      },
      async (request, reply) => {
        const found = await deps.scoped(viewerOf(request), (tx) =>
          viewBankLine(tx, request.params.id, deps.subsidisedPayers),
        );
        return found ?? problem(reply, status, { code: 'insurance.bank_line_not_found' });
      },
    );
    app.post(
      '/insurance/bank-lines/:id/allocations',
      {
        config: { access: CASHIER },
        schema: {
          summary: 'Say whose premium money in suspense is',
          tags,
          params: byId,
          headers: keyHeader,
          body: allocationInput,
          response: { 201: lineBooked },
        },
      },
      async (request, reply) => {
        const allocations = request.body.allocations.map((a) => ({ ...a, amount: fen(a.amount) }));
        const asked = { lineId: request.params.id, allocations };
        const viewer = viewerOf(request);
        const keyed = { key: request.headers['idempotency-key'], act: 'allocate', body: asked };
        const done = await once({ deps, viewer }, keyed, (inner) => allocate(inner, viewer, asked));
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/insurance/bank-lines/:id/settlements',
      {
        config: { access: CASHIER },
        schema: {
          summary: 'Say what money that left the bank has paid',
          tags,
          params: byId,
          headers: keyHeader,
          body: settlementInput,
          response: { 201: lineBooked },
        },
      },
      async (request, reply) => {
        const settlements = request.body.settlements.map((s) => ({ ...s, amount: fen(s.amount) }));
        const asked = { lineId: request.params.id, settlements };
        const viewer = viewerOf(request);
        const keyed = { key: request.headers['idempotency-key'], act: 'settle', body: asked };
        const done = await once({ deps, viewer }, keyed, (inner) => settle(inner, viewer, asked));
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/insurance/entries/:id/reversal',
      {
        config: { access: CASHIER },
        schema: {
          summary: 'Undo an allocation or a settlement by a counter-entry',
          tags,
          params: byId,
          response: { 201: lineBooked },
        },
      },
      async (request, reply) => {
        const done = await undo(deps, viewerOf(request), request.params.id);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.get(
      '/insurance/payables',
      {
        config: { access: ['cashier', 'approver'] },
        schema: {
          summary: 'Payments to make page by page, the oldest first, with the count and sum of all',
          tags,
          querystring: payableQuery,
          response: { 200: payableList },
        },
      },
      (request) => {
        const { after, limit } = request.query;
        const ask = { after: readPlace(after, isInstantKey), limit };
        return deps.scoped(viewerOf(request), async (tx) => ({
          ...(await listPayables(tx, ask)),
          ...(await sumPayables(tx)),
        }));
      },
    );
  };

const storedFaults = z.array(
  z.object({ row: z.int(), column: z.enum(BANK_COLUMNS), value: z.string(), code: z.string() }),
);

/** A fault in words: the column as people call it, and the remedy. */
const toldIn = (language: Language) => (fault: Omit<RowFault, 'code'> & { code: string }) => {
  const column = say(`insurance.bank.column.${fault.column}`, language);
  return { ...fault, message: say(fault.code, language, { ...fault, column }) };
};

type StatementRefusal =
  | ReadRefusal
  | { code: 'insurance.bank.columns_missing'; missing: readonly BankColumn[] }
  | { code: 'insurance.bank.too_many_rows'; most: number };

/** Read a stored statement: rows above the header (a bank's title and account) are skipped until one names the columns. */
async function readStatement(
  path: string,
): Promise<{ ok: true; value: readonly RawBankRow[] } | { ok: false; refusal: StatementRefusal }> {
  const sheet = await openSheet(path);
  if (!sheet.ok) return sheet;
  const names = headerNames();
  let columns = columnsOf(sheet.value.columns, names);
  let best = columns;
  const rows: RawBankRow[] = [];
  for await (const { rowNo: row, cells } of sheet.value.rows) {
    if (missingColumns(columns).length > 0) {
      columns = columnsOf(cells, names);
      if (columns.size > best.size) best = columns;
      continue;
    }
    if (rows.length >= MOST_ROWS)
      return { ok: false, refusal: { code: 'insurance.bank.too_many_rows', most: MOST_ROWS } };
    rows.push({ row, cells: Object.fromEntries([...columns].map(([column, at]) => [column, cells[at] ?? ''])) });
  }
  const missing = missingColumns(columns);
  return missing.length > 0
    ? { ok: false, refusal: { code: 'insurance.bank.columns_missing', missing: missingColumns(best) } }
    : { ok: true, value: rows };
}

/** How banks head each column, in either language; alternatives are parted by a bar. */
function headerNames(): Readonly<Record<BankColumn, readonly string[]>> {
  const of = (column: BankColumn) =>
    (['zh', 'en'] as const).flatMap((language) => say(`insurance.bank.header.${column}`, language).split('|'));
  return {
    ref: of('ref'),
    at: of('at'),
    time: of('time'),
    amount: of('amount'),
    income: of('income'),
    expense: of('expense'),
    account: of('account'),
    counterparty: of('counterparty'),
    remark: of('remark'),
  };
}
