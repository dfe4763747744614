import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folders of test runs; those of a run that was killed are swept away by the next, see `cluster.ts`. */
export const RUN_PREFIX = 'tian-test-';

/** The machine's own temporary folder. */
export const tmpRoot = (): string => process.env['TIAN_TEST_TMP'] ?? tmpdir();

let own: string | undefined;

/** What tests put into the temporary folder stands in one folder of this run, and goes with it. */
export function setup(): void {
  if (process.env['TIAN_TEST_TMP']) return; // another project of this run has made it
  process.env['TIAN_TEST_TMP'] = tmpdir();
  own = mkdtempSync(join(tmpdir(), RUN_PREFIX));
  writeFileSync(join(own, 'runner'), String(process.pid));
  chmodSync(own, 0o1777); // as any temporary folder: a database may run as another user
  process.env['TMPDIR'] = own;
}

/** A folder that cannot go yet fails no test: the next run sweeps it away. */
export function teardown(): void {
  try {
    if (own) removeFolder(own);
  } catch (error) {
    process.stderr.write(`${own} stays for now: ${error instanceof Error ? error.message : ''}\n`);
  }
}

/** A program that is just ending may still put a file into it: asked again for two seconds. */
export function removeFolder(dir: string): void {
  rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
