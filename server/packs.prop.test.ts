import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { hasWords } from '../words/index.ts';
import { describePackRefusal, loadPack } from './kernel/pack-files.ts';
import { programDir } from './kernel/program.ts';
import { packSchemas } from './packs.ts';

const FILES = ['pack', 'identity', 'registry', 'telemetry', 'rescue'] as const;
// The computed files are left out: reading ten thousand streets for every mutant proves nothing more.
const { identity, registry, telemetry, rescue } = packSchemas;
const schemas = { identity, registry, telemetry, rescue };
let dir = '';
const originals = new Map<string, unknown>();

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tian-mutants-'));
  for (const folder of ['000000-national', '320100-nanjing']) {
    for (const file of FILES) {
      const path = join('packs', folder, `${file}.json`);
      await cp(join(programDir, path), join(dir, path), { recursive: true });
    }
  }
  for (const file of FILES) {
    originals.set(file, JSON.parse(await readFile(join(dir, 'packs/000000-national', `${file}.json`), 'utf8')));
  }
});

type Path = readonly (string | number)[];

/** Every place in a JSON value, the root left out. */
const placesOf = (value: unknown, path: Path = []): Path[] => {
  if (typeof value !== 'object' || value === null) return path.length > 0 ? [path] : [];
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [...(path.length > 0 ? [path] : []), ...entries.flatMap(([key, item]) => placesOf(item, [...path, key]))];
};

/** The value with one place replaced; `undefined` takes the place away. */
function mutated(value: unknown, path: Path, by: unknown): unknown {
  const copy: unknown = structuredClone(value);
  let parent = copy as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) parent = parent[step] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (by === undefined) delete parent[last];
  else Object.defineProperty(parent, last, { value: by, enumerable: true, configurable: true, writable: true });
  return copy;
}

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(undefined, null, -1, 1e300, '', '__proto__', { __proto__: 1 }, [], {}, 'value', { value: 1 }),
);

test('whatever is broken in a pack, it loads or is refused by file, path and words: it never crashes', async () => {
  const mutation = fc.constantFrom(...FILES).chain((file) => fc.tuple(fc.constant(file), fc.nat(), anything));
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(mutation, async ([file, at, by]) => {
      const original = originals.get(file);
      const places = placesOf(original);
      const path = places[at % places.length] ?? [];
      const target = join(dir, 'packs/000000-national', `${file}.json`);
      await writeFile(target, JSON.stringify(mutated(original, path, by)));
      const loaded = await loadPack({ city: '320100', programDir: dir, extraDir: null }, schemas);
      await writeFile(target, JSON.stringify(original));
      if (loaded.ok) return;
      refused += 1;
      expect(loaded.refusal.code).toBe('packs.invalid');
      if (loaded.refusal.code !== 'packs.invalid') return;
      expect(loaded.refusal.faults.length).toBeGreaterThan(0);
      for (const fault of loaded.refusal.faults) {
        expect(fault.file).toMatch(new RegExp(`/${file}\\.json$`));
        expect(fault.path.startsWith('$')).toBe(true);
        expect(hasWords(fault.code)).toBe(true);
      }
      // No blank is left open; what the pack itself says stands between quotes, and may look like one.
      const words = describePackRefusal(loaded.refusal, 'zh').replaceAll(/"(?:[^"\\]|\\.)*"/g, '');
      expect(words).not.toMatch(/\{[a-z]\w*\}/i);
    }),
    { numRuns: 80 },
  );
  expect(refused).toBeGreaterThan(20);
}, 30_000);
