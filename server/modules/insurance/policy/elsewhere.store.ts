import { sql } from 'kysely';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import type { InsuranceTables } from '../tables.ts';
import type { ElsewherePolicy, Standing } from './elsewhere.rules.ts';

/** Policies of these insurers and numbers that stand already, with their elevators. `db` is the owner's: a number is taken whoever sees it. */
export async function standingOf(
  db: Db<InsuranceTables>,
  policies: readonly ElsewherePolicy[],
  orgId: OrgId | null,
): Promise<ReadonlyMap<string, Standing>> {
  const { rows } = await sql<{
    key: string;
    id: string;
    elsewhere: boolean;
    state: string;
    confirmed: boolean;
    mine: boolean;
    kind: string;
    from: string;
    to: string;
    elevators: string[];
  }>`
    select p.lead_org_id || ' ' || p.number as key, p.id, p.elsewhere, p.state, p.confirmed_at is not null as confirmed,
      coalesce(${orgId}::uuid = any(p.org_ids), false) as mine, p.kind, p.from_on as from, p.to_on as to,
      coalesce((select array_agg(l.elevator_id) from insurance.policy_line l where l.policy_id = p.id), '{}') as elevators
    from unnest(${policies.map((p) => p.insurerOrgId)}::uuid[], ${policies.map((p) => p.number)}::text[]) as a (insurer, number)
      join insurance.policy p on p.lead_org_id = a.insurer and p.number = a.number`.execute(db);
  return new Map(rows.map(({ key, elevators, ...r }) => [key, { ...r, elevatorIds: new Set(elevators) }]));
}

export type NewElsewhere = {
  id: string;
  number: string;
  insurerOrgId: OrgId;
  holderOrgId: OrgId;
  kind: string;
  from: string;
  to: string;
  orgIds: readonly string[];
};
export type NewLine = { policyId: string; elevatorId: ElevatorId; premium: number };

/** Policies issued elsewhere with their lines: a statement for all policies, one for all lines. Ids of those whose number was free. */
export async function insertElsewhere(
  tx: Tx<InsuranceTables>,
  policies: readonly NewElsewhere[],
  lines: readonly NewLine[],
): Promise<ReadonlySet<string>> {
  if (policies.length === 0) return new Set();
  const rows = policies.map((p) => ({ ...p, members: [{ insurer: p.insurerOrgId, shareBp: 10_000 }] }));
  const { rows: made } = await sql<{ id: string }>`
    with l as (
      select x."policyId" as policy_id, x.premium, c.area_codes
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as x ("policyId" uuid, "elevatorId" uuid, premium bigint)
        join registry.elevator_card c on c.id = x."elevatorId"),
    areas as (select policy_id, array_agg(distinct a) as area_codes from l, unnest(l.area_codes) a group by 1),
    sums as (select policy_id, sum(premium) as premium from l group by 1)
    insert into insurance.policy (id, number, lead_org_id, members, holder_org_id, insured_org_id, kind, from_on, to_on, state,
      elsewhere, premium, area_codes, org_ids)
    select p.id, p.number, p."insurerOrgId", p.members, p."holderOrgId", p."holderOrgId", p.kind, p."from", p."to", 'issued',
      true, coalesce(s.premium, 0), coalesce(a.area_codes, '{}'), array(select jsonb_array_elements_text(p."orgIds")::uuid)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p (id uuid, number text, "insurerOrgId" uuid, members jsonb,
        "holderOrgId" uuid, kind text, "from" date, "to" date, "orgIds" jsonb)
      left join areas a on a.policy_id = p.id left join sums s on s.policy_id = p.id
    on conflict (lead_org_id, number) do nothing
    returning id`.execute(tx);
  const ids = new Set(made.map((r) => r.id));
  await insertLines(
    tx,
    lines.filter((l) => ids.has(l.policyId)),
  );
  return ids;
}

/** Lines of policies that stand: each as its elevator's file says, for the whole term. */
export async function insertLines(tx: Tx<InsuranceTables>, lines: readonly NewLine[]): Promise<void> {
  if (lines.length === 0) return;
  await sql`insert into insurance.policy_line (id, policy_id, elevator_id, from_on, to_on, premium, annual, parts, code, address,
      area_codes, org_ids)
    select gen_random_uuid(), p.id, c.id, p.from_on, p.to_on, x.premium, x.premium, '[]'::jsonb,
      coalesce(c.rescue_code, c.registration_code, ''), c.address, c.area_codes, p.org_ids || c.org_ids
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as x ("policyId" uuid, "elevatorId" uuid, premium bigint)
      join insurance.policy p on p.id = x."policyId"
      join registry.elevator_card c on c.id = x."elevatorId"`.execute(tx);
}

/** Elevators join policies that nobody confirmed yet; their premium is the sum of their lines. */
export async function addLines(tx: Tx<InsuranceTables>, lines: readonly NewLine[]): Promise<void> {
  if (lines.length === 0) return;
  await insertLines(tx, lines);
  await sql`update insurance.policy p set version = version + 1,
      premium = (select sum(l.premium) from insurance.policy_line l where l.policy_id = p.id),
      area_codes = (select array_agg(distinct a) from insurance.policy_line l, unnest(l.area_codes) a where l.policy_id = p.id)
    where p.id = any(${[...new Set(lines.map((l) => l.policyId))]}::uuid[])`.execute(tx);
}

/** Policies recorded from elsewhere, those that wait for their insurer first. */
export async function listElsewhere(
  db: Db<InsuranceTables>,
  { state, limit, orgId }: { state: string | undefined; limit: number; orgId: OrgId | null },
) {
  const { rows } = await sql<{
    id: string;
    number: string;
    kind: string;
    insurer: string;
    holder: string;
    from: string;
    to: string;
    elevators: number;
    premium: number;
    state: 'unconfirmed' | 'confirmed' | 'denied';
    confirmed_at: Date | null;
    ours: boolean;
  }>`
    select * from (
      select p.id, p.number, p.kind, i.name as insurer, h.name as holder, p.from_on as from, p.to_on as to, p.premium,
        p.confirmed_at, coalesce(p.lead_org_id = ${orgId}::uuid, false) as ours,
        case when p.state = 'void' then 'denied' when p.confirmed_at is null then 'unconfirmed' else 'confirmed' end as state,
        (select count(*)::int from insurance.policy_line l where l.policy_id = p.id) as elevators
      from insurance.policy p join identity.org_card i on i.id = p.lead_org_id join identity.org_card h on h.id = p.holder_org_id
      where p.elsewhere) x
    where ${state ?? null}::text is null or x.state = ${state ?? null}
    order by x.state <> 'unconfirmed', x.to, x.id limit ${limit}`.execute(db);
  return rows.map(({ id, confirmed_at, ours, ...r }) => ({
    ...r,
    policyId: id,
    confirmedAt: confirmed_at?.toISOString() ?? null,
    mayConfirm: ours && r.state === 'unconfirmed',
  }));
}
