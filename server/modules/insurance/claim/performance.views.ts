import { sql } from 'kysely';
import { z } from 'zod';
import type { AnyDb } from '../../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import type { Calendar } from '../../../kernel/time.ts';
import { type ClockRule, dueAt } from './clock.rules.ts';

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

const promises = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    starts: z.enum(['reported', 'papers_complete', 'accepted', 'decided']),
    stops: z.enum(['advance_paid', 'paid', 'decided']),
    length: z.object({ count: z.int(), unit: z.enum(['hours', 'days', 'working_days']) }),
  }),
);
const instants = z.record(z.string(), z.coerce.date().nullable().optional().catch(null));

/** Promises whose clock began in the span and has stopped or run out by `now`, insurer by insurer. */
export async function promisesKept(
  db: AnyDb,
  { from, to, now, calendar }: { from: Date; to: Date; now: Date; calendar: Calendar },
): Promise<readonly PromiseKept[]> {
  const { rows } = await sql<{ leadOrgId: OrgId; moments: unknown; promises: unknown }>`
    select c.lead_org_id as "leadOrgId", c.moments, d.body -> 'promises' as promises
    from insurance.claim c join insurance.policy p on p.id = c.policy_id join insurance.product d on d.id = p.product_id
    where c.reported_at < ${to} and c.phase <> 'refused' and jsonb_array_length(coalesce(d.body -> 'promises', '[]')) > 0`.execute(
    db,
  );
  const sums = new Map<string, PromiseKept>();
  for (const row of rows) {
    const moments = instants.parse(row.moments);
    for (const promise of promises.parse(row.promises)) {
      const kept = isKept(promise, { moments, from, to, now, calendar });
      if (kept === undefined) continue;
      const key = `${row.leadOrgId}/${promise.id}`;
      const was = sums.get(key) ?? { leadOrgId: row.leadOrgId, id: promise.id, name: promise.name, due: 0, kept: 0 };
      sums.set(key, { ...was, due: was.due + 1, kept: was.kept + (kept ? 1 : 0) });
    }
  }
  return [...sums.values()];
}

type Running = {
  moments: z.output<typeof instants>;
  from: Date;
  to: Date;
  now: Date;
  calendar: Calendar;
};

/** Kept, broken, or (undefined) not due in this span. */
function isKept(promise: z.output<typeof promises>[number], { moments, from, to, now, calendar }: Running) {
  const started = moments[promise.starts];
  if (!started || started < from || started >= to) return undefined;
  const rule: ClockRule = { ...promise, movesToWorkingDay: false, pausesOnMissingPapers: false };
  const due = dueAt(rule, started, { pauses: [], calendar });
  // What is paid whole was paid in advance too.
  const stopped = moments[promise.stops] ?? (promise.stops === 'advance_paid' ? moments['paid'] : undefined);
  if (!due || (!stopped && now <= due)) return undefined;
  return stopped ? stopped <= due : false;
}

/** The insurers that cover an elevator on a day, lead first. As the owner: who rides knows who insures. */
export async function insurersOf(
  db: AnyDb,
  { elevatorId, on }: { elevatorId: ElevatorId; on: string },
): Promise<readonly OrgId[]> {
  const { rows } = await sql<{ id: OrgId }>`select distinct p.lead_org_id as id
    from insurance.policy_line l join insurance.policy p on p.id = l.policy_id
    where l.elevator_id = ${elevatorId} and p.state = 'issued' and l.from_on <= ${on}::date and l.to_on >= ${on}::date
    order by 1`.execute(db);
  return rows.map((r) => r.id);
}
