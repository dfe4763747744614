import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { askHolder } from '../../kernel/claim.ts';
import { isAlive } from '../../kernel/postgres.ts';
import { programDir } from '../../kernel/program.ts';
import { answersOk, startTree, type Tree } from '../tree.ts';

let tree: Tree;
beforeAll(async () => {
  tree = await startTree({ TIAN_DEMO: '0' });
});
afterAll(async () => {
  await tree?.stop();
  tree?.clear();
});

const untilReady = () => vi.waitUntil(() => answersOk(`${tree.address}/readyz`), { timeout: 60_000 });

test('the page, the API and its description answer', async () => {
  const page = await fetch(tree.address, { headers: { accept: 'text/html' } });
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<html lang="zh-CN">')]);
  const api = (await (await fetch(`${tree.address}/api/openapi.json`)).json()) as { openapi: string };
  expect(api.openapi).toBe('3.1.0');
});

test('who starts an empty system reads the code for the first administrator there, and no log holds it', async () => {
  const file = join(tree.dataDir, 'setup-code.txt');
  await vi.waitUntil(() => existsSync(file), { timeout: 60_000 }); // it is written once the pages answer
  const code = readFileSync(file, 'utf8').trim();
  await expect.poll(tree.output).toContain(code);
  expect(tree.logOf('server')).not.toContain(code);
});

test('server, ingest and database come back when they are killed', async () => {
  for (const name of ['server', 'ingest', 'database']) {
    const pid = (await tree.holder()).processes[name] ?? 0;
    expect(pid).toBeGreaterThan(1);
    process.kill(pid, 'SIGKILL');
    await expect.poll(async () => (await tree.holder()).processes[name], { timeout: 60_000 }).not.toBe(pid);
    await untilReady();
  }
});

test('a supervisor that is killed leaves nothing that keeps the next one from starting', async () => {
  const before = (await tree.holder()).processes;
  await tree.kill();
  await tree.again();
  const after = (await tree.holder()).processes;
  expect(after['database']).not.toBe(before['database']);
  for (const pid of Object.values(before)) await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
  await untilReady();
});

test('a second start on the same folder says who holds it and where the pages are', () => {
  const env = { ...process.env, TIAN_DATA_DIR: tree.dataDir, TIAN_DEMO: '0' };
  const second = spawnSync(process.execPath, ['dist/server/supervisor.js'], { cwd: programDir, env, encoding: 'utf8' });
  expect(second.status).toBe(1);
  expect(second.stdout).toContain(tree.address);
});

test('the command joins the running database and backs it up', () => {
  const into = join(tree.dataDir, 'copy');
  const env = { ...process.env, TIAN_DATA_DIR: tree.dataDir, TIAN_DEMO: '0', LANG: 'C' };
  const done = spawnSync(process.execPath, ['dist/server/cli.js', 'backup', '-q', into], {
    cwd: programDir,
    env,
    encoding: 'utf8',
  });
  expect(done.stderr).toBe('');
  expect(done.stdout).toMatch(/^Backup complete: .*, \d+ tables, \d+ rows/);
  expect(readFileSync(join(into, 'manifest.json'), 'utf8')).toContain('"kernel.installation"');
});

test('secrets of the data folder are closed to others', () => {
  for (const name of ['tian.key', 'postgres', 'tian.sock']) {
    expect([name, (statSync(join(tree.dataDir, name)).mode & 0o077).toString(8)]).toEqual([name, '0']);
  }
});

test('asked to end, everything ends, the database last and cleanly', async () => {
  const { processes } = await tree.holder();
  expect(await tree.stop()).toBe(0);
  expect(Object.values(processes).filter(isAlive)).toEqual([]);
  const log = readFileSync(join(tree.dataDir, 'postgres', 'log'), 'utf8');
  expect(log.trimEnd().split('\n').at(-1)).toContain('database system is shut down');
});

test('a start by npm ends cleanly when npm is told to, though its shell passes no signal on', async () => {
  const shell = spawn('sh', ['-c', `"${process.execPath}" dist/server/supervisor.js; true`], {
    cwd: programDir,
    env: { ...tree.env, npm_lifecycle_event: 'start' },
    stdio: 'ignore',
  });
  const holder = await vi.waitUntil(
    async () => {
      const found = await askHolder(tree.dataDir);
      return found?.address && found.processes['ingest'] ? found : null;
    },
    { timeout: 60_000, interval: 200 },
  );
  shell.kill('SIGTERM');
  const all = [holder.pid, ...Object.values(holder.processes)];
  await expect.poll(() => all.filter(isAlive), { timeout: 30_000 }).toEqual([]);
  const log = readFileSync(join(tree.dataDir, 'postgres', 'log'), 'utf8');
  expect(log.trimEnd().split('\n').at(-1)).toContain('database system is shut down');
});
