import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from './tmp.ts';
import { freePorts } from './tree.ts';

/** Is there a nats-server on this machine? Without one the tests of JetStream are skipped, and say so. */
export const hasNats = spawnSync('nats-server', ['--version']).status === 0;

export type Nats = { url: string; stop: () => Promise<void>; again: () => Promise<void>; clear: () => void };

/** A NATS server with JetStream of one test alone, on a free port and in a folder of its own. */
export async function startNats(): Promise<Nats> {
  const dir = mkdtempSync(join(tmpdir(), 'tian-nats-'));
  const [port] = await freePorts(1);
  const open = async () => {
    const child = spawn('nats-server', ['-js', '-sd', dir, '-a', '127.0.0.1', '-p', String(port)]);
    await new Promise<void>((resolve, reject) => {
      child.stderr.on('data', (chunk) => String(chunk).includes('Server is ready') && resolve());
      child.once('exit', (code) => reject(new Error(`nats-server ended with ${code}`)));
    });
    return child;
  };
  let child = await open();
  return {
    url: `nats://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
    again: async () => {
      child = await open();
    },
    clear: () => removeFolder(dir),
  };
}
