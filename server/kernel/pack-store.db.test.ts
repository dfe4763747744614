import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testDb } from '../test/db.ts';
import type { Db } from './db.ts';
import { versionOf } from './pack-files.ts';
import { packVersion, type StorablePack, storePack } from './pack-store.ts';

let db: Db<unknown>;
beforeAll(async () => {
  ({ db } = await testDb());
});
beforeEach(async () => {
  await sql`truncate kernel.pack_version, kernel.installation`.execute(db);
});

const pack = (answer: number, code = '320200'): StorablePack => {
  const content = { answer: { value: answer, unit: 's', source: { ref: 'a notice' }, verified: false } };
  const name = code === '320200' ? { zh: '无锡市', en: 'Wuxi' } : { zh: '重庆市', en: 'Chongqing' };
  return {
    manifest: { code, name, notices: [], standing: 'issued', remarks: [] },
    versions: { rescue: versionOf('rescue', content) },
    contents: { rescue: content },
  };
};
const store = (given: StorablePack) => db.transaction().execute((tx) => storePack(tx, given));
const versions = async () => {
  const { rows } = await sql<{ name: string }>`select name from kernel.pack_version order by id`.execute(db);
  return rows.map((row) => row.name);
};

test('loading the same pack again writes nothing; a changed file is a new version; the old one can still be read', async () => {
  await store(pack(120));
  await store(pack(120));
  await store(pack(90));
  const [first, second, ...more] = await versions();
  expect(more).toEqual([]);
  expect((await packVersion(db, first ?? ''))?.content).toEqual(pack(120).contents['rescue']);
  expect((await packVersion(db, second ?? ''))?.file).toBe('rescue');
  expect(await packVersion(db, 'rescue@000000000000')).toBe(undefined);
});

test('a file set back to what it was is in force again', async () => {
  for (const answer of [120, 90, 120]) await store(pack(answer));
  const names = await versions();
  expect(names.length).toBe(3);
  expect(names[2]).toBe(names[0]);
});

test('a stored version can be checked against its hash from the database alone', async () => {
  await store(pack(120));
  const [name = ''] = await versions();
  const kept = await packVersion(db, name);
  expect(versionOf('rescue', kept?.content).name).toBe(name);
});

test('one installation is one city: another is refused with both names, and nothing of it is kept', async () => {
  await store(pack(120));
  const before = await versions();
  expect(await store(pack(90, '500000'))).toEqual({
    ok: false,
    refusal: {
      code: 'packs.other_city',
      installed: '无锡市 320200',
      installedEn: 'Wuxi 320200',
      asked: '重庆市 500000',
      askedEn: 'Chongqing 500000',
    },
  });
  expect(await versions()).toEqual(before);
});

test('two processes that start together keep one version', async () => {
  const results = await Promise.all([store(pack(60)), store(pack(60)), store(pack(60))]);
  expect(results.every((r) => r.ok)).toBe(true);
  expect((await versions()).length).toBe(1);
});
