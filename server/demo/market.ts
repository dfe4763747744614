import { sql } from 'kysely';
import type { OrgId } from '../kernel/ids.ts';
import { plainOf } from '../kernel/packs.ts';
import { EVERYTHING, scopedOn } from '../kernel/scope.ts';
import { secretData } from '../kernel/secret-data.ts';
import { addDays, dayOf } from '../kernel/time.ts';
import { calendarOf } from '../modules/identity/index.ts';
import { complain } from '../modules/market/complaint.service.ts';
import type { MarketDeps } from '../modules/market/deps.ts';
import { closeRunning, finishItem, openProgramme } from '../modules/market/programme.service.ts';
import { listProgrammes } from '../modules/market/programme.views.ts';
import { recordFact, recordPlacement, registerSeller } from '../modules/market/seller.service.ts';
import type { MarketTables } from '../modules/market/tables.ts';
import { runTies } from '../modules/market/tie.service.ts';
import { sure, viewerOf } from './prevention.ts';
import type { DemoPart, DemoWorld } from './seed.ts';

const SELLERS = 8;

/** Salespeople with what they placed, one of them tied to a maintenance unit; a district's programme; two complaints. */
export const seedMarket: DemoPart = async (world) => {
  const deps = depsOn(world);
  await seedSellers(world, deps);
  await runTies(deps, 'demo');
  await seedProgramme(world, deps);
  await seedComplaints(world, deps);
};

function depsOn({ kernel, pack }: DemoWorld): MarketDeps {
  const db = kernel.db.withTables<MarketTables>();
  return {
    db,
    scoped: scopedOn(db),
    now: kernel.now,
    newId: kernel.newId,
    secret: secretData(kernel.keys, kernel.config.cipher),
    calendar: calendarOf(pack.files.calendar),
    settings: plainOf(pack.files.market),
  };
}

type Placed = { policyId: string; insurer: OrgId; unit: OrgId | null; on: string };

/** Seven sellers share the policies by turns; the eighth places those of one maintenance unit, whose phone and account he has. */
async function seedSellers(world: DemoWorld, deps: MarketDeps): Promise<void> {
  const { rows } = await sql<Placed>`select p.id as "policyId", p.lead_org_id as insurer,
      mode() within group (order by c.maintenance_org_id) as unit, p.from_on - 15 as on
    from insurance.policy p join insurance.policy_line l on l.policy_id = p.id
      join registry.elevator_card c on c.id = l.elevator_id
    where p.state = 'issued' group by p.id order by p.from_on, p.id`.execute(world.kernel.db);
  const insurer = rows[0]?.insurer;
  if (!insurer) return;
  const units = rows.flatMap((r) => r.unit ?? []);
  const tied =
    [...new Set(units)].toSorted((a, b) => count(units, b) - count(units, a) || a.localeCompare(b))[2] ?? null;
  const staff = world.cast.people.find((p) => p.orgId === tied && p.duties.includes('maintenance_manager'));
  const me = viewerOf(insurer, 'underwriter', world);
  const ids: string[] = [];
  for (let i = 0; i < SELLERS; i += 1) {
    const isTied = i === SELLERS - 1 && staff !== undefined;
    const seller = {
      name: isTied ? staff.name : `示例业务员${i + 1}`,
      phone: isTied ? staff.phone : `1009900${String(i + 1).padStart(4, '0')}`,
      account: `62220000000000${String(i + 10)}`,
      licenceNo: `示例执业${String(i + 1).padStart(6, '0')}`,
      fromOn: addDays(dayOf(world.kernel.now()), -800),
      areas: [],
    };
    ids.push(sure(await registerSeller(deps, me, seller)).salespersonId);
  }
  for (const [i, { policyId, unit, on }] of rows.entries()) {
    const salespersonId = (unit === tied ? ids.at(-1) : ids[i % (SELLERS - 1)]) ?? '';
    sure(await recordPlacement(deps, me, { salespersonId, policyId, on }));
  }
  if (tied) await knowOf(world, deps, { unit: tied, salespersonId: ids.at(-1) ?? '' });
}

async function knowOf(world: DemoWorld, deps: MarketDeps, tied: { unit: OrgId; salespersonId: string }): Promise<void> {
  const regulator = world.cast.orgs.find((o) => o.key === 'regulator');
  if (!regulator) return;
  const office = { ...viewerOf(regulator.id, 'city_regulator', world), scope: EVERYTHING };
  const about = { orgId: tied.unit, source: '示例：企业信用信息公示系统', on: dayOf(world.kernel.now()) };
  sure(await recordFact(deps, office, { ...about, kind: 'account', account: `62220000000000${SELLERS + 9}` }));
  sure(
    await recordFact(deps, office, {
      ...about,
      kind: 'shareholding',
      salespersonId: tied.salespersonId,
      shareBp: 1_500,
    }),
  );
}

const count = <T>(all: readonly T[], one: T): number => all.filter((x) => x === one).length;

const LEARNT = {
  evaluation: '示例：会议、培训、服务手册均已落实，首批保单签出，困人理赔全部按承诺支付',
  lessons: '示例：由维保单位批量代办投保最快；保费分担先与业主讲清，再签单',
};

/** Of the two districts with the most cover one has closed its pilot and goes on, the other is still at it. */
async function seedProgramme(world: DemoWorld, deps: MarketDeps): Promise<void> {
  const { rows } = await sql<{ code: string }>`select c.district_code as code from insurance.policy_line l
    join registry.elevator_card c on c.id = l.elevator_id group by 1 order by count(distinct c.id) desc, 1 limit 2`.execute(
    world.kernel.db,
  );
  const today = dayOf(world.kernel.now());
  for (const [i, { code }] of rows.entries()) {
    const office = world.cast.orgs.find((o) => o.key === `regulator-${code}`);
    if (!office) continue;
    const pilotEnds = i === 0 ? -20 : 40;
    const me = {
      ...viewerOf(office.id, 'district_regulator', world),
      scope: { all: false, areas: [code], orgs: [office.id] },
    };
    sure(
      await openProgramme(deps, me, {
        name: '示例电梯保险推进方案',
        kind: 'liability',
        areaCode: code,
        marks: i === 0 ? [] : [...deps.settings.programme.marks],
        aim: '示例：先试点、再推广、后常态，覆盖辖区在用电梯',
        phases: [
          { phase: 'pilot', from: addDays(today, -300), to: addDays(today, pilotEnds), targetBp: 3_000 },
          { phase: 'rollout', from: addDays(today, pilotEnds + 1), to: addDays(today, 400), targetBp: 7_000 },
          { phase: 'routine', from: addDays(today, 401), to: addDays(today, 760), targetBp: 9_500 },
        ],
      }),
    );
    const [programme] = (await deps.scoped(me, (tx) => listProgrammes(tx, today))).filter((p) => p.areaCode === code);
    const pilot = programme?.phases[0];
    for (const [n, item] of (pilot?.items ?? []).entries())
      if (i === 0 || n < 5)
        sure(
          await finishItem(deps, me, {
            id: item.id,
            version: 0,
            on: addDays(today, -280 + n * 20),
            note: '示例：已完成并留存记录',
          }),
        );
    if (i === 0 && pilot) sure(await closeRunning(deps, me, { id: pilot.id, version: 0, ...LEARNT }));
  }
}

async function seedComplaints(world: DemoWorld, deps: MarketDeps): Promise<void> {
  const said = [
    ['property_company-1', 'designation', '示例：有人口头要求只能选一家保险公司'],
    ['maintenance_unit-1', 'bundled', '示例：业务员提出投保须更换维保单位'],
  ] as const;
  for (const [key, topic, text] of said) {
    const org = world.cast.orgs.find((o) => o.key === key);
    if (!org) continue;
    const me = viewerOf(org.id, key.startsWith('property') ? 'use_unit_head' : 'maintenance_manager', world);
    sure(await complain(deps, me, { topic, aboutOrgId: null, areas: org.seatAreas, text }));
  }
}
