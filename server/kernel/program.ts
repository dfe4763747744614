import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { invariant } from './result.ts';

/** The folder of the program: where package.json, migrations and packs stand, whether we run from source or built. */
export const programDir = findProgramDir(dirname(fileURLToPath(import.meta.url)));

/** The version in package.json. */
export const programVersion = String(
  (JSON.parse(readFileSync(join(programDir, 'package.json'), 'utf8')) as { version: unknown }).version,
);

function findProgramDir(from: string): string {
  if (existsSync(join(from, 'package.json')) && existsSync(join(from, 'migrations'))) return from;
  const up = dirname(from);
  invariant(up !== from, 'the program stands below a folder with package.json and migrations/');
  return findProgramDir(up);
}

/**
 * For Node, in the process that takes telemetry. Messages live just longer than a small young generation: with Node's
 * own 16 MB a quarter of the time went into moving them into the old one.
 */
export const INGEST_FLAGS: readonly string[] = ['--max-semi-space-size=64'];
