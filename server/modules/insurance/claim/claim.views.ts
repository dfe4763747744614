import { sql } from 'kysely';
import type { z } from 'zod';
import type { claimItem, claimQuery } from '../../../../contract/insurance-claims.ts';
import type { Db } from '../../../kernel/db.ts';
import { containing, isInstantKey, pageOf, readPlace } from '../../../kernel/page.ts';
import type { InsuranceTables } from '../tables.ts';

type Query = z.infer<typeof claimQuery>;
type Item = z.infer<typeof claimItem>;
type Row = Omit<Item, 'happenedAt' | 'reportedAt' | 'dueAt'> & {
  happenedAt: Date;
  reportedAt: Date;
  dueAt: Date | null;
};

const SOON_HOURS = 48;
const NEVER = 'infinity'; // a claim without a clock stands after those that have one

const columns = sql`c.id, c.number, c.kind, c.phase, c.place ->> 'address' as address, c.place ->> 'rescueCode' as "rescueCode",
  c.verification ->> 'policyNumber' as "policyNumber", coalesce(i.name, '') as insurer, coalesce(u.name, '') as "useUnit",
  c.happened_at as "happenedAt", c.reported_at as "reportedAt", (c.body ->> 'reserve')::bigint as reserve,
  (c.body -> 'decision' ->> 'amount')::bigint as decided, c.due_at as "dueAt", c.due_clock as "dueClock",
  coalesce((select sum(p.amount) from insurance.claim_payment p where p.claim_id = c.id and p.state = 'paid'), 0)::bigint as paid`;
const tables = sql`insurance.claim c
  left join identity.org_card i on i.id = c.lead_org_id
  left join identity.org_card u on u.id = (c.place ->> 'useOrgId')::uuid`;

/** Somebody still has to do something: what was refused is done with once its letter has left. */
const isOpen = sql`c.phase <> 'closed' and not (c.phase = 'refused' and c.due_at is null)`;

/** The work list: what runs out next stands first; the end of a page says where the next one begins. */
export async function listClaims(
  db: Db<InsuranceTables>,
  query: Query,
  now: Date,
): Promise<{ items: Item[]; next: string | null; counts: { open: number; late: number; soon: number } }> {
  const where = conditions(query, now);
  const { rows } = await sql<Row>`select ${columns} from ${tables} where ${where}
    order by coalesce(c.due_at, ${NEVER}), c.id limit ${query.limit + 1}`.execute(db);
  return {
    ...pageOf(rows, query.limit, {
      place: ({ dueAt, id }) => ({ key: dueAt?.toISOString() ?? NEVER, id }),
      item: itemOf,
    }),
    counts: await countClaims(db, now),
  };
}

function conditions(query: Query, now: Date) {
  const soon = new Date(now.getTime() + SOON_HOURS * 3_600_000);
  const like = containing(query.q ?? '');
  const place = readPlace(query.after, (key) => key === NEVER || isInstantKey(key));
  const all = [
    query.state === 'open' ? isOpen : undefined,
    query.phase ? sql`c.phase = ${query.phase}` : undefined,
    query.kind ? sql`c.kind = ${query.kind}` : undefined,
    query.due === 'late' ? sql`c.due_at < ${now}` : undefined,
    query.due === 'soon' ? sql`c.due_at >= ${now} and c.due_at < ${soon}` : undefined,
    query.elevatorId ? sql`c.elevator_id = ${query.elevatorId}::uuid` : undefined,
    query.incidentId ? sql`c.incident_id = ${query.incidentId}::uuid` : undefined,
    query.q
      ? sql`(c.number ilike ${like} or c.place ->> 'address' ilike ${like} or c.place ->> 'rescueCode' = ${query.q}
          or c.verification ->> 'policyNumber' ilike ${like})`
      : undefined,
    place ? sql`(coalesce(c.due_at, ${NEVER}), c.id) > (${place.key}::timestamptz, ${place.id}::uuid)` : undefined,
  ].filter((one) => one !== undefined);
  return all.length === 0 ? sql`true` : sql.join(all, sql` and `);
}

async function countClaims(db: Db<InsuranceTables>, now: Date): Promise<{ open: number; late: number; soon: number }> {
  const soon = new Date(now.getTime() + SOON_HOURS * 3_600_000);
  const { rows } = await sql<{ open: number; late: number; soon: number }>`select count(*)::int as open,
    (count(*) filter (where due_at < ${now}))::int as late,
    (count(*) filter (where due_at >= ${now} and due_at < ${soon}))::int as soon
    from insurance.claim c where ${isOpen}`.execute(db);
  return rows[0] ?? { open: 0, late: 0, soon: 0 };
}

const itemOf = (row: Row): Item => ({
  ...row,
  happenedAt: row.happenedAt.toISOString(),
  reportedAt: row.reportedAt.toISOString(),
  dueAt: row.dueAt?.toISOString() ?? null,
});

/** One claim as a list shows it; undefined when the viewer does not see it. */
export async function claimItemOf(db: Db<InsuranceTables>, id: string): Promise<Item | undefined> {
  const { rows } = await sql<Row>`select ${columns} from ${tables} where c.id = ${id}::uuid`.execute(db);
  return rows[0] && itemOf(rows[0]);
}
