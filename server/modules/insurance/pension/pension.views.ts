import { sql } from 'kysely';
import { z } from 'zod';
import {
  type pensionCostList,
  type pensionFile,
  type pensionItem,
  type pensionList,
  pensionPart,
  type pensionQuery,
  pensionTerms,
} from '../../../../contract/insurance-pension.ts';
import type { Db } from '../../../kernel/db.ts';
import { fen } from '../../../kernel/money.ts';
import { containing, isInstantKey, pageOf, readPlace } from '../../../kernel/page.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import { type InsuredYear, type PensionTerms, renewalBenefit, standingOn } from './pension.rules.ts';

type Item = z.output<typeof pensionItem>;
type File = z.output<typeof pensionFile>;

/** Terms as they lie in a row: what was agreed, read back strictly. */
export const termsRow = pensionTerms.transform(
  (terms): PensionTerms => ({
    ...terms,
    scale: terms.scale && { ...terms.scale, most: terms.scale.most === null ? null : fen(terms.scale.most) },
  }),
);
/** Services owed in a year, as they lie in its row. */
export const servicesRow = z.array(z.object({ code: z.string(), name: z.string(), times: z.int() }));

type Head = {
  id: string;
  number: string;
  address: string;
  insurer: string;
  holder: string;
  insurerId: string;
  terms: unknown;
  elevatorId: string;
  holderId: string;
  rescueCode: string | null;
  madeAt: Date;
  endedOn: Day | null;
  reason: NonNullable<File['end']>['reason'] | null;
  note: string;
  renewalCost: number | null;
  benefit: number | null;
};
type YearRow = {
  id: string;
  pensionId: string;
  no: number;
  from: Day;
  to: Day;
  reinstated: boolean;
  premium: number;
  parts: unknown;
  services: unknown;
  policyId: string | null;
  policyNumber: string | null;
};
type CostRow = { yearId: string; service: string; cost: number; done: number };

type Ask = z.output<typeof pensionQuery> & { on: Day };

/** Programmes as far as the viewer sees them, the newest first, as they stand on a day. */
export async function listPensions(
  db: Db<InsuranceTables>,
  { show, q, limit, after, on }: Ask,
): Promise<z.output<typeof pensionList>> {
  const like = containing(q ?? '');
  const place = readPlace(after, isInstantKey);
  const where = [
    show === 'open' ? sql`p.ended_on is null` : undefined,
    show === 'ended' ? sql`p.ended_on is not null` : undefined,
    q
      ? sql`(p.number ilike ${like} or p.address ilike ${like} or i.name ilike ${like} or h.name ilike ${like})`
      : undefined,
    place ? sql`(p.made_at, p.id) < (${place.key}::timestamptz, ${place.id}::uuid)` : undefined,
  ].filter((one) => one !== undefined);
  const { rows: heads } = await sql<Head>`${HEAD} where ${sql.join([sql`true`, ...where], sql` and `)}
    order by p.made_at desc, p.id desc limit ${limit + 1}`.execute(db);
  const { years, costs } = await partsOf(
    db,
    heads.map((h) => h.id),
  );
  return pageOf(heads, limit, {
    place: (head) => ({ key: head.madeAt.toISOString(), id: head.id }),
    item: (head) => itemOf(head, { years: years.filter((y) => y.pensionId === head.id), costs, on }),
  });
}

const HEAD = sql`select p.id, p.number, p.address, i.name as insurer, h.name as holder, p.insurer_org_id as "insurerId",
    p.holder_org_id as "holderId", p.elevator_id as "elevatorId", c.rescue_code as "rescueCode", p.terms,
    p.made_at as "madeAt", p.ended_on::text as "endedOn", p.end_reason as reason, p.end_note as note,
    p.renewal_cost as "renewalCost", p.renewal_benefit as benefit
  from insurance.pension p join identity.org_card i on i.id = p.insurer_org_id join identity.org_card h on h.id = p.holder_org_id
    left join registry.elevator_card c on c.id = p.elevator_id`;

async function partsOf(db: Db<InsuranceTables>, ids: readonly string[]) {
  const { rows: years } = await sql<YearRow>`select y.id, y.pension_id as "pensionId", y.no, y.from_on::text as "from",
      y.to_on::text as "to", y.reinstated, y.premium, y.parts, y.services, y.policy_id as "policyId", p.number as "policyNumber"
    from insurance.pension_year y left join insurance.policy p on p.id = y.policy_id
    where y.pension_id = any(${[...ids]}::uuid[]) order by y.no`.execute(db);
  const { rows: costs } =
    await sql<CostRow>`select year_id as "yearId", service, sum(amount)::bigint as cost, sum(times * sign(amount))::int as done
    from insurance.pension_cost where year_id = any(${years.map((y) => y.id)}::uuid[]) group by 1, 2`.execute(db);
  return { years, costs };
}

type Known = { years: readonly YearRow[]; costs: readonly CostRow[]; on: Day };

function itemOf(head: Head, { years, costs, on }: Known): Item {
  const terms = termsRow.parse(head.terms);
  const standing = standingOn(years satisfies readonly InsuredYear[], terms, head.endedOn ?? on);
  const { insuredYears } = standing;
  const own = costs.filter((c) => years.some((y) => y.id === c.yearId));
  const { id, number, address, insurer, holder } = head;
  return {
    id,
    number,
    address,
    insurer,
    holder,
    state: head.endedOn ? 'ended' : standing.state,
    insuredYears,
    startAgeYears: terms.startAgeYears,
    plannedYears: terms.plannedYears,
    paid: years.reduce((sum, y) => sum + y.premium, 0),
    cost: own.reduce((sum, c) => sum + c.cost, 0),
  };
}

/** One programme with every year, its money by source, services against their cost, and what a renewal would bring today. */
export async function showPension(
  db: Db<InsuranceTables>,
  id: string,
  { on, orgId }: { on: Day; orgId: string | null },
): Promise<File | undefined> {
  const { rows } = await sql<Head>`${HEAD} where p.id = ${id}`.execute(db);
  const head = rows[0];
  if (!head) return undefined;
  const { years, costs } = await partsOf(db, [id]);
  const terms = termsRow.parse(head.terms);
  const { gapDays, reinstateUntil, insuredYears } = standingOn(years, terms, head.endedOn ?? on);
  const { rescueCode, endedOn, reason, note, renewalCost, benefit } = head;
  const isOwn = head.insurerId === orgId;
  return {
    ...itemOf(head, { years, costs, on }),
    rescueCode,
    terms: pensionTerms.parse(head.terms),
    gapDays,
    reinstateUntil: endedOn ? null : reinstateUntil,
    shareBp: shareOf(terms, insuredYears),
    shareAtEndBp: shareOf(terms, terms.plannedYears),
    end: endedOn && reason ? { on: endedOn, reason, note, renewalCost, benefit, ...(await paidOf(db, head)) } : null,
    years: years.map((year) => yearOf(year, costs)),
    policies: isOwn && !endedOn ? await policiesFor(db, head) : [],
    can: { act: isOwn },
  };
}

/** What of the benefit was paid, and when the last of it left the bank. */
async function paidOf(db: Db<InsuranceTables>, { number }: Head): Promise<{ paid: number; paidAt: string | null }> {
  const { rows } = await sql<{ paid: number; at: Date | null }>`select paid, paid_at as at
    from insurance.benefits_paid(array[${number}::text])`.execute(db);
  return { paid: rows[0]?.paid ?? 0, paidAt: rows[0]?.at?.toISOString() ?? null };
}

/** Policies of this insurer for this holder and elevator, the latest first: what a year may stand on. */
async function policiesFor(
  db: Db<InsuranceTables>,
  { elevatorId, holderId, insurerId }: Head,
): Promise<File['policies']> {
  const { rows } = await sql<
    File['policies'][number]
  >`select p.id, p.number, p.from_on::text as "from", p.to_on::text as "to"
    from insurance.policy p where p.state = 'issued' and p.lead_org_id = ${insurerId} and p.holder_org_id = ${holderId}
      and exists (select from insurance.policy_line l where l.policy_id = p.id and l.elevator_id = ${elevatorId})
    order by p.from_on desc limit 50`.execute(db);
  return rows;
}

type CostPlace = { limit: number; after?: string | undefined };

/** The cost ledger of a programme the viewer sees, the newest entry first. */
export async function listPensionCosts(
  db: Db<InsuranceTables>,
  pensionId: string,
  { limit, after }: CostPlace,
): Promise<z.output<typeof pensionCostList> | undefined> {
  const { rows: seen } = await sql`select from insurance.pension where id = ${pensionId}`.execute(db);
  if (seen.length === 0) return undefined;
  type Entry = z.output<typeof pensionCostList>['items'][number] & { writtenAt: Date };
  const place = readPlace(after, isInstantKey);
  const { rows } =
    await sql<Entry>`select c.id, y.no as year, coalesce(s->>'name', c.service) as service, c.on_day::text as "on",
      c.times, c.amount, c.voucher, c.note, r.id is not null as reversed, c.reverses is not null as reverses, c.written_at as "writtenAt"
    from insurance.pension_cost c join insurance.pension_year y on y.id = c.year_id
      left join insurance.pension_cost r on r.reverses = c.id
      left join lateral jsonb_array_elements(y.services) s on s->>'code' = c.service
    where y.pension_id = ${pensionId}
      ${place ? sql`and (c.written_at, c.id) < (${place.key}::timestamptz, ${place.id}::uuid)` : sql``}
    order by c.written_at desc, c.id desc limit ${limit + 1}`.execute(db);
  return pageOf(rows, limit, {
    place: ({ writtenAt, id }) => ({ key: writtenAt.toISOString(), id }),
    item: (row) => {
      const { writtenAt: _, ...entry } = row;
      return entry;
    },
  });
}

/** The scale's share in basis points: what ten thousand fen would bring, without the limit. */
const shareOf = ({ scale }: PensionTerms, years: number): number =>
  renewalBenefit(scale && { ...scale, most: null }, years, fen(10_000));

function yearOf({ policyId, policyNumber, ...year }: YearRow, costs: readonly CostRow[]): File['years'][number] {
  const own = costs.filter((c) => c.yearId === year.id);
  const parts = z.array(pensionPart).parse(year.parts);
  const ofService = (code: string) => own.find((c) => c.service === code);
  return {
    ...year,
    policy: policyId ? { id: policyId, number: policyNumber } : null,
    parts,
    services: servicesRow
      .parse(year.services)
      .map((s) => ({ ...s, done: ofService(s.code)?.done ?? 0, cost: ofService(s.code)?.cost ?? 0 })),
    serviceFee: parts.reduce((sum, p) => sum + (p.part === 'service' ? p.premium : 0), 0),
    cost: own.reduce((sum, c) => sum + c.cost, 0),
  };
}
