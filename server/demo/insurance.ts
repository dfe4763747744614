import { sql } from 'kysely';
import type { ElevatorId, OrgId } from '../kernel/ids.ts';
import { type Fen, fen, sum } from '../kernel/money.ts';
import { plainOf } from '../kernel/packs.ts';
import { invariant } from '../kernel/result.ts';
import { addDays, type Day, dayOf, startOf } from '../kernel/time.ts';
import { appointBroker } from '../modules/insurance/money/pool.store.ts';
import type { InsuranceSettings } from '../modules/insurance/pack.ts';
import { bind } from '../modules/insurance/policy/bind.service.ts';
import { issue } from '../modules/insurance/policy/issue.service.ts';
import { insertMandate } from '../modules/insurance/policy/mandate.store.ts';
import { giveNumbers } from '../modules/insurance/policy/number.store.ts';
import { receive } from '../modules/insurance/policy/policy.service.ts';
import { policiesFor } from '../modules/insurance/policy/policy.store.ts';
import { quote } from '../modules/insurance/policy/quote.service.ts';
import { sayOnReferral } from '../modules/insurance/policy/referral.service.ts';
import { endEarlierProducts, insertFiling } from '../modules/insurance/product/filing.store.ts';
import { tariffBody } from '../modules/insurance/product/scheme.rows.ts';
import { fileSchemes } from '../modules/insurance/product/scheme.store.ts';
import type { InsuranceTables } from '../modules/insurance/tables.ts';
import type { CastOrg } from './cast.ts';
import { fileRates, payBroker } from './commission.ts';
import { insuranceDepsOn, sure, viewerOf } from './insurance.says.ts';
import type { DemoPart, DemoWorld } from './seed.ts';

/** Nobody filed this: the number says so wherever it is printed. */
const FILING = '示例备案〔2026〕第1号';
/** How the invented co-insurers share, lead first. */
const SHARES = [4_500, 3_500, 2_000];

/** One use unit and what it is about to insure. */
type Holder = { org: OrgId; agent: OrgId | null };
/** What stands for a holder when the demo begins. */
type Stage = 'issued' | 'awaiting_cash' | 'quoted' | 'none';

/**
 * A year of insurance before the demo begins: the scheme filed under an invented number, a pool of three invented insurers,
 * stars and loss records, and a policy for most use units, each quoted, bound, paid and issued by the services of the product
 * on days that have passed.
 */
export const seedInsurance: DemoPart = async (world) => {
  const { kernel, cast } = world;
  const pool = cast.orgs.filter((o) => ['insurer', 'insurer-2', 'insurer-3'].includes(o.key));
  const lead = pool[0];
  invariant(lead, 'the cast has an insurer');
  const today = dayOf(kernel.now());
  const productId = await fileProduct(world, pool, addDays(today, -400));
  await fileRates(world, insuranceDepsOn(world, startOf(addDays(today, -400))), pool);
  await recordEvidence(world, addDays(today, -400));
  await allotNumbers(world, lead, today);
  await openAccount(world, lead, today);
  const holders = await holdersOf(world);
  await giveMandates(world, holders, today);
  for (const [i, holder] of holders.entries()) await insure({ world, productId, lead: lead.id, today }, holder, i);
};

async function fileProduct({ kernel, pack, cast }: DemoWorld, pool: readonly CastOrg[], from: Day): Promise<string> {
  const { newId } = kernel;
  const settings = plainOf(pack.files.insurance);
  const scheme = settings.schemes[0];
  const product = scheme?.products[0];
  invariant(scheme && product, 'the city has a scheme with a product');
  const { tariff, ...body } = product;
  const ids = { product: newId(), tariff: newId() };
  const db = kernel.db.withTables<InsuranceTables>();
  await db.transaction().execute(async (tx) => {
    await fileSchemes(tx, settings, newId);
    const members = pool.map((org, i) => ({ insurer: org.id, shareBp: SHARES[i] ?? 0 }));
    const row = await tx
      .updateTable('insurance.scheme')
      .set({ members: JSON.stringify(scheme.market === 'tender_pool' ? members : []) })
      .where('code', '=', scheme.code)
      .returning('id')
      .executeTakeFirstOrThrow();
    await endEarlierProducts(tx, { schemeId: row.id, code: body.code, version: 2, from });
    const broker = cast.orgs.find((o) => o.key === 'broker');
    if (broker)
      await appointBroker(tx, { id: newId(), schemeId: row.id, brokerOrgId: broker.id, from, by: '示例数据' });
    await insertFiling(tx, {
      ids,
      schemeId: row.id,
      insurerOrgId: scheme.market === 'open' ? (pool[0]?.id ?? null) : null,
      version: 2,
      body: { ...body, coverages: body.coverages.map(exampleBenefit), filingNo: FILING, instalments: EXAMPLE_PARTS },
      tariff: tariffBody.parse({ ...tariff, filingNo: FILING }),
      from,
      to: null,
      source: '示例数据',
    });
  });
  return ids.product;
}

type Coverage = InsuranceSettings['schemes'][number]['products'][number]['coverages'][number];

/** The invented filing lets larger premiums be paid in two parts. */
const EXAMPLE_PARTS = {
  least: 100_000,
  parts: [
    { weight: 1, afterDays: 0 },
    { weight: 1, afterDays: 90 },
  ],
  remindDays: 15,
  graceDays: 30,
  noticeDays: 15,
};

/** Most rescues of the demo take a quarter of an hour: its invented filing pays from then on, so that claims are seen. */
const EXAMPLE_STEPS = [
  { fromSeconds: 900, open: false, amount: 10_000 },
  { fromSeconds: 1_800, open: false, amount: 20_000 },
];
const exampleBenefit = (coverage: Coverage): Coverage =>
  coverage.benefit ? { ...coverage, benefit: { ...coverage.benefit, steps: EXAMPLE_STEPS } } : coverage;

/** Stars of two to five, and every third maintenance unit without a loss last year. */
async function recordEvidence({ kernel, cast }: DemoWorld, on: Day): Promise<void> {
  const units = cast.orgs.filter((o) => o.kind === 'maintenance_unit');
  const rows = units.flatMap((org, i) => [
    { org: org.id, kind: 'stars' as const, key: String(2 + (i % 4)), source: `示例星级通报第${i + 1}号` },
    ...(i % 3 === 0
      ? [{ org: org.id, kind: 'unit_losses' as const, key: 'free_1y', source: `示例出险统计第${i + 1}号` }]
      : []),
  ]);
  await kernel.db
    .withTables<InsuranceTables>()
    .insertInto('insurance.evidence')
    .values(
      rows.map((row) => ({
        id: kernel.newId(),
        subject_kind: 'org' as const,
        subject_id: row.org,
        kind: row.kind,
        key: row.key,
        source: row.source,
        as_of_on: on,
        recorded_by: '示例数据',
        area_codes: [],
        org_ids: [row.org],
      })),
    )
    .execute();
}

async function allotNumbers({ kernel }: DemoWorld, lead: CastOrg, today: Day): Promise<void> {
  const numbers = Array.from({ length: 500 }, (_, i) => `示例ZR${today.slice(0, 4)}${String(i + 1).padStart(6, '0')}`);
  const at = startOf(addDays(today, -400));
  await kernel.db
    .withTables<InsuranceTables>()
    .transaction()
    .execute((tx) => giveNumbers(tx, { insurer: lead.id, numbers, by: '示例数据', at }));
}

/** The account premiums are paid to, recorded by one and confirmed by another. */
async function openAccount({ kernel }: DemoWorld, lead: CastOrg, today: Day): Promise<void> {
  const at = startOf(addDays(today, -400));
  await kernel.db
    .withTables<InsuranceTables>()
    .insertInto('insurance.premium_account')
    .values({
      id: kernel.newId(),
      insurer_org_id: lead.id,
      bank: '示例银行示例支行',
      holder: lead.name,
      number: '0000 0000 0000 0001',
      recorded_at: at,
      recorded_by: '示例数据',
      confirmed_at: at,
      confirmed_by: '示例复核',
      area_codes: [],
      org_ids: [lead.id],
    })
    .execute();
}

/** Every use unit with elevators in use, and the unit that maintains most of them. */
async function holdersOf({ kernel }: DemoWorld): Promise<readonly Holder[]> {
  const { rows } = await sql<Holder>`
    select use_org_id as org, mode() within group (order by maintenance_org_id) as agent from registry.elevator_card
    where use_org_id is not null and state = 'in_use' group by 1 order by count(*) desc, 1`.execute(kernel.db);
  return rows;
}

/** Most use units let their maintenance unit take out cover, by the contract of the year. */
async function giveMandates({ kernel }: DemoWorld, holders: readonly Holder[], today: Day): Promise<void> {
  const given = holders.filter((h, i) => h.agent !== null && i % 4 !== 3);
  const db = kernel.db.withTables<InsuranceTables>();
  await db.transaction().execute(async (tx) => {
    for (const [i, { org, agent }] of given.entries()) {
      await insertMandate(tx, {
        id: kernel.newId(),
        giverOrgId: org,
        agentOrgId: agent ?? org,
        from: addDays(today, -200),
        to: addDays(today, 164),
        contractRef: `示例维保合同${String(i + 1).padStart(4, '0')}号`,
        proof: null,
        by: '示例数据',
        at: hour(addDays(today, -200), 9),
      });
    }
  });
}

/** Nearly everybody is insured; some wait for their money, some think a quote over, some have nothing. */
function stageOf(i: number): Stage {
  if (i % 12 === 5) return 'none';
  if (i % 12 === 8) return 'awaiting_cash';
  return i % 12 === 11 ? 'quoted' : 'issued';
}

type Insuring = { world: DemoWorld; productId: string; lead: OrgId; today: Day };

async function insure({ world, productId, lead, today }: Insuring, { org }: Holder, i: number): Promise<void> {
  const stage = stageOf(i);
  if (stage === 'none') return;
  // Terms begin through the year past, so that some end soon; what is not issued yet begins next week.
  const from = stage === 'issued' ? addDays(today, -((i * 47) % 340) - 5) : addDays(today, 10);
  const asked = stage === 'issued' ? addDays(from, -20) : addDays(today, -2);
  const deps = insuranceDepsOn(world, hour(asked, 10));
  const holder = viewerOf(org, 'use_unit_head', world);
  const request = { productId, holderOrgId: org, leadOrgId: null, elevatorIds: null as ElevatorId[] | null, from };
  const quoted = await quote(deps, holder, request);
  if (!quoted.ok || quoted.value.elevators === 0 || stage === 'quoted') return;
  if (quoted.value.state === 'referred')
    await release({ world, lead, quoteId: quoted.value.quoteId, at: hour(asked, 11) });
  const binding = { quoteId: quoted.value.quoteId, number: null, leadOrgId: null, doubleCoverDisclosed: false };
  const { policyId } = sure(await bind(deps, holder, binding));
  if (stage === 'issued') await payAndIssue({ world, lead, policyId, on: addDays(from, -8), i });
}

type Releasing = { world: DemoWorld; lead: OrgId; quoteId: string; at: Date };

/** A large fleet goes to underwriting: two people release it. */
async function release({ world, lead, quoteId, at }: Releasing): Promise<void> {
  for (const note of ['示例：资料齐全', '示例：复核同意'])
    sure(
      await sayOnReferral(insuranceDepsOn(world, at), viewerOf(lead, 'underwriter', world), {
        quoteId,
        decision: 'release',
        note,
      }),
    );
}

type Paying = { world: DemoWorld; lead: OrgId; policyId: string; on: Day; i: number };

/** Each payer but the public purse pays his part by one transfer; the next day the lead issues. */
async function payAndIssue({ world, lead, policyId, on, i }: Paying): Promise<void> {
  const paidAt = hour(on, 15);
  const deps = insuranceDepsOn(world, hour(addDays(on, 1), 9));
  const [policy] = await policiesFor(deps.db, [policyId]);
  invariant(policy, 'the policy was just bound');
  await payBroker(world, deps, { policyId, lead, i });
  const purse = deps.subsidisedPayers(policy.schemeCode);
  const allocations = policy.owed
    .filter((p) => p.amount > 0 && !purse.includes(p.payer))
    .map(({ payer, amount }) => ({ policyId, payer, amount }));
  sure(
    await receive(deps, viewerOf(lead, 'cashier', world), {
      leadOrgId: lead,
      account: '****0001',
      bankRef: `示例流水${String(i + 1).padStart(6, '0')}`,
      at: paidAt,
      amount: totalOf(allocations),
      counterparty: '示例缴费单位',
      proof: null,
      byHand: false,
      allocations,
    }),
  );
  sure(await issue(deps, viewerOf(lead, 'underwriter', world), policyId));
}

const totalOf = (parts: readonly { amount: Fen }[]): Fen => fen(sum(parts.map((p) => p.amount)));
const hour = (day: Day, h: number): Date => new Date(startOf(day).getTime() + h * 3_600_000);
