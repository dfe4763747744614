import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { programDir } from '../kernel/program.ts';

/** Whom each module may ask, through the other's index.ts. Earlier lines never ask later ones. */
const MAY_ASK: Readonly<Record<string, readonly string[]>> = {
  identity: [],
  registry: ['identity'],
  telemetry: ['identity', 'registry'],
  rescue: ['identity', 'registry', 'telemetry'],
  insurance: ['identity', 'rescue'],
  prevention: ['identity', 'insurance'],
  market: ['identity', 'registry', 'insurance'],
};

/** Files that decide. They get data in and give data out: no clock, no chance, no database, no network. */
const PURE = /\/modules\/[a-z-]+\/(?:[a-z-]+\/)?(?:[a-z-]+\.)?(?:rules|rating|events|message)\.ts$/;
const PURE_KERNEL = ['result', 'ids', 'money', 'time', 'cells', 'import-kind'];
const WAITS_OR_DIFFERS =
  /\bnew Date\(\)|\bDate\.now\b|\bMath\.random\b|\bprocess\.|\bawait\b|\bfetch\(|\bsetTimeout\b|\brandomUUID\b|\bnewId\(/;

/** The closed lists that contract, server and console share: data. */
const CLOSED_LISTS = /^contract\/[a-z]+-vocabulary\.ts$/;

/** Published for everybody to join, with columns that are promises. */
const PUBLISHED = new Set(['registry.elevator_card', 'identity.org_card']);

/** `import … from`, `export … from`, `import('…')`, and a bare `import`. */
const IMPORT = /^(?:import|export)\b[^;'"]*?\bfrom\s+'([^']+)'|\bimport\s*\(\s*'([^']+)'|^import\s+'([^']+)'/gm;

type Source = { path: string; text: string; code: string; imports: readonly string[] };

const sources: readonly Source[] = ['server', 'contract', 'words', 'web'].flatMap((folder) =>
  readdirSync(join(programDir, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((path) => /\.tsx?$/.test(path) && !/\.(test|fixtures|bench)\.tsx?$/.test(path))
    .map(read),
);

function read(path: string): Source {
  const text = readFileSync(join(programDir, path), 'utf8');
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$/gm, '');
  const imports = [...code.matchAll(IMPORT)].map((m) => m[1] ?? m[2] ?? m[3] ?? '');
  return { path, text, code, imports: imports.map((to) => resolveFrom(path, to)) };
}

function resolveFrom(path: string, to: string): string {
  return to.startsWith('.') ? posix.join(posix.dirname(path), to) : to;
}

const below = (prefix: string) => sources.filter((s) => s.path.startsWith(prefix));
const moduleOf = (path: string) => /^server\/modules\/([a-z-]+)\//.exec(path)?.[1];

/** Every import that breaks a rule, as 'from → to', so that a failure names them all. */
const breaches = (files: readonly Source[], isAllowed: (to: string, from: Source) => boolean): readonly string[] =>
  files.flatMap((file) => file.imports.filter((to) => !isAllowed(to, file)).map((to) => `${file.path} → ${to}`));

test('there is something to look at', () => {
  expect(below('server/modules/').length).toBeGreaterThan(10);
  expect(below('server/kernel/').length).toBeGreaterThan(10);
});

test('contract imports zod and itself only', () => {
  expect(breaches(below('contract/'), (to) => to === 'zod' || to.startsWith('contract/'))).toEqual([]);
});

test('words import nothing but words', () => {
  expect(breaches(below('words/'), (to) => to.startsWith('words/'))).toEqual([]);
});

test('the console knows contract, words and packages, and nothing of the server', () => {
  const isAllowed = (to: string) => !/^(server|bench|migrations|packs)\//.test(to) && !to.startsWith('node:');
  expect(breaches(below('web/'), isAllowed)).toEqual([]);
});

test('the console takes types and closed lists from the contract, so that the validator is not sent to browsers', () => {
  const isAllowed = (to: string, from: Source) =>
    !to.startsWith('contract/') || CLOSED_LISTS.test(to) || isTypeOnly(from, to);
  expect(breaches(below('web/'), isAllowed)).toEqual([]);
});

test('pieces in web/ui know no page', () => {
  expect(breaches(below('web/ui/'), (to) => !to.startsWith('web/pages/'))).toEqual([]);
});

test('the kernel knows no module, no screen and no entry point', () => {
  const isAllowed = (to: string) =>
    /^(server\/kernel\/|words\/|contract\/kernel\.ts$)/.test(to) || !/^(server|web|contract)\//.test(to);
  expect(breaches(below('server/kernel/'), isAllowed)).toEqual([]);
});

test('every module stands in the table of who may ask whom', () => {
  const modules = readdirSync(join(programDir, 'server/modules'), { withFileTypes: true });
  const names = modules.filter((m) => m.isDirectory()).map((m) => m.name);
  expect(names.filter((name) => !(name in MAY_ASK))).toEqual([]);
});

test('a module reaches another only through its index.ts, and only if the table says so', () => {
  const isAllowed = (to: string, from: Source) => {
    const own = moduleOf(from.path) ?? '';
    const other = moduleOf(to);
    if (!other || other === own) return true;
    return (MAY_ASK[own] ?? []).includes(other) && to === `server/modules/${other}/index.ts`;
  };
  expect(breaches(below('server/modules/'), isAllowed)).toEqual([]);
});

test('a module imports nothing of the entry points and of the tests', () => {
  const isAllowed = (to: string) => !/^server\/(?!kernel\/|modules\/)/.test(to) && !to.startsWith('web/');
  expect(breaches(below('server/modules/'), isAllowed)).toEqual([]);
});

test('pure files import only zod, pure kernel files, types, and files of their module that are as pure', () => {
  const pure = below('server/').filter((s) => PURE.test(`/${s.path}`));
  expect(pure.length).toBeGreaterThan(5);
  expect(breaches(pure, isPureImport)).toEqual([]);
});

function isPureImport(to: string, from: Source): boolean {
  if (to === 'zod' || CLOSED_LISTS.test(to) || isTypeOnly(from, to)) return true;
  const kernel = /^server\/kernel\/([a-z-]+)\.ts$/.exec(to)?.[1];
  if (kernel) return PURE_KERNEL.includes(kernel);
  if (moduleOf(to) === undefined || moduleOf(to) !== moduleOf(from.path)) return false;
  const target = sources.find((s) => s.path === to);
  // A table of data beside the rules is as pure as they are.
  return target !== undefined && !WAITS_OR_DIFFERS.test(target.code) && breaches([target], isPureImport).length === 0;
}

/** A type has no behaviour: a rules file may name the shape of its pack. */
function isTypeOnly(from: Source, to: string): boolean {
  const statements = [...from.code.matchAll(/^(?:import|export)\b[^;'"]*?\bfrom\s+'[^']+'/gm)].map((m) => m[0]);
  const ofIt = statements.filter((statement) => resolveFrom(from.path, /'([^']+)'/.exec(statement)?.[1] ?? '') === to);
  return ofIt.length > 0 && ofIt.every((statement) => /^(?:import|export) type\b/.test(statement));
}

test('pure files ask no clock, no chance, no environment, and wait for nothing', () => {
  const guilty = below('server/').filter((s) => PURE.test(`/${s.path}`) && WAITS_OR_DIFFERS.test(s.code));
  expect(guilty.map((s) => `${s.path}: ${WAITS_OR_DIFFERS.exec(s.code)?.[0]}`)).toEqual([]);
});

test('SQL of a module names its own schema and the published views only', () => {
  const schemas = Object.keys(MAY_ASK).join('|');
  const named = new RegExp(
    String.raw`\b(?:from|join|into|update|table|truncate|'|\()\s*((?:${schemas})\.[a-z_]+)`,
    'g',
  );
  const guilty = below('server/modules/').flatMap(({ path, code }) => {
    const own = moduleOf(path) ?? '';
    if (!/\b(sql|selectFrom|insertInto|updateTable|deleteFrom|query|Tables)\b/.test(code)) return [];
    const foreign = [...code.matchAll(named)].map((m) => m[1] ?? '').filter((name) => isForeignTable(own, name, code));
    return foreign.map((name) => `${path} names ${name}`);
  });
  expect(guilty).toEqual([]);
});

/** Table names and words' or events' codes look alike: a foreign name counts when the foreign schema has such a table. */
function isForeignTable(own: string, name: string, code: string): boolean {
  if (name.startsWith(`${own}.`) || PUBLISHED.has(name)) return false;
  return tables.has(name) && code.includes(name);
}

const tables: ReadonlySet<string> = new Set(
  readdirSync(join(programDir, 'migrations')).flatMap((file) => {
    const text = readFileSync(join(programDir, 'migrations', file), 'utf8');
    return [...text.matchAll(/create (?:table|view|materialized view) (?:if not exists )?([a-z]+\.[a-z_]+)/g)].map(
      (m) => m[1] ?? '',
    );
  }),
);

test('a migration touches its own schema, and foreign keys cross only to elevators and organisations', () => {
  const guilty = readdirSync(join(programDir, 'migrations')).flatMap((file) => {
    const own = /^\d{4}_([a-z]+)_/.exec(file)?.[1] ?? '';
    const text = readFileSync(join(programDir, 'migrations', file), 'utf8').replaceAll(/--.*$/gm, '');
    const made = [...text.matchAll(/create (?:table|view|materialized view) (?:if not exists )?([a-z]+)\./g)].map(
      (m) => m[1] ?? '',
    );
    const keys = [...text.matchAll(/references ([a-z]+\.[a-z_]+)/g)].map((m) => m[1] ?? '');
    const allowedKey = (to: string) => to.startsWith(`${own}.`) || to === 'registry.elevator' || to === 'identity.org';
    return [
      ...made.filter((schema) => schema !== own).map((schema) => `${file} creates in ${schema}`),
      ...keys.filter((to) => !allowedKey(to)).map((to) => `${file} refers to ${to}`),
    ];
  });
  expect(guilty).toEqual([]);
});

test('outside the kernel a catch stands at a parse, or where a comment beside it says why', () => {
  const guilty = below('server/modules/')
    .concat(below('web/'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/\bcatch\b\s*(?:\(|\{)/g)]
        .filter((m) => !/\/\/|\*\/|\bparse\(|\bdecode\(/.test(linesAround(text, m.index)))
        .map((m) => `${path}:${text.slice(0, m.index).split('\n').length}`),
    );
  expect(guilty).toEqual([]);
});

/** Two lines before and three after: where a comment about a catch may stand. */
function linesAround(text: string, index: number): string {
  const at = text.slice(0, index).split('\n').length - 1;
  return text
    .split('\n')
    .slice(Math.max(0, at - 2), at + 4)
    .join('\n');
}

test('nothing is called after its bag', () => {
  const bag = /(^|\/|[.-])(utils?|common|helpers?|manager|misc)([.-]|\/|\.tsx?$)/;
  expect(sources.map((s) => s.path).filter((path) => bag.test(path))).toEqual([]);
});
