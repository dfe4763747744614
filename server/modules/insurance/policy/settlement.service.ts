import { sql } from 'kysely';
import type { Tx } from '../../../kernel/db.ts';
import { fen, sum } from '../../../kernel/money.ts';
import { invariant } from '../../../kernel/result.ts';
import type { InsuranceDeps } from '../deps.ts';
import { arrivedFor } from '../money/ledger.store.ts';
import { insurerNames } from '../money/pool.store.ts';
import type { InsuranceTables } from '../tables.ts';
import type { DocumentContent } from './document.rules.ts';
import { keepDocument } from './document.store.ts';
import type { Effect } from './endorsement.rules.ts';
import type { HeldPolicy } from './endorsement.store.ts';
import { type Settlement, settlementOf } from './settlement.rules.ts';
import type { Act } from './standing.rules.ts';
import { positionsOf } from './standing.store.ts';

type Leaving = {
  policy: HeldPolicy;
  act: Act;
  effect: Effect;
  detail: Readonly<Record<string, unknown>>;
  by: string;
  at: Date;
};

const kindOf = ({ act, detail }: Pick<Leaving, 'act' | 'detail'>): Settlement['kind'] | undefined =>
  act.kind === 'takeover'
    ? 'takeover'
    : act.kind === 'cancel' && detail['reason'] === 'redeemed'
      ? 'redeemed'
      : undefined;

/**
 * Keep the sheet of a 接续 or 赎回, after its entry stands in the books, from which every refund and receivable of it is read.
 * Of anything else there is none.
 */
export async function keepSettlement(deps: InsuranceDeps, tx: Tx<InsuranceTables>, leaving: Leaving): Promise<void> {
  const kind = kindOf(leaving);
  if (!kind) return;
  const { policy, act, effect, detail, by, at } = leaving;
  const arrived = (await arrivedFor(tx, [policy.id])).get(policy.id) ?? [];
  const positions = await positionsOf(tx, policy.id);
  const booked = effect.before.owed.map(({ payer }) => ({
    payer,
    arrived: sum(arrived.filter((a) => a.payer === payer).map((a) => a.amount)),
    refundable: positions.get(payer)?.refundable ?? fen(0),
    receivable: positions.get(payer)?.receivable ?? fen(0),
  }));
  const { before, after } = effect;
  const sheet = settlementOf({ kind, on: act.on, term: policy.base.term, before, after }, booked);
  const written = await writtenOn(tx, policy.id);
  invariant(written === after.premium, 'a settlement says what the books say');
  const toOrgId = typeof detail['toOrgId'] === 'string' ? detail['toOrgId'] : null;
  const names = await insurerNames(tx, [policy.holderOrgId, ...(toOrgId ? [toOrgId] : [])]);
  const settlement: NonNullable<DocumentContent['settlement']> = {
    ...sheet,
    lines: sheet.lines.map((l) => ({ ...l })),
    payers: sheet.payers.map((p) => ({ ...p })),
    from: names.get(policy.holderOrgId) ?? '',
    to: toOrgId ? (names.get(toOrgId) ?? '') : null,
    reasonCode: typeof detail['reasonCode'] === 'string' ? detail['reasonCode'] : null,
    written,
    claims: await claimsOf(tx, policy.id),
  };
  await keepDocument(deps, tx, {
    policyId: policy.id,
    kind: 'settlement',
    no: act.no,
    change: null,
    settlement,
    by,
    at,
  });
}

async function writtenOn(tx: Tx<InsuranceTables>, policyId: string) {
  const { rows } = await sql<{ written: number }>`select coalesce(-sum(amount), 0)::bigint as written
    from insurance.posting where policy_id = ${policyId}::uuid and account = 'premium_written'`.execute(tx);
  return fen(rows[0]?.written ?? 0);
}

/** What the policy has paid for losses and how many are open: who takes it over takes the used limits with it. */
async function claimsOf(tx: Tx<InsuranceTables>, policyId: string) {
  const { rows } = await sql<{ paid: number; open: number }>`select
    (select coalesce(sum(amount), 0)::bigint from insurance.claim_payment where policy_id = ${policyId}::uuid and state = 'paid') as paid,
    (select count(*)::int from insurance.claim where policy_id = ${policyId}::uuid and phase not in ('closed', 'refused')) as open`.execute(
    tx,
  );
  return { paid: fen(rows[0]?.paid ?? 0), open: rows[0]?.open ?? 0 };
}
