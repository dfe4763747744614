import { sql } from 'kysely';
import type { OrgId } from '../kernel/ids.ts';
import { fen } from '../kernel/money.ts';
import { invariant } from '../kernel/result.ts';
import { addDays, type Day, dayOf, startOf } from '../kernel/time.ts';
import type { InsuranceDeps } from '../modules/insurance/deps.ts';
import type { PensionTerms } from '../modules/insurance/pension/pension.rules.ts';
import {
  addPensionYear,
  closePension,
  type NewYear,
  openPension,
} from '../modules/insurance/pension/pension.service.ts';
import { bookPensionCost } from '../modules/insurance/pension/pension-cost.service.ts';
import { insuranceDepsOn, sure, viewerOf } from './insurance.says.ts';
import type { DemoPart, DemoWorld } from './seed.ts';

/** Nobody filed this scale: the number says so wherever it is printed. */
const TERMS: PensionTerms = {
  startAgeYears: 12,
  plannedYears: 10,
  scale: {
    version: '示例1',
    filingNo: '示例备案〔2023〕第3号',
    steps: [
      { fromYears: 1, shareBp: 500 },
      { fromYears: 3, shareBp: 1_500 },
      { fromYears: 8, shareBp: 4_000 },
    ],
    most: fen(15_000_000),
  },
  lapse: { graceDays: 30, reinstateDays: 180, afterwards: 'lost' },
};
const YEARS = 3;
const RENEWAL = fen(28_600_000);
const HOUR_MS = 3_600_000;

/**
 * Two 养老险 programmes of invented elevators: one runs in its third year, with what its services cost; the other ended when
 * its elevator was renewed, and what the scale brings is owed.
 */
export const seedPensions: DemoPart = async (world) => {
  const insurer = world.cast.orgs.find((org) => org.key === 'insurer');
  invariant(insurer, 'the cast has an insurer');
  const holder = world.cast.orgs.find((org) => org.key === 'property_company-1');
  const codes = await elevatorsOf(world, holder?.id ?? null);
  const [running, renewed] = codes;
  if (!running || !renewed) return;
  const today = dayOf(world.kernel.now());
  await programme({ world, insurer: insurer.id, code: running, first: addDays(today, -365 * (YEARS - 1) - 120) });
  const pensionId = await programme({
    world,
    insurer: insurer.id,
    code: renewed,
    first: addDays(today, -365 * YEARS - 20),
  });
  const end = { on: addDays(today, -6), reason: 'renewed' as const, renewalCost: RENEWAL, note: '示例：整机更新' };
  const deps = insuranceDepsOn(world, at(addDays(today, -5)));
  sure(await closePension(deps, viewerOf(insurer.id, 'underwriter', world), { pensionId, ...end }));
};

/** Rescue codes of two elevators of this holder, of whichever holder has two where it has none. */
async function elevatorsOf({ kernel }: DemoWorld, holder: OrgId | null): Promise<readonly string[]> {
  const { rows } = await sql<{ code: string }>`select rescue_code as code from registry.elevator_card
    where state = 'in_use' and use_org_id is not null and rescue_code is not null
    order by use_org_id is not distinct from ${holder}::uuid desc, use_org_id, rescue_code limit 2`.execute(kernel.db);
  return rows.map(({ code }) => code);
}

type Making = { world: DemoWorld; insurer: OrgId; code: string; first: Day };

/** A programme with its years, each beginning where the one before ended, and the vouchers of its upkeep. */
async function programme({ world, insurer, code, first }: Making): Promise<string> {
  const underwriter = viewerOf(insurer, 'underwriter', world);
  const begun = insuranceDepsOn(world, at(addDays(first, -10)));
  const { pensionId } = sure(await openPension(begun, underwriter, { rescueCode: code, terms: TERMS }));
  let from = first;
  for (let no = 1; no <= YEARS; no += 1) {
    const to = addDays(from, 364);
    const deps = insuranceDepsOn(world, at(addDays(from, -5)));
    const { yearId } = sure(await addPensionYear(deps, underwriter, { pensionId, ...yearOf(from, to) }));
    await bookUpkeep({ world, insurer, yearId, from, to });
    from = addDays(to, 1);
  }
  return pensionId;
}

/** The cover from own money and common income, repair also from the repair fund, upkeep by the service contract. */
const yearOf = (from: Day, to: Day): NewYear => ({
  from,
  to,
  policyId: null,
  parts: [
    part('liability', '示例安全责任', [['self', 10_230]]),
    part('repair', '示例修理费用', [
      ['common_income', 48_000],
      ['repair_fund', 72_000],
    ]),
    part('service', '示例维护保养合同', [['self', 360_000]]),
  ],
  services: [
    { code: 'upkeep', name: '维护保养', times: 24 },
    { code: 'inspection', name: '定期检验', times: 1 },
  ],
});

function part(kind: NewYear['parts'][number]['part'], name: string, money: readonly (readonly [string, number])[]) {
  const funding = money.map(([source, amount]) => ({ source, amount: fen(amount) }));
  const premium = fen(money.reduce((sum, [, amount]) => sum + amount, 0));
  return { part: kind, name, upkeep: kind === 'service', premium, funding };
}

type Booking = { world: DemoWorld; insurer: OrgId; yearId: string; from: Day; to: Day };

/** One voucher a quarter, as far as the year has come, and the inspection once. */
async function bookUpkeep({ world, insurer, yearId, from, to }: Booking): Promise<void> {
  const today = dayOf(world.kernel.now());
  const cashier = viewerOf(insurer, 'cashier', world);
  const upkeep = [1, 2, 3, 4].map((quarter) => ({
    service: 'upkeep',
    on: addDays(from, quarter * 91 - 1),
    amount: 81_250,
    times: 6,
  }));
  const costs = [...upkeep, { service: 'inspection', on: addDays(from, 120), amount: 45_000, times: 1 }];
  for (const [i, cost] of costs.filter(({ on }) => on <= today && on <= to).entries()) {
    const deps: InsuranceDeps = insuranceDepsOn(world, at(cost.on));
    const voucher = `示例凭证${from.slice(0, 4)}-${i + 1}`;
    sure(await bookPensionCost(deps, cashier, { id: world.kernel.newId(), yearId, ...cost, voucher, note: '示例' }));
  }
}

const at = (day: Day): Date => new Date(startOf(day).getTime() + 10 * HOUR_MS);
