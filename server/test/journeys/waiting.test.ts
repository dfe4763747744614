import { beforeAll, expect, test } from 'vitest';
import type { WaitingList } from '../../../contract/kernel.ts';
import { sees } from '../../kernel/scope.ts';
import { openWholeHouse, type WholeHouse } from '../scope/house.ts';

let house: WholeHouse;
beforeAll(async () => {
  house = await openWholeHouse();
  await house.kernel.pool.query(
    `insert into registry.responsibility_case (id, elevator_id, opened_at, due_on, area_codes, org_ids)
     select gen_random_uuid(), id, now(), '2026-12-01', area_codes, org_ids from registry.elevator limit 40`,
  );
});

type Open = { area_codes: string[]; org_ids: string[] };

test('everybody is told of the cases that wait in his scope, and of no other', async () => {
  const { rows } = await house.kernel.pool.query<Open>(
    'select area_codes, org_ids from registry.responsibility_case where outcome is null',
  );
  expect(rows.length).toBeGreaterThan(0);
  const told: Record<string, number> = {};
  for (const { name, viewer, headers } of house.askers) {
    if (!viewer || viewer.role === 'machine') continue;
    const answer = await house.site.inject({ url: '/api/v1/waiting', headers });
    const { items } = answer.json<WaitingList>();
    const mine = rows.filter((row) => sees(viewer.scope, { areaCodes: row.area_codes, orgIds: row.org_ids })).length;
    const official = ['city_regulator', 'district_regulator', 'street_office', 'department'].includes(viewer.role);
    const count = items.find(({ code }) => code === 'registry.waiting.cases')?.count ?? 0;
    expect({ name, count }).toEqual({ name, count: official ? mine : 0 });
    told[viewer.role] = count;
  }
  expect(told['city_regulator']).toBe(rows.length);
});
