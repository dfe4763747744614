import { sql } from 'kysely';
import type { AnyDb } from '../../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import { fen } from '../../../kernel/money.ts';
import type { Calendar } from '../../../kernel/time.ts';
import { inForceOn } from '../policy/in-force.store.ts';
import { productBody } from '../product/scheme.rows.ts';
import { claimBody, moments as momentsRow, promiseClocks } from './claim.rows.ts';
import { clocksOf } from './claim-clock.rules.ts';
import { unclaimedSpans } from './claim-clocks.ts';

/** A payment that reached its payee, with the instants its clocks run between. */
export type PaidItem = { leadOrgId: OrgId; amount: number; completeAt: Date | null; reportedAt: Date; paidAt: Date };

/** Payments the bank confirmed in a span, as far as `db` sees. A returned payment is not paid. */
export async function paidItems(db: AnyDb, { from, to }: { from: Date; to: Date }): Promise<readonly PaidItem[]> {
  const { rows } = await sql<PaidItem>`select lead_org_id as "leadOrgId", amount, complete_at as "completeAt",
      reported_at as "reportedAt", paid_at as "paidAt" from insurance.claim_payment
    where state = 'paid' and paid_at >= ${from} and paid_at < ${to} order by paid_at, id`.execute(db);
  return rows;
}

/** A promise of service: how many claims it was due for in a span, and for how many it was kept. */
export type PromiseKept = { leadOrgId: OrgId; id: string; name: string; due: number; kept: number };

/**
 * Promises whose clock began in the span and has stopped or run out by `now`, insurer by insurer: the clocks of the claim itself. A
 * refused claim owes no money; what was promised of its decision was due.
 */
export async function promisesKept(
  db: AnyDb,
  { from, to, now, calendar }: { from: Date; to: Date; now: Date; calendar: Calendar },
): Promise<readonly PromiseKept[]> {
  const { rows } = await sql<PromisedClaim>`
    select c.lead_org_id as "leadOrgId", c.moments, c.body -> 'unclaimed' as unclaimed, (c.body -> 'decision' ->> 'amount')::bigint as decided,
      c.body ->> 'refusal' is not null as "isRefused", d.id as "productId", d.body
    from insurance.claim c join insurance.policy p on p.id = c.policy_id join insurance.product d on d.id = p.product_id
    where c.reported_at < ${to} and jsonb_array_length(coalesce(d.body -> 'promises', '[]')) > 0`.execute(db);
  const rules = new Map(rows.map((r) => [r.productId, r.body]));
  const clocks = new Map([...rules].map(([id, body]) => [id, promiseClocks(promised.parse(body))]));
  const sums = new Map<string, PromiseKept>();
  for (const row of rows) {
    const due = (clocks.get(row.productId) ?? []).filter((rule) => !row.isRefused || rule.stops === 'decided');
    const decided = row.decided === null ? null : fen(row.decided);
    for (const clock of clocksOf(due, {
      moments: momentsRow.parse(row.moments),
      pause: null,
      unclaimed: unclaimedSpans(spans.parse({ unclaimed: row.unclaimed ?? undefined })),
      decided,
      calendar,
      now,
    })) {
      const isOpen = clock.state === 'running' || clock.state === 'paused';
      if (isOpen || clock.startedAt < from || clock.startedAt >= to) continue;
      const key = `${row.leadOrgId}/${clock.id}`;
      const was = sums.get(key) ?? { leadOrgId: row.leadOrgId, id: clock.id, name: clock.title, due: 0, kept: 0 };
      sums.set(key, { ...was, due: was.due + 1, kept: was.kept + (clock.state === 'in_time' ? 1 : 0) });
    }
  }
  return [...sums.values()];
}

const spans = claimBody.pick({ unclaimed: true });
const promised = productBody.pick({ promises: true });

type PromisedClaim = {
  leadOrgId: OrgId;
  moments: unknown;
  unclaimed: unknown;
  decided: number | null;
  isRefused: boolean;
  productId: string;
  body: unknown;
};

/** The insurers that cover an elevator on a day, lead first. As the owner: who rides knows who insures. */
export async function insurersOf(
  db: AnyDb,
  { elevatorId, on }: { elevatorId: ElevatorId; on: string },
): Promise<readonly OrgId[]> {
  const { rows } = await sql<{ id: OrgId }>`select distinct p.lead_org_id as id
    from insurance.policy_line l join insurance.policy p on p.id = l.policy_id
    where l.elevator_id = ${elevatorId} and ${inForceOn(on)} and l.from_on <= ${on}::date and l.to_on >= ${on}::date
    order by 1`.execute(db);
  return rows.map((r) => r.id);
}
