import type { z } from 'zod';
import type { quarantineFile, quarantineItem, quarantineQuery } from '../../../contract/telemetry.ts';
import type { Db } from '../../kernel/db.ts';
import type { TelemetryTables } from './tables.ts';

type Item = z.infer<typeof quarantineItem>;

/** A page of what was set aside, newest first; one more than asked tells that there are more. */
export async function listQuarantine(db: Db<TelemetryTables>, query: z.infer<typeof quarantineQuery>): Promise<Item[]> {
  let found = lines(db);
  if (query.sourceId) found = found.where('s.id', '=', query.sourceId);
  if (query.reason) found = found.where('q.reason', '=', query.reason);
  if (query.before) found = found.where('q.id', '<', query.before);
  const rows = await found
    .orderBy('q.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  return rows.map(itemOf);
}

/** One message that was set aside, as it came. */
export async function findQuarantine(
  db: Db<TelemetryTables>,
  id: number,
): Promise<z.infer<typeof quarantineFile> | undefined> {
  const row = await lines(db).select('q.raw').where('q.id', '=', id).executeTakeFirst();
  return row && { ...itemOf(row), text: row.raw.toString('utf8'), base64: row.raw.toString('base64') };
}

const lines = (db: Db<TelemetryTables>) =>
  db
    .selectFrom('telemetry.quarantine as q')
    .innerJoin('telemetry.source as s', 's.no', 'q.source_no')
    .select(['q.id', 'q.received_at', 'q.door', 'q.reason', 'q.detail', 'q.elevator', 'q.raw_bytes'])
    .select(['s.id as source_id', 's.name as source_name']);

type Line = Awaited<ReturnType<ReturnType<typeof lines>['execute']>>[number];

const itemOf = (row: Line): Item => ({
  id: row.id,
  source: { id: row.source_id, name: row.source_name },
  receivedAt: row.received_at.toISOString(),
  door: row.door,
  reason: row.reason,
  detail: row.detail,
  elevator: row.elevator,
  bytes: row.raw_bytes,
});
