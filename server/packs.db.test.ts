import { beforeAll, expect, test } from 'vitest';
import { cityPack, packFileFacts } from '../contract/packs.ts';
import type { Db } from './kernel/db.ts';
import { versionOf } from './kernel/pack-files.ts';
import { storePack } from './kernel/pack-store.ts';
import { programDir } from './kernel/program.ts';
import { NOTHING, type Viewer } from './kernel/scope.ts';
import { packRoutes } from './pack-routes.ts';
import { type CityPack, loadCityPack } from './packs.ts';
import { testDb } from './test/db.ts';
import { testSite } from './test/site.ts';

const administrator: Viewer = {
  accountId: '00000000-0000-7000-8000-000000000001' as Viewer['accountId'],
  personId: null,
  orgId: null,
  role: 'administrator',
  displayName: '管理员',
  scope: NOTHING,
  grants: [],
};

let db: Db<unknown>;
let pack: CityPack;

beforeAll(async () => {
  ({ db } = await testDb());
  const loaded = await loadCityPack({ city: '430900', programDir, extraDir: null });
  if (!loaded.ok) throw new Error('the pack of Yiyang does not load');
  pack = loaded.value;
  await db.transaction().execute((tx) => storePack(tx, pack));
});

async function get(url: string, viewer: Viewer | null = administrator) {
  const site = await testSite({
    authenticate: async () => viewer,
    routes: [packRoutes(db, pack)],
  });
  return site.inject({ method: 'GET', url: `/api/v1${url}` });
}

test('whoever is signed in reads which figures the city uses, and that this one rests on a draft', async () => {
  const answer = cityPack.parse((await get('/city-pack')).json());
  expect(answer.name.zh).toBe('益阳市');
  expect(answer.standing).toBe('draft');
  expect(answer.files.map((f) => f.file)).toEqual(Object.keys(pack.files));
  expect((await get('/city-pack', null)).statusCode).toBe(401);
});

test('every figure of a file is shown with its source, its unit and whether it is verified', async () => {
  const answer = packFileFacts.parse((await get(`/city-pack/${pack.versions.rescue.name}`)).json());
  expect(answer.inForce).toBe(true);
  const handOff = answer.facts.find((f) => f.path === '$.clocks.handOffSeconds');
  expect(handOff).toMatchObject({ value: 300, unit: 's', verified: false });
  const first = answer.facts.find((f) => f.path === '$.levels[0].who');
  expect(first).toMatchObject({ value: 'contracted', source: { notice: 5, clause: '(六)' } });
});

test('a list too long to read is counted', async () => {
  const answer = packFileFacts.parse((await get(`/city-pack/${pack.versions.divisions.name}`)).json());
  const streets = answer.facts.find((f) => f.path === '$.streets');
  expect(streets).toMatchObject({ value: null, entries: pack.files.divisions.streets.value.length });
  const districts = answer.facts.find((f) => f.path === '$.districts');
  expect(districts?.entries).toBe(null);
});

test('a version that was never in force is not found; what is no version is not accepted', async () => {
  expect((await get('/city-pack/rescue@000000000000')).statusCode).toBe(404);
  expect((await get('/city-pack/rescue')).statusCode).toBe(400);
});

test('the figures a decision used can be read after they changed', async () => {
  const rescue = pack.files.rescue;
  const hotline = { value: '96196', source: { ref: '改号公告' }, verified: false };
  const older = { ...pack, contents: { rescue: { ...rescue, hotline } } };
  const version = versionOf('rescue', older.contents.rescue);
  await db.transaction().execute((tx) => storePack(tx, { ...older, versions: { rescue: version } }));
  const answer = packFileFacts.parse((await get(`/city-pack/${version.name}`)).json());
  expect(answer.inForce).toBe(false);
  expect(answer.facts.find((f) => f.path === '$.hotline')?.value).toBe('96196');
});
