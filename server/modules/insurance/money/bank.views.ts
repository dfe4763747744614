import { sql } from 'kysely';
import type { Db } from '../../../kernel/db.ts';
import { fen } from '../../../kernel/money.ts';
import { isInstantKey, type Place, pageOf, readPlace } from '../../../kernel/page.ts';
import type { InsuranceTables } from '../tables.ts';

type Ask = { open: boolean; direction: 'in' | 'out' | undefined; after: string | undefined; limit: number };

type LineRow = {
  id: string;
  at: Date;
  amount: number;
  left: number;
  account: string;
  bank_ref: string;
  counterparty: string;
  remark: string;
  proof: string | null;
};

/** What of a bank line still waits in suspense, with the sign of its amount: counted from the books. */
const LEFT = sql`(select coalesce(-sum(p.amount), 0)::bigint from insurance.entry e
  join insurance.posting p on p.entry_id = e.id and p.account = 'suspense'
  where e.bank_line_id = b.id or e.id = b.entry_id)`;

const lineOf = (row: LineRow) => ({
  id: row.id,
  at: row.at.toISOString(),
  amount: row.amount,
  left: row.left,
  account: row.account,
  bankRef: row.bank_ref,
  counterparty: row.counterparty,
  remark: row.remark,
  byHand: row.proof !== null,
});

/** Lines of the statements, newest first. */
export async function listBankLines(db: Db<InsuranceTables>, { open, direction, after, limit }: Ask) {
  const place = readPlace(after, isInstantKey);
  const { rows } = await sql<LineRow>`
    select * from (select b.id, b.at, b.amount, ${LEFT} as left, b.account, b.bank_ref, b.counterparty, b.remark, b.proof
      from insurance.bank_line b
      where ${direction === undefined ? sql`true` : direction === 'in' ? sql`b.amount > 0` : sql`b.amount < 0`}
        and ${place ? sql`(b.at, b.id) < (${place.key}::timestamptz, ${place.id}::uuid)` : sql`true`}) l
    where ${open ? sql`l.left <> 0` : sql`true`}
    order by l.at desc, l.id desc limit ${limit + 1}`.execute(db);
  return pageOf(rows, limit, { place: ({ at, id }) => ({ key: at.toISOString(), id }), item: lineOf });
}

type PurseOf = (schemeCode: string | null) => readonly string[];

/** One line with what it was used for, and what it is probably for. `purseOf`: whose parts the public purse pays. */
export async function viewBankLine(db: Db<InsuranceTables>, id: string, purseOf: PurseOf) {
  const { rows } = await sql<LineRow & { lead_org_id: string; entry_id: string | null }>`
    select b.*, ${LEFT} as left from insurance.bank_line b where b.id = ${id}`.execute(db);
  const [line] = rows;
  if (!line) return undefined;
  const isIn = line.left > 0;
  return {
    ...lineOf(line),
    uses: await usesOf(db, line),
    premiums: isIn ? await likelyPremiums(db, line, purseOf) : [],
    payables: line.left < 0 ? (await listPayables(db, { owed: -line.left, limit: MOST_LIKELY })).items : [],
  };
}

/** A party that is no organisation: a payer by its word. People of a claim stand by their claim's number only. */
const payerWord = (of: 'p' | 'h') =>
  sql`case when ${sql.ref(`${of}.party`)} !~ '^[0-9a-f]{8}-' then ${sql.ref(`${of}.party`)} end`;

async function usesOf(db: Db<InsuranceTables>, line: { id: string; entry_id: string | null }) {
  const { rows } = await sql<{
    entry_id: string;
    kind: string;
    at: Date;
    reversed: boolean;
    account: string;
    party: string | null;
    policy_id: string | null;
    policy: string | null;
    claim: string | null;
    amount: number;
  }>`select e.id as entry_id, e.kind, e.at, r.id is not null as reversed, p.account, coalesce(o.name, ${payerWord('p')}) as party,
      p.policy_id, y.number as policy, c.number as claim, p.amount
    from insurance.entry e join insurance.posting p on p.entry_id = e.id and p.account not in ('bank', 'suspense')
    left join insurance.entry r on r.reverses = e.id
    left join insurance.policy y on y.id = p.policy_id
    left join insurance.claim c on c.id = p.claim_id
    left join identity.org_card o on o.id::text = p.party
    where e.bank_line_id = ${line.id} or e.id = ${line.entry_id}
    order by e.written_at, e.id, p.line`.execute(db);
  const entries = [...new Set(rows.map((r) => r.entry_id))];
  return entries.flatMap((entryId) => {
    const parts = rows.filter((r) => r.entry_id === entryId);
    const [first] = parts;
    if (!first) return [];
    return [
      {
        entryId,
        kind: first.kind,
        at: first.at.toISOString(),
        reversed: first.reversed,
        parts: parts.map((p) => ({
          account: p.account,
          party: p.party,
          policyId: p.policy_id,
          policy: p.policy,
          claim: p.claim,
          amount: p.amount,
        })),
      },
    ];
  });
}

const MOST_LIKELY = 20;

/**
 * Policies of the same insurer that wait for money: named in the remark, held by the counterparty, or of this amount. Of one
 * policy the part of exactly this amount stands first, and what the public purse settles by volume last.
 */
async function likelyPremiums(
  db: Db<InsuranceTables>,
  line: { lead_org_id: string; left: number; remark: string; counterparty: string },
  purseOf: PurseOf,
) {
  const { rows } = await sql<{
    policy_id: string;
    number: string;
    holder: string;
    payer: string;
    due: number;
    because: 'number' | 'amount' | 'holder';
    scheme: string | null;
    exact: boolean;
  }>`with waiting as (
      select y.id, y.number, y.state, h.name as holder, s.code as scheme
      from insurance.policy y join identity.org_card h on h.id = y.holder_org_id
        left join insurance.product d on d.id = y.product_id left join insurance.scheme s on s.id = d.scheme_id
      where y.lead_org_id = ${line.lead_org_id} and (y.state = 'awaiting_cash'
        or y.state in ('issued', 'cancelled') and exists (select from insurance.instalment i where i.policy_id = y.id))),
    owed as (select w.id, x ->> 'payer' as payer, sum((x ->> 'amount')::bigint) as amount
      from waiting w, lateral (select l.parts from insurance.policy_line l where l.policy_id = w.id
        union all select y.kept from insurance.policy y where y.id = w.id) l, jsonb_array_elements(l.parts) x group by 1, 2),
    come as (select a.policy_id, a.payer as party, sum(a.amount) as amount
      from insurance.premium_arrived(array(select id from waiting)) a group by 1, 2),
    part as (select i.policy_id, i.payer, array_agg(i.amount) as amounts from insurance.instalment i
      join waiting w on w.id = i.policy_id group by 1, 2),
    due as (select w.*, o.payer, (o.amount - coalesce(c.amount, 0))::bigint as due, t.amounts from waiting w
      join owed o on o.id = w.id left join come c on c.policy_id = w.id and c.party = o.payer
      left join part t on t.policy_id = w.id and t.payer = o.payer
      where w.state = 'awaiting_cash' or t.payer is not null)
    select * from (select d.id as policy_id, d.number, d.holder, d.payer, d.due, d.scheme,
        coalesce(d.due = ${line.left} or ${line.left} = any(d.amounts), false) as exact,
        case when position(d.number in ${line.remark}) > 0 then 'number'
          when d.holder = ${line.counterparty} then 'holder' when d.due = ${line.left} or ${line.left} = any(d.amounts) then 'amount' end as because
      from due d where d.due > 0) f
    where because is not null
    order by array_position(array['number', 'holder', 'amount'], because), number, payer limit ${MOST_LIKELY}`.execute(
    db,
  );
  const isPurse = (row: (typeof rows)[number]) => purseOf(row.scheme).includes(row.payer);
  const rankOf = (row: (typeof rows)[number]) => (isPurse(row) ? 2 : row.exact ? 0 : 1);
  return rows
    .toSorted((a, b) => (a.because === b.because && a.number === b.number ? rankOf(a) - rankOf(b) : 0))
    .map(({ policy_id, scheme: _code, exact: _rank, ...row }) => ({ policyId: policy_id, ...row }));
}

type PayableRow = {
  id: string;
  account: string;
  party: string | null;
  party_name: string | null;
  policy_id: string | null;
  policy: string | null;
  claim_id: string | null;
  claim: string | null;
  programme: string | null;
  owed: number;
  since: Date;
};
type PayableAsk = { owed?: number; after?: Place | null; limit: number };

/** What every head owes. A head has no id of its own: what names it is made into one, for the place in the list. */
const heads = sql`heads as (
      select p.account, p.party, p.policy_id, p.claim_id, -sum(p.amount)::bigint as owed,
        date_trunc('milliseconds', min(e.at)) as since, md5(jsonb_build_array(p.account, p.party, p.policy_id, p.claim_id)::text)::uuid as id
      from insurance.posting p join insurance.entry e on e.id = p.entry_id
      where p.account in ('premium_refundable', 'claims_payable', 'member_payable', 'commission_payable', 'benefit_payable', 'tax_payable',
        'held_for_victims', 'held_subsidy', 'held_for_members', 'held_for_others')
      group by 1, 2, 3, 4 having -sum(p.amount) > 0)`;

/** What the insurer owes, head by head, the oldest first, from a place on; with `owed`, only heads of that amount. */
export async function listPayables(db: Db<InsuranceTables>, { owed, after = null, limit }: PayableAsk) {
  const { rows } = await sql<PayableRow>`with ${heads}
    select h.*, coalesce(o.name, ${payerWord('h')}) as party_name, y.number as policy, c.number as claim, n.number as programme
    from heads h left join insurance.pension n on h.account = 'benefit_payable' and n.number = h.party
    left join identity.org_card o on o.id::text = coalesce(n.holder_org_id::text, h.party)
    left join insurance.policy y on y.id = h.policy_id
    left join insurance.claim c on c.id = h.claim_id
    where ${owed === undefined ? sql`true` : sql`h.owed = ${owed}`}
      and ${after === null ? sql`true` : sql`(h.since, h.id) > (${after.key}::timestamptz, ${after.id}::uuid)`}
    order by h.since, h.id limit ${limit + 1}`.execute(db);
  return pageOf(rows, limit, {
    place: (row) => ({ key: row.since.toISOString(), id: row.id }),
    item: (row) => ({
      account: row.account,
      party: row.party,
      partyName: row.party_name,
      policyId: row.policy_id,
      policy: row.policy,
      claimId: row.claim_id,
      claim: row.claim,
      programme: row.programme,
      owed: fen(row.owed),
      since: row.since.toISOString(),
    }),
  });
}

/** How many heads the insurer owes under, and how much in all. */
export async function sumPayables(db: Db<InsuranceTables>): Promise<{ count: number; sum: number }> {
  const { rows } = await sql<{ count: number; sum: number }>`with ${heads}
    select count(*)::int as count, coalesce(sum(owed), 0)::bigint as sum from heads`.execute(db);
  return rows[0] ?? { count: 0, sum: 0 };
}

/** Statements taken, newest first, each with the rows that could not be read. */
export async function listStatements(db: Db<InsuranceTables>, limit: number) {
  return db
    .selectFrom('insurance.bank_statement')
    .selectAll()
    .orderBy('taken_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
