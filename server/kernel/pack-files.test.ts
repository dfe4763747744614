import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { canonical, describePackRefusal, loadPack, type PackPlace, versionOf } from './pack-files.ts';
import { fact, factsOf, measure, plainOf, valueOf } from './packs.ts';

const levels = z.strictObject({
  answer: measure('s', z.int().min(1).max(600)),
  who: fact(z.enum(['near', 'far'])),
  codes: fact(z.array(z.string().regex(/^\d{6}$/)).max(2)),
});
const schemas = { levels };

const source = { ref: 'a public notice' };
const good = {
  answer: { value: 120, unit: 's', source, verified: false },
  who: { value: 'near', source: { notice: 5, clause: '(六)' }, verified: true },
  codes: { value: ['111111'], source, verified: false },
};
const manifest = { code: '111111', name: { zh: '甲市', en: 'First' }, notices: [], standing: 'issued', remarks: [] };

/** A program folder with these files below `packs/`; text is written as it is, anything else as JSON. */
async function program(files: Readonly<Record<string, unknown>>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'tian-pack-'));
  for (const [path, content] of Object.entries(files)) {
    const at = join(dir, 'packs', path);
    await mkdir(join(at, '..'), { recursive: true });
    await writeFile(at, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return dir;
}

const place = (programDir: string, rest: Partial<PackPlace> = {}): PackPlace => ({
  city: '111111',
  programDir,
  extraDir: null,
  ...rest,
});

async function loaded(files: Readonly<Record<string, unknown>>) {
  return loadPack(place(await program({ '111111-jia/pack.json': manifest, ...files })), schemas);
}

/** The fault lines of a refused pack, in English. */
async function faults(files: Readonly<Record<string, unknown>>): Promise<string[]> {
  const result = await loaded(files);
  return result.ok ? [] : describePackRefusal(result.refusal, 'en').split('\n').slice(1);
}

test('a pack gives typed values, bare values, and each fact with its source', async () => {
  const result = await loaded({ '111111-jia/levels.json': good });
  expect(result.ok).toBe(true);
  if (!result.ok) return;
  const { files, manifest: read, versions } = result.value;
  expect(read.name.zh).toBe('甲市');
  expect(valueOf(files.levels.answer)).toBe(120);
  expect(plainOf(files.levels)).toEqual({ answer: 120, who: 'near', codes: ['111111'] });
  expect(factsOf(files.levels).map((f) => [f.path, f.verified])).toEqual([
    ['$.answer', false],
    ['$.who', true],
    ['$.codes', false],
  ]);
  expect(versions.levels.name).toMatch(/^levels@[0-9a-f]{12}$/);
});

test('a city names only what differs from the whole country', async () => {
  const answer = { value: 90, unit: 's', source, verified: false };
  const result = await loaded({ '000000-guo/levels.json': good, '111111-jia/levels.json': { answer } });
  expect(result.ok && plainOf(result.value.files.levels)).toEqual({ answer: 90, who: 'near', codes: ['111111'] });
});

test.each([
  {
    what: 'a wrong type',
    wrong: { answer: { ...good.answer, value: 'soon' } },
    path: '$.answer.value',
    reason: 'Must be number, but is "soon"',
  },
  {
    what: 'a number out of range',
    wrong: { answer: { ...good.answer, value: 9_999 } },
    path: '$.answer.value',
    reason: 'not be above 600, but is 9999',
  },
  {
    what: 'minutes for seconds',
    wrong: { answer: { ...good.answer, unit: 'min' } },
    path: '$.answer.unit',
    reason: 'Must be one of s, but is "min"',
  },
  {
    what: 'no source',
    wrong: { answer: { value: 1, unit: 's', verified: false } },
    path: '$.answer.source',
    reason: 'missing',
  },
  {
    what: 'a source without clause',
    wrong: { who: { ...good.who, source: { notice: 9 } } },
    path: '$.who.source',
    reason: 'Give notice (1–5) and clause',
  },
  {
    what: 'a misspelt key',
    wrong: { who: { ...good.who, verifed: true } },
    path: '$.who.verifed',
    reason: 'Unknown key "verifed"',
  },
  {
    what: 'a wrong day',
    wrong: { who: { ...good.who, from: '2026-1-1' } },
    path: '$.who.from',
    reason: 'form YYYY-MM-DD',
  },
  {
    what: 'a bad code',
    wrong: { codes: { ...good.codes, value: ['12'] } },
    path: '$.codes.value[0]',
    reason: 'Must have the form',
  },
])('$what is refused with file, path, reason and remedy', async ({ wrong, path, reason }) => {
  const [line, ...more] = await faults({ '111111-jia/levels.json': { ...good, ...wrong } });
  expect(more).toEqual([]);
  expect(line).toContain(`111111-jia/levels.json  ${path}  `);
  expect(line).toContain(reason);
});

test('the fault is laid to the file that holds the value, in Chinese too', async () => {
  const files = { '000000-guo/levels.json': { ...good, who: 3 }, '111111-jia/levels.json': { answer: 3 } };
  const result = await loaded(files);
  const text = result.ok ? '' : describePackRefusal(result.refusal, 'zh');
  expect(text).toContain('111111-jia/levels.json  $.answer  应为');
  expect(text).toContain('000000-guo/levels.json  $.who  应为');
});

test('all faults are told at once, of all files', async () => {
  const lines = await faults({
    '111111-jia/levels.json': { ...good, answer: 1, who: 2 },
    '111111-jia/lvels.json': '{}',
    '111111-jia/notes.json': '{ "a": ',
  });
  expect(lines.length).toBe(4);
  expect(lines.join('\n')).toMatch(/lvels\.json {2}\$ {2}Not a file of a pack/);
});

test('a file that is not JSON, not an object, or not there is named', async () => {
  expect((await faults({ '111111-jia/levels.json': '{"answer":' }))[0]).toMatch(/levels\.json {2}\$ {2}Not valid JSON/);
  expect((await faults({ '111111-jia/levels.json': '[1]' }))[0]).toMatch(/must be one object/);
  expect((await faults({}))[0]).toMatch(/levels\.json {2}\$ {2}This file is missing/);
});

test('a byte order mark before the JSON does no harm', async () => {
  expect((await loaded({ '111111-jia/levels.json': `\uFEFF${JSON.stringify(good)}` })).ok).toBe(true);
});

test('a city nobody made a pack for is refused with those there are', async () => {
  const dir = await program({ '111111-jia/pack.json': manifest, '222222-yi/pack.json': manifest, 'scripts/a.txt': '' });
  const unknown = await loadPack(place(dir, { city: '333333' }), schemas);
  expect(unknown).toEqual({
    ok: false,
    refusal: { code: 'packs.unknown_city', city: '333333', known: '111111-jia, 222222-yi' },
  });
  expect((await loadPack(place(dir, { city: '000000' }), schemas)).ok).toBe(false);
  expect((await loadPack(place(join(dir, 'nowhere')), schemas)).ok).toBe(false);
});

test('two folders of one city, and a copied folder that is another city, are refused', async () => {
  const twice = await loaded({ '111111-jia/levels.json': good, '111111-jia2/levels.json': good });
  expect(twice.ok ? '' : twice.refusal.code).toBe('packs.two_folders');
  const copied = await faults({
    '111111-jia/pack.json': { ...manifest, code: '222222' },
    '111111-jia/levels.json': good,
  });
  expect(copied[0]).toContain('The code is 222222 but the folder says 111111');
});

test('a further folder is a layer above the city, and may hold a city of its own', async () => {
  const dir = await program({ '000000-guo/levels.json': good, '111111-jia/pack.json': manifest });
  const further = join(await program({ '111111-jia/levels.json': { who: { ...good.who, value: 'far' } } }), 'packs');
  const result = await loadPack(place(dir, { extraDir: further }), schemas);
  expect(result.ok && result.value.files.levels.who.value).toBe('far');
  await writeFile(join(further, '111111-jia', 'levels.json'), '{"who": 1}');
  const wrong = await loadPack(place(dir, { extraDir: further }), schemas);
  expect(wrong.ok ? '' : describePackRefusal(wrong.refusal, 'en')).toContain(
    `${further}/111111-jia/levels.json  $.who`,
  );
});

test('white space and the order of keys make no new version, a value does', () => {
  const version = (content: unknown) => versionOf('levels', content).name;
  expect(version({ b: 1, a: [{ d: 1, c: 2 }] })).toBe(version({ a: [{ c: 2, d: 1 }], b: 1 }));
  expect(version({ a: 1 })).not.toBe(version({ a: 2 }));
  expect(canonical({ b: 1, a: 2 })).toBe('{"a":2,"b":1}');
});

test('a mistyped further folder is refused: its figures are not silently left out', async () => {
  const dir = await program({ '111111-jia/pack.json': manifest, '111111-jia/levels.json': good });
  for (const folder of [join(dir, 'nowhere'), await mkdtemp(join(tmpdir(), 'tian-none-'))]) {
    const result = await loadPack(place(dir, { extraDir: folder }), schemas);
    expect(result).toEqual({ ok: false, refusal: { code: 'packs.none_in_folder', folder } });
  }
});

test('a city may stand wholly in the further folder', async () => {
  const dir = await program({ '000000-guo/levels.json': good });
  const far = await program({ '444444-ding/pack.json': { ...manifest, code: '444444' } });
  const result = await loadPack(place(dir, { city: '444444', extraDir: join(far, 'packs') }), schemas);
  expect(result.ok && result.value.files.levels.answer.value).toBe(120);
});
