import { beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { elevatorFacets } from '../../../contract/registry.ts';
import type { Overview } from '../../../contract/registry-search.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { type House, openTestHouse } from './house.fixtures.ts';
import { foldTally } from './overview.views.ts';
import { building, code, file, party, putFiles, technical } from './registry.fixtures.ts';

let house: House;
let use: OrgId;
const none = { all: false, areas: [], orgs: [] };

beforeAll(async () => {
  house = await openTestHouse();
  use = await house.org('示例物业一号公司', 'property_company');
  const estates = Array.from({ length: 4 }, (_, i) => building({ estate: `示例小区${i}` }));
  const files = Array.from({ length: 24 }, (_, i) =>
    file({
      building: estates[i % 4] ?? building(),
      technical: technical({ inUseOn: i % 3 === 0 ? '2005-06-01' : '2020-06-01' }),
      identifiers: i % 5 === 0 ? [] : [code('rescue_code', `32${String(i).padStart(4, '0')}`)],
      parties: i % 2 === 0 ? [party('use_unit', use)] : [],
    }),
  );
  await putFiles(house.db, files);
  house.viewer('district', { role: 'district_regulator', scope: { ...none, areas: ['320211'] } });
  house.viewer('elsewhere', { role: 'district_regulator', scope: { ...none, areas: ['320205'], orgs: [use] } });
  house.viewer('unit', { role: 'safety_director', orgId: use, scope: { ...none, orgs: [use] } });
});

const overview = async (as: string) => (await house.ask({ url: '/api/v1/overview', as })).json<Overview>().here;
const facets = async (as: string, query = '') =>
  (await house.ask({ url: `/api/v1/elevators/facets${query}`, as })).json<z.infer<typeof elevatorFacets>>();

/** The same figures, counted row by row. */
async function counted(where: string): Promise<object> {
  const { rows } = await house.kernel.pool.query<Record<string, number>>(
    `select count(*)::int as elevators, count(*) filter (where state = 'in_use')::int as "inUse",
      count(*) filter (where use_org_id is null)::int as "unknownUseUnit", count(rescue_code)::int as "rescueCoded",
      count(*) filter (where in_use_on <= current_date - interval '15 years')::int as "olderThan15"
     from registry.elevator where merged_into is null and ${where}`,
  );
  return rows[0] ?? {};
}

async function expectEqual(): Promise<void> {
  const own = `org_ids && array['${use}'::uuid]`;
  expect(await overview('city')).toMatchObject(await counted('true'));
  expect(await overview('district')).toMatchObject(await counted(`area_codes && array['320211']`));
  expect(await overview('elsewhere')).toMatchObject(await counted(`(area_codes && array['320205'] or ${own})`));
  expect(await overview('unit')).toMatchObject(await counted(own));
  const { elevators } = (await counted(`state = 'in_use'`)) as { elevators: number };
  expect((await facets('city', '?state=in_use')).total).toBe(elevators);
  expect((await facets('city', '?state=in_use&minAgeYears=0')).total).toBe(elevators); // counted, not tallied
}

test('the tally is what counting says, for everybody, however elevators change', async () => {
  expect((await overview('city')).elevators).toBe(24);
  await expectEqual();
  const changes = [
    `update registry.elevator set state = 'stopped' where no % 3 = 0`,
    `update registry.elevator set use_org_id = null, org_ids = '{}' where no % 4 = 0`,
    `update registry.elevator set changed_at = now()`,
    `update registry.elevator set rescue_code = null where no % 5 = 1`,
    `update registry.elevator set merged_into = (select id from registry.elevator order by no limit 1) where no % 7 = 0`,
    `update registry.elevator set community_code = null, area_codes = area_codes[1:2] where no % 6 = 0`,
  ];
  for (const change of changes) {
    await house.kernel.pool.query(change);
    await expectEqual();
  }
});

test('folding the tally changes no figure', async () => {
  const lines = async () => (await house.kernel.pool.query('select from registry.tally')).rowCount ?? 0;
  const [before, many] = [await overview('city'), await lines()];
  await foldTally(house.db);
  expect(await lines()).toBeLessThan(many);
  expect(await overview('city')).toEqual(before);
});
