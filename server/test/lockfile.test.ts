import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { programDir } from '../kernel/program.ts';

type Entry = { version?: string; license?: string; resolved?: string; optionalDependencies?: Record<string, string> };

const { packages } = JSON.parse(readFileSync(join(programDir, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Entry>;
};
const entries = Object.entries(packages).filter(([path]) => path !== '');

/** `npm ci` refuses a lock file in which a package of another platform is missing. */
test('the lock file names the packages of every platform, so that it installs anywhere', () => {
  const missing = entries.flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !packages[`${path}/node_modules/${name}`] && !packages[`node_modules/${name}`])
      .map((name) => `${path} → ${name}`),
  );
  expect(missing).toEqual([]);
});

test('the lock file carries no download addresses', () => {
  expect(entries.filter(([, entry]) => entry.resolved).map(([path]) => path)).toEqual([]);
});

const ALLOWED = [
  'MIT',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  '0BSD',
  'MPL-2.0',
  'PostgreSQL',
  'BlueOak-1.0.0',
];
/** Looked at one by one: their texts allow use and change as the ones above do. */
const LOOKED_AT: Readonly<Record<string, string>> = {
  'node_modules/argparse': 'Python-2.0',
  'node_modules/tweetnacl': 'Unlicense', // given to the public domain
  'node_modules/pako': '(MIT AND Zlib)',
  'node_modules/png-js': '', // MIT by its LICENSE file
  'node_modules/@fontsource/noto-sans-sc': 'OFL-1.1', // a font
  'node_modules/@expo-google-fonts/noto-sans-sc': 'MIT AND OFL-1.1', // a font
};

test('every package has a licence we may ship', () => {
  const isAllowed = ([path, { license = '' }]: [string, Entry]) =>
    LOOKED_AT[path] === license ||
    license
      .replaceAll(/[()]/g, '')
      .split(' OR ')
      .some((choice) => ALLOWED.includes(choice));
  expect(entries.filter((entry) => !isAllowed(entry)).map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
});
