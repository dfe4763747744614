import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import type { Day } from '../../../kernel/time.ts';
import { type InsuranceHouse, openInsuranceHouse } from '../insurance.fixtures.ts';
import { coverageCube, coverageElevators, noteFollowUp } from './coverage.views.ts';

let house: InsuranceHouse;
let housing: string[];
let school: string;
const first = '2026-12-01' as Day;

beforeAll(async () => {
  house = await openInsuranceHouse();
  const [a, b, c] = [await house.elevator(), await house.elevator(), await house.elevator({ district: '320206' })];
  school = await house.elevator({ placeClass: 'school' });
  housing = [a, b, c];
  await house.issued({ elevators: [a, c] });
  await house.issued({ elevators: [a], lead: house.other }); // the same elevator again, by another insurer
});

const byText = (a: string | undefined, b: string | undefined) => String(a).localeCompare(String(b));
const cube = (on: Day, by: Parameters<typeof coverageCube>[2] = 'district', areas = ['320205', '320206']) =>
  house.deps.scoped(house.official(areas), (tx) => coverageCube(tx, { on }, by));

test('an elevator counts once however many insurers cover it, from its first day to 24:00 of its last', async () => {
  expect((await cube(first)).total).toMatchObject({ should: 4, insured: 2 });
  expect((await cube('2026-11-30' as Day)).total.insured).toBe(0);
  expect((await cube('2027-11-30' as Day)).total.insured).toBe(2);
  expect((await cube('2027-12-01' as Day)).total.insured).toBe(0);
});

test('every side of the cube counts the same elevators', async () => {
  expect((await cube(first)).rows.map((r) => [r.key, r.should, r.insured])).toEqual([
    ['320205', 3, 1],
    ['320206', 1, 1],
  ]);
  expect((await cube(first, 'place')).rows.map((r) => [r.key, r.should, r.insured])).toEqual([
    ['residence', 3, 2],
    ['school', 1, 0],
  ]);
  expect((await cube(first, 'kind')).rows).toMatchObject([{ key: 'liability', insured: 2 }]);
  const insurers = (await cube(first, 'insurer')).rows;
  expect(insurers.map((r) => [r.key, r.name, r.insured])).toEqual([
    [house.insurer, '示例财险甲', 2],
    [house.other, '示例财险乙', 1],
  ]);
  expect((await cube(first, 'payer')).rows.map((r) => `${r.key} ${r.insured}`).toSorted(byText)).toEqual([
    'inspection 2',
    'maintenance 2',
    'owner 2',
  ]);
});

test('a policy from elsewhere counts, and is told apart until its insurer confirms it', async () => {
  const [policy, line] = [newId(), newId()];
  await sql`insert into insurance.policy (id, number, lead_org_id, holder_org_id, insured_org_id, kind, from_on, to_on, state,
      elsewhere, premium, area_codes, org_ids)
    values (${policy}, 'E-1', ${house.other}, ${house.useUnit}, ${house.useUnit}, 'liability', '2026-12-01', '2027-11-30', 'issued',
      true, 0, '{320205}', '{}')`.execute(house.db);
  await sql`insert into insurance.policy_line (id, policy_id, elevator_id, from_on, to_on, premium, annual, parts, area_codes, org_ids)
    values (${line}, ${policy}, ${school}, '2026-12-01', '2027-11-30', 0, 0, '[]', '{320205}', '{}')`.execute(house.db);
  expect((await cube(first)).total).toMatchObject({ insured: 3, elsewhere: 1, unconfirmed: 1 });
  await sql`update insurance.policy set confirmed_at = now() where id = ${policy}`.execute(house.db);
  expect((await cube(first)).total).toMatchObject({ insured: 3, elsewhere: 1, unconfirmed: 0 });
  await sql`update insurance.policy set state = 'void' where id = ${policy}`.execute(house.db);
  expect((await cube(first)).total).toMatchObject({ insured: 2, elsewhere: 0 });
});

test('a figure opens into exactly its elevators', async () => {
  const list = (insured: boolean | undefined, over = {}) =>
    house.deps.scoped(house.official(['320205', '320206']), (tx) =>
      coverageElevators(tx, { on: first, insured, after: undefined, limit: 2, ...over }),
    );
  const some = await list(undefined);
  const rest = await list(undefined, { after: some.next });
  expect([...some.items, ...rest.items].map((i) => i.id).toSorted(byText)).toEqual(
    [...housing, school].toSorted(byText),
  );
  expect(rest.next).toBeNull();
  expect((await list(true)).items.map((i) => i.id).toSorted(byText)).toEqual([housing[0], housing[2]].toSorted(byText));
  expect((await list(false, { places: ['school'] })).items).toMatchObject([
    { id: school, policy: null, useUnit: '示例物业' },
  ]);
});

test('what was done about an uninsured elevator is kept, within the official’s own district only', async () => {
  const note = (areas: string[], elevatorIds: string[]) =>
    house.deps.scoped(house.official(areas), (tx) =>
      noteFollowUp(tx, { elevatorIds, step: 'told_unit', note: '已电话告知' }, { actor: 'test', at: house.now }),
    );
  expect(await note(['320206'], [school])).toBe(false);
  expect(await note(['320205'], [school, newId()])).toBe(false);
  expect(await note(['320205'], [school])).toBe(true);
  const seen = await house.deps.scoped(house.official(['320205']), (tx) =>
    coverageElevators(tx, { on: first, places: ['school'], insured: false, after: undefined, limit: 5 }),
  );
  expect(seen.items).toMatchObject([{ id: school, followUp: { step: 'told_unit', note: '已电话告知' } }]);
});

test('a district sees its own figures only', async () => {
  expect((await cube(first, 'district', ['320206'])).total).toMatchObject({ should: 1, insured: 1 });
});
