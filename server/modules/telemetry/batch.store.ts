import type { Db } from '../../kernel/db.ts';
import type { TelemetryTables } from './tables.ts';
import type { BatchAnswer } from './verdict.ts';

/** What a key was used for before: the body's hash, and what was answered. */
export async function findBatch(
  db: Db<TelemetryTables>,
  sourceNo: number,
  key: string,
): Promise<{ bodySha256: Buffer; answer: BatchAnswer } | undefined> {
  const row = await db
    .selectFrom('telemetry.batch')
    .select(['body_sha256', 'answer'])
    .where('source_no', '=', sourceNo)
    .where('key', '=', key)
    .executeTakeFirst();
  return row && { bodySha256: row.body_sha256, answer: row.answer as BatchAnswer }; // written by `insertBatch`
}

/** Forget keys of batches older than this. Returns how many. */
export async function forgetBatches(db: Db<TelemetryTables>, before: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('telemetry.batch')
    .where('received_at', '<', before)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
