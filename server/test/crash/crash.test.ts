import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openPool } from '../../kernel/db.ts';
import { isAlive } from '../../kernel/postgres.ts';
import { programDir } from '../../kernel/program.ts';
import { readSenders, type Sender } from '../../simulate/credentials.ts';
import { startTree, type Tree } from '../tree.ts';
import { countIncidents, countMessages, countTimers } from './count.ts';
import { type Load, startHttpLoad, startMqttLoad } from './load.ts';

const KILLS = Number(process.env['TIAN_CRASH_KILLS'] ?? 32);
const SEED = Number(process.env['TIAN_CRASH_SEED'] ?? 20_261_121);
const TARGETS = ['ingest', 'server', 'database', 'supervisor'] as const;
const TRAPPED_EACH = 12; // entrapments per door
/** Alarm codes for people in the car, by code set. */
const ALARM: Readonly<Record<string, string>> = { chongqing: '93', gbt38656: '11', camera_sensor: '8' };

let tree: Tree;
let pool: pg.Pool;
const chance = seeded(SEED);

beforeAll(async () => {
  tree = await startTree({ TIAN_DEMO: '1' });
  await vi.waitUntil(async () => (await demoState(tree)) === 'ready', { timeout: 120_000, interval: 500 });
  await tree.stop();
  // The same city without its simulator, and with levels that climb in seconds.
  await tree.again({ TIAN_DEMO: '0', TIAN_PACKS: quickPack(tree.dataDir) });
  pool = openPool((await tree.holder()).databaseUrl ?? '', 2);
}, 300_000);

afterAll(async () => {
  await pool?.end();
  await tree?.stop();
  tree?.clear();
}, 120_000);

test(`${KILLS} kills under load lose and double nothing: messages, incidents, timers`, async () => {
  const senders = readSenders(tree.dataDir).filter((s) => ALARM[s.codeSet]);
  const [byMqtt, byHttp] = [senders.find((s) => s.door === 'mqtt'), senders.find((s) => s.door === 'http')];
  if (!byMqtt || !byHttp) throw new Error('the demo city has a sender for each door');
  const [mqttCodes, httpCodes] = [await codesOf(byMqtt), await codesOf(byHttp)];
  const mqtt = await startMqttLoad({ ...loadOf(byMqtt, mqttCodes), url: `mqtt://127.0.0.1:${tree.mqttPort}` });
  const http = startHttpLoad({ ...loadOf(byHttp, httpCodes), url: tree.address });

  const began = new Date();
  const trapped: string[] = [];
  const trap = (load: Load, codes: readonly string[], n: number) => {
    const code = codes[n];
    if (code === undefined || n >= TRAPPED_EACH) return;
    trapped.push(code);
    void load.trap(code);
  };
  const counts: Record<string, number> = {};
  for (let kills = 0; kills < KILLS; ) {
    await pause(200 + chance() * 2_300);
    const target = TARGETS[Math.floor(chance() * TARGETS.length)] ?? 'ingest';
    if (!(await kill(target))) continue;
    counts[target] = (counts[target] ?? 0) + 1;
    if (kills % 2 === 0) trap(mqtt, mqttCodes, kills / 2);
    else trap(http, httpCodes, (kills - 1) / 2);
    kills += 1;
  }

  await Promise.all([mqtt.drain(), http.drain()]);
  await expect
    .poll(() => countIncidents(pool, trapped, began).catch(() => undefined), { timeout: 60_000, interval: 500 })
    .toMatchObject({ lost: [] });
  const haveRung = async () => {
    const { effects, overdue, below } = await countTimers(pool, began);
    return effects >= trapped.length && overdue === 0 && below === 0;
  };
  await vi.waitUntil(() => haveRung().catch(() => false), { timeout: 90_000, interval: 1_000 });
  const acknowledged = [...mqtt.acknowledged(), ...http.acknowledged()];
  const messages = await countMessages(pool, acknowledged);
  const incidents = await countIncidents(pool, trapped, began);
  const timers = await countTimers(pool, began);
  await mqtt.close();
  process.stdout.write(
    `seed ${SEED}, kills ${JSON.stringify(counts)}; ${acknowledged.length} messages acknowledged, ${messages.stored} stored, ` +
      `${messages.lost.length} lost, ${messages.doubled.length} doubled; ${trapped.length} entrapments, ` +
      `${incidents.lost.length} lost, ${incidents.doubled.length} doubled; ${timers.effects} timer effects, ` +
      `${timers.overdue} lost, ${timers.doubled} doubled, ${timers.below} incidents below the last level\n`,
  );
  expect(acknowledged.length).toBeGreaterThan(1_000);
  expect(trapped.length).toBeGreaterThan(Math.min(KILLS, 2 * TRAPPED_EACH) - 2);
  expect(messages).toMatchObject({ lost: [], doubled: [] });
  expect(incidents).toEqual({ lost: [], doubled: [] });
  expect(timers).toMatchObject({ overdue: 0, stuck: 0, below: 0, doubled: 0 });
  expect(timers.effects).toBeGreaterThanOrEqual(trapped.length);
});

const loadOf = (sender: Sender, codes: readonly string[]) => ({
  sender,
  codes,
  alarmCode: ALARM[sender.codeSet] ?? '',
});

/** Kill one process of the tree as a power cut would; false when it does not run at this moment. */
async function kill(target: (typeof TARGETS)[number]): Promise<boolean> {
  if (target === 'supervisor') {
    await tree.kill();
    await pause(chance() * 500);
    await tree.again({ TIAN_DEMO: '0', TIAN_PACKS: join(tree.dataDir, 'packs') });
    return true;
  }
  const pid = (await tree.holder()).processes[target] ?? 0;
  if (pid < 2 || !isAlive(pid)) return false;
  process.kill(pid, 'SIGKILL');
  return true;
}

async function demoState({ address }: Tree): Promise<string> {
  const answer = await fetch(`${address}/api/v1/demo`);
  return ((await answer.json()) as { state: string }).state;
}

/** Lifts in use of the sender's organisation, by registration code: what it may speak for. */
async function codesOf({ orgId }: Sender): Promise<readonly string[]> {
  const { rows } = await pool.query<{ code: string }>(
    `select registration_code as code from registry.elevator_card
     where maker_org_id = $1 and state = 'in_use' and kind = 'lift' and registration_code is not null order by no limit 200`,
    [orgId],
  );
  return rows.map((row) => row.code);
}

/** The country's rescue levels, with seconds for minutes. Returns the folder for TIAN_PACKS. */
function quickPack(dataDir: string): string {
  const folder = join(dataDir, 'packs', '320200-wuxi');
  mkdirSync(folder, { recursive: true });
  const text = readFileSync(join(programDir, 'packs', '000000-national', 'rescue.json'), 'utf8');
  const { levels, clocks } = JSON.parse(text) as { levels?: unknown; clocks?: unknown };
  if (!levels || !clocks) throw new Error('the national pack has levels and clocks to quicken');
  const quick = JSON.stringify({ levels, clocks }, (key, value: unknown) =>
    key.endsWith('Seconds') && isFact(value) ? { ...value, value: Math.max(2, Math.round(value.value / 30)) } : value,
  );
  writeFileSync(join(folder, 'rescue.json'), quick);
  return join(dataDir, 'packs');
}

const isFact = (value: unknown): value is { value: number } =>
  typeof value === 'object' && value !== null && 'value' in value && typeof value.value === 'number';

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The same numbers between 0 and 1 for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
