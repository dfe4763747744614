import { sql } from 'kysely';
import { HELD_KINDS } from '../../../../contract/insurance-vocabulary.ts';
import type { Db } from '../../../kernel/db.ts';
import { fen, sum } from '../../../kernel/money.ts';
import type { InsuranceTables } from '../tables.ts';
import { daysHeld, type HeldHead, heldKind, heldOf } from './holding.rules.ts';

type Kind = (typeof HELD_KINDS)[number];

/** Money held for others by owner, the longest held first, with sums by kind beside what the books hold. */
export async function listHoldings(db: Db<InsuranceTables>, now: Date) {
  const { rows } = await sql<HeldHead & { kind: Kind }>`
    select p.account as kind, coalesce(o.name, p.party, '') as owner, y.number as policy, c.number as claim,
      coalesce(-sum(p.amount) filter (where e.kind in ('money_held', 'holding_reversed')), 0)::bigint as received,
      coalesce(sum(p.amount) filter (where e.kind not in ('money_held', 'holding_reversed')), 0)::bigint as passed,
      min(coalesce(b.at, e.at)) as since
    from insurance.posting p join insurance.entry e on e.id = p.entry_id
      left join insurance.bank_line b on b.id = e.bank_line_id
      left join insurance.policy y on y.id = p.policy_id left join insurance.claim c on c.id = p.claim_id
      left join identity.org_card o on o.id::text = p.party
    where p.account = any(${[...HELD_KINDS]}::text[])
    group by p.account, p.party, o.name, y.number, c.number order by since, owner`.execute(db);
  const { rows: accounts } = await sql<{ account: Kind; held: number }>`
    select account, -sum(amount)::bigint as held from insurance.posting
    where account = any(${[...HELD_KINDS]}::text[]) group by 1`.execute(db);
  const heads = rows.map((r) => ({ ...r, received: fen(r.received), passed: fen(r.passed) }));
  return {
    items: heads
      .filter((h) => heldOf(h) !== 0)
      .map(({ since, ...h }) => ({
        ...h,
        held: heldOf(h),
        since: since.toISOString(),
        days: daysHeld(since, now),
      })),
    kinds: HELD_KINDS.map((kind) => ({
      ...heldKind(kind, heads, now),
      kind,
      ledger: sum(accounts.filter((a) => a.account === kind).map((a) => fen(a.held))),
    })),
  };
}
