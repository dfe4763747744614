import { readdirSync, readFileSync } from 'node:fs';
import { startTree, type Tree } from '../server/test/tree.ts';

/** Settings: `3`, minutes. */
export const about = 'memory of the whole product with the demo city, process by process (Linux)';

const BUDGET_MB = 1_536;
const DATABASE = 'database';
const DEMO_WITHIN_MS = 300_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Start everything as `npm start` does, let the simulator drive the city for some minutes, and count. */
export async function run([minutes = '3']: readonly string[]): Promise<void> {
  const tree = await startTree({ TIAN_DEMO: '1' });
  try {
    const giveUpAt = Date.now() + DEMO_WITHIN_MS;
    while (!(await hasSimulator(tree)) && Date.now() < giveUpAt) await pause(1_000);
    await pause(Number(minutes) * 60_000);
    const { processes } = await tree.holder();
    report(processes, Number(minutes));
  } finally {
    await tree.stop();
    tree.clear();
  }
}

const hasSimulator = async (tree: Tree): Promise<boolean> => 'simulate' in (await tree.holder()).processes;

function report(processes: Readonly<Record<string, number>>, minutes: number): void {
  say(`after ${minutes} minutes with the demo city and its simulator`);
  const sizes = Object.entries(processes).map(([name, pid]) => ({ name, pids: withChildren(pid) }));
  let counted = 0;
  for (const { name, pids } of sizes) {
    const mb = pids.reduce((sum, pid) => sum + residentMb(pid), 0);
    // Shared memory stands in every process of PostgreSQL: only what is its own is added up.
    const own = pids.reduce((sum, pid) => sum + ownMb(pid), 0);
    if (name === 'server' || name === 'ingest') counted += mb;
    say(
      `${name.padEnd(12)} ${pids.length} processes, ${name === DATABASE ? `${own.toFixed(0)} MB of their own` : `${mb.toFixed(0)} MB resident`}`,
    );
  }
  say(
    `server with its threads, and ingest: ${counted.toFixed(0)} MB; budget ${BUDGET_MB} MB, ratio ${(counted / BUDGET_MB).toFixed(2)}`,
  );
}

/** A process and all below it. */
function withChildren(pid: number): readonly number[] {
  const below = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(Number(name)) === pid);
  return [pid, ...below.flatMap((name) => withChildren(Number(name)))];
}

const statusOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return ''; // ended meanwhile
  }
};
const kilobytes = (pid: number, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(statusOf(pid))?.[1] ?? 0);
const parentOf = (pid: number): number => kilobytes(pid, 'PPid');
const residentMb = (pid: number): number => kilobytes(pid, 'VmRSS') / 1024;
const ownMb = (pid: number): number => kilobytes(pid, 'RssAnon') / 1024;
