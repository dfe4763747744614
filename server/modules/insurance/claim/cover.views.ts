import { type RawBuilder, sql } from 'kysely';
import type { AnyDb } from '../../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import type { Place } from '../../../kernel/page.ts';
import { inForceOn, lastCovered } from '../policy/in-force.store.ts';

/** A policy that covers an elevator on a day. */
export type Cover = { policyId: string; number: string };

/**
 * Which of these elevators an insurer covers on a day, alone or as a member, by a policy that was issued. As far as `db`
 * sees; one that is not covered is absent.
 */
export async function coversOn(
  db: AnyDb,
  { insurerOrgId, elevatorIds, on }: { insurerOrgId: OrgId; elevatorIds: readonly ElevatorId[]; on: string },
): Promise<ReadonlyMap<ElevatorId, Cover>> {
  if (elevatorIds.length === 0) return new Map();
  const { rows } = await sql<Cover & { elevatorId: ElevatorId }>`
    select distinct on (l.elevator_id) l.elevator_id as "elevatorId", p.id as "policyId", p.number
    from insurance.policy_line l join insurance.policy p on p.id = l.policy_id
    where l.elevator_id = any(${[...elevatorIds]}::uuid[]) and ${insurerOrgId}::uuid = any(p.org_ids)
      and p.issued_at is not null and p.state <> 'void' and l.from_on <= ${on}::date
      and least(l.to_on, coalesce(p.ended_on, l.to_on)) >= ${on}::date
    order by l.elevator_id, l.from_on desc`.execute(db);
  return new Map(rows.map(({ elevatorId, ...cover }) => [elevatorId, cover]));
}

/** Which of these elevators any insurer covers on a day, policies recorded from elsewhere counted. */
export async function insuredOn(
  db: AnyDb,
  { elevatorIds, on }: { elevatorIds: readonly ElevatorId[]; on: string },
): Promise<ReadonlySet<ElevatorId>> {
  if (elevatorIds.length === 0) return new Set();
  const { rows } = await sql<{ id: ElevatorId }>`select distinct i.elevator_id as id from (${insuredElevators(on)}) i
    where i.elevator_id = any(${[...elevatorIds]}::uuid[])`.execute(db);
  return new Set(rows.map((r) => r.id));
}

/** The same as a question to be asked inside another: every elevator (`elevator_id`) that is covered on a day. */
export const insuredElevators = (on: string): RawBuilder<unknown> => sql`
  select l.elevator_id from insurance.policy_line l join insurance.policy p on p.id = l.policy_id
  where p.state in ('issued', 'cancelled') and l.from_on <= ${on}::date
    and least(l.to_on, coalesce(p.ended_on, l.to_on)) >= ${on}::date`;

/** By whom an elevator is insured, and until when. */
export type ShownCover = { insurer: string; until: string };

/** The cover of an elevator on a day that lasts longest, as its plate may tell anybody; undefined: it is not insured. */
export async function shownCover(
  db: AnyDb,
  { elevatorId, on }: { elevatorId: ElevatorId; on: string },
): Promise<ShownCover | undefined> {
  const { rows } = await sql<ShownCover>`
    select o.name as insurer, least(l.to_on, coalesce(p.ended_on, l.to_on))::text as until
    from insurance.policy_line l join insurance.policy p on p.id = l.policy_id join identity.org_card o on o.id = p.lead_org_id
    where l.elevator_id = ${elevatorId} and p.state in ('issued', 'cancelled') and l.from_on <= ${on}::date
      and least(l.to_on, coalesce(p.ended_on, l.to_on)) >= ${on}::date
    order by until desc limit 1`.execute(db);
  return rows[0];
}

/** What a policy owes beside its cover, in force on a day. */
export type OwedServices = {
  policyId: string;
  number: string;
  leadOrgId: OrgId;
  holderOrgId: OrgId;
  from: string;
  to: string;
  premium: number; // fen
  elevators: number;
  services: readonly { id: string; name: string; perYear: number }[];
};

/** Policies in force on a day, of which the product promises services; those that end first on top. */
export async function servicesOwed(
  db: AnyDb,
  { on, after, limit }: { on: string; after: Place | null; limit: number },
): Promise<readonly OwedServices[]> {
  const { rows } = await sql<OwedServices>`
    select p.id as "policyId", p.number, p.lead_org_id as "leadOrgId", p.holder_org_id as "holderOrgId",
      p.from_on as "from", ${lastCovered} as "to", p.premium, (select count(distinct l.elevator_id)::int
        from insurance.policy_line l where l.policy_id = p.id) as elevators, d.body -> 'service' as services
    from insurance.policy p join insurance.product d on d.id = p.product_id
    where ${inForceOn(on)}
      and jsonb_array_length(coalesce(d.body -> 'service', '[]')) > 0
      ${after ? sql`and (${lastCovered}, p.id) > (${after.key}::date, ${after.id}::uuid)` : sql``}
    order by ${lastCovered}, p.id limit ${limit}`.execute(db);
  return rows;
}

export type PolicyCard = {
  leadOrgId: OrgId;
  holderOrgId: OrgId;
  from: string;
  to: string;
  areaCodes: string[];
  orgIds: string[];
};

/** The parties of a policy, for records that hang on it; undefined when it is not seen. */
export async function policyCard(db: AnyDb, policyId: string): Promise<PolicyCard | undefined> {
  const { rows } = await sql<PolicyCard>`select lead_org_id as "leadOrgId", holder_org_id as "holderOrgId",
      from_on as "from", to_on as "to", area_codes as "areaCodes", org_ids as "orgIds"
    from insurance.policy where id = ${policyId}`.execute(db);
  return rows[0];
}
