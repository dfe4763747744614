import { sql } from 'kysely';
import { z } from 'zod';
import {
  type pensionFile,
  type pensionItem,
  pensionPart,
  pensionTerms,
} from '../../../../contract/insurance-pension.ts';
import type { Db } from '../../../kernel/db.ts';
import { fen } from '../../../kernel/money.ts';
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
const servicesRow = z.array(z.object({ code: z.string(), name: z.string(), times: z.int() }));

type Head = {
  id: string;
  number: string;
  address: string;
  insurer: string;
  holder: string;
  insurerId: string;
  terms: unknown;
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
};
type CostRow = { yearId: string; service: string; cost: number };

/** Programmes as far as the viewer sees them, the newest first, as they stand on a day. */
export async function listPensions(db: Db<InsuranceTables>, on: Day): Promise<Item[]> {
  const { rows: heads } = await sql<Head>`${HEAD} order by p.id desc limit 200`.execute(db);
  const { years, costs } = await partsOf(
    db,
    heads.map((h) => h.id),
  );
  return heads.map((head) => itemOf(head, { years: years.filter((y) => y.pensionId === head.id), costs, on }));
}

const HEAD = sql`select p.id, p.number, p.address, i.name as insurer, h.name as holder, p.insurer_org_id as "insurerId", p.terms
  from insurance.pension p join identity.org_card i on i.id = p.insurer_org_id join identity.org_card h on h.id = p.holder_org_id`;

async function partsOf(db: Db<InsuranceTables>, ids: readonly string[]) {
  const { rows: years } = await sql<YearRow>`select id, pension_id as "pensionId", no, from_on::text as "from",
      to_on::text as "to", reinstated, premium, parts, services
    from insurance.pension_year where pension_id = any(${[...ids]}::uuid[]) order by no`.execute(db);
  const { rows: costs } = await sql<CostRow>`select year_id as "yearId", service, sum(amount)::bigint as cost
    from insurance.pension_cost where year_id = any(${years.map((y) => y.id)}::uuid[]) group by 1, 2`.execute(db);
  return { years, costs };
}

type Known = { years: readonly YearRow[]; costs: readonly CostRow[]; on: Day };

function itemOf(head: Head, { years, costs, on }: Known): Item {
  const terms = termsRow.parse(head.terms);
  const { state, insuredYears } = standingOn(years satisfies readonly InsuredYear[], terms, on);
  const own = costs.filter((c) => years.some((y) => y.id === c.yearId));
  const { id, number, address, insurer, holder } = head;
  return {
    id,
    number,
    address,
    insurer,
    holder,
    state,
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
  const { gapDays, reinstateUntil, insuredYears } = standingOn(years, terms, on);
  return {
    ...itemOf(head, { years, costs, on }),
    terms: pensionTerms.parse(head.terms),
    gapDays,
    reinstateUntil,
    shareBp: shareOf(terms, insuredYears),
    shareAtEndBp: shareOf(terms, terms.plannedYears),
    years: years.map((year) => yearOf(year, costs)),
    can: { addYear: head.insurerId === orgId },
  };
}

/** The scale's share in basis points: what ten thousand fen would bring, without the limit. */
const shareOf = ({ scale }: PensionTerms, years: number): number =>
  renewalBenefit(scale && { ...scale, most: null }, years, fen(10_000));

function yearOf(year: YearRow, costs: readonly CostRow[]): File['years'][number] {
  const own = costs.filter((c) => c.yearId === year.id);
  return {
    ...year,
    parts: z.array(pensionPart).parse(year.parts),
    services: servicesRow
      .parse(year.services)
      .map((s) => ({ ...s, cost: own.find((c) => c.service === s.code)?.cost ?? 0 })),
    cost: own.reduce((sum, c) => sum + c.cost, 0),
  };
}
