import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import { say } from './language.ts';
import { faultsOf, type PackFault } from './pack-faults.ts';
import { type Manifest, manifestSchema } from './packs.ts';
import { accept, type Result, refuse } from './result.ts';

/** Folder of what is the same in every city: law of the whole country and figures no city has set. */
const NATIONAL = '000000';

/**
 * Where packs are looked for: `<programDir>/packs`, and a further folder. In both, a city is a folder
 * `<code>-<pinyin>`. Later layers win by top-level key: national, the city's, the city's in the further folder.
 */
export type PackPlace = { city: string; programDir: string; extraDir: string | null };

/** The schema of each file, by its name without `.json`. */
export type PackSchemas = Readonly<Record<string, z.ZodType>>;

export type PackVersion = { name: string; sha256: string };

export type Pack<S extends PackSchemas> = {
  manifest: Manifest;
  files: { readonly [K in keyof S]: z.output<S[K]> };
  versions: { readonly [K in keyof S]: PackVersion };
  contents: { readonly [K in keyof S]: unknown }; // as written, layers joined: what is stored
};

export type PackRefusal =
  | { code: 'packs.unknown_city'; city: string; known: string }
  | { code: 'packs.none_in_folder'; folder: string }
  | { code: 'packs.two_folders'; city: string; folders: string }
  | { code: 'packs.invalid'; city: string; faults: readonly PackFault[] };

/** One file of one layer. `label` is how people are told of it: `320200-wuxi/rescue.json`. */
type Layer = { label: string; content: Record<string, unknown> };
type Layers = ReadonlyMap<string, readonly Layer[]>; // by file stem, weakest first

/**
 * Read a city's pack: every file, every value checked. A pack with one fault is refused whole, with all its faults.
 * Nothing is thrown for what stands in a pack or is missing from it.
 */
export async function loadPack<S extends PackSchemas>(
  place: PackPlace,
  schemas: S,
): Promise<Result<Pack<S>, PackRefusal>> {
  const found = await findFolders(place);
  if (!found.ok) return found;
  const { layers, faults } = await readLayers(found.value, ['pack', ...Object.keys(schemas)]);
  const read = check({ pack: manifestSchema, ...schemas }, layers);
  const all = [...faults, ...read.faults, ...misnamed(read.values['pack'], place.city, layers)];
  if (all.length > 0) return refuse({ code: 'packs.invalid', city: place.city, faults: all });
  return accept(assemble(schemas, layers, read.values));
}

/** A folder of one layer; `label` is what people are told: the whole path where it is the operator's own. */
type Folder = { path: string; label: string };

async function findFolders({ city, programDir, extraDir }: PackPlace): Promise<Result<readonly Folder[], PackRefusal>> {
  const own = await foldersIn(join(programDir, 'packs'));
  const further = extraDir === null ? [] : await foldersIn(extraDir);
  // A mistyped TIAN_PACKS must not pass in silence: the operator believes that his figures are in force.
  if (extraDir !== null && further.length === 0) return refuse({ code: 'packs.none_in_folder', folder: extraDir });
  const layers: Folder[] = [];
  for (const [folders, code] of [
    [own, NATIONAL],
    [own, city],
    [further, city],
  ] as const) {
    const fitting = folders.filter((f) => basename(f).startsWith(`${code}-`));
    if (fitting.length > 1) {
      return refuse({ code: 'packs.two_folders', city: code, folders: fitting.map((f) => basename(f)).join(', ') });
    }
    layers.push(...fitting.map((path) => ({ path, label: folders === own ? basename(path) : path })));
  }
  const cities = [...own, ...further].map((f) => basename(f)).filter((name) => !name.startsWith(NATIONAL));
  if (city === NATIONAL || !cities.some((name) => name.startsWith(`${city}-`))) {
    return refuse({ code: 'packs.unknown_city', city, known: [...new Set(cities)].toSorted().join(', ') });
  }
  return accept(layers);
}

/** Folders named like a pack. A folder that is not there holds none, which is refused where one was asked for. */
async function foldersIn(dir: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true });
    return entries
      .filter((e) => (e.isDirectory() || e.isSymbolicLink()) && /^\d{6}-[a-z0-9]+$/.test(e.name))
      .map((e) => join(dir, e.name))
      .toSorted();
  } catch {
    return []; // not there or not readable: the city is then unknown, which is said
  }
}

async function readLayers(
  folders: readonly Folder[],
  stems: readonly string[],
): Promise<{ layers: Layers; faults: readonly PackFault[] }> {
  const layers = new Map<string, Layer[]>();
  const faults: PackFault[] = [];
  for (const { path, label: folder } of folders) {
    for (const name of await jsonFilesIn(path)) {
      const label = `${folder}/${name}`;
      const stem = name.slice(0, -'.json'.length);
      const read = stems.includes(stem)
        ? await readLayer(join(path, name), label)
        : refuse<PackFault>({
            code: 'packs.file_unknown',
            file: label,
            path: '$',
            params: { known: stems.join(', ') },
          });
      if (read.ok) layers.set(stem, [...(layers.get(stem) ?? []), read.value]);
      else faults.push(read.refusal);
    }
  }
  return { layers, faults };
}

async function jsonFilesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
  } catch {
    return []; // a link to nowhere: its files are then reported missing one by one
  }
}

async function readLayer(path: string, label: string): Promise<Result<Layer, PackFault>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/,.*$/, '') : String(error);
    return refuse({ code: 'packs.file_unreadable', file: label, path: '$', params: { reason } });
  }
  try {
    const content: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (isObject(content)) return accept({ label, content });
    return refuse({ code: 'packs.file_not_object', file: label, path: '$', params: {} });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refuse({ code: 'packs.file_not_json', file: label, path: '$', params: { reason } });
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const joined = (layers: readonly Layer[]): Record<string, unknown> =>
  Object.fromEntries(layers.flatMap(({ content }) => Object.entries(content)));

function check(schemas: PackSchemas, layers: Layers) {
  const values: Record<string, unknown> = {};
  const faults: PackFault[] = [];
  for (const [stem, schema] of Object.entries(schemas)) {
    const own = layers.get(stem);
    if (!own) {
      faults.push({ code: 'packs.file_missing', file: `${stem}.json`, path: '$', params: {} });
      continue;
    }
    const content = joined(own);
    const parsed = schema.safeParse(content);
    if (parsed.success) values[stem] = parsed.data;
    else faults.push(...faultsOf(parsed.error.issues, { content, fileOf: (key) => fileWith(own, key) }));
  }
  return { values, faults };
}

/** The file to mend: the strongest layer that has this top-level key; the city's own when none has. */
function fileWith(layers: readonly Layer[], key: PropertyKey | undefined): string {
  const holder = layers.findLast(({ content }) => key !== undefined && Object.hasOwn(content, key));
  return (holder ?? layers.at(-1))?.label ?? '';
}

/** A folder's code and the code its pack.json gives must agree: a copied folder is otherwise the wrong city. */
function misnamed(manifest: unknown, city: string, layers: Layers): readonly PackFault[] {
  const parsed = manifestSchema.safeParse(manifest);
  if (!parsed.success || parsed.data.code === city) return [];
  const file = fileWith(layers.get('pack') ?? [], 'code');
  return [{ code: 'packs.code_differs', file, path: '$.code', params: { actual: parsed.data.code, expected: city } }];
}

// Each value was parsed by the schema of its own stem, which the compiler cannot follow through a loop: hence the overload.
function assemble<S extends PackSchemas>(schemas: S, layers: Layers, values: Record<string, unknown>): Pack<S>;
function assemble(schemas: PackSchemas, layers: Layers, values: Record<string, unknown>): unknown {
  const stems = Object.keys(schemas);
  const contents = Object.fromEntries(stems.map((stem) => [stem, joined(layers.get(stem) ?? [])]));
  const versions = Object.fromEntries(stems.map((stem) => [stem, versionOf(stem, contents[stem])]));
  const { pack: manifest, ...files } = values;
  return { manifest, files, versions, contents };
}

/** The version of a file's content. White space and the order of keys make no new version; any value does. */
export function versionOf(stem: string, content: unknown): PackVersion {
  const sha256 = createHash('sha256').update(canonical(content)).digest('hex');
  return { name: `${stem}@${sha256.slice(0, 12)}`, sha256 };
}

/** JSON with the keys of every object in order. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part,
  );

/** A refusal as people read it at the start: what is wrong, and on each line the file, the path, the reason, the remedy. */
export function describePackRefusal(refusal: PackRefusal, language: 'zh' | 'en'): string {
  const head = say(refusal.code, language, refusal);
  if (refusal.code !== 'packs.invalid') return head;
  const lines = refusal.faults.map((f) => `  ${f.file}  ${f.path}  ${say(f.code, language, f.params)}`);
  return [head, ...lines].join('\n');
}
