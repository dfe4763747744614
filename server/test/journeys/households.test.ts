import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Household } from '../../../contract/registry-households.ts';
import { type AccountId, newId } from '../../kernel/ids.ts';
import { scopedOn } from '../../kernel/scope.ts';
import { identityWaiting } from '../../modules/identity/waiting.views.ts';
import { type House, openTestHouse } from '../../modules/registry/house.fixtures.ts';
import { building, code, file, putFiles } from '../../modules/registry/registry.fixtures.ts';

let house: House;
const place = building();
const none = { all: false, areas: [], orgs: [] };

beforeAll(async () => {
  house = await openTestHouse();
  await putFiles(house.db, [
    file({
      building: place,
      identifiers: [code('rescue_code', '320001'), code('registration_code', '31103202112017060001')],
    }),
    ...Array.from({ length: 6 }, (_, i) =>
      file({
        building: building({ name: `${i + 20}幢` }),
        identifiers: [code('rescue_code', `32010${i}`)],
      }),
    ),
  ]);
  for (const name of ['owner', 'neighbour', 'busy']) {
    const accountId = newId() as AccountId;
    await sql`insert into identity.account (id, username, username_key, label, role, state)
      values (${accountId}, ${name}, ${name}, '', 'owner', 'active')`.execute(house.db);
    house.viewer(name, { role: 'owner', accountId, scope: none });
  }
  house.viewer('street', { role: 'street_office', scope: { ...none, areas: ['320211001'] } });
  house.viewer('elsewhere', { role: 'street_office', scope: { ...none, areas: ['320205001'] } });
});

const post = (url: string, payload: object, as: string) =>
  house.ask({ method: 'POST', url: `/api/v1${url}`, payload, as });
const list = async (as: string, open = false): Promise<Household[]> =>
  (await house.ask({ url: `/api/v1/households?open=${open}`, as })).json<{ items: Household[] }>().items;
const waits = async (as: 'street' | 'elsewhere') => {
  const viewer = house.viewer(as, {
    role: 'street_office',
    scope: { ...none, areas: [as === 'street' ? '320211001' : '320205001'] },
  });
  const rows = await scopedOn(house.db)(viewer, (tx) => identityWaiting[0]?.ask(viewer).execute(tx) ?? never());
  return rows.rows[0]?.count;
};
const never = (): never => {
  throw new Error('there is a kind of work that waits');
};

test('an owner asks by the plate of an elevator; the street of the building, and no other, confirms', async () => {
  const asked = await post('/households', { code: ' 320001 ', unit: '2单元1203室' }, 'owner');
  expect(asked.statusCode).toBe(201);
  const { id } = asked.json<{ id: string }>();
  expect(await list('owner')).toMatchObject([{ id, unit: '2单元1203室', state: 'asked', reason: null }]);
  expect((await list('owner'))[0]?.address).toContain(place.name);
  expect(await list('neighbour')).toEqual([]);
  expect(await list('elsewhere')).toEqual([]);
  expect([await waits('street'), await waits('elsewhere')]).toEqual([1, 0]);

  expect((await post('/households', { code: '31103202112017060001', unit: '1203' }, 'owner')).json()).toMatchObject({
    code: 'identity.household_exists',
  });
  expect((await post(`/households/${id}/verification`, {}, 'elsewhere')).statusCode).toBe(404);
  expect((await post(`/households/${id}/verification`, {}, 'owner')).statusCode).toBe(403);
  expect((await list('owner'))[0]?.state).toBe('asked');

  expect((await post(`/households/${id}/verification`, {}, 'street')).statusCode).toBe(204);
  expect((await post(`/households/${id}/verification`, {}, 'street')).statusCode).toBe(404); // once
  expect(await list('owner')).toMatchObject([{ state: 'verified' }]);
  expect(await list('street', true)).toEqual([]);
  expect(await waits('street')).toBe(0);

  expect((await post(`/households/${id}/ending`, { reason: ' ' }, 'street')).statusCode).toBe(400);
  expect((await post(`/households/${id}/ending`, { reason: '房屋已出售' }, 'street')).statusCode).toBe(204);
  expect(await list('owner')).toMatchObject([{ state: 'ended', reason: '房屋已出售' }]);
});

test('who is refused hears why and may ask again', async () => {
  const { id } = (await post('/households', { code: '320001', unit: '801' }, 'neighbour')).json<{ id: string }>();
  await post(`/households/${id}/ending`, { reason: '产权证与门牌不符' }, 'street');
  expect(await list('neighbour')).toMatchObject([{ id, state: 'refused', reason: '产权证与门牌不符' }]);
  expect((await post('/households', { code: '320001', unit: '802' }, 'neighbour')).statusCode).toBe(201);
});

test('a code that no plate has is named, and nobody asks for many buildings at a time', async () => {
  const wrong = await post('/households', { code: '999999', unit: '1' }, 'busy');
  expect([wrong.statusCode, wrong.json()]).toMatchObject([422, { code: 'registry.plate_unknown', value: '999999' }]);
  const answers = [];
  for (let i = 0; i < 6; i += 1)
    answers.push((await post('/households', { code: `32010${i}`, unit: '1' }, 'busy')).statusCode);
  expect(answers).toEqual([201, 201, 201, 201, 201, 409]);
  const twice = await Promise.all(
    [1, 2].map(() => post('/households', { code: '320001', unit: '901' }, 'owner').then((a) => a.statusCode)),
  );
  expect(twice.sort((a, b) => a - b)).toEqual([201, 409]);
});
