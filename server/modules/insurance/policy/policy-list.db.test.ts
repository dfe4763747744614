import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { ElevatorId } from '../../../kernel/ids.ts';
import type { Day } from '../../../kernel/time.ts';
import { insurersOf } from '../claim/performance.views.ts';
import { marketShares } from '../market.views.ts';
import { endorse } from './endorsement.service.ts';
import { policyLines } from './line.views.ts';
import { anElevator, boundPolicy, type InsuredCity, insuredCity, issuedPolicy, viewerOf } from './policy.fixtures.ts';
import { listPolicies } from './policy-list.views.ts';

const FIRST = '2026-12-01' as Day;
let city: InsuredCity;
let issued: string;
let bound: readonly string[];
let elevators: ElevatorId[];

beforeAll(async () => {
  city = await insuredCity();
  await sql`insert into identity.org (id, name, name_key, kinds, area_codes, org_ids) values
    (${city.useUnit}, '示例物业', '示例物业', '{use_unit}', '{}', '{}'), (${city.insurer}, '示例财险', '示例财险', '{insurer}', '{}', '{}')`.execute(
    city.db,
  );
  elevators = [await anElevator(city), await anElevator(city), await anElevator(city)];
  issued = await issuedPolicy(city, elevators, FIRST);
  bound = [
    await boundPolicy(city, [await anElevator(city)], '2027-01-01' as Day),
    await boundPolicy(city, [await anElevator(city)], FIRST),
  ];
});

const list = (over: Partial<Parameters<typeof listPolicies>[1]> = {}) =>
  listPolicies(city.db, { show: 'current', limit: 50, today: '2026-12-15' as Day, ...over });

test('read page by page the list is the same as in one piece, nothing twice and nothing left out', async () => {
  const whole = (await list()).items.map(({ id }) => id);
  expect(whole).toHaveLength(3);
  expect(whole.at(-1)).toBe(bound[0]); // the last to end
  for (const show of ['current', 'all'] as const) {
    const pages: string[] = [];
    let after: string | undefined;
    do {
      const page = await list({ show, after, limit: 1 });
      pages.push(...page.items.map(({ id }) => id));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(pages).toEqual((await list({ show })).items.map(({ id }) => id));
  }
});

test('the sums are of all that match, not of the page', async () => {
  const { items, sums } = await list({ limit: 1 });
  expect(items).toHaveLength(1);
  expect(sums).toMatchObject({ policies: 3, inForce: 1, awaitingCash: 2, elevators: 3 });
  expect(sums.premium).toBe((await list({ state: 'issued' })).items[0]?.premium);
});

test('a policy is current to its last day, and past from the day after', async () => {
  const last = '2027-11-30' as Day;
  const on = async (today: Day, show: 'current' | 'ended') => (await list({ today, show })).items.map(({ id }) => id);
  expect(await on(last, 'current')).toContain(issued);
  expect(await on(last, 'ended')).toEqual([]);
  expect(await on('2027-12-01' as Day, 'current')).toEqual([bound[0]]);
  expect(await on('2027-12-01' as Day, 'ended')).toContain(issued);
});

test('a number is found by any part of it; signs of a pattern are signs', async () => {
  const number = (await list()).items.find(({ id }) => id === issued)?.number ?? '';
  expect((await list({ q: number.slice(1) })).items.map(({ id }) => id)).toContain(issued);
  expect((await list({ q: '%' })).items).toEqual([]);
  expect((await list({ q: '示例物' })).items).toHaveLength(3);
  expect((await list({ state: 'issued' })).items.map(({ id }) => id)).toEqual([issued]);
});

test('the elevators of a policy are read page by page', async () => {
  const first = await policyLines(city.db, issued, { limit: 2 });
  const second = await policyLines(city.db, issued, { limit: 2, after: first.next ?? '' });
  const ids = [...first.items, ...second.items].map(({ elevatorId }) => elevatorId);
  expect(ids.toSorted((a, b) => a.localeCompare(b))).toEqual(elevators.toSorted((a, b) => a.localeCompare(b)));
  expect(second.next).toBeNull();
});

test('cancelled for a later day a policy is in force until then, in the list, its sums and the shares of the market', async () => {
  const elevator = await anElevator(city);
  const left = await issuedPolicy(city, [elevator], FIRST);
  const before = await list();
  const underwriter = viewerOf(city.insurer, 'underwriter');
  const end = (lastOn: string, reason: 'by_policyholder' | 'before_start') =>
    endorse(city.deps, underwriter, {
      policyId: left,
      ask: { kind: 'cancel', lastOn: lastOn as Day, reason },
      note: '',
      dry: false,
    });
  expect(await end('2026-12-20', 'by_policyholder')).toMatchObject({ ok: true });
  const stands = async (today: string) => {
    const { items, sums } = await list({ today: today as Day });
    return { item: items.find(({ id }) => id === left), sums };
  };
  const during = await stands('2026-12-20');
  expect(during.item).toMatchObject({ state: 'cancelled', endedOn: '2026-12-20', leavesOn: '2026-12-20' });
  expect(during.sums).toMatchObject({ policies: before.sums.policies, inForce: before.sums.inForce, elevators: 4 });
  const shares = async (on: string) => (await marketShares(city.db, on))[0]?.elevators;
  expect([await shares('2026-12-20'), await shares('2026-12-21')]).toEqual([4, 3]);
  expect(await insurersOf(city.db, { elevatorId: elevator, on: '2026-12-20' })).toEqual([city.insurer]);
  expect(await insurersOf(city.db, { elevatorId: elevator, on: '2026-12-21' })).toEqual([]);
  const after = await stands('2026-12-21');
  expect(after.item).toBeUndefined();
  expect(after.sums).toMatchObject({ inForce: before.sums.inForce - 1, elevators: 3 });
  const past = (await list({ show: 'ended', today: '2026-12-21' as Day })).items.find(({ id }) => id === left);
  expect(past).toMatchObject({ endedOn: '2026-12-20', leavesOn: null });
  // The next to end stands on top, whatever its term was.
  expect((await list({ today: '2026-12-20' as Day })).items[0]?.id).toBe(left);
});

test('cancelled before its first day a policy never covered, however far that day lies ahead', async () => {
  const never = await issuedPolicy(city, [await anElevator(city)], FIRST);
  await endorse(city.deps, viewerOf(city.insurer, 'underwriter'), {
    policyId: never,
    ask: { kind: 'cancel', lastOn: '2026-11-30' as Day, reason: 'before_start' },
    note: '',
    dry: false,
  });
  expect((await list({ today: '2026-11-01' as Day })).items.map(({ id }) => id)).not.toContain(never);
  const [item] = (await list({ show: 'ended', state: 'cancelled', today: '2026-11-01' as Day })).items;
  expect(item).toMatchObject({ id: never, leavesOn: null });
});
