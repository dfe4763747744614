import { Kysely, PostgresDialect, sql } from 'kysely';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Tx } from '../../kernel/db.ts';
import { holdLock } from '../../kernel/lock.ts';
import { publish } from '../../kernel/outbox.ts';
import { invariant } from '../../kernel/result.ts';
import { dayOf } from '../../kernel/time.ts';
import { announce } from './announce.rules.ts';
import {
  addTallies,
  closeFindings,
  ensurePartitions,
  insertBatch,
  insertFindings,
  insertGaps,
  insertQuarantine,
  insertStrays,
  strengthenFindings,
} from './commit.store.ts';
import type { Known } from './directory.service.ts';
import type { Finding } from './finding.rules.ts';
import type { Gathered, Submission } from './gather.ts';
import { MOST_MESSAGE_BYTES } from './ingest.ts';
import { ownerOf } from './owner.rules.ts';
import { posAt } from './reading.rules.ts';
import type { TelemetryTables } from './tables.ts';
import { answerOf } from './verdict.ts';

export type CommitDeps = {
  pool: pg.Pool;
  log: Logger;
  now: () => Date;
  sourceIds: () => ReadonlyMap<number, string>;
  /** Cars that somebody looks at: what to tell them, as JSON; null for the rest. */
  glance: (no: number, gathered: Gathered) => string | null;
};

const HOUR_MS = 3_600_000;
/** Raw texts kept of one sender in an hour; beyond that a flood is only counted. */
const RAW_AN_HOUR = 500;

export type Committer = {
  /** Write everything in one transaction. A throw: perhaps nothing, perhaps all of it; ask `stands`. */
  commit: (gathered: Gathered) => Promise<void>;
  /** Did a commit that failed reach the database after all? */
  stands: (gathered: Gathered) => Promise<boolean>;
};

export function openCommitter(deps: CommitDeps): Committer {
  const partitions = new Set<number>();
  const rawKept = openRawCounter();
  return {
    commit: async (gathered) => {
      const client = await deps.pool.connect();
      let broken = true;
      try {
        await makePartitions(client, partitions, gathered);
        const db = onClient(client);
        await db.transaction().execute(async (tx) => {
          if (gathered.history.rows() > 0) await gathered.history.copy(client);
          await writeRest(tx, gathered, { ...deps, rawKept });
        });
        broken = false;
      } finally {
        client.release(broken);
      }
    },
    stands: async ({ first, firstPos }) => {
      if (!first) return false; // findings alone may be written again: their ids say that they are the same
      const { rows } = await deps.pool.query(
        'select from telemetry.reading where elevator_no = $1 and at = $2 and pos = $3',
        [first.elevatorNo, new Date(first.deviceMs), firstPos],
      );
      return rows.length > 0;
    },
  };
}

/** The query builder on one open connection, so that COPY and queries share a transaction. */
function onClient(client: pg.PoolClient): Kysely<TelemetryTables> {
  const query: pg.PoolClient['query'] = client.query.bind(client);
  const held = { query, release: () => undefined };
  return new Kysely<TelemetryTables>({
    dialect: new PostgresDialect({ pool: { connect: async () => held, end: async () => undefined } }),
  });
}

async function makePartitions(
  client: pg.PoolClient,
  made: Set<number>,
  { firstPos, lastPos }: Gathered,
): Promise<void> {
  if (lastPos === 0) return;
  const hours = [firstPos, lastPos, lastPos + posAt(HOUR_MS)].map((pos) => Math.floor(pos / posAt(HOUR_MS)));
  const missing = [...new Set(hours)].filter((hour) => !made.has(hour));
  if (missing.length === 0) return;
  const wanted = missing.map((hour) => ({
    name: partitionOf(hour),
    from: hour * posAt(HOUR_MS),
    to: (hour + 1) * posAt(HOUR_MS),
  }));
  await onClient(client)
    .transaction()
    .execute(async (tx) => {
      await holdLock(tx, 'telemetry.partitions'); // several processes meet at the same hour: one makes it
      await ensurePartitions(tx, wanted);
    });
  for (const hour of missing) made.add(hour);
}

/** `reading_2026112105` holds what arrived from 05:00 to 06:00 UTC on that day. */
export const partitionOf = (hour: number): string =>
  `reading_${new Date(hour * HOUR_MS).toISOString().slice(0, 13).replaceAll(/[-T]/g, '')}`;

type WriteDeps = CommitDeps & { rawKept: RawCounter };

async function writeRest(tx: Tx<TelemetryTables>, gathered: Gathered, deps: WriteDeps): Promise<void> {
  const nowMs = deps.now().getTime();
  await writeFindings(tx, gathered, deps);
  await insertGaps(tx, gathered.gaps.map(gapRow));
  await insertStrays(tx, [...gathered.strays.values()].map(strayRow));
  await insertQuarantine(tx, quarantineRows(gathered, deps.rawKept));
  const hourAt = new Date(Math.floor(nowMs / HOUR_MS) * HOUR_MS);
  await addTallies(
    tx,
    [...gathered.tallies.values()].map((t) => ({
      source_no: t.sourceNo,
      hour_at: hourAt,
      outcome: t.outcome,
      messages: t.messages,
    })),
  );
  for (const [i, submission] of gathered.submissions.entries()) {
    await keepAnswer(tx, submission, gathered.outcomes[i] ?? []);
  }
  for (const no of gathered.cars.keys()) {
    const glance = deps.glance(no, gathered);
    if (glance) await sql`select pg_notify('tian_live', ${glance})`.execute(tx);
  }
}

async function keepAnswer(
  tx: Tx<TelemetryTables>,
  { source, key, items }: Submission,
  outcomes: Gathered['outcomes'][number],
) {
  if (!key) return;
  const answer = answerOf(items, outcomes);
  const mine = await insertBatch(tx, { sourceNo: source.no, key: key.text, bodySha256: key.bodySha256, answer });
  // Another process took the same batch at the same moment: nothing of this commit counts, and the repeat finds its answer.
  invariant(mine, 'a batch key is taken once');
}

async function writeFindings(tx: Tx<TelemetryTables>, { learned }: Gathered, deps: WriteDeps): Promise<void> {
  if (learned.length === 0) return;
  const opened: Parameters<typeof insertFindings>[1][number][] = [];
  const strengthened = new Map<string, Finding>();
  const closed: Parameters<typeof closeFindings>[1][number][] = [];
  for (const { known, learned: one } of learned) {
    if (one.change.change === 'opened') opened.push(findingRow(known, one.change.finding, one.learnedMs));
    else if (one.change.change === 'strengthened') strengthened.set(one.change.finding.id, one.change.finding);
    else closed.push(one.change);
  }
  await insertFindings(tx, opened);
  await strengthenFindings(tx, [...strengthened.values()]);
  await closeFindings(tx, closed);
  const sourceIds = deps.sourceIds();
  const events = learned.flatMap(({ known, learned: { change, learnedMs } }) =>
    announce(change, { elevatorId: known.id, sourceIds, learnedMs }).map(({ event, occurredMs, ...head }) => ({
      ...head,
      type: event.type,
      v: event.v,
      occurredAt: new Date(occurredMs),
      audience: { areaCodes: known.areaCodes, orgIds: known.orgIds },
      data: event.data,
    })),
  );
  for (let i = 0; i < events.length; i += 1_000) await publish(tx, events.slice(i, i + 1_000));
}

const findingRow = (known: Known, finding: Finding, learnedMs: number) => ({
  id: finding.id,
  elevator_no: known.no,
  elevator_id: known.id,
  kind: finding.kind,
  detail: finding.detail,
  confidence: finding.confidence,
  reasons: [...finding.reasons],
  evidence: finding.evidence,
  started_at: new Date(finding.beganAt),
  evidence_at: new Date(finding.openedAt),
  opened_at: new Date(learnedMs),
  closed_at: null,
  close_reason: null,
  owner_org_id: ownerOf(finding.kind, known),
  taken_by: null,
  taken_at: null,
  area_codes: [...known.areaCodes],
  org_ids: [...known.orgIds],
});

const gapRow = ({ known, sourceNo, fromMs, toMs }: Gathered['gaps'][number]) => ({
  elevator_no: known.no,
  from_at: new Date(fromMs),
  to_at: new Date(toMs),
  source_no: sourceNo,
  area_codes: [...known.areaCodes],
  org_ids: [...known.orgIds],
});

const strayRow = ({ elevatorNo, atMs, receivedMs }: { elevatorNo: number; atMs: number; receivedMs: number }) => ({
  elevator_no: elevatorNo,
  day_on: dayOf(new Date(atMs)),
  hour_at: new Date(Math.floor(receivedMs / HOUR_MS) * HOUR_MS),
});

const quarantineRows = ({ asides }: Gathered, rawKept: RawCounter) =>
  asides
    .filter(({ submission, receivedMs }) => rawKept(submission.source.no, receivedMs))
    .map(({ submission: { source, door }, setAside, raw, receivedMs }) => ({
      source_no: source.no,
      received_at: new Date(receivedMs),
      door,
      reason: setAside.reason,
      detail: setAside.detail,
      elevator: setAside.elevator,
      raw: raw.subarray(0, MOST_MESSAGE_BYTES),
      raw_bytes: raw.length,
      area_codes: [...source.areaCodes],
      org_ids: [...source.orgIds],
    }));

type RawCounter = (sourceNo: number, nowMs: number) => boolean;

/** May another raw text of this sender be kept in this hour? */
function openRawCounter(): RawCounter {
  let hour = 0;
  const kept = new Map<number, number>();
  return (sourceNo, nowMs) => {
    const now = Math.floor(nowMs / HOUR_MS);
    if (now !== hour) kept.clear();
    hour = now;
    const count = (kept.get(sourceNo) ?? 0) + 1;
    kept.set(sourceNo, count);
    return count <= RAW_AN_HOUR;
  };
}
