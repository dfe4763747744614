import type { Config } from './kernel/config.ts';
import { describe, isLoopback } from './kernel/config.ts';
import { openDb, openPool } from './kernel/db.ts';
import { newId } from './kernel/ids.ts';
import { checkKeys, openKeys } from './kernel/keys.ts';
import { say } from './kernel/language.ts';
import { openLog } from './kernel/log.ts';
import { migrate } from './kernel/migrate.ts';
import type { Kernel } from './kernel/module.ts';
import { describePackRefusal } from './kernel/pack-files.ts';
import { storePack } from './kernel/pack-store.ts';
import { programDir } from './kernel/program.ts';
import { type CityPack, loadCityPack } from './packs.ts';
import { readSenders } from './simulate/credentials.ts';

/** The start is refused: the text says why and what to do. Printed without a stack. */
export class StartRefused extends Error {}

/** Open what every process of the house stands on: database with its newest schema, keys, city pack. */
export async function openHouse(part: string, config: Config): Promise<{ kernel: Kernel; pack: CityPack }> {
  const log = openLog(part, config.logLevel);
  log.info(describe(config));
  if (!config.databaseUrl) throw new StartRefused('TIAN_DATABASE_URL is missing: run `npm start`, or name a database');
  if (!isLoopback(config.host) && !config.sandbox && readSenders(config.dataDir).length > 0) {
    throw new StartRefused(
      `${config.dataDir} holds the demo city, which runs on 127.0.0.1 only: use another TIAN_DATA_DIR`,
    );
  }
  const pool = openPool(config.databaseUrl, part === 'server' ? 16 : 8);
  await migrate({ pool, log });
  const db = openDb<unknown>(pool);
  const { keys, made } = openKeys(config.dataDir, new Date());
  if (made) log.warn({ dataDir: config.dataDir }, 'a new key file was made: keep a copy apart from the backups');
  const fits = await checkKeys(db, keys);
  if (!fits.ok) throw new StartRefused(say(fits.refusal.code, 'zh', fits.refusal));
  const pack = await loadCityPack({ city: config.city, programDir, extraDir: config.packsDir });
  if (!pack.ok) throw new StartRefused(describePackRefusal(pack.refusal, 'zh'));
  const stored = await db.transaction().execute((tx) => storePack(tx, pack.value));
  if (!stored.ok) throw new StartRefused(say(stored.refusal.code, 'zh', stored.refusal));
  return { kernel: { db, pool, config, log, keys, now: () => new Date(), newId }, pack: pack.value };
}
