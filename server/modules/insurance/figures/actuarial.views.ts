import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../../kernel/db.ts';
import { type Fen, fen, sum } from '../../../kernel/money.ts';
import { type Day, dayOf } from '../../../kernel/time.ts';
import { tariffBody } from '../product/scheme.rows.ts';
import type { InsuranceTables } from '../tables.ts';
import { credibility, structureOf, unearnedBy24ths, unearnedByDay } from './actuarial.rules.ts';
import { chainLadder } from './reserving.rules.ts';
import { quarterName, quarterOf, triangleOf, withinFiled } from './triangle.rules.ts';

/** Fewer accident quarters teach no development: then there is no reserve, rather than one of zero. */
const LEAST_QUARTERS = 3;

type Stretch = { product: string; from: Day; to: Day; premium: Fen };

/**
 * What the books say of the business at an instant: premium earned and not, what is outstanding, losses by product with the
 * threshold it pays from, development with its errors, and what experience advises within the filed factors.
 */
export async function actuarialAt(db: Db<InsuranceTables>, at: Date) {
  const on = dayOf(at);
  const [stretches, claims, payments] = [await premiumOf(db, at), await claimsOf(db, at), await paymentsOf(db, at)];
  const products = await productsOf(db, [...new Set(stretches.map((s) => s.product))]);
  const { first, triangle } = triangleOf(payments, quarterOf(on));
  const ladder = triangle.length >= LEAST_QUARTERS ? chainLadder(triangle) : undefined;
  return {
    premium: premiumSums(stretches, on),
    products: products.map((product) => lossesOf(product, { stretches, claims, on })),
    triangle: triangle.map((row, i) => ({ origin: quarterName(first + i), cumulative: row.map((x) => x ?? 0) })),
    reserve: ladder && {
      factors: [...ladder.factors],
      ibnr: ladder.ibnr.map(Math.round),
      standardErrors: ladder.standardErrors.map(Math.round),
      totalIbnr: Math.round(ladder.totalIbnr),
      totalStandardError: Math.round(ladder.totalStandardError),
    },
    advice: await adviceAt(db, at),
  };
}

async function premiumOf(db: Db<InsuranceTables>, at: Date): Promise<readonly Stretch[]> {
  const { rows } = await sql<{ product: string; from_on: string; to_on: string; premium: number }>`
    select p.product_id as product, l.from_on, least(l.to_on, coalesce(p.ended_on, l.to_on)) as to_on, sum(l.premium)::bigint as premium
    from insurance.policy_line l join insurance.policy p on p.id = l.policy_id
    where p.state in ('issued', 'cancelled') and p.issued_at <= ${at} and p.product_id is not null
      and least(l.to_on, coalesce(p.ended_on, l.to_on)) >= l.from_on group by 1, 2, 3`.execute(db);
  return rows.map((r) => ({ product: r.product, from: r.from_on as Day, to: r.to_on as Day, premium: fen(r.premium) }));
}

const premiumSums = (stretches: readonly Stretch[], on: Day) => {
  const written = sum(stretches.map((s) => s.premium));
  const unearned = sum(stretches.map((s) => unearnedByDay(s.premium, s, on)));
  const unearned24 = sum(stretches.map((s) => unearnedBy24ths(s.premium, s.from.slice(0, 7), on.slice(0, 7))));
  return { written, unearned, unearned24, earned: fen(written - unearned) };
};

type ClaimSum = { product: string; paid: Fen; outstanding: Fen; count: number };

/** Claims by product: money that arrived, and what open ones are still expected to cost (decided amount, else reserve). */
async function claimsOf(db: Db<InsuranceTables>, at: Date): Promise<readonly ClaimSum[]> {
  const { rows } = await sql<{ product: string; paid: number; outstanding: number; count: number }>`
    with c as (select c.*, p.product_id from insurance.claim c join insurance.policy p on p.id = c.policy_id where c.reported_at <= ${at}),
    paid as (select x.claim_id, sum(x.amount) as amount from insurance.claim_payments(
      (select coalesce(array_agg(distinct policy_id), '{}') from c), '-infinity', ${at}) x group by 1)
    select c.product_id as product, coalesce(sum(paid.amount), 0)::bigint as paid, count(*)::int as count,
      coalesce(sum(greatest(coalesce((c.body -> 'decision' ->> 'amount')::bigint, (c.body ->> 'reserve')::bigint, 0)
        - coalesce(paid.amount, 0), 0)) filter (where c.phase not in ('closed', 'refused')), 0)::bigint as outstanding
    from c left join paid on paid.claim_id = c.id group by 1`.execute(db);
  return rows.map((r) => ({ product: r.product, paid: fen(r.paid), outstanding: fen(r.outstanding), count: r.count }));
}

async function paymentsOf(db: Db<InsuranceTables>, at: Date) {
  const { rows } = await sql<{ happened_on: string; arrived_on: string; amount: number }>`
    select (c.happened_at at time zone 'Asia/Shanghai')::date as happened_on, (x.arrived_at at time zone 'Asia/Shanghai')::date as arrived_on,
      sum(x.amount)::bigint as amount
    from insurance.claim_payments((select coalesce(array_agg(id), '{}') from insurance.policy), '-infinity', ${at}) x
    join insurance.claim c on c.id = x.claim_id group by 1, 2`.execute(db);
  return rows.map((r) => ({ origin: quarterOf(r.happened_on), at: quarterOf(r.arrived_on), amount: r.amount }));
}

const benefits = z.object({
  name: z.string(),
  coverages: z.array(
    z.looseObject({
      kind: z.string(),
      benefit: z.object({ steps: z.array(z.object({ fromSeconds: z.int() })) }).optional(),
    }),
  ),
});
type Product = { id: string; name: string; version: number; thresholdSeconds: number | null };

/** Products with the seconds from which a trapped person is paid: losses are compared between equal thresholds only. */
async function productsOf(db: Db<InsuranceTables>, ids: readonly string[]): Promise<readonly Product[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('insurance.product')
    .select(['id', 'name', 'version', 'body'])
    .where('id', 'in', [...ids])
    .orderBy('name')
    .orderBy('version')
    .execute();
  return rows.map((r) => {
    const parsed = benefits.safeParse(r.body);
    const steps = parsed.data?.coverages.find((c) => c.kind === 'entrapment')?.benefit?.steps ?? [];
    return { id: r.id, name: r.name, version: r.version, thresholdSeconds: steps[0]?.fromSeconds ?? null };
  });
}

type Books = { stretches: readonly Stretch[]; claims: readonly ClaimSum[]; on: Day };

function lossesOf(product: Product, { stretches, claims, on }: Books) {
  const { earned, unearned, written } = premiumSums(
    stretches.filter((s) => s.product === product.id),
    on,
  );
  const own = claims.find((c) => c.product === product.id);
  const [paid, outstanding] = [own?.paid ?? fen(0), own?.outstanding ?? fen(0)];
  const ratio = earned > 0 ? Math.round(((paid + outstanding) / earned) * 1_000) / 10 : null;
  return { ...product, written, earned, unearned, paid, outstanding, claims: own?.count ?? 0, lossRatioPercent: ratio };
}

/** Bühlmann–Straub by use unit: exposure in elevator-years, cost per elevator-year, and the filed factor nearest to advice. */
async function adviceAt(db: Db<InsuranceTables>, at: Date) {
  const { rows } = await sql<{ unit: string; name: string; year: number; exposure: number; loss: number }>`
    with days as (select p.holder_org_id as unit, y.year, sum(least(l.to_on, coalesce(p.ended_on, l.to_on), make_date(y.year, 12, 31), ${dayOf(at)}::date)
        - greatest(l.from_on, make_date(y.year, 1, 1)) + 1) / 365.0 as exposure
      from insurance.policy_line l join insurance.policy p on p.id = l.policy_id,
        generate_series(extract(year from l.from_on)::int, extract(year from least(l.to_on, ${dayOf(at)}::date))::int) as y (year)
      where p.state in ('issued', 'cancelled') and p.issued_at <= ${at} and l.from_on <= ${dayOf(at)}::date
        and least(l.to_on, coalesce(p.ended_on, l.to_on), make_date(y.year, 12, 31)) >= greatest(l.from_on, make_date(y.year, 1, 1))
      group by 1, 2),
    cost as (select p.holder_org_id as unit, extract(year from c.happened_at at time zone 'Asia/Shanghai')::int as year, sum(x.amount) as amount
      from insurance.claim_payments((select coalesce(array_agg(id), '{}') from insurance.policy), '-infinity', ${at}) x
      join insurance.claim c on c.id = x.claim_id join insurance.policy p on p.id = c.policy_id group by 1, 2)
    select d.unit, o.name, d.year, d.exposure::float8 as exposure, coalesce(k.amount, 0)::float8 / d.exposure::float8 as loss
    from days d join identity.org_card o on o.id = d.unit left join cost k on k.unit = d.unit and k.year = d.year
    where d.exposure > 0 order by o.name, d.year`.execute(db);
  const units = [...new Set(rows.map((r) => r.unit))].map((unit) => rows.filter((r) => r.unit === unit));
  if (units.length < 2) return [];
  const { mean, k, expectedVariance } = structureOf(units);
  // Where no unit's cost moves from year to year nothing tells chance from difference: every loss would be believed in full.
  if (mean <= 0 || expectedVariance <= 0) return [];
  const filed = await filedLossFactors(db);
  return units
    .map((history) => {
      const exposureYears = history.reduce((a, y) => a + y.exposure, 0);
      const own = history.reduce((a, y) => a + y.exposure * y.loss, 0) / exposureYears;
      const { z: weight, factor } = credibility({ exposureYears, own }, { portfolio: mean, k });
      const told = (n: number) => Math.round(n * 1_000) / 1_000;
      const row = {
        unit: history[0]?.unit ?? '',
        name: history[0]?.name ?? '',
        exposureYears: told(exposureYears),
        own: Math.round(own),
      };
      return {
        ...row,
        portfolio: Math.round(mean),
        weight: told(weight),
        indicated: told(factor),
        filed: withinFiled(factor, filed),
      };
    })
    .toSorted((a, b) => b.indicated - a.indicated)
    .slice(0, 100);
}

/** The loss factors on file in the newest tariff that has any. */
async function filedLossFactors(db: Db<InsuranceTables>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('insurance.tariff')
    .select('body')
    .where('filing_no', '<>', '')
    .orderBy('from_on', 'desc')
    .execute();
  for (const row of rows) {
    const tariff = tariffBody.safeParse(row.body);
    const table = tariff.data?.factors.find((f) => f.evidence === 'unit_losses');
    if (table) return table.rows.map((r) => r.factor);
  }
  return [];
}
