import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askHolder, type Holder } from '../kernel/claim.ts';
import { programDir } from '../kernel/program.ts';
import { removeFolder } from './tmp.ts';

/** The whole process tree as `npm start` runs it, on ports and a data folder of its own. */
export type Tree = {
  address: string;
  mqttPort: number;
  env: NodeJS.ProcessEnv; // what it is started with
  dataDir: string;
  output: () => string;
  logOf: (process: 'server' | 'ingest' | 'simulate') => string;
  /** What runs now, by name, and the database's address. */
  holder: () => Promise<Holder>;
  /** End the supervisor as Ctrl-C does, and wait. Returns its exit status. */
  stop: () => Promise<number | null>;
  /** End it as a power cut would. */
  kill: () => Promise<void>;
  /** Start the supervisor again on the same folder and ports, with further settings if there are any. */
  again: (settings?: Readonly<Record<string, string>>) => Promise<void>;
  /** Remove the data folder. */
  clear: () => void;
};

/** Start the built program and wait until its pages answer and its database is ready. */
export async function startTree(settings: Readonly<Record<string, string>> = {}): Promise<Tree> {
  if (!existsSync(join(programDir, 'dist', 'server', 'supervisor.js'))) {
    throw new Error('The program is not built: run `npm run build` before this test.');
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'tian-tree-'));
  chmodSync(dataDir, 0o755); // the database may run as another user
  const [port, mqttPort, ingestPort] = await freePorts(3);
  const env = {
    ...process.env,
    PORT: String(port),
    TIAN_MQTT_PORT: String(mqttPort),
    TIAN_INGEST_PORT: String(ingestPort),
    TIAN_DATA_DIR: dataDir,
    TIAN_DATABASE_URL: '',
    TIAN_REQUESTS_PER_MINUTE: '1000000',
    ...settings,
  };
  const address = `http://127.0.0.1:${port}`;
  let output = '';
  const open = async (more: Readonly<Record<string, string>>): Promise<ChildProcess> => {
    const started = spawn(process.execPath, ['dist/server/supervisor.js'], {
      cwd: programDir,
      env: { ...env, ...more },
    });
    for (const stream of [started.stdout, started.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
    await untilReady(started, { dataDir, address, output: () => output });
    return started;
  };
  let child = await open({});
  return {
    address,
    mqttPort: mqttPort ?? 0,
    env,
    dataDir,
    output: () => output,
    logOf: (name) => readFileSync(join(dataDir, 'logs', `${name}.log`), 'utf8'),
    holder: async () => {
      const holder = await askHolder(dataDir);
      if (!holder) throw new Error('the supervisor is gone');
      return holder;
    },
    stop: () => endWith(child, 'SIGINT'),
    kill: async () => void (await endWith(child, 'SIGKILL')),
    again: async (more = {}) => {
      child = await open(more);
    },
    clear: () => removeFolder(dataDir),
  };
}

const endWith = (child: ChildProcess, signal: 'SIGINT' | 'SIGKILL') =>
  new Promise<number | null>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode);
    child.once('exit', (code) => resolve(code));
    child.kill(signal);
  });

const READY_WITHIN_MS = 90_000;

async function untilReady(
  child: ChildProcess,
  { dataDir, address, output }: { dataDir: string; address: string; output: () => string },
): Promise<void> {
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  // Its own pages, not those of a child that a killed supervisor left behind for a moment.
  const isReady = async () =>
    (await askHolder(dataDir))?.pid === child.pid &&
    (await askHolder(dataDir))?.address &&
    (await answersOk(`${address}/readyz`));
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error(`The tree ended while starting:\n${output()}`);
    if (Date.now() > giveUpAt) throw new Error(`The tree was not ready in time:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Does this address answer with a 2xx? */
export const answersOk = (url: string): Promise<boolean> =>
  fetch(url).then(
    (answer) => answer.ok,
    () => false, // nobody listens: that is the answer
  );

/** Ports that were free a moment ago. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  return Promise.all(
    servers.map(async (server) => {
      const address = server.address();
      await new Promise((resolve) => server.close(resolve));
      return typeof address === 'object' && address ? address.port : 0;
    }),
  );
}
