import { mkdirSync } from 'node:fs';
import { onStop } from '../kernel/child.ts';
import { claimDataFolder } from '../kernel/claim.ts';
import { type Config, configOrExit } from '../kernel/config.ts';
import { type Language, say } from '../kernel/language.ts';
import type { Kernel } from '../kernel/module.ts';
import { startPostgres } from '../kernel/postgres.ts';
import { openPostgresHome } from '../kernel/postgres-home.ts';
import { openHouse } from '../open.ts';
import type { CityPack } from '../packs.ts';

/** A message for the person at the terminal: printed without a stack, and the command ends with status 1. */
export class CommandError extends Error {}

/** The language of what a command prints: the terminal's. */
export const commandLanguage: Language = /^zh/i.test(process.env['LC_ALL'] || process.env['LANG'] || '') ? 'zh' : 'en';

/** A refusal in words, for the person at the terminal. */
export const refused = (refusal: { code: string }): CommandError =>
  new CommandError(say(refusal.code, commandLanguage, refusal));

/** A database to work on, and how to let it go. */
export type OpenedDatabase = { config: Config & { databaseUrl: string }; close: () => Promise<void> };

/**
 * The database of this configuration: the external one if it is named, the running one if `npm start` runs on this
 * data folder, else the embedded one, started until `close`.
 */
export async function openDatabase(what: string): Promise<OpenedDatabase> {
  const config = configOrExit();
  if (config.databaseUrl) return { config: { ...config, databaseUrl: config.databaseUrl }, close: done };
  mkdirSync(config.dataDir, { recursive: true });
  const claim = await claimDataFolder(config.dataDir, what);
  if (!claim.ok) {
    const { databaseUrl, what: other, pid } = claim.refusal;
    if (databaseUrl) return { config: { ...config, databaseUrl }, close: done };
    throw new CommandError(`"${other}" (process ${pid}) is opening this data folder. Try again in a moment.`);
  }
  const postgres = await startPostgres(await openPostgresHome(config.dataDir));
  claim.value.tell({ databaseUrl: postgres.url });
  const close = async () => {
    await postgres.stop('fast');
    await claim.value.release();
  };
  onStop(close);
  return { config: { ...config, databaseUrl: postgres.url }, close };
}

/** Run a command on the whole house: migrated database, keys, city pack. Everything is closed afterwards. */
export async function withHouse<T>(
  what: string,
  work: (house: { kernel: Kernel; pack: CityPack }) => Promise<T>,
): Promise<T> {
  const { config, close } = await openDatabase(what);
  try {
    // A command's output is for a person or a pipe: only errors are logged, unless more was asked for.
    const house = await openHouse('tian', process.env['TIAN_LOG_LEVEL'] ? config : { ...config, logLevel: 'error' });
    try {
      return await work(house);
    } finally {
      await house.kernel.pool.end();
    }
  } finally {
    await close();
  }
}

const done = () => Promise.resolve();
