import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { isAlive } from './postgres.ts';

const run = promisify(execFile);
const FILE = 'processes.json';
const ENDS_WITHIN_MS = 3_000;
const LOOK_EVERY_MS = 50;

/** Write down which processes a supervisor keeps, for the one that follows it should it be killed. */
export const rememberProcesses = (dataDir: string, processes: Readonly<Record<string, number>>): void =>
  writeFileSync(join(dataDir, FILE), JSON.stringify(processes), { mode: 0o600 });

/**
 * End the processes that a killed supervisor left behind: they hold ports and write where others are about to. Only a
 * process that still runs a program of `programsDir` is touched: numbers of processes are used again.
 */
export async function endOrphans(dataDir: string, programsDir: string): Promise<void> {
  const pids = remembered(dataDir);
  const ours = await Promise.all(pids.map((pid) => runsFrom(pid, programsDir)));
  await Promise.all(pids.filter((_, i) => ours[i]).map(end));
}

function remembered(dataDir: string): readonly number[] {
  const path = join(dataDir, FILE);
  if (!existsSync(path)) return [];
  const read = z.record(z.string(), z.int().min(2)).safeParse(parsed(readFileSync(path, 'utf8')));
  return read.success ? Object.values(read.data) : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // written halfway when the machine stopped: then nobody of it runs
  }
}

async function runsFrom(pid: number, programsDir: string): Promise<boolean> {
  if (!isAlive(pid) || process.platform === 'win32') return false;
  const { stdout } = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.includes(programsDir);
}

async function end(pid: number): Promise<void> {
  const send = (signal: NodeJS.Signals) => {
    if (isAlive(pid)) process.kill(pid, signal);
  };
  send('SIGTERM');
  for (const giveUpAt = Date.now() + ENDS_WITHIN_MS; isAlive(pid) && Date.now() < giveUpAt; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  send('SIGKILL');
}
