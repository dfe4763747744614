import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SANDBOX_PATH } from '../contract/sandbox.ts';
import type { FromChild } from './kernel/child.ts';
import { onStop } from './kernel/child.ts';
import { type Claim, claimDataFolder } from './kernel/claim.ts';
import { type Config, configOrExit, demoSetting, describe } from './kernel/config.ts';
import { keepRunning, type Running } from './kernel/keep.ts';
import { endOrphans, rememberProcesses } from './kernel/orphans.ts';
import { endWithParent } from './kernel/parent.ts';
import { startPostgres } from './kernel/postgres.ts';
import { openPostgresHome } from './kernel/postgres-home.ts';
import { INGEST_FLAGS, programVersion } from './kernel/program.ts';
import { openRollingLog } from './kernel/rolling-log.ts';

const CHILD_STOPS_WITHIN_MS = 12_000;
const PORTS_FREE_WITHIN_MS = 5_000;
const here = dirname(fileURLToPath(import.meta.url));
const say = (line: string) => process.stdout.write(`${line}\n`);

type Tree = {
  config: Config;
  claim: Claim;
  processes: Record<string, number>;
  stops: (() => Promise<void>)[];
};

/** Start the whole tree: embedded PostgreSQL, server, ingest, and the simulator once the demo city stands. */
async function main(): Promise<void> {
  const config = configOrExit();
  mkdirSync(config.dataDir, { recursive: true });
  const claim = await claimDataFolder(config.dataDir, 'npm start');
  if (!claim.ok) {
    const { what, pid, address } = claim.refusal;
    say(`This data folder is in use by "${what}" (process ${pid})${address ? `: ${address}` : ''}`);
    process.exitCode = 1;
    return;
  }
  const tree: Tree = { config, claim: claim.value, processes: {}, stops: [] };
  onStop(() => stopAll(tree));
  if (process.env['npm_lifecycle_event']) endWithParent();
  await grow(tree).catch(async (error: unknown) => {
    // The last stop of a start that failed: say it in plain words, leave nothing running.
    process.stderr.write(`\nTian could not start: ${error instanceof Error ? error.message : String(error)}\n`);
    await stopAll(tree);
    process.exit(1);
  });
}

async function grow(tree: Tree): Promise<void> {
  const { config } = tree;
  say(`Tian ${programVersion}\n${describe(config)}\n`);
  await endOrphans(config.dataDir, here);
  await requireFreePorts(config);
  const databaseUrl = config.databaseUrl ?? (await keepPostgres(tree));
  tree.claim.tell({ databaseUrl });
  const env = childEnvironment(config, databaseUrl);
  const heard = (message: FromChild) => void hear(tree, { env, message });
  await keepChild(tree, { name: 'server', args: ['main.js'], env, heard });
  await keepChild(tree, { name: 'ingest', args: ['ingest.js'], flags: INGEST_FLAGS, env, heard });
}

async function keepPostgres(tree: Tree): Promise<string> {
  const home = await openPostgresHome(tree.config.dataDir);
  if (home.moved) say(home.moved);
  let url = '';
  const start = async (): Promise<Running> => {
    const postgres = await startPostgres(home, databaseSettings(tree.config));
    url = postgres.url;
    noteProcess(tree, 'database', postgres.pid);
    return { ended: postgres.ended, stop: () => postgres.stop('fast') };
  };
  tree.stops.push(await keepRunning({ name: 'database', start, say }));
  return url;
}

const MB = 1024 * 1024;
const memoryMb = (share: number, atMost: number) =>
  `${Math.max(32, Math.min(atMost, Math.floor((totalmem() * share) / MB)))}MB`;

const CONNECTIONS_OF_INGEST = 8;

/** Beyond PostgreSQL's own: memory for a city on one machine, and room for every process's pool. */
const databaseSettings = ({ ingestProcesses }: Config) => ({
  shared_buffers: memoryMb(1 / 8, 1024),
  effective_cache_size: memoryMb(1 / 3, 8192),
  work_mem: '16MB',
  maintenance_work_mem: memoryMb(1 / 16, 256),
  max_connections: String(52 + CONNECTIONS_OF_INGEST * ingestProcesses),
  max_wal_size: '4GB',
  wal_compression: 'on',
  random_page_cost: '1.1',
  autovacuum_naptime: '20s',
});

type Child = {
  name: string;
  args: readonly string[];
  flags?: readonly string[]; // for Node itself
  env: NodeJS.ProcessEnv;
  heard: (message: FromChild) => void;
};

async function keepChild(tree: Tree, child: Child): Promise<void> {
  if (!existsSync(join(here, child.args[0] ?? '')))
    throw new Error(`The program is not built: ${child.args[0]} is missing.`);
  const start = () => Promise.resolve(startChild(tree, child));
  tree.stops.push(await keepRunning({ name: child.name, start, say }));
}

function startChild(tree: Tree, { name, args, flags = [], env, heard }: Child): Running {
  const file = join(tree.config.dataDir, 'logs', `${name}.log`);
  const log = openRollingLog(file);
  // Its own process group: Ctrl-C reaches the supervisor alone, which then stops everything in order.
  const child = spawn(
    process.execPath,
    [...flags, '--enable-source-maps', join(here, args[0] ?? ''), ...args.slice(1)],
    {
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  noteProcess(tree, name, child.pid ?? 0);
  child.stdout?.on('data', log.write);
  child.stderr?.on('data', (chunk: Buffer) => {
    log.write(chunk);
    process.stderr.write(chunk);
  });
  child.on('message', (message) => heard(message as FromChild));
  const ended = new Promise<void>((resolve) => {
    child.once('close', (code, signal) => {
      if (code !== 0 && signal !== 'SIGTERM')
        say(`${name} ended with ${signal ?? `status ${code}`}; see ${relative('.', file)}`);
      log.close();
      resolve();
    });
  });
  return { ended, stop: () => stopChild(child, ended) };
}

/** Whoever asks at the socket learns which processes there are. */
function noteProcess(tree: Tree, name: string, pid: number): void {
  tree.processes[name] = pid;
  tree.claim.tell({ processes: { ...tree.processes } });
  rememberProcesses(tree.config.dataDir, tree.processes);
}

async function stopChild(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), CHILD_STOPS_WITHIN_MS);
  await ended;
  clearTimeout(hard);
}

type Heard = { env: NodeJS.ProcessEnv; message: FromChild };
const simulating = new WeakSet<Tree>();

async function hear(tree: Tree, { env, message }: Heard): Promise<void> {
  if (message.kind === 'listening') {
    tree.claim.tell({ address: message.address });
    say(welcome(tree.config, message.address));
  }
  if (message.kind === 'set_up') {
    say(`  首位管理员的初始化口令 Set-up code for the first administrator: ${message.code}\n`);
  }
  if (message.kind === 'demo_ready' && !simulating.has(tree)) {
    simulating.add(tree);
    await keepChild(tree, { name: 'simulate', args: ['cli.js', 'simulate', '--demo'], env, heard: () => undefined });
  }
}

function welcome({ demo, sandbox, dataDir }: Config, address: string): string {
  const accounts = join(relative('.', dataDir), 'demo-accounts.txt');
  const lines = [`梯安 Tian: ${address}`];
  if (sandbox) lines.push(`沙箱 Sandbox: ${address}${SANDBOX_PATH}`);
  else if (demo) lines.push(`演示账号 Demo accounts: ${accounts}`);
  lines.push('Ctrl-C 停止 stops it');
  return `\n  ${lines.join('\n  ')}\n`;
}

const childEnvironment = (config: Config, databaseUrl: string): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_ENV: 'production',
  TIAN_DATABASE_URL: databaseUrl,
  TIAN_DATA_DIR: config.dataDir,
  TIAN_DEMO: demoSetting(config),
});

async function requireFreePorts({ host, port, mqttPort, ingestPort }: Config): Promise<void> {
  const wanted = [
    { variable: 'PORT', host, port },
    { variable: 'TIAN_MQTT_PORT', host, port: mqttPort },
    { variable: 'TIAN_INGEST_PORT', host: '127.0.0.1', port: ingestPort },
  ];
  for (const { variable, ...at } of wanted) {
    const fault = await lastingBindFault(at);
    if (fault === 'EADDRINUSE') {
      throw new Error(`port ${at.port} is used by another program. Choose another one: ${variable}=${at.port + 10000}`);
    }
    if (fault) throw new Error(`cannot listen on ${at.host}:${at.port} (${fault}). Change TIAN_HOST or ${variable}.`);
  }
}

/** Children of a supervisor that was killed need a moment to end and let their ports go. */
async function lastingBindFault(at: { host: string; port: number }): Promise<string | null> {
  const giveUpAt = Date.now() + PORTS_FREE_WITHIN_MS;
  for (;;) {
    const fault = await bindFault(at);
    if (fault !== 'EADDRINUSE' || Date.now() > giveUpAt) return fault;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

const bindFault = (at: { host: string; port: number }) =>
  new Promise<string | null>((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(at, () => server.close(() => resolve(null)));
  });

/** What was started last is stopped first: clients before their database. */
async function stopAll({ stops, claim }: Tree): Promise<void> {
  for (const stop of stops.toReversed()) await stop();
  await claim.release();
}

await main();
