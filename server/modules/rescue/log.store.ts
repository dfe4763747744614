import { createHash } from 'node:crypto';
import type { Db, Tx } from '../../kernel/db.ts';
import type { IncidentId } from '../../kernel/ids.ts';
import type { RescueTables } from './tables.ts';

/** A line to add to the incident's log. */
export type Line = {
  at: Date;
  happenedAt: Date | null;
  actor: string;
  what: string;
  data: Readonly<Record<string, unknown>>;
  remarks: readonly string[];
  reportKey: string | null;
  corrects: number | null;
};

/** Add lines in their order. The hash of each covers the hash of the one before it. Only whoever holds the incident may call this. */
export async function appendLines(tx: Tx<RescueTables>, id: IncidentId, lines: readonly Line[]): Promise<void> {
  const last = await tx
    .selectFrom('rescue.incident_log')
    .select(['seq', 'hash'])
    .where('incident_id', '=', id)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  await write(tx, id, { lines, last: last ?? NO_LINE });
}

/** Add the first lines of an incident that this transaction has made. */
export const openLog = (tx: Tx<RescueTables>, id: IncidentId, lines: readonly Line[]): Promise<void> =>
  write(tx, id, { lines, last: NO_LINE });

const NO_LINE = { seq: 0, hash: '' };

async function write(
  tx: Tx<RescueTables>,
  id: IncidentId,
  { lines, last }: { lines: readonly Line[]; last: typeof NO_LINE },
): Promise<void> {
  let before = last;
  const values = lines.map((line) => {
    const seq = before.seq + 1;
    const row = {
      incident_id: id,
      seq,
      at: line.at,
      happened_at: line.happenedAt,
      actor: line.actor,
      what: line.what,
      data: JSON.stringify(line.data),
      remarks: [...line.remarks],
      report_key: line.reportKey,
      corrects: line.corrects,
      before_hash: before.hash,
      hash: lineHash(before.hash, { ...line, seq }),
    };
    before = { seq, hash: row.hash };
    return row;
  });
  await tx.insertInto('rescue.incident_log').values(values).execute();
}

/** SHA-256 over the hash before and the line: who changes or removes a line breaks every later one. */
export const lineHash = (
  before: string,
  { seq, at: when, happenedAt, actor, what, data, remarks, corrects }: Line & { seq: number },
): string =>
  createHash('sha256')
    .update(JSON.stringify([before, seq, when, happenedAt, actor, what, data, remarks, corrects]))
    .digest('hex');

/** Has this report been taken before? The phone makes the key, so a repeat from its queue does nothing. */
export async function isKnownReport(db: Db<RescueTables>, id: IncidentId, reportKey: string): Promise<boolean> {
  const row = await db
    .selectFrom('rescue.incident_log')
    .select('seq')
    .where('incident_id', '=', id)
    .where('report_key', '=', reportKey)
    .executeTakeFirst();
  return row !== undefined;
}
