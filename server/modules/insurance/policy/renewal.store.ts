import { sql } from 'kysely';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import type { Place } from '../../../kernel/page.ts';
import type { Day } from '../../../kernel/time.ts';
import { productBody } from '../product/scheme.rows.ts';
import type { InsuranceTables } from '../tables.ts';
import type { Ending } from './renewal.rules.ts';

export type Renewable = Ending & {
  id: string;
  holderOrgId: OrgId;
  leadOrgId: OrgId;
  schemeId: string;
  productCode: string;
  windowDays: number;
};

/** A policy as its renewal sees it, its row held until the transaction ends. */
export async function findRenewable(tx: Tx<InsuranceTables>, id: string, now: Date): Promise<Renewable | undefined> {
  const row = await tx
    .selectFrom('insurance.policy as p')
    .leftJoin('insurance.product as d', 'd.id', 'p.product_id')
    .select([
      'p.id',
      'p.state',
      'p.to_on',
      'p.elsewhere',
      'p.holder_org_id',
      'p.lead_org_id',
      'd.scheme_id',
      'd.code',
      'd.body',
    ])
    .where('p.id', '=', id)
    .forUpdate('p')
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    id,
    state: row.state,
    to: row.to_on as Day,
    elsewhere: row.elsewhere,
    holderOrgId: row.holder_org_id,
    leadOrgId: row.lead_org_id,
    schemeId: row.scheme_id ?? '',
    productCode: row.code ?? '',
    windowDays: row.body === null ? 0 : productBody.parse(row.body).renewalDays,
    successor: await successorOf(tx, id, now),
  };
}

/** The policy that follows, or a quote for it that still stands. */
async function successorOf(db: Db<InsuranceTables>, id: string, now: Date): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select p.id from insurance.policy p where p.renewed_from = ${id}::uuid and p.state <> 'void'
    union all
    select q.id from insurance.quote q where q.renewed_from = ${id}::uuid
      and q.state in ('offered', 'referred', 'released') and q.valid_until > ${now}
    limit 1`.execute(db);
  return rows[0]?.id ?? null;
}

/** The version of a product on sale on a day: what is renewed is renewed at the tariff of its own time. */
export async function productOn(
  db: Db<InsuranceTables>,
  { schemeId, productCode }: Pick<Renewable, 'schemeId' | 'productCode'>,
  on: Day,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('insurance.product')
    .select('id')
    .where('scheme_id', '=', schemeId)
    .where('code', '=', productCode)
    .where('from_on', '<=', on)
    .where((eb) => eb.or([eb('to_on', 'is', null), eb('to_on', '>=', on)]))
    .orderBy('version', 'desc')
    .executeTakeFirst();
  return row?.id;
}

/** The elevators a policy covers on its last day. */
export async function coveredAtEnd(db: Db<InsuranceTables>, { id, to }: Renewable): Promise<readonly ElevatorId[]> {
  const rows = await db
    .selectFrom('insurance.policy_line')
    .select('elevator_id')
    .where('policy_id', '=', id)
    .where('from_on', '<=', to)
    .where('to_on', '>=', to)
    .execute();
  return rows.map((r) => r.elevator_id);
}

export type RenewalAsk = {
  today: Day;
  within: number | null; // null: as the filed product says
  now: Date;
  after: Place | null;
  limit: number;
};

/**
 * Policies in the window in which they may be renewed (of one issued elsewhere: the longest any product has), and those that
 * ended within a year without a successor; the most pressing first, from a place on. One row more than asked, where there is one.
 */
export async function listRenewals(db: Db<InsuranceTables>, { today, within, now, after, limit }: RenewalAsk) {
  const { rows } = await sql<{
    id: string;
    number: string;
    holder: string;
    lead: string;
    product: string | null;
    to_on: string;
    elevators: number;
    premium: number;
    quote_id: string | null;
    next_id: string | null;
  }>`
    select p.id, p.number, h.name as holder, i.name as lead, d.name as product, p.to_on::text as to_on, p.premium,
      (select count(distinct l.elevator_id)::int from insurance.policy_line l
        where l.policy_id = p.id and l.to_on >= p.to_on) as elevators,
      (select q.id from insurance.quote q where q.renewed_from = p.id and q.state in ('offered', 'referred', 'released')
        and q.valid_until > ${now} limit 1) as quote_id,
      (select n.id from insurance.policy n where n.renewed_from = p.id and n.state <> 'void' limit 1) as next_id
    from insurance.policy p join identity.org_card h on h.id = p.holder_org_id
      join identity.org_card i on i.id = p.lead_org_id left join insurance.product d on d.id = p.product_id
    where p.state = 'issued' and p.to_on <= ${today}::date + coalesce(${within}::int, (d.body ->> 'renewalDays')::int,
        (select max((x.body ->> 'renewalDays')::int) from insurance.product x), 0) and p.to_on > ${today}::date - 366
      and not exists (select from insurance.policy n where n.renewed_from = p.id and n.state = 'issued')
      and ${after === null ? sql`true` : sql`(p.to_on, p.id) > (${after.key}::date, ${after.id}::uuid)`}
    order by p.to_on, p.id limit ${limit + 1}`.execute(db);
  return rows;
}
