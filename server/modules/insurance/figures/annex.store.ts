import { sql } from 'kysely';
import { z } from 'zod';
import type { Db, Tx } from '../../../kernel/db.ts';
import { fen } from '../../../kernel/money.ts';
import { type Day, dayOf, startOf } from '../../../kernel/time.ts';
import type { FundedCoverage } from '../product/funding.rules.ts';
import { productBody } from '../product/scheme.rows.ts';
import type { InsuranceTables } from '../tables.ts';
import { type AnnexLine, type Answers, fundingOf } from './annex.rules.ts';
import { answersOf, askedKey } from './survey.store.ts';

export type AnnexKind = 'liability' | 'comprehensive' | 'pension';
export type AnnexAsk = { areaCode: string; kind: AnnexKind; from: Day; until: Date };

type Row = {
  policy_id: string;
  elevator_id: string;
  code: string;
  lines: string[];
  use_org_id: string | null;
  use_unit: string | null;
  in_use_on: string | null;
  in_use: boolean; // by the cut-off
  lead: string;
  lead_org_id: string;
  insurers: string[];
  days: number;
  premium: number;
  parts: { payer: string; amount: number }[];
  funding: unknown;
  product_id: string | null;
  residents: string | null;
};

export type AnnexSource = {
  lines: readonly AnnexLine[];
  lineIds: readonly string[];
  withoutAge: readonly string[]; // whose first day in use is not on file
  notInUse: readonly string[]; // left out
};

/**
 * Every insured elevator of a district under a policy of one kind that was in force at some instant of the period, its
 * stretches of cover joined: premium with endorsements, funding by who pays, payments by the bank's time. The forms speak of
 * elevators in use: a new one that its maker insures before its first day is left out and named, as the coverage counts it.
 */
export async function annexLines(db: Db<InsuranceTables>, ask: AnnexAsk): Promise<AnnexSource> {
  const { rows } = await sql<Row>`
    with l as (select l.*, p.lead_org_id, p.members, p.insured_org_id, p.product_id, coalesce(p.ended_on, l.to_on) as ended
      from insurance.policy_line l join insurance.policy p on p.id = l.policy_id
      where p.kind = ${ask.kind} and p.state in ('issued', 'cancelled') and p.issued_at <= ${ask.until}
        and l.area_codes && ${[ask.areaCode]}::text[]),
    g as (select l.policy_id, l.elevator_id, max(l.code) as code, array_agg(l.id::text order by l.id) as lines,
        min(l.from_on) as from_on, max(least(l.to_on, l.ended)) as to_on,
        sum(least(l.to_on, l.ended) - l.from_on + 1)::int as days, sum(l.premium)::bigint as premium,
        min(l.lead_org_id::text)::uuid as lead_org_id, (array_agg(l.members))[1] as members,
        min(l.insured_org_id::text)::uuid as insured_org_id, (array_agg(l.funding order by l.from_on))[1] as funding,
        min(l.product_id::text)::uuid as product_id,
        (select coalesce(jsonb_agg(jsonb_build_object('payer', x.payer, 'amount', x.amount) order by x.payer), '[]') from (
          select y ->> 'payer' as payer, sum((y ->> 'amount')::bigint) as amount from insurance.policy_line z,
            jsonb_array_elements(z.parts) y where z.policy_id = l.policy_id and z.elevator_id = l.elevator_id group by 1) x) as parts
      from l group by l.policy_id, l.elevator_id)
    select g.policy_id, g.elevator_id, coalesce(nullif(g.code, ''), e.rescue_code, e.registration_code, '') as code, g.lines,
      coalesce(e.use_org_id, g.insured_org_id) as use_org_id, u.name as use_unit, e.in_use_on,
      coalesce(e.in_use_on <= ${dayOf(ask.until)}::date, e.state is null or e.state not in ('supervised_inspection', 'registered')) as in_use,
      i.name as lead, g.lead_org_id,
      array(select distinct coalesce(o.name, i.name) from jsonb_array_elements(g.members) m
        left join identity.org_card o on o.id = (m ->> 'insurer')::uuid union select i.name order by 1) as insurers,
      g.days, g.premium, g.parts, g.funding, g.product_id, r.key as residents
    from g left join registry.elevator_card e on e.id = g.elevator_id
    left join identity.org_card u on u.id = coalesce(e.use_org_id, g.insured_org_id)
    join identity.org_card i on i.id = g.lead_org_id
    left join lateral (select key from insurance.newest_evidence(array[g.elevator_id], ${dayOf(ask.until)}::date)
      where kind = 'residents') r on true
    where g.from_on <= ${dayOf(ask.until)}::date and g.to_on >= ${ask.from}::date
    order by use_unit, code, g.policy_id`.execute(db);
  const policies = [...new Set(rows.map((r) => r.policy_id))];
  const paid = await paymentsOf(db, ask, policies);
  const unpaid = await unpaidSince(db, ask, policies);
  const answers = await answersOf(db, ask, rows);
  const counted = rows.filter((r) => r.in_use);
  const covers = await coveragesOf(db, [...new Set(counted.flatMap((r) => r.product_id ?? []))]);
  return {
    lines: counted.map((r) =>
      lineOf(r, {
        payments: paid.get(`${r.policy_id} ${r.elevator_id}`) ?? [],
        unpaid: unpaid.get(`${r.policy_id} ${r.elevator_id}`) ?? null,
        coverages: covers.get(r.product_id ?? '') ?? [],
        answers: answers.get(askedKey(r)) ?? [],
      }),
    ),
    lineIds: counted.flatMap((r) => r.lines),
    withoutAge: counted.filter((r) => r.in_use_on === null).map((r) => r.code),
    notInUse: rows.filter((r) => !r.in_use).map((r) => r.code),
  };
}

type Payment = AnnexLine['payments'][number];

async function paymentsOf(db: Db<InsuranceTables>, ask: AnnexAsk, policies: readonly string[]) {
  const found = new Map<string, Payment[]>();
  if (policies.length === 0) return found;
  const { rows } = await sql<{
    policy_id: string;
    elevator_id: string;
    amount: number;
    papers_complete_at: Date | null;
    reported_at: Date;
    arrived_at: Date;
  }>`select * from insurance.claim_payments(${[...policies]}::uuid[], ${startOf(ask.from)}, ${ask.until})`.execute(db);
  for (const r of rows) {
    const key = `${r.policy_id} ${r.elevator_id}`;
    const list = found.get(key) ?? [];
    list.push({
      amount: fen(r.amount),
      papersCompleteAt: r.papers_complete_at ?? r.reported_at,
      arrivedAt: r.arrived_at,
    });
    found.set(key, list);
  }
  return found;
}

/** The longest waiting claim of each elevator whose papers were complete and whose money was not there. */
async function unpaidSince(db: Db<InsuranceTables>, { until }: AnnexAsk, policies: readonly string[]) {
  if (policies.length === 0) return new Map<string, Date>();
  const { rows } = await sql<{ policy_id: string; elevator_id: string; since: Date }>`
    select * from insurance.claims_unpaid(${[...policies]}::uuid[], ${until})`.execute(db);
  return new Map(rows.map((r) => [`${r.policy_id} ${r.elevator_id}`, r.since]));
}

type Beside = {
  unpaid: Date | null;
  payments: readonly Payment[];
  coverages: readonly FundedCoverage[];
  answers: readonly Answers[];
};

const lineOf = (row: Row, { payments, unpaid, coverages, answers }: Beside): AnnexLine => ({
  elevatorId: row.elevator_id,
  elevatorCode: row.code,
  useUnit: { uscc: row.use_org_id ?? '', name: row.use_unit ?? '' },
  inUseSince: row.in_use_on as Day | null,
  residents: row.residents === null ? null : Number(row.residents),
  leadInsurer: row.lead,
  insurers: row.insurers,
  coveredDays: row.days,
  writtenPremium: fen(row.premium),
  funding: fundingOf({ parts: row.parts, named: fundingRow.parse(row.funding), coverages }),
  payments,
  unpaidSince: unpaid,
  satisfaction: answers,
});

const fundingRow = z.array(
  z.object({ coverage: z.string(), shares: z.array(z.object({ source: z.string(), bp: z.int() })) }),
);

async function coveragesOf(
  db: Db<InsuranceTables>,
  productIds: readonly string[],
): Promise<ReadonlyMap<string, readonly FundedCoverage[]>> {
  if (productIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('insurance.product')
    .select(['id', 'body'])
    .where('id', 'in', [...productIds])
    .execute();
  return new Map(rows.map((r) => [r.id, productBody.parse(r.body).coverages]));
}

type Residents = { elevatorId: string; residents: number; source: string; asOf: string };

/** Keep how many residents an elevator serves; false when the elevator is not seen. */
export async function recordResidents(
  tx: Tx<InsuranceTables>,
  { elevatorId, residents, source, asOf }: Residents,
  { id, actor }: { id: string; actor: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into insurance.evidence (id, subject_kind, subject_id, kind, key, source, as_of_on, recorded_by, area_codes, org_ids)
    select ${id}::uuid, 'elevator', c.id, 'residents', ${String(residents)}, ${source}, ${asOf}::date, ${actor}, c.area_codes, '{}'
    from registry.elevator_card c where c.id = ${elevatorId}::uuid`.execute(tx);
  return numAffectedRows === 1n;
}
