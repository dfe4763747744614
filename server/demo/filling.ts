import { sql } from 'kysely';
import type { AnyTx } from '../kernel/db.ts';
import type { Kernel } from '../kernel/module.ts';
import { tellDirectory } from '../modules/telemetry/directory.channel.ts';

/** What is there before any demo and outlives it: which city this is, its figures, its keys, how long things are kept. */
const KEPT = [
  'kernel.migration',
  'kernel.installation',
  'kernel.pack_version',
  'kernel.key_ref',
  'identity.retention',
] as const;
/** Of telemetry only who may send: no box speaks before the demo is ready. */
const FILLED = ['kernel', 'identity', 'registry', 'rescue', 'insurance', 'prevention', 'market'] as const;

/** Set the mark that this empty database is being filled with the demo city. */
export async function beginFilling({ db, now }: Kernel): Promise<void> {
  await sql`insert into kernel.demo_filling (begun_at) values (${now()})`.execute(db);
}

/** The demo city is whole. */
export async function endFilling({ db }: Kernel): Promise<void> {
  await sql`delete from kernel.demo_filling`.execute(db);
}

/** Is the demo city being filled, or was that cut short? */
export async function isBeingFilled({ db }: Kernel): Promise<boolean> {
  const { rows } = await sql`select from kernel.demo_filling`.execute(db);
  return rows.length > 0;
}

/**
 * Empty a database whose filling with the demo city was cut short, so that it begins anew. To be called before anything
 * else runs. A database without the mark is never touched, nor one in which anything stands that the demo did not make:
 * somebody may have begun to work there meanwhile. Returns whether it was emptied.
 */
export async function emptyCutShort({ db, log, config }: Kernel): Promise<boolean> {
  if (!config.demo) return false;
  const isEmptied = await db.transaction().execute(async (tx) => {
    const { rows } = await sql`select from kernel.demo_filling for update`.execute(tx);
    if (rows.length === 0 || (await holdsOthersWork(tx))) return false;
    await sql`truncate ${sql.raw((await filledTables(tx)).join(', '))} cascade`.execute(tx);
    await tellDirectory(tx, []); // the doors may hold the half of a city in memory
    return true;
  });
  if (isEmptied) log.warn('the demo city was not filled to its end: it is removed and filled anew');
  return isEmptied;
}

async function holdsOthersWork(tx: AnyTx): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select exists (select from identity.account where not demo)
    or exists (select from identity.person where not demo)
    or exists (select from registry.elevator where source <> 'demo') as found`.execute(tx);
  return rows[0]?.found ?? true;
}

async function filledTables(tx: AnyTx): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = any(${[...FILLED]})
      and n.nspname || '.' || c.relname <> all(${[...KEPT]})`.execute(tx);
  return [...rows.map((r) => r.name), 'telemetry.source'];
}
