import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programDir } from '../kernel/program.ts';

/** The console as it is built, in a folder of its own, apart from the one in use. */
export async function buildConsole(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'tian-console-'));
  const { build } = await import('vite');
  await build({ root: programDir, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  return outDir;
}
