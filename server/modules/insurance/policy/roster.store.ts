import { sql } from 'kysely';
import type { Db } from '../../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import { plainCode, type RosterCard } from './roster.rules.ts';
import { yearFrom } from './term.rules.ts';

/** The elevators these codes mean, as far as the viewer sees them. */
export async function cardsOfCodes(db: Db<InsuranceTables>, codes: readonly string[]): Promise<readonly RosterCard[]> {
  const plain = [...new Set(codes.map(plainCode))].filter((code) => code !== '');
  if (plain.length === 0) return [];
  const rows = await db
    .selectFrom('registry.elevator_card')
    .select(['id', 'rescue_code', 'registration_code', 'use_org_id', 'address'])
    .where((eb) =>
      eb.or([
        eb('rescue_code', '=', sql<string>`any(${plain}::text[])`),
        eb('registration_code', '=', sql<string>`any(${plain}::text[])`),
      ]),
    )
    .execute();
  return rows.map((r) => ({
    elevatorId: r.id,
    codes: [r.rescue_code, r.registration_code].filter((c) => c !== null),
    address: r.address,
    useOrgId: r.use_org_id,
  }));
}

type Asked = { elevatorIds: readonly ElevatorId[]; productId: string; from: Day };

/** Which of these have cover of the product's kind in its term already. */
export async function coveredAlready(
  db: Db<InsuranceTables>,
  { elevatorIds, productId, from }: Asked,
): Promise<ReadonlySet<string>> {
  const { to } = yearFrom(from);
  const { rows } = await sql<{ elevator_id: string }>`
    select distinct l.elevator_id
    from insurance.policy_line l join insurance.policy p on p.id = l.policy_id
    where l.elevator_id = any(${[...elevatorIds]}::uuid[]) and p.state in ('awaiting_cash', 'issued', 'cancelled')
      and l.from_on <= ${to} and l.to_on >= ${from}
      and p.kind = (select s.kind from insurance.product d join insurance.scheme s on s.id = d.scheme_id
        where d.id = ${productId}::uuid)`.execute(db);
  return new Set(rows.map((r) => r.elevator_id));
}

export async function namesOfOrgs(
  db: Db<InsuranceTables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('identity.org_card')
    .select(['id', 'name'])
    .where('id', 'in', ids as readonly OrgId[] as OrgId[])
    .execute();
  return new Map(rows.map((r) => [r.id, r.name]));
}

/** How many elevators one may put on rosters. */
export async function rosterSize(db: Db<InsuranceTables>): Promise<number> {
  const row = await db
    .selectFrom('registry.elevator_card as e')
    .innerJoin('identity.org_card as u', 'u.id', 'e.use_org_id')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('e.state', '=', 'in_use')
    .executeTakeFirstOrThrow();
  return row.n;
}

/** A part of the elevators one may put on a roster: in use, with what decides whether they can be insured. */
export async function rosterLines(db: Db<InsuranceTables>, { from, most }: { from: number; most: number }) {
  return db
    .selectFrom('registry.elevator_card as e')
    .innerJoin('identity.org_card as u', 'u.id', 'e.use_org_id')
    .select(['e.rescue_code', 'e.registration_code', 'e.address', 'e.next_inspection_on', 'u.name as holder'])
    .where('e.state', '=', 'in_use')
    .orderBy('u.name')
    .orderBy('e.address')
    .orderBy('e.id')
    .offset(from)
    .limit(most)
    .execute();
}
