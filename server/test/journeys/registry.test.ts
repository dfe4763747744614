import { beforeAll, expect, test } from 'vitest';
import type { ElevatorFileView, ElevatorLine } from '../../../contract/registry.ts';
import type { Overview, SearchHit } from '../../../contract/registry-search.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { note } from '../../kernel/trace.ts';
import { type House, openTestHouse } from '../../modules/registry/house.fixtures.ts';
import { building, code, file, party, putFiles, technical } from '../../modules/registry/registry.fixtures.ts';

let house: House;
let [use, maintenance, former]: OrgId[] = [];
const lift = file({
  identifiers: [
    code('registration_code', '31103202112017060001'),
    code('use_registration', '梯11苏B00001(17)'),
    code('maker_number', 'SL2017-000001', '91320211MA00000001'),
    code('rescue_code', '320001'),
    { ...code('rescue_code', '320009'), validTo: '2020-01-01' },
  ],
  classes: [{ field: 'place_class', value: 'residence', source: 'test', asOfOn: '2017-06-01' }],
});
const escalator = file({
  technical: technical({ kind: 'escalator', variety: 'escalator', unit: '2号扶梯', loadKg: null }),
  building: building({
    estate: '示例星河商城',
    name: '',
    road: '示例东路9号',
    districtCode: '320205',
    streetCode: '320205001',
  }),
  identifiers: [code('registration_code', '33103202052019010002'), code('rescue_code', '320002')],
});

beforeAll(async () => {
  house = await openTestHouse();
  use = await house.org('示例物业一号公司', 'property_company');
  maintenance = await house.org('示例电梯维保一号公司', 'maintenance_unit');
  former = await house.org('示例电梯维保二号公司', 'maintenance_unit');
  await putFiles(house.db, [
    {
      ...lift,
      parties: [
        party('use_unit', use),
        party('maintenance', maintenance),
        { ...party('maintenance', former), fromOn: '2017-06-01', toOn: '2019-12-31' },
      ],
    },
    escalator,
  ]);
  const none = { all: false, areas: [], orgs: [] };
  house.viewer('district', { role: 'district_regulator', scope: { ...none, areas: ['320205'] } });
  house.viewer('maintenance', { role: 'maintenance_manager', scope: { ...none, orgs: [maintenance] } });
  house.viewer('former', { role: 'maintenance_manager', scope: { ...none, orgs: [former] } });
  house.viewer('machine', { role: 'machine', grants: ['elevators:read'] });
  house.viewer('stranger', { role: 'machine', grants: [] });
});

const get = async <T>(url: string, as = 'city'): Promise<T> =>
  (await house.ask({ url: `/api/v1${url}`, as })).json<T>();
const statusOf = async (url: string, as?: string) =>
  (await house.ask({ url: `/api/v1${url}`, ...(as !== undefined && { as }) })).statusCode;

test('every code an elevator ever had leads to its one file', async () => {
  const asked = [
    'type=registration_code&value=31103202112017060001',
    'type=use_registration&value=梯11苏b00001（17）',
    'type=maker_number&value=SL2017-000001&issuer=91320211MA00000001',
    'type=rescue_code&value=320001',
    'type=rescue_code&value=320009',
    `type=id&value=${lift.id}`,
  ];
  for (const query of asked)
    expect(await get(`/elevators/by-code?${encodeURI(query)}`), query).toEqual({ id: lift.id });
  expect(await statusOf('/elevators/by-code?type=rescue_code&value=999999', 'city')).toBe(404);
});

test('a file shows codes, parties, classes and what is missing, heaviest first', async () => {
  const shown = await get<ElevatorFileView>(`/elevators/${lift.id}`);
  expect(shown).toMatchObject({
    rescueCode: '320001',
    useUnit: { id: use, name: '示例物业一号公司' },
    maintenance: { name: '示例电梯维保一号公司' },
    placeClass: 'residence',
    areaNames: { '320211': '滨湖区' },
  });
  expect(shown.parties.map((p) => [p.role, p.toOn])).toContainEqual(['maintenance', '2019-12-31']);
  expect(shown.gaps.map((g) => g.code)).toEqual(['registry.gap_maker']);
  expect((await get<ElevatorFileView>(`/elevators/${escalator.id}`)).gaps[0]).toEqual({
    code: 'registry.gap_use_unit',
    points: 14,
    by: 'street',
  });
});

test('lists narrow, sort and turn pages by key; empty values come last', async () => {
  const list = (query: string, as?: string) =>
    get<{ items: ElevatorLine[]; next: string | null }>(`/elevators?${query}`, as);
  expect((await list('kind=escalator')).items.map((l) => l.id)).toEqual([escalator.id]);
  expect((await list('area=320211')).items.map((l) => l.id)).toEqual([lift.id]);
  expect((await list('class=place_class:residence')).items).toHaveLength(1);
  expect((await list('unknownUseUnit=true')).items.map((l) => l.id)).toEqual([escalator.id]);
  expect((await list(`q=${encodeURIComponent('翠湖华园')}`)).items.map((l) => l.id)).toEqual([lift.id]);
  const first = await list('sort=registration_code&limit=1');
  expect(first.items.map((l) => l.id)).toEqual([lift.id]);
  const second = await list(`sort=registration_code&limit=1&after=${first.next}`);
  expect(second.items.map((l) => l.id)).toEqual([escalator.id]);
  expect(second.next).toBeNull();
  expect(await statusOf('/elevators?limit=0', 'city')).toBe(400);
  expect((await list('after=nonsense')).items).toHaveLength(2);
});

test('facets count what the list shows', async () => {
  const { total, facets } = await get<{ total: number; facets: Record<string, unknown> }>('/elevators/facets');
  expect(total).toBe(2);
  expect(facets['district']).toEqual(
    expect.arrayContaining([
      { value: '320205', count: 1 },
      { value: '320211', count: 1 },
    ]),
  );
});

test('a district sees its own, a maintenance unit its own, a stranger nothing, nobody without signing in', async () => {
  const ids = async (as: string) => (await get<{ items: ElevatorLine[] }>('/elevators', as)).items.map((l) => l.id);
  expect(await ids('district')).toEqual([escalator.id]);
  expect(await ids('maintenance')).toEqual([lift.id]);
  expect(await ids('former')).toEqual([]);
  expect(await ids('machine')).toHaveLength(2);
  expect(await statusOf('/elevators', 'stranger')).toBe(403);
  expect(await statusOf('/elevators')).toBe(401);
  expect(await statusOf(`/elevators/${lift.id}`, 'district')).toBe(404);
  expect(await statusOf('/elevators/by-code?type=rescue_code&value=320001', 'district')).toBe(404);
  const found = async (as: string) =>
    (await get<{ items: SearchHit[] }>(`/search?q=${encodeURIComponent('翠湖花园')}`, as)).items;
  expect(await found('maintenance')).toHaveLength(2);
  expect(await found('district')).toEqual([]);
  expect(await found('former')).toEqual([]);
});

test('a unit that no longer maintains an elevator still sees what was written in its days, and nothing newer', async () => {
  const written = (orgIds: OrgId[], at: string) => ({
    subject: lift.id,
    at: new Date(at),
    code: 'registry.trace.state',
    params: { state: 'in_use' },
    ref: null,
    audience: { areaCodes: ['320211'], orgIds },
  });
  await house.db
    .transaction()
    .execute((tx) =>
      note(tx, [
        written([use as OrgId, former as OrgId], '2018-01-01'),
        written([use as OrgId, maintenance as OrgId], '2024-01-01'),
      ]),
    );
  const days = async (as: string) =>
    (await get<{ items: { at: string }[] }>(`/elevators/${lift.id}/trace`, as)).items.map((l) => l.at.slice(0, 4));
  expect(await days('former')).toEqual(['2018']);
  expect(await days('maintenance')).toEqual(['2024']);
  expect(await days('city')).toEqual(['2024', '2018']);
  expect(await days('district')).toEqual([]);
});

test('the overview rolls up from city to building in the viewer’s scope', async () => {
  const city = await get<Overview>('/overview');
  expect(city.here).toMatchObject({ level: 'city', elevators: 2, inUse: 2, unknownUseUnit: 1 });
  expect(city.below.find((row) => row.code === '320211')).toMatchObject({ name: '滨湖区', elevators: 1 });
  expect(city.below.find((row) => row.code === '320213')).toMatchObject({ elevators: 0 });
  expect((await get<Overview>('/overview?area=320211')).below[0]).toMatchObject({ level: 'street', code: '320211001' });
  expect((await get<Overview>('/overview', 'maintenance')).here.elevators).toBe(1);
  expect(await statusOf('/overview?area=110101', 'city')).toBe(404);
});

test('tiles and districts are drawn in the viewer’s scope', async () => {
  const stop = await house.module.start?.();
  const tileOf = async (as: string) => (await house.ask({ url: '/api/v1/map/tiles/0/0/0.mvt', as })).rawPayload;
  expect((await tileOf('city')).includes('count')).toBe(true); // both in one cluster
  expect((await tileOf('district')).includes(escalator.id)).toBe(true);
  expect((await tileOf('maintenance')).includes(escalator.id)).toBe(false);
  expect((await tileOf('maintenance')).includes(lift.id)).toBe(true);
  expect((await tileOf('former')).length).toBeLessThan(40);
  expect(await statusOf('/map/tiles/0/0/0.mvt')).toBe(401);
  const tile = await house.ask({ url: '/api/v1/map/tiles/0/0/0.mvt', as: 'city' });
  const again = {
    url: '/api/v1/map/tiles/0/0/0.mvt',
    as: 'city',
    headers: { 'if-none-match': String(tile.headers.etag) },
  };
  expect((await house.ask(again)).statusCode).toBe(304);
  const districts = await get<{ features: { properties: { code: string; elevators: number } }[] }>(
    '/map/districts',
    'district',
  );
  expect(districts.features.find((f) => f.properties.code === '320205')?.properties.elevators).toBe(1);
  expect(districts.features.find((f) => f.properties.code === '320211')?.properties.elevators).toBe(0);
  await stop?.();
});
