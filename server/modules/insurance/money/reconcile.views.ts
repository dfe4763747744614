import { sql } from 'kysely';
import type { Db } from '../../../kernel/db.ts';
import { type Fen, fen, sum } from '../../../kernel/money.ts';
import { isInstantKey, pageOf, readPlace } from '../../../kernel/page.ts';
import { dayOf } from '../../../kernel/time.ts';
import { inForceOn } from '../policy/in-force.store.ts';
import type { InsuranceTables } from '../tables.ts';
import { ACCOUNTS } from './ledger.rules.ts';
import { differencesOf, tiesOf } from './reconcile.rules.ts';

const MOST_DIFFERENCES = 200;

/**
 * Registers against books at an instant, to the fen, as far as the viewer sees them: what policies say was written against
 * what the books wrote, the bank's lines against the bank's account, money that waits against suspense, and the books in
 * themselves. An official sees policies and not the books: for him only the first is told.
 */
export async function reconcileAt(db: Db<InsuranceTables>, until: Date) {
  const policies = await writtenTie(db, until);
  const { accounts, balance } = await trialBalance(db, until);
  const bank = await bankTie(db, until);
  const claims = await claimsTie(db, until);
  const differences = differencesOf(policies.ties);
  return {
    accounts,
    balance, // zero, or the books are broken
    bank,
    claims: {
      count: claims.length,
      register: sum(claims.map((t) => t.left)),
      ledger: sum(claims.map((t) => t.right)),
      differing: differencesOf(claims).length,
    },
    policies: {
      count: policies.ties.length,
      register: sum(policies.ties.map((t) => t.left)),
      ledger: sum(policies.ties.map((t) => t.right)),
      differences: differences
        .slice(0, MOST_DIFFERENCES)
        .map((d) => ({ ...d, number: policies.numbers.get(d.id) ?? '' })),
      differing: differences.length,
    },
  };
}

async function trialBalance(db: Db<InsuranceTables>, until: Date) {
  const { rows } = await sql<{ account: string; amount: number }>`
    select p.account, sum(p.amount)::bigint as amount from insurance.posting p join insurance.entry e on e.id = p.entry_id
    where e.at <= ${until} group by 1`.execute(db);
  const at = new Map(rows.map((r) => [r.account, fen(r.amount)]));
  const accounts = ACCOUNTS.flatMap((account) => {
    const amount = at.get(account);
    return amount === undefined ? [] : [{ account, amount }];
  });
  return { accounts, balance: sum(accounts.map((a) => a.amount)) };
}

/** What the bank's lines sum to, against the bank's account in the books. */
async function bankTie(db: Db<InsuranceTables>, until: Date) {
  const { rows } = await sql<{ register: number; ledger: number }>`select
    (select coalesce(sum(b.amount), 0)::bigint from insurance.bank_line b where b.at <= ${until}) as register,
    (select coalesce(sum(p.amount), 0)::bigint from insurance.posting p join insurance.entry e on e.id = p.entry_id
      where p.account = 'bank' and e.at <= ${until}) as ledger`.execute(db);
  const [row] = rows;
  return { register: fen(row?.register ?? 0), ledger: fen(row?.ledger ?? 0) };
}

/** What claims say reached their payees by the instant, against the books; a payment that came back counts until it did. */
async function claimsTie(db: Db<InsuranceTables>, until: Date) {
  const { rows: paid } = await sql<{ claim_id: string; amount: number }>`select claim_id, sum(amount)::bigint as amount
    from insurance.claim_payment where paid_at <= ${until} and (returned_at is null or returned_at > ${until}) group by 1`.execute(
    db,
  );
  const { rows: booked } = await sql<{
    claim_id: string;
    amount: number;
  }>`select claim_id, sum(amount)::bigint as amount
    from insurance.claim_payments((select coalesce(array_agg(distinct policy_id), '{}') from insurance.claim), '-infinity', ${until}) group by 1`.execute(
    db,
  );
  const mapOf = (rows: readonly { claim_id: string; amount: number }[]) =>
    new Map(rows.map((r): [string, Fen] => [r.claim_id, fen(r.amount)]));
  return tiesOf(mapOf(paid), mapOf(booked));
}

/** What each policy says was written by the instant: its premium with the endorsements recorded until then. */
async function writtenTie(db: Db<InsuranceTables>, until: Date) {
  const { rows } = await sql<{ id: string; number: string; register: number }>`
    select p.id, p.number, (p.premium - coalesce((select sum(e.delta) from insurance.endorsement e
      where e.policy_id = p.id and e.state = 'issued' and e.recorded_at > ${until}), 0))::bigint as register
    from insurance.policy p where p.issued_at <= ${until} and not p.elsewhere`.execute(db);
  const ids = rows.map((r) => r.id);
  const { rows: written } = await sql<{ policy_id: string; amount: number }>`
    select policy_id, amount from insurance.written_on(${ids}::uuid[], ${until})`.execute(db);
  const register = new Map(rows.map((r): [string, Fen] => [r.id, fen(r.register)]));
  const ledger = new Map(written.map((r): [string, Fen] => [r.policy_id, fen(r.amount)]));
  return { ties: tiesOf(register, ledger), numbers: new Map(rows.map((r) => [r.id, r.number])) };
}

export type JournalAsk = {
  account?: string | undefined;
  policyId?: string | undefined;
  until: Date;
  after?: string | undefined;
  limit: number;
};

/** The entries behind a balance, newest first, each with its postings. */
export async function journal(db: Db<InsuranceTables>, { account, policyId, until, after, limit }: JournalAsk) {
  const place = readPlace(after, isInstantKey);
  const { rows } = await sql<{
    id: string;
    kind: string;
    at: Date;
    note: string;
    reverses: string | null;
    postings: { account: string; party: string | null; amount: number; policy: string | null; claim: string | null }[];
  }>`select e.id, e.kind, e.at, e.note, e.reverses, (select jsonb_agg(jsonb_build_object('account', p.account,
        'party', coalesce(o.name, p.party), 'amount', p.amount, 'policy', y.number, 'claim', c.number) order by p.line)
      from insurance.posting p left join insurance.policy y on y.id = p.policy_id left join insurance.claim c on c.id = p.claim_id
      left join identity.org_card o on o.id::text = p.party where p.entry_id = e.id) as postings
    from insurance.entry e where e.at <= ${until}
      and ${account ? sql`exists (select from insurance.posting p where p.entry_id = e.id and p.account = ${account})` : sql`true`}
      and ${policyId ? sql`exists (select from insurance.posting p where p.entry_id = e.id and p.policy_id = ${policyId}::uuid)` : sql`true`}
      and ${place ? sql`(e.at, e.id) < (${place.key}::timestamptz, ${place.id}::uuid)` : sql`true`}
    order by e.at desc, e.id desc limit ${limit + 1}`.execute(db);
  return pageOf(rows, limit, {
    place: ({ at, id }) => ({ key: at.toISOString(), id }),
    item: (r) => ({ ...r, at: r.at.toISOString(), postings: r.postings ?? [] }),
  });
}

/** Underwriting and claims by insurer and product kind, live, across every insurer whose policies the viewer sees. */
export async function underwritingDatabase(db: Db<InsuranceTables>, now: Date) {
  const today = dayOf(now);
  const { rows } = await sql<{
    insurer: string;
    name: string;
    kind: string;
    policies: number;
    in_force: number;
    elevators: number;
    premium: number;
    claims: number;
    open_claims: number;
    paid: number;
  }>`with p as (select * from insurance.policy where state in ('issued', 'cancelled') and not elsewhere),
    paid as (select x.policy_id, sum(x.amount) as amount from insurance.claim_payments(
      (select coalesce(array_agg(id), '{}') from p), '-infinity', ${now}) x group by 1),
    l as (select policy_id, count(distinct elevator_id) as n from insurance.policy_line where from_on <= ${today}::date and to_on >= ${today}::date group by 1),
    c as (select policy_id, count(*) as n, count(*) filter (where phase not in ('closed', 'refused')) as open from insurance.claim group by 1)
    select p.lead_org_id as insurer, max(o.name) as name, p.kind, count(*)::int as policies,
      count(*) filter (where ${inForceOn(today)})::int as in_force,
      coalesce(sum(l.n) filter (where ${inForceOn(today)}), 0)::int as elevators, coalesce(sum(p.premium), 0)::bigint as premium,
      coalesce(sum(c.n), 0)::int as claims, coalesce(sum(c.open), 0)::int as open_claims, coalesce(sum(paid.amount), 0)::bigint as paid
    from p join identity.org_card o on o.id = p.lead_org_id left join l on l.policy_id = p.id left join c on c.policy_id = p.id
    left join paid on paid.policy_id = p.id group by 1, 3 order by 2, 3`.execute(db);
  return rows.map(({ in_force, open_claims, ...row }) => ({ ...row, inForce: in_force, openClaims: open_claims }));
}
