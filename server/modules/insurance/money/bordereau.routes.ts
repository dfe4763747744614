import { writeXlsx } from 'hucre';
import { z } from 'zod';
import { INSURERS } from '../../../../contract/identity-vocabulary.ts';
import {
  poolDraftQuery,
  poolInput,
  poolLineList,
  poolMonth,
  poolMonthList,
} from '../../../../contract/insurance-books.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { type Language, languageOf, say } from '../../../kernel/language.ts';
import { sendFile } from '../../../kernel/send-file.ts';
import type { InsuranceDeps } from '../deps.ts';
import { status } from '../status.ts';
import { closePoolMonth, poolDraft } from './pool.service.ts';
import { findPoolMonth, insurerNames, type PoolMonth, poolMonths } from './pool.store.ts';

const tags = ['insurance'];
const byId = z.object({ id: z.uuid() });
const CLOSERS = ['cashier', 'approver'];
const READERS = [...INSURERS, 'broker'];
const MOST_MONTHS = 60;

/** Co-insurers' months: lead, members and broker see the same bordereau. */
export const bordereauRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/bordereaux',
      {
        config: { access: READERS },
        schema: { summary: 'Months closed between co-insurers, newest first', tags, response: { 200: poolMonthList } },
      },
      (request) =>
        deps.scoped(viewerOf(request), async (tx) => {
          const months = await poolMonths(tx, MOST_MONTHS);
          const names = await insurerNames(
            tx,
            months.map((m) => m.leadOrgId),
          );
          return { items: months.map((m) => monthItem(m, names)) };
        }),
    );
    app.get(
      '/insurance/bordereaux/draft',
      {
        config: { access: CLOSERS },
        schema: {
          summary: 'A month as it would be closed now',
          tags,
          querystring: poolDraftQuery,
          response: { 200: poolLineList },
        },
      },
      (request) => {
        const viewer = viewerOf(request);
        const { month, feeBp } = request.query;
        const leadOrgId = viewer.orgId as OrgId;
        return deps.scoped(viewer, async (tx) => {
          const { content, premium, claims } = await poolDraft(tx, {
            leadOrgId,
            month,
            feeBp,
            withCommission: deps.sharesCommission,
          });
          const lead = (await insurerNames(tx, [leadOrgId])).get(leadOrgId) ?? '';
          return {
            id: null,
            month,
            lead,
            feeBp,
            premium,
            claims,
            lines: content.lines.length,
            hash: '',
            closedAt: null,
            totals: content.totals,
            rows: content.lines,
          };
        });
      },
    );
    app.post(
      '/insurance/bordereaux',
      {
        config: { access: CLOSERS },
        schema: { summary: 'Close a month between co-insurers', tags, body: poolInput, response: { 201: poolMonth } },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const done = await closePoolMonth(deps, viewer, request.body);
        if (!done.ok) return problem(reply, status, done.refusal);
        const names = await deps.scoped(viewer, (tx) => insurerNames(tx, [done.value.leadOrgId]));
        return reply.code(201).send(monthItem(done.value, names));
      },
    );
    app.get(
      '/insurance/bordereaux/:id',
      {
        config: { access: READERS },
        schema: {
          summary: 'A month with every line and every member’s part',
          tags,
          params: byId,
          response: { 200: poolLineList },
        },
      },
      async (request, reply) => {
        const found = await deps.scoped(viewerOf(request), async (tx) => {
          const month = await findPoolMonth(tx, request.params.id);
          const names = await insurerNames(tx, month ? [month.leadOrgId] : []);
          return month && { ...monthItem(month, names), rows: month.content.lines };
        });
        return found ?? problem(reply, status, { code: 'insurance.pool_month_not_found' });
      },
    );
    app.get(
      '/insurance/bordereaux/:id/export',
      {
        config: { access: READERS },
        schema: { summary: 'The bordereau of a month as XLSX', tags, params: byId },
      },
      async (request, reply) => {
        const month = await deps.scoped(viewerOf(request), (tx) => findPoolMonth(tx, request.params.id));
        if (!month) return problem(reply, status, { code: 'insurance.pool_month_not_found' });
        const bytes = await bordereauBook(month, languageOf(request));
        return sendFile(reply, { name: `bordereau-${month.month}`, type: 'xlsx', bytes });
      },
    );
  };

const monthItem = (m: PoolMonth, names: ReadonlyMap<string, string>) => ({
  id: m.id,
  month: m.month,
  lead: names.get(m.leadOrgId) ?? '',
  feeBp: m.feeBp,
  premium: m.premium,
  claims: m.claims,
  lines: m.content.lines.length,
  hash: m.hash,
  closedAt: m.closedAt.toISOString(),
  totals: m.content.totals,
});

/** Totals and lines as two sheets, a column for each member, in yuan. */
function bordereauBook({ month, content }: PoolMonth, language: Language): Promise<Uint8Array> {
  const word = (key: string) => say(`insurance.bordereau.${key}`, language);
  const yuan = (fen: number) => fen / 100;
  const nameOf = (insurer: string) => content.totals.find((t) => t.insurer === insurer)?.name ?? insurer;
  const totals = [
    ['insurer', 'premium', 'claims', 'commission', 'true_up', 'fee', 'net'].map(word),
    ...content.totals.map((t) => [t.name, ...[t.premium, t.claims, t.commission, t.trueUp, t.fee, t.net].map(yuan)]),
  ];
  const members = content.totals.map((t) => t.insurer);
  const partOf = (line: (typeof content.lines)[number], insurer: string) => {
    const part = line.parts.find((p) => p.insurer === insurer);
    return part ? yuan(part.amount) : null;
  };
  const lines = [
    [...['kind', 'record', 'amount'].map(word), ...members.map(nameOf)],
    ...content.lines.map((l) => [
      word(`kind.${l.kind}`),
      l.record,
      yuan(l.amount),
      ...members.map((m) => partOf(l, m)),
    ]),
  ];
  return writeXlsx({
    sheets: [
      { name: `${month} ${word('totals')}`, rows: totals },
      { name: `${month} ${word('lines')}`, rows: lines },
    ],
  });
}
