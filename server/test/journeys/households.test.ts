import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Household } from '../../../contract/registry-households.ts';
import type { Db } from '../../kernel/db.ts';
import { type AccountId, newId } from '../../kernel/ids.ts';
import { scopedOn } from '../../kernel/scope.ts';
import { secretData } from '../../kernel/secret-data.ts';
import { sealFlats } from '../../modules/identity/household.service.ts';
import { retain } from '../../modules/identity/retention.views.ts';
import type { IdentityTables } from '../../modules/identity/tables.ts';
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

const look = (id: string, as: string, reason = '核对不动产权证') => post(`/households/${id}/unmasking`, { reason }, as);
const stored = async () =>
  JSON.stringify(
    (
      await sql`select h.*, a.before, a.after from identity.household h left join kernel.audit a on a.row_id = h.id::text`.execute(
        house.db,
      )
    ).rows,
  );

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
  const [open] = await list('neighbour');
  await post(`/households/${open?.id}/ending`, { reason: '重复申请' }, 'street');
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

test('a flat is stored as cipher text, masked for the office, and shown for a reason that is kept', async () => {
  const { id } = (await post('/households', { code: '320001', unit: '7单元703室' }, 'neighbour')).json<{
    id: string;
  }>();
  expect((await list('neighbour'))[0]?.unit).toBe('7单元703室');
  expect((await list('street'))[0]?.unit).toBe('7***');
  for (const plain of ['703室', '7单元']) expect(await stored()).not.toContain(plain);

  const refused = [await look(id, 'elsewhere'), await look(id, 'neighbour'), await look(id, 'street', ' ')];
  expect(refused.map((answer) => answer.statusCode)).toEqual([404, 403, 400]);
  const shown = await look(id, 'street');
  expect([shown.json(), shown.headers['cache-control']]).toEqual([{ unit: '7单元703室' }, 'no-store']);
  const { rows } = await sql`select after from kernel.audit where action = 'unmask' and row_id = ${id}`.execute(
    house.db,
  );
  expect(rows).toEqual([{ after: { reason: '核对不动产权证' } }]);
});

test('what an earlier version kept in plain text is sealed at start, once, and goes when nobody may ask for it any more', async () => {
  const db = house.db as unknown as Db<IdentityTables>;
  const secret = secretData(house.kernel.keys, 'aes');
  const { id } = (await post('/households', { code: '320105', unit: '旧' }, 'neighbour')).json<{ id: string }>();
  await sql`update identity.household set unit = null, unit_plain = '5单元505室' where id = ${id}`.execute(db);
  expect([await sealFlats(db, secret), await sealFlats(db, secret)]).toEqual([1, 0]);
  expect(await stored()).not.toContain('505室');
  expect((await list('neighbour'))[0]?.unit).toBe('5单元505室');

  await post(`/households/${id}/ending`, { reason: '房屋已出售' }, 'street');
  const inYears = (years: number) => new Date(house.kernel.now().getTime() + years * 366 * 86_400_000);
  const flats = async (at: Date) => (await db.transaction().execute((tx) => retain(tx, at))).flats;
  expect([await flats(inYears(2)), (await list('neighbour'))[0]?.unit]).toEqual([0, '5单元505室']);
  expect(await flats(inYears(4))).toBeGreaterThan(0);
  expect((await list('neighbour'))[0]?.unit).toBe('');
});
