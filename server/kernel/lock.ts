import { sql } from 'kysely';
import type { AnyTx } from './db.ts';

/** Let only one transaction at a time go on for this name, on every process; freed when the transaction ends. */
export async function holdLock(tx: AnyTx, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx);
}
