import { sql } from 'kysely';
import type pg from 'pg';
import { copyRows, openRowWriter, type RowWriter } from '../../kernel/copy-binary.ts';
import type { AnyDb, Tx } from '../../kernel/db.ts';
import type { Finding, FindingChange } from './finding.rules.ts';
import type { Reading } from './reading.rules.ts';
import type { FindingRow, GapRow, QuarantineRow, StrayRow, TallyRow, TelemetryTables } from './tables.ts';

export const COLUMNS = [
  'pos',
  'at',
  'seq',
  'elevator_no',
  'source_no',
  'boot',
  'flags',
  'kind',
  'floor',
  'speed_mm_per_s',
  'load_permille',
  'car_dc',
  'room_dc',
  'extra',
];

/** Rows of history under way to the table. */
export type History = {
  add: (row: Reading) => void;
  copy: (client: pg.ClientBase) => Promise<void>;
  rows: () => number;
};

export function openHistory(): History {
  const writer = openRowWriter();
  let rows = 0;
  return {
    add: (row) => {
      writeReading(writer, row);
      rows += 1;
    },
    rows: () => rows,
    copy: (client) => copyRows(client, `telemetry.reading (${COLUMNS.join(', ')})`, writer.finish()),
  };
}

export function writeReading(writer: RowWriter, row: Reading): void {
  writer.row(COLUMNS.length);
  writer.int8(row.pos);
  writer.instant(row.atMs);
  writer.int8(row.seq);
  writer.int4(row.elevatorNo);
  writer.int4(row.sourceNo);
  writer.int4(row.boot);
  writer.int4(row.flags);
  writer.int2(row.kind);
  writer.int2(row.floor);
  writer.int2(row.speedMmPerS);
  writer.int2(row.loadPermille);
  writer.int2(row.carDc);
  writer.int2(row.roomDc);
  writer.jsonb(row.extra);
}

/** Make the hourly partitions of history from one place to another, where they are not there yet. */
export async function ensurePartitions(
  db: AnyDb,
  hours: readonly { name: string; from: number; to: number }[],
): Promise<void> {
  for (const { name, from, to } of hours) {
    await sql`create table if not exists telemetry.${sql.id(name)} (like telemetry.reading including all)`.execute(db);
    const { rows } = await sql`select from pg_inherits where inhrelid = ${`telemetry.${name}`}::regclass`.execute(db);
    if (rows.length > 0) continue;
    await sql`alter table telemetry.reading attach partition telemetry.${sql.id(name)}
      for values from (${sql.lit(from)}) to (${sql.lit(to)})`.execute(db);
  }
}

type Tables = Tx<TelemetryTables>;

/** A new finding as a row. One that is there already is the same: its id says so. */
export async function insertFindings(
  tx: Tables,
  rows: readonly Omit<FindingRow, 'version' | 'taken_remark'>[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('telemetry.finding')
    .values(rows.map((row) => ({ ...row, evidence: sql`${JSON.stringify(row.evidence)}::jsonb` as never })))
    .onConflict((oc) => oc.column('id').doNothing())
    .execute();
}

/** More evidence for findings that are open. */
export async function strengthenFindings(tx: Tables, findings: readonly Finding[]): Promise<void> {
  if (findings.length === 0) return;
  const rows = findings.map((f) => ({
    id: f.id,
    kind: f.kind,
    confidence: f.confidence,
    reasons: f.reasons,
    evidence: f.evidence,
    version: f.evidence.length,
  }));
  await sql`update telemetry.finding f set kind = s.kind, confidence = s.confidence, evidence = s.evidence,
      reasons = array(select jsonb_array_elements_text(s.reasons)), version = s.version
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as s (id uuid, kind text, confidence real, reasons jsonb, evidence jsonb, version integer)
    where f.id = s.id and f.version < s.version and f.closed_at is null`.execute(tx);
}

type Closed = FindingChange & { change: 'closed' };

/** Findings that are over. One that was closed already keeps its end. */
export async function closeFindings(tx: Tables, closed: readonly Closed[]): Promise<void> {
  if (closed.length === 0) return;
  const rows = closed.map((c) => ({ id: c.id, closed_at: new Date(c.closedAt).toISOString(), reason: c.why }));
  await sql`update telemetry.finding f set closed_at = greatest(s.closed_at, f.started_at), close_reason = s.reason,
      version = f.version + 1
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s (id uuid, closed_at timestamptz, reason text)
    where f.id = s.id and f.closed_at is null`.execute(tx);
}

export async function insertGaps(tx: Tables, gaps: readonly GapRow[]): Promise<void> {
  if (gaps.length === 0) return;
  await tx
    .insertInto('telemetry.gap')
    .values([...gaps])
    .onConflict((oc) => oc.columns(['elevator_no', 'from_at']).doNothing())
    .execute();
}

export async function insertStrays(tx: Tables, strays: readonly StrayRow[]): Promise<void> {
  if (strays.length === 0) return;
  await tx
    .insertInto('telemetry.stray')
    .values([...strays])
    .onConflict((oc) => oc.doNothing())
    .execute();
}

const MOST_ROWS_A_STATEMENT = 1_000;

export async function insertQuarantine(tx: Tables, rows: readonly Omit<QuarantineRow, 'id'>[]): Promise<void> {
  for (let i = 0; i < rows.length; i += MOST_ROWS_A_STATEMENT) {
    await tx
      .insertInto('telemetry.quarantine')
      .values(rows.slice(i, i + MOST_ROWS_A_STATEMENT))
      .execute();
  }
}

/** Count messages by sender, hour and outcome. Rows in one order, so that two processes never wait for each other in a ring. */
export async function addTallies(tx: Tables, tallies: readonly TallyRow[]): Promise<void> {
  if (tallies.length === 0) return;
  const rows = [...tallies].sort((a, b) => a.source_no - b.source_no || (a.outcome < b.outcome ? -1 : 1));
  await tx
    .insertInto('telemetry.tally')
    .values(rows)
    .onConflict((oc) =>
      oc.columns(['source_no', 'hour_at', 'outcome']).doUpdateSet({
        messages: sql`telemetry.tally.messages + excluded.messages`,
      }),
    )
    .execute();
}

/** What a batch with a key was answered. False when another process has taken the same key meanwhile. */
export async function insertBatch(
  tx: Tables,
  batch: { sourceNo: number; key: string; bodySha256: Buffer; answer: unknown },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('telemetry.batch')
    .values({
      source_no: batch.sourceNo,
      key: batch.key,
      body_sha256: batch.bodySha256,
      answer: JSON.stringify(batch.answer),
    })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}
