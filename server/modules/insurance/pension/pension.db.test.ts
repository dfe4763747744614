import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Db } from '../../../kernel/db.ts';
import { type AccountId, newId, type OrgId } from '../../../kernel/ids.ts';
import { fen } from '../../../kernel/money.ts';
import { invariant } from '../../../kernel/result.ts';
import { NOTHING, scopedOn, type Viewer } from '../../../kernel/scope.ts';
import type { Day } from '../../../kernel/time.ts';
import { testDb } from '../../../test/db.ts';
import type { InsuranceDeps } from '../deps.ts';
import type { InsuranceTables } from '../tables.ts';
import type { PensionTerms } from './pension.rules.ts';
import { addPensionYear, closePension, type NewYear, openPension } from './pension.service.ts';
import { listPensionCosts, listPensions, showPension } from './pension.views.ts';
import { bookPensionCost, reversePensionCost } from './pension-cost.service.ts';

const [insurer, rival, use] = [newId(), newId(), newId()] as [OrgId, OrgId, OrgId];
let db: Db<InsuranceTables>;
let deps: InsuranceDeps;
const own = (orgId: OrgId): Viewer => ({
  accountId: newId() as AccountId,
  personId: null,
  orgId,
  role: 'underwriter',
  displayName: '',
  scope: { ...NOTHING, orgs: [orgId] },
  grants: [],
});
const terms: PensionTerms = {
  startAgeYears: 10,
  plannedYears: 15,
  scale: {
    version: '1',
    filingNo: '示例备案1号',
    steps: [
      { fromYears: 1, shareBp: 500 },
      { fromYears: 15, shareBp: 5_000 },
    ],
    most: null,
  },
  lapse: { graceDays: 30, reinstateDays: 180, afterwards: 'lost' },
};
const year = (from: string, to: string, over: Partial<NewYear> = {}): NewYear => ({
  from: from as Day,
  to: to as Day,
  policyId: null,
  parts: [
    {
      part: 'liability',
      name: '责任',
      upkeep: false,
      premium: fen(9_300),
      funding: [{ source: 'self', amount: fen(9_300) }],
    },
    {
      part: 'repair',
      name: '修理',
      upkeep: false,
      premium: fen(942_000),
      funding: [
        { source: 'common_income', amount: fen(659_400) },
        { source: 'repair_fund', amount: fen(282_600) },
      ],
    },
  ],
  services: [{ code: 'upkeep', name: '维护保养', times: 24 }],
  ...over,
});

const listed = async (viewer: Viewer, show: 'open' | 'ended' = 'open') =>
  (await deps.scoped(viewer, (tx) => listPensions(tx, { show, limit: 100, on: '2026-11-21' as Day }))).items;

beforeAll(async () => {
  ({ db } = await testDb<InsuranceTables>());
  const now = () => new Date('2026-11-21T02:00:00Z');
  deps = { db, scoped: scopedOn(db), now, newId, sharesCommission: true, subsidisedPayers: () => [] };
  for (const [id, name, kind] of [
    [insurer, '示例财险', 'insurer'],
    [use, '示例物业', 'property_company'],
  ] as const)
    await sql`insert into identity.org (id, name, name_key, kinds, area_codes, org_ids)
      values (${id}, ${name}, ${name}, ${[kind]}, '{320205}', ${[id]}::uuid[])`.execute(db);
  await sql`insert into registry.elevator (id, kind, variety, state, state_at, source, address, district_code, rescue_code, use_org_id,
      area_codes, org_ids) values (${newId()}, 'lift', 'traction_passenger', 'in_use', now(), 'test', '示例路 1 号', '320205',
      '320001', ${use}, '{320205}', ${[use]}::uuid[])`.execute(db);
});

test('a programme runs, breaks, is reinstated, and says what a renewal would bring; another insurer sees nothing of it', async () => {
  const me = own(insurer);
  expect(await openPension(deps, me, { rescueCode: '999999', terms })).toMatchObject({
    refusal: { code: 'insurance.pension_elevator' },
  });
  const unfiled = { ...terms, scale: terms.scale && { ...terms.scale, filingNo: ' ' } };
  expect(await openPension(deps, me, { rescueCode: '320001', terms: unfiled })).toMatchObject({
    refusal: { code: 'insurance.pension_scale' },
  });
  const opened = await openPension(deps, me, { rescueCode: '320001', terms });
  invariant(opened.ok, 'the elevator has a use unit');
  expect(await openPension(deps, me, { rescueCode: '320001', terms })).toMatchObject({
    refusal: { code: 'insurance.pension_running' },
  });
  const { pensionId } = opened.value;
  const add = (y: NewYear, who = me) => addPensionYear(deps, who, { pensionId, ...y });
  expect(await add(year('2024-07-01', '2025-06-30'))).toMatchObject({ ok: true, value: { no: 1, reinstated: false } });
  expect(await add(year('2025-06-30', '2026-06-29'))).toMatchObject({ refusal: { code: 'insurance.pension_overlap' } });
  expect(await add(year('2025-09-01', '2026-08-31'))).toMatchObject({ ok: true, value: { no: 2, reinstated: true } });
  expect(await add(year('2026-09-01', '2027-08-31', { policyId: newId() }))).toMatchObject({
    refusal: { code: 'insurance.pension_policy' },
  });
  expect(await add(year('2026-09-01', '2027-08-31'), own(rival))).toMatchObject({
    refusal: { code: 'insurance.pension_not_found' },
  });
  expect((await add(year('2026-09-01', '2027-08-31'))).ok).toBe(true);
  const shown = await deps.scoped(me, (tx) => showPension(tx, pensionId, { on: '2026-11-21' as Day, orgId: insurer }));
  expect(shown).toMatchObject({
    state: 'running',
    insuredYears: 2,
    shareBp: 500,
    shareAtEndBp: 5_000,
    paid: 3 * 951_300,
    can: { act: true },
  });
  expect(await listed(own(rival))).toEqual([]);
  expect(await listed(own(use))).toHaveLength(1);
});

test('fund money for liability, or upkeep in a cover, changes nothing', async () => {
  const [pension] = await listed(own(insurer));
  invariant(pension, 'from the test before');
  const add = (parts: NewYear['parts']) =>
    addPensionYear(deps, own(insurer), { pensionId: pension.id, ...year('2027-09-01', '2028-08-31', { parts }) });
  const liability = { part: 'liability' as const, name: '责任', upkeep: false, premium: fen(100) };
  expect(await add([{ ...liability, funding: [{ source: 'repair_fund', amount: fen(100) }] }])).toMatchObject({
    refusal: { code: 'insurance.pension_source' },
  });
  expect(await add([{ ...liability, upkeep: true, funding: [{ source: 'self', amount: fen(100) }] }])).toMatchObject({
    refusal: { code: 'insurance.pension_upkeep' },
  });
  expect((await listed(own(insurer)))[0]?.paid).toBe(pension.paid);
});

test('what a service cost is booked once, under a service the year has', async () => {
  const [row] = await db.selectFrom('insurance.pension_year').select('id').where('no', '=', 1).execute();
  const cost = {
    id: newId(),
    yearId: row?.id ?? '',
    service: 'upkeep',
    on: '2026-11-01',
    amount: 30_000,
    times: 2,
    voucher: 'FP-1',
    note: '',
  };
  expect((await bookPensionCost(deps, own(insurer), cost)).ok).toBe(true);
  expect((await bookPensionCost(deps, own(insurer), cost)).ok).toBe(true);
  expect(await bookPensionCost(deps, own(insurer), { ...cost, id: newId() })).toMatchObject({
    refusal: { code: 'insurance.pension_voucher' },
  });
  expect(await bookPensionCost(deps, own(insurer), { ...cost, id: newId(), service: 'dance' })).toMatchObject({
    refusal: { code: 'insurance.pension_service' },
  });
  expect(await bookPensionCost(deps, own(rival), { ...cost, id: newId() })).toMatchObject({
    refusal: { code: 'insurance.pension_not_found' },
  });
  expect((await listed(own(insurer)))[0]?.cost).toBe(30_000);
});

test('a cost taken back stays with its opposite, counts no more, and its voucher is booked rightly', async () => {
  const [kept] = await db
    .selectFrom('insurance.pension_year')
    .select(['id', 'pension_id'])
    .where('no', '=', 1)
    .execute();
  const [booked] = await db.selectFrom('insurance.pension_cost').select('id').execute();
  invariant(kept && booked, 'from the test before');
  const back = { id: newId(), costId: booked.id, reason: '金额写错' };
  expect(await reversePensionCost(deps, own(rival), back)).toMatchObject({
    refusal: { code: 'insurance.pension_cost_not_found' },
  });
  expect((await reversePensionCost(deps, own(insurer), back)).ok).toBe(true);
  expect((await reversePensionCost(deps, own(insurer), back)).ok).toBe(true); // sent twice
  expect(await reversePensionCost(deps, own(insurer), { ...back, id: newId() })).toMatchObject({
    refusal: { code: 'insurance.pension_cost_reversed' },
  });
  const right = { service: 'upkeep', on: '2026-11-01', amount: 31_000, times: 3, voucher: 'FP-1', note: '' };
  const again = () => bookPensionCost(deps, own(insurer), { ...right, id: newId(), yearId: kept.id });
  const both = await Promise.all([again(), again()]);
  expect(both.filter((one) => one.ok)).toHaveLength(1);
  const pages = await deps.scoped(own(insurer), async (tx) => {
    const first = await listPensionCosts(tx, kept.pension_id, { limit: 2 });
    return [first, await listPensionCosts(tx, kept.pension_id, { limit: 2, after: first?.next ?? '' })];
  });
  expect(pages.flatMap((p) => p?.items.map((e) => e.amount) ?? []).toSorted((a, b) => a - b)).toEqual([
    -30_000, 30_000, 31_000,
  ]);
  expect(pages[1]?.next).toBeNull();
  const shown = await deps.scoped(own(insurer), (tx) =>
    showPension(tx, kept.pension_id, { on: '2026-11-21' as Day, orgId: insurer }),
  );
  expect(shown?.years[0]?.services).toMatchObject([{ code: 'upkeep', times: 24, done: 3, cost: 31_000 }]);
});

test('a programme ends once, with what the filed scale brings, and makes room for the next', async () => {
  const [pension] = await listed(own(insurer));
  invariant(pension, 'from the tests before');
  const end = (over: object, who = insurer) =>
    closePension(deps, own(who), {
      pensionId: pension.id,
      on: '2026-11-20' as Day,
      reason: 'renewed',
      renewalCost: fen(30_000_000),
      note: '整机更新',
      ...over,
    });
  expect(await end({}, rival)).toMatchObject({ refusal: { code: 'insurance.pension_not_found' } });
  expect(await end({ on: '2026-11-22' })).toMatchObject({ refusal: { code: 'insurance.pension_future' } });
  expect(await end({ reason: 'expired', renewalCost: null })).toMatchObject({
    refusal: { code: 'insurance.pension_not_over' },
  });
  expect(await end({})).toEqual({ ok: true, value: { benefit: 1_500_000 } }); // two whole years: 5 %
  expect(await end({})).toMatchObject({ refusal: { code: 'insurance.pension_ended' } });
  const add = addPensionYear(deps, own(insurer), { pensionId: pension.id, ...year('2027-09-01', '2028-08-31') });
  expect(await add).toMatchObject({ refusal: { code: 'insurance.pension_ended' } });
  expect(await listed(own(insurer))).toEqual([]);
  expect(await listed(own(insurer), 'ended')).toMatchObject([{ id: pension.id, state: 'ended' }]);
  expect((await openPension(deps, own(insurer), { rescueCode: '320001', terms })).ok).toBe(true);
});
