import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { endOrphans, rememberProcesses } from './orphans.ts';

const dir = mkdtempSync(join(tmpdir(), 'tian-orphans-'));
afterAll(() => rmSync(dir, { recursive: true }));

/** A process that runs a program of this folder and hears no polite request. */
async function deaf(folder: string) {
  const program = join(folder, `${Math.random()}.mjs`);
  writeFileSync(program, `process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000);`);
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return {
    pid: child.pid ?? 0,
    ended: new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal))),
    child,
  };
}

test('what a killed supervisor left running is ended, even if it does not listen', async () => {
  const left = await deaf(dir);
  rememberProcesses(dir, { server: left.pid });
  await endOrphans(dir, dir);
  expect(await left.ended).toBe('SIGKILL');
});

test('a number that now belongs to another program is left alone', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'tian-other-'));
  const other = await deaf(elsewhere);
  rememberProcesses(dir, { server: other.pid });
  await endOrphans(dir, dir);
  expect(other.child.exitCode ?? other.child.signalCode).toBeNull();
  other.child.kill('SIGKILL');
  rmSync(elsewhere, { recursive: true });
});
