import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { pino } from 'pino';
import { onStop } from '../../server/kernel/child.ts';
import { openPool } from '../../server/kernel/db.ts';
import { migrate } from '../../server/kernel/migrate.ts';
import { startPostgres } from '../../server/kernel/postgres.ts';
import { openPostgresHome } from '../../server/kernel/postgres-home.ts';
import { newSecret, sha256 } from '../../server/kernel/secret-data.ts';

/** A database and senders of their own for one run; nothing of an installation is touched. */
export type Stage = {
  url: string;
  dataDir: string;
  pool: pg.Pool;
  senders: readonly { id: string; mqttSecret: string }[];
  close: () => Promise<void>;
};

/** Elevators are named by rescue codes 100000, 100001, …; every sender may speak for all of them. */
export async function openStage({ elevators, senders }: { elevators: number; senders: number }): Promise<Stage> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tian-bench-'));
  chmodSync(dataDir, 0o711); // the database may run as another user
  const postgres = await startPostgres(await openPostgresHome(dataDir), {
    max_connections: '60',
    shared_buffers: '512MB',
    max_wal_size: '8GB',
    // as an installation has it: `server/supervisor.ts`
    work_mem: '16MB',
    wal_compression: 'on',
    random_page_cost: '1.1',
    autovacuum_naptime: '20s',
  });
  const pool = openPool(postgres.url, 4);
  await migrate({ pool, log: pino({ level: 'silent' }) });
  await pool.query(
    `insert into registry.elevator (id, kind, variety, state, state_at, source, rescue_code, area_codes, org_ids, bottom_floor, top_floor,
       rated_speed_mm_per_s, community_code)
     select gen_random_uuid(), 'lift', 'traction_passenger', 'in_use', now(), 'bench', (100000 + n)::text,
       array['320205', '320205001', '320205001' || lpad((n % 900)::text, 3, '0')], '{}', 1, 33, 2500, '320205001' || lpad((n % 900)::text, 3, '0')
     from generate_series(0, $1 - 1) n`,
    [elevators],
  );
  await pool.query('analyze');
  const close = async (): Promise<void> => {
    await pool.end();
    await postgres.stop('immediate');
    rmSync(dataDir, { recursive: true, force: true });
  };
  onStop(close); // a run that is broken off leaves no database behind
  return {
    url: postgres.url,
    dataDir,
    pool,
    senders: await Promise.all(Array.from({ length: senders }, () => insertSender(pool))),
    close,
  };
}

async function insertSender(pool: pg.Pool): Promise<{ id: string; mqttSecret: string }> {
  const id = randomUUID();
  const mqttSecret = newSecret();
  await pool.query(
    `insert into identity.client (id, name, org_id, whole_city, grants, state) values ($1, 'bench', null, true, '{telemetry:write}', 'active')`,
    [id],
  );
  await pool.query(
    `insert into identity.client_secret (id, client_id, door, secret_hash, hint, created_at) values ($1, $2, 'mqtt', $3, '', now())`,
    [randomUUID(), id, sha256(mqttSecret)],
  );
  return { id, mqttSecret };
}

/** A status message of a ride that nobody can foresee: floors, loads and speeds as good as random. */
export const statusOf = (elevator: number, seq: number, at: Date): string => {
  const chance = mixed(elevator, seq);
  const moving = chance % 3 !== 0;
  return JSON.stringify({
    elevator: { type: 'rescue_code', value: String(100_000 + elevator) },
    type: 'status',
    seq,
    at: at.toISOString(),
    serviceMode: 1,
    carStatus: moving ? 1 : 0,
    carDirection: moving ? 1 + ((chance >> 3) % 2) : 0,
    doorZone: !moving,
    carPosition: 1 + ((chance >> 5) % 33),
    doorStatus: moving || (chance >> 11) % 2 === 0,
    passengerStatus: (chance >> 13) % 5 < 2,
    carSpeedMPerS: moving ? 2.5 - ((chance >> 15) % 40) / 1_000 : 0,
    loadPercent: (chance >> 21) % 70,
  });
};

/** A whole number that looks like chance and is the same each time. */
export function mixed(a: number, b: number): number {
  let x = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39);
  return (x ^ (x >>> 15)) & 0x7fffffff;
}
