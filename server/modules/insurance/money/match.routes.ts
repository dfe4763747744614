import {
  MATCH_REASONS,
  MOST_MATCHED,
  matchDone,
  matchInput,
  matchList,
  matchQuery,
} from '../../../../contract/insurance-matches.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import { type Fen, sum } from '../../../kernel/money.ts';
import { isInstantKey, pageOf, readPlace } from '../../../kernel/page.ts';
import { accept } from '../../../kernel/result.ts';
import type { InsuranceDeps } from '../deps.ts';
import { keyHeader } from '../once.rules.ts';
import { type OnceRefusal, once } from '../once.service.ts';
import { status } from '../status.ts';
import { allocateClear, type Matched, type Matching, previewMatches } from './match.service.ts';
import type { WaitingRow } from './match.store.ts';

const tags = ['insurance'];

/** Thousands of lines matched to what is owed: looked at first, then done in one act. */
export const matchRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/bank-matches',
      {
        config: { access: ['cashier'] },
        schema: {
          summary:
            'What would be allocated of the money that waits, or what stays and why; oldest first, nothing changes',
          tags,
          querystring: matchQuery,
          response: { 200: matchList },
        },
      },
      async (request) => {
        const { clear, after, limit } = request.query;
        const matching = await previewMatches(deps, viewerOf(request));
        const shown = itemsOf(matching).filter((item) => (item.reason === null) === (clear === 'true'));
        const place = readPlace(after, isInstantKey);
        const from = place ? shown.filter((i) => `${i.at} ${i.lineId}` > `${place.key} ${place.id}`) : shown;
        return {
          ...pageOf(from, limit, { place: (i) => ({ key: i.at, id: i.lineId }), item: (i) => i }),
          ...sumsOf(matching),
        };
      },
    );
    app.post(
      '/insurance/bank-matches',
      {
        config: { access: ['cashier'] },
        schema: {
          summary: 'Allocate every line that says beyond doubt whose money it is; the others stay',
          tags,
          headers: keyHeader,
          body: matchInput,
          response: { 200: matchDone },
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const keyed = { key: request.headers['idempotency-key'], act: 'match lines', body: {} };
        const done = await once<Matched, OnceRefusal>({ deps, viewer }, keyed, async (inner) =>
          accept(await allocateClear(inner, viewer, MOST_MATCHED)),
        );
        if (!done.ok) return problem(reply, status, done.refusal);
        const { items, left, unclear } = done.value;
        return {
          allocated: items.length,
          sum: sum(items.map((i) => i.amount)),
          left,
          unclear,
          items: items.map(({ number: policy, ...item }) => ({ ...item, policy })),
        };
      },
    );
  };

function itemsOf({ lines, clear, unclear }: Matching) {
  const matches = new Map(clear.map((match) => [match.lineId, match]));
  return lines.map((line) => {
    const match = matches.get(line.id);
    const why = unclear.get(line.id);
    return {
      ...shownOf(line),
      policyId: match?.policyId ?? null,
      policy: match?.number ?? null,
      notice: match?.notice ?? null,
      parts: [...(match?.parts ?? [])],
      reason: why?.reason ?? null,
      numbers: why && 'numbers' in why ? [...why.numbers] : [],
      open: why && 'open' in why ? why.open : null,
      difference: why && 'open' in why ? why.difference : null,
    };
  });
}

const shownOf = ({ id: lineId, at, left, account, bankRef, counterparty, text: remark }: WaitingRow) => ({
  lineId,
  at: at.toISOString(),
  left,
  account,
  bankRef,
  counterparty,
  remark,
});

function sumsOf({ lines, unclear }: Matching) {
  const of = (reason: string | undefined) => lines.filter((line) => unclear.get(line.id)?.reason === reason);
  const reasons = MATCH_REASONS.map((reason) => ({ reason, ...counted(of(reason)) }));
  return {
    clear: counted(of(undefined)),
    unclear: counted(lines.filter((line) => unclear.has(line.id))),
    reasons: reasons.filter((r) => r.count > 0),
  };
}

const counted = (lines: readonly { left: Fen }[]) => ({ count: lines.length, sum: sum(lines.map((l) => l.left)) });
