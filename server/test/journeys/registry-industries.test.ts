import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { industryWork } from '../../../contract/registry-industries.ts';
import { newId, type OrgId } from '../../kernel/ids.ts';
import { type House, openTestHouse } from '../../modules/registry/house.fixtures.ts';
import { building, code, file, party, putFiles, technical } from '../../modules/registry/registry.fixtures.ts';

type Work = z.infer<typeof industryWork>;

let house: House;
let [education, unit]: OrgId[] = [];
const fact = (field: 'place_class' | 'place_fine', value: string) => ({
  field,
  value,
  source: 'test',
  asOfOn: '2026-01-01',
});
const school = file({
  building: building(),
  classes: [fact('place_class', 'school')],
  identifiers: [code('rescue_code', '320001')],
  technical: technical({ nextInspectionOn: '2026-01-31' }),
});
const kindergarten = file({
  building: building(),
  classes: [fact('place_class', 'school'), fact('place_fine', 'kindergarten')],
});
const crossing = file({
  building: building(),
  classes: [fact('place_class', 'transport'), fact('place_fine', 'pedestrian_crossing')],
});
const scrapped = file({ building: building(), classes: [fact('place_class', 'school')], state: 'scrapped' });
const factory = file({ building: building(), classes: [fact('place_class', 'other'), fact('place_fine', 'factory')] });

beforeAll(async () => {
  house = await openTestHouse();
  education = await house.org('示例市教育局', 'department');
  unit = await house.org('示例物业一号公司', 'property_company');
  const insurer = await house.org('示例保险', 'insurer');
  await putFiles(house.db, [
    { ...school, parties: [party('use_unit', unit)] },
    kindergarten,
    crossing,
    scrapped,
    factory,
  ]);
  await insure(school.id, insurer, { from: '2026-01-01', to: '2026-12-31' });
  await insure(kindergarten.id, insurer, { from: '2025-01-01', to: '2025-12-31' }); // over
  await insure(crossing.id, insurer, { from: '2026-12-01', to: '2027-11-30' }); // not begun
  house.viewer('education', { role: 'department', orgId: education });
  house.viewer('unit', { role: 'use_unit_head', orgId: unit, scope: { all: false, areas: [], orgs: [unit] } });
});

async function insure(elevatorId: string, insurer: OrgId, { from, to }: { from: string; to: string }): Promise<void> {
  const [policy, line] = [newId(), newId()];
  await sql`insert into insurance.policy (id, number, lead_org_id, holder_org_id, insured_org_id, kind, from_on, to_on, state,
      elsewhere, premium, area_codes, org_ids)
    values (${policy}, ${policy}, ${insurer}, ${unit}, ${unit}, 'liability', ${from}, ${to}, 'issued', true, 0, '{}', '{}')`.execute(
    house.db,
  );
  await sql`insert into insurance.policy_line (id, policy_id, elevator_id, from_on, to_on, premium, annual, parts, area_codes, org_ids)
    values (${line}, ${policy}, ${elevatorId}, ${from}, ${to}, 0, 0, '[]', '{}', '{}')`.execute(house.db);
}

const workAs = async (as: string): Promise<Work> =>
  (await house.ask({ url: '/api/v1/registry/industries', as })).json();
const lineAs = async (as: string, industry: string) =>
  (await workAs(as)).items.find((line) => line.industry === industry);
const name = (orgIds: readonly string[], as = 'city', industry = 'education') =>
  house.ask({ method: 'PUT', url: `/api/v1/registry/industries/${industry}/offices`, payload: { orgIds }, as });

test('each industry counts the elevators of its places and what is still to be done about them', async () => {
  expect(await lineAs('city', 'education')).toMatchObject({
    elevators: 2,
    unknownUseUnit: 1,
    uninsured: 1,
    overdue: 1,
    offices: [],
    mine: false,
  });
  expect(await lineAs('city', 'city_management')).toMatchObject({ elevators: 1, uninsured: 1 });
  expect(await lineAs('city', 'transport')).toMatchObject({ elevators: 0 });
  expect((await workAs('city')).nobodys).toBe(1);
});

test('every figure opens exactly the elevators that it counts', async () => {
  const line = await lineAs('city', 'education');
  const listed = async (query: string) =>
    (await house.ask({ url: `/api/v1/elevators?industry=education${query}`, as: 'city' }))
      .json<{
        items: { id: string }[];
      }>()
      .items.map(({ id }) => id);
  expect((await listed('')).toSorted()).toEqual([school.id, kindergarten.id].toSorted());
  expect(await listed('&unknownUseUnit=true')).toEqual([kindergarten.id]);
  expect(await listed('&uninsured=true')).toEqual([kindergarten.id]);
  expect(await listed('&inspectionBefore=2026-11-21')).toEqual([school.id]);
  expect((await listed('&withGaps=true')).length).toBe(line?.withGaps);
  expect((await listed('&openCase=true')).length).toBe(line?.openCases);
  // Who does not see every policy cannot say who has none: he is not told wrongly.
  const own = await house.ask({ url: '/api/v1/elevators?uninsured=true', as: 'unit' });
  expect(own.json().items).toEqual([]);
  const facets = await house.ask({ url: '/api/v1/elevators/facets?industry=city_management', as: 'city' });
  expect(facets.json().total).toBe(1);
});

test('the city names the department; from then on it finds its industry on top', async () => {
  expect((await workAs('education')).items[0]?.mine).toBe(false);
  expect((await name([String(education)])).statusCode).toBe(204);
  expect((await name([String(education)])).statusCode).toBe(204); // said twice, named once
  const [first] = (await workAs('education')).items;
  expect(first).toMatchObject({ industry: 'education', mine: true, offices: [{ name: '示例市教育局' }] });
  expect((await name([])).statusCode).toBe(204);
  expect((await workAs('education')).items.some(({ mine }) => mine)).toBe(false);
});

test('who is no department, is not known, or may not name is refused, and nothing changes', async () => {
  await name([String(education)]);
  const refused = await name([String(unit)]);
  expect([refused.statusCode, refused.json().code]).toEqual([422, 'registry.not_department']);
  expect(refused.json().title).toContain('示例物业一号公司');
  expect((await name(['00000000-0000-7000-8000-0000000000ff'])).statusCode).toBe(404);
  expect((await name([], 'city', 'alchemy')).statusCode).toBe(404);
  expect((await name([], 'education')).statusCode).toBe(403);
  expect((await house.ask({ url: '/api/v1/registry/industries', as: 'unit' })).statusCode).toBe(403);
  expect((await lineAs('city', 'education'))?.offices).toHaveLength(1);
});
