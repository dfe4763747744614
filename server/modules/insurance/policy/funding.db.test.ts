import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { type ElevatorId, newId } from '../../../kernel/ids.ts';
import type { Day } from '../../../kernel/time.ts';
import type { PartFunding } from '../product/funding.rules.ts';
import { bind } from './bind.service.ts';
import { nameFunding } from './funding.service.ts';
import { viewPolicyFunding } from './funding.views.ts';
import { anElevator, type InsuredCity, insuredCity, viewerOf } from './policy.fixtures.ts';
import { quote } from './quote.service.ts';

const COVERAGES = ['third_party', 'no_fault_aid', 'entrapment'];
let city: InsuredCity;
let elevators: ElevatorId[];
let quoteId: string;
const holder = () => viewerOf(city.useUnit, 'use_unit_head');
const from = (source: string): readonly PartFunding[] =>
  COVERAGES.map((coverage) => ({ coverage, shares: [{ source, bp: 10_000 }] }));

beforeEach(async () => {
  city = await insuredCity();
  city.clock.at = new Date('2026-06-20T02:00:00Z');
  elevators = [await anElevator(city), await anElevator(city)];
  const asked = { productId: city.productId, holderOrgId: city.useUnit, leadOrgId: city.insurer };
  const done = await quote(city.deps, holder(), { ...asked, elevatorIds: elevators, from: '2026-07-01' as Day });
  if (!done.ok) throw new Error(done.refusal.code);
  quoteId = done.value.quoteId;
});

const name = (funding: readonly PartFunding[], elevatorIds: readonly ElevatorId[] | null = null) =>
  nameFunding(city.deps, holder(), { quoteId, elevatorIds, funding });
const take = () =>
  bind(city.deps, holder(), { quoteId, number: newId(), leadOrgId: city.insurer, doubleCoverDisclosed: false });
const mark = (id: ElevatorId, field: string, value = 'true') =>
  sql`insert into registry.classification (elevator_id, field, value, source, as_of_on)
    values (${id}, ${field}, ${value}, 'test', '2026-01-01')`.execute(city.db);
const kept = async () =>
  (
    await city.db
      .selectFrom('insurance.policy_line')
      .select(['elevator_id', 'funding'])
      .orderBy('elevator_id')
      .execute()
  ).map((r) => [r.elevator_id, r.funding]);

test('where nothing is said it is own money, and is kept as such on every line of the policy', async () => {
  const done = await take();
  if (!done.ok) throw new Error(done.refusal.code);
  expect((await kept()).map(([, funding]) => funding)).toEqual([from('self'), from('self')]);
  const purse = ['inspection'];
  expect(await viewPolicyFunding(city.db, { id: done.value.policyId, productId: city.productId, purse })).toEqual([
    { coverage: null, source: 'self', amount: 11_160 },
    { coverage: null, source: 'subsidy', amount: 9_300 },
  ]);
});

test('repair funds for liability, a developer for ordinary housing and public money twice are refused by name', async () => {
  expect(await name(from('repair_fund'))).toMatchObject({
    refusal: { code: 'insurance.funding_repair_only', coverage: '第三者责任', source: 'repair_fund' },
  });
  expect(await name(from('developer'))).toMatchObject({ refusal: { code: 'insurance.funding_developer' } });
  expect(await name(from('government'))).toMatchObject({ refusal: { code: 'insurance.funding_public_twice' } });
  expect(await name(from('self').slice(1))).toMatchObject({ refusal: { code: 'insurance.funding_missing' } });
});

test('a developer pays for the resettlement house and the unit for the other; each line keeps its own money', async () => {
  const [house, other] = elevators;
  if (!house || !other) throw new Error('two elevators were made');
  await mark(house, 'resettlement');
  expect(await name(from('developer'), [house])).toEqual({ ok: true, value: { elevators: 1 } });
  expect(await take()).toMatchObject({ ok: true });
  expect(new Map((await kept()) as [string, unknown][])).toEqual(
    new Map([
      [house, from('developer')],
      [other, from('self')],
    ]),
  );
});

test('the file is looked at again when the quote is taken: a mark that was withdrawn meanwhile stops it', async () => {
  for (const id of elevators) await mark(id, 'affordable_housing');
  expect(await name(from('developer'))).toMatchObject({ ok: true });
  await sql`update registry.classification set value = 'false'`.execute(city.db);
  expect(await take()).toMatchObject({ refusal: { code: 'insurance.funding_developer', source: 'developer' } });
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from insurance.policy`.execute(city.db);
  expect(rows[0]?.n).toBe(0);
});

test('money is named while nobody has taken the quote', async () => {
  await take();
  expect(await name(from('self'))).toMatchObject({ refusal: { code: 'insurance.quote_not_offered', state: 'bound' } });
});
