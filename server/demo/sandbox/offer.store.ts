import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import type { IdentityTables } from '../../modules/identity/tables.ts';
import type { Offer } from './offer.rules.ts';

type Identity = Db<IdentityTables>;

/** Suspend clients whose secrets have all ended: nobody can use them again, and their organisation is free for the next. */
export async function retireClients(db: Identity, now: Date): Promise<void> {
  await sql`update identity.client c set state = 'suspended', version = version + 1
    where c.state = 'active' and exists (select from identity.client_secret s where s.client_id = c.id)
      and not exists (select from identity.client_secret s where s.client_id = c.id and (s.ends_at is null or s.ends_at > ${now}))`.execute(
    db,
  );
}

/** How many clients hold secrets that end by themselves: those of a sandbox. */
export async function countHanded(db: Identity, now: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(distinct client_id)::int as n
    from identity.client_secret where ends_at > ${now}`.execute(db);
  return rows[0]?.n ?? 0;
}

/** The organisation of a kind that fewest systems speak for; one whose elevators they may speak for, where they send. */
export async function freestOrg(
  db: Identity,
  { orgKind, party }: Pick<Offer, 'orgKind' | 'party'>,
): Promise<{ id: OrgId; name: string } | undefined> {
  const { rows } = await sql<{ id: OrgId; name: string }>`select o.id, o.name from identity.org o
    where ${orgKind} = any (o.kinds) and (${party === null} or exists (select from registry.elevator e where ${partyOf(party)} = o.id))
    order by (select count(*) from identity.client c where c.org_id = o.id and c.state = 'active'), o.name, o.id
    limit 1`.execute(db);
  return rows[0];
}

const SHOWN = 5;

/** Some elevators that a system may speak for: of its organisation, or any. */
export async function someElevators(
  db: Identity,
  { party, orgId }: { party: Offer['party']; orgId: OrgId | null },
): Promise<{ id: string; rescueCode: string }[]> {
  const { rows } = await sql<{ id: string; rescueCode: string }>`select e.id, e.rescue_code as "rescueCode"
    from registry.elevator e where e.rescue_code is not null and (${orgId}::uuid is null or ${partyOf(party)} = ${orgId}::uuid)
    order by e.rescue_code limit ${SHOWN}`.execute(db);
  return rows;
}

const partyOf = (party: Offer['party']): RawBuilder<unknown> =>
  party === 'maker' ? sql`e.maker_org_id` : sql`e.maintenance_org_id`;
