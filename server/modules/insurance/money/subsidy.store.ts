import { sql } from 'kysely';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { type Fen, fen } from '../../../kernel/money.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';

export type BatchState = 'submitted' | 'verified' | 'approved' | 'paid' | 'returned';
/** One elevator's part under one policy, or what goes back of it. */
export type BatchLine = {
  policyId: string;
  elevatorId: string;
  kind: 'part' | 'claw_back';
  payer: string;
  code: string;
  premiumPart: Fen;
  from: Day;
  to: Day; // of the whole term
  daysUsed: number | null;
  termDays: number;
  amount: Fen;
};

/** A part that may be asked for or given back; `endedOn` where its cover ended early. */
export type Candidate = Omit<BatchLine, 'amount' | 'kind'> & { endedOn: Day | null };
type Asking = { leadOrgId: OrgId; schemeId: string; payers: readonly string[]; untilOn: Day };

const rowsOf = (rows: readonly CandidateRow[]): readonly Candidate[] =>
  rows.map((r) => ({
    policyId: r.policy_id,
    elevatorId: r.elevator_id,
    payer: r.payer,
    code: r.code,
    premiumPart: fen(r.part),
    from: r.from_on as Day,
    to: r.to_on as Day,
    daysUsed: null,
    termDays: r.term_days,
    endedOn: r.ended_on as Day | null,
  }));

type CandidateRow = {
  policy_id: string;
  elevator_id: string;
  payer: string;
  code: string;
  part: number;
  from_on: string;
  to_on: string;
  term_days: number;
  ended_on: string | null;
};

/**
 * Elevators insured by this lead under the scheme whose public part was asked for in no batch yet: issued up to the day, also
 * where the policy ended since, with the part that is left for the days it ran; and not covered in the same days by a part already asked for under another policy.
 */
export async function partsToAsk(db: Db<InsuranceTables>, { leadOrgId, schemeId, payers, untilOn }: Asking) {
  const { rows } = await sql<CandidateRow>`
    select l.policy_id, l.elevator_id, x ->> 'payer' as payer, max(l.code) as code, sum((x ->> 'amount')::bigint)::bigint as part,
      min(l.from_on) as from_on, max(l.to_on) as to_on, (max(l.to_on) - min(l.from_on) + 1)::int as term_days, null as ended_on
    from insurance.policy p join insurance.product d on d.id = p.product_id and d.scheme_id = ${schemeId}::uuid
    join insurance.policy_line l on l.policy_id = p.id, jsonb_array_elements(l.parts) x
    where p.lead_org_id = ${leadOrgId} and p.state in ('issued', 'cancelled') and not p.elsewhere
      and (p.issued_at at time zone 'Asia/Shanghai')::date <= ${untilOn}::date
      and x ->> 'payer' = any(${[...payers]}::text[]) and (x ->> 'amount')::bigint > 0
      and not exists (select from insurance.subsidy_line s where s.live and s.kind = 'part' and s.elevator_id = l.elevator_id
        and (s.policy_id = l.policy_id or (s.from_on <= l.to_on and s.to_on >= l.from_on
          and not exists (select from insurance.subsidy_line c where c.live and c.kind = 'claw_back' and c.policy_id = s.policy_id
            and c.elevator_id = s.elevator_id and c.to_on < l.from_on))))
    group by 1, 2, 3 order by 1, 2, 3`.execute(db);
  return rowsOf(rows);
}

/** Parts asked for in earlier batches whose cover ended before its day, and that were not clawed back yet. */
export async function partsToGiveBack(db: Db<InsuranceTables>, { leadOrgId, schemeId, untilOn }: Asking) {
  const { rows } = await sql<CandidateRow>`
    with s as (select s.*, p.ended_on as policy_end, (select max(l.to_on) from insurance.policy_line l
        where l.policy_id = s.policy_id and l.elevator_id = s.elevator_id) as line_end
      from insurance.subsidy_line s join insurance.subsidy_batch b on b.id = s.batch_id
      join insurance.policy p on p.id = s.policy_id
      where s.live and s.kind = 'part' and b.lead_org_id = ${leadOrgId} and b.scheme_id = ${schemeId}::uuid
        and not exists (select from insurance.subsidy_line c where c.live and c.kind = 'claw_back'
          and c.policy_id = s.policy_id and c.elevator_id = s.elevator_id))
    select s.policy_id, s.elevator_id, s.payer, s.code, s.premium_part as part, s.from_on, s.to_on, s.term_days,
      least(coalesce(s.policy_end, s.line_end), s.line_end) as ended_on
    from s where least(coalesce(s.policy_end, s.line_end), s.line_end) < s.to_on
      and least(coalesce(s.policy_end, s.line_end), s.line_end) <= ${untilOn}::date order by 1, 2`.execute(db);
  return rowsOf(rows);
}

export type Batch = {
  id: string;
  leadOrgId: OrgId;
  schemeId: string;
  no: number;
  untilOn: Day;
  state: BatchState;
  elevators: number;
  gross: Fen;
  clawBack: Fen;
  net: Fen;
  hash: string;
  submittedAt: Date;
  submittedBy: string;
  verifiedBy: string | null;
  paidAt: Date | null;
  reason: string;
  version: number;
};

/** The next number of a lead's batches under a scheme. */
export async function nextBatchNo(tx: Tx<InsuranceTables>, leadOrgId: OrgId, schemeId: string): Promise<number> {
  const { rows } = await sql<{ no: number }>`select coalesce(max(no), 0) + 1 as no from insurance.subsidy_batch
    where lead_org_id = ${leadOrgId} and scheme_id = ${schemeId}::uuid`.execute(tx);
  return rows[0]?.no ?? 1;
}

/** Keep a batch with its lines; the database refuses a part that another batch asks for at the same time. */
export async function insertBatch(
  tx: Tx<InsuranceTables>,
  batch: Batch,
  kept: { lines: readonly BatchLine[]; entryId: string },
) {
  await sql`insert into insurance.subsidy_batch (id, lead_org_id, scheme_id, no, until_on, state, elevators, gross, claw_back, net, hash,
      submitted_at, submitted_by, entry_id, area_codes, org_ids)
    values (${batch.id}, ${batch.leadOrgId}, ${batch.schemeId}, ${batch.no}, ${batch.untilOn}::date, ${batch.state}, ${batch.elevators},
      ${batch.gross}, ${batch.clawBack}, ${batch.net}, ${batch.hash}, ${batch.submittedAt}, ${batch.submittedBy}, ${kept.entryId}::uuid,
      '{}', ${[batch.leadOrgId]}::uuid[])`.execute(tx);
  await sql`insert into insurance.subsidy_line (batch_id, policy_id, elevator_id, kind, payer, code, premium_part, from_on, to_on, days_used,
      term_days, amount)
    select ${batch.id}::uuid, x.* from jsonb_to_recordset(${JSON.stringify(kept.lines)}::jsonb) as x ("policyId" uuid, "elevatorId" uuid,
      kind text, payer text, code text, "premiumPart" bigint, "from" date, "to" date, "daysUsed" int, "termDays" int, amount bigint)`.execute(
    tx,
  );
}

const SELECT = sql`select b.id, b.lead_org_id as "leadOrgId", b.scheme_id as "schemeId", b.no, b.until_on as "untilOn", b.state, b.elevators,
  b.gross, b.claw_back as "clawBack", b.net, b.hash, b.submitted_at as "submittedAt", b.submitted_by as "submittedBy",
  b.verified_by as "verifiedBy", b.paid_at as "paidAt", b.reason, b.version from insurance.subsidy_batch b`;

/** One batch, its row held until the transaction ends. */
export async function findBatch(tx: Tx<InsuranceTables>, id: string): Promise<Batch | undefined> {
  const { rows } = await sql<Batch>`${SELECT} where b.id = ${id}::uuid for update of b`.execute(tx);
  return rows[0];
}

export async function batchLines(db: Db<InsuranceTables>, batchId: string): Promise<readonly BatchLine[]> {
  const { rows } = await sql<BatchLine>`select policy_id as "policyId", elevator_id as "elevatorId", kind, payer, code,
      premium_part as "premiumPart", from_on as "from", to_on as "to", days_used as "daysUsed", term_days as "termDays", amount
    from insurance.subsidy_line where batch_id = ${batchId}::uuid order by kind desc, code, policy_id`.execute(db);
  return rows;
}

/** What was approved for a scheme in a year, paid or not. */
export async function approvedIn(db: Db<InsuranceTables>, schemeId: string, year: number): Promise<Fen> {
  const { rows } = await sql<{ net: number }>`select coalesce(sum(net), 0)::bigint as net from insurance.subsidy_batch
    where scheme_id = ${schemeId}::uuid and state in ('approved', 'paid')
      and extract(year from approved_at at time zone 'Asia/Shanghai') = ${year}`.execute(db);
  return fen(rows[0]?.net ?? 0);
}

/** The budget in force for a scheme and year; undefined when none was set. */
export async function budgetOf(db: Db<InsuranceTables>, schemeId: string, year: number): Promise<Fen | undefined> {
  const { rows } = await sql<{ amount: number }>`select amount from insurance.subsidy_budget
    where scheme_id = ${schemeId}::uuid and year = ${year} order by set_at desc limit 1`.execute(db);
  return rows[0] && fen(rows[0].amount);
}

/** Every scheme with a public part, its budget and what was used of it, and the batches of the year. */
export async function viewSubsidy(db: Db<InsuranceTables>, year: number) {
  const { rows: schemes } = await sql<{
    id: string;
    name: string;
    budget: number | null;
    approved: number;
    paid: number;
  }>`
    select s.id, s.name, (select amount from insurance.subsidy_budget g where g.scheme_id = s.id and g.year = ${year}
        order by set_at desc limit 1) as budget,
      coalesce(sum(b.net) filter (where b.state in ('approved', 'paid')), 0)::bigint as approved,
      coalesce(sum(b.net) filter (where b.state = 'paid'), 0)::bigint as paid
    from insurance.scheme s left join insurance.subsidy_batch b on b.scheme_id = s.id
      and extract(year from b.approved_at at time zone 'Asia/Shanghai') = ${year}
    group by s.id, s.name order by s.name`.execute(db);
  const { rows: batches } = await sql<Batch & { lead: string; scheme: string }>`
    select x.*, o.name as lead, s.name as scheme from (${SELECT}) x join identity.org_card o on o.id = x."leadOrgId"
    join insurance.scheme s on s.id = x."schemeId"
    where extract(year from x."submittedAt" at time zone 'Asia/Shanghai') = ${year} order by x."submittedAt" desc, x.id`.execute(
    db,
  );
  return {
    schemes: schemes.map((s) => ({ ...s, left: s.budget === null ? null : s.budget - s.approved })),
    batches: batches.map(({ submittedAt, paidAt, ...b }) => ({
      ...b,
      submittedAt: submittedAt.toISOString(),
      paidAt: paidAt?.toISOString() ?? null,
    })),
  };
}
