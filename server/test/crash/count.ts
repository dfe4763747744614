import type pg from 'pg';
import { type Acknowledged, BOOT } from './load.ts';

/** Acknowledged messages that are not in history, and rows of history that are there twice. */
export async function countMessages(
  pool: pg.Pool,
  acknowledged: readonly Acknowledged[],
): Promise<{ stored: number; lost: readonly string[]; doubled: readonly string[] }> {
  const { rows } = await pool.query<{ code: string; seq: number; n: number }>(
    `select c.registration_code as code, r.seq, count(*) as n from telemetry.reading r
     join registry.elevator_card c on c.no = r.elevator_no where r.boot = $1 group by 1, 2`,
    [BOOT],
  );
  const stored = new Map(rows.map((row) => [`${row.code} ${row.seq}`, row.n]));
  return {
    stored: stored.size,
    lost: acknowledged.map(({ code, seq }) => `${code} ${seq}`).filter((key) => !stored.has(key)),
    doubled: [...stored].filter(([, n]) => n > 1).map(([key]) => key),
  };
}

/** Reported entrapments without an incident, and with more than one, since `since`: the demo city has a past of its own. */
export async function countIncidents(
  pool: pg.Pool,
  trapped: readonly string[],
  since: Date,
): Promise<{ lost: readonly string[]; doubled: readonly string[] }> {
  const { rows } = await pool.query<{ code: string; n: number }>(
    `select c.registration_code as code, count(*) as n from rescue.incident i
     join registry.elevator_card c on c.id = i.elevator_id where i.aware_at >= $1 group by 1`,
    [since],
  );
  const found = new Map(rows.map((row) => [row.code, row.n]));
  return {
    lost: trapped.filter((code) => !found.has(code)),
    doubled: trapped.filter((code) => (found.get(code) ?? 0) > 1),
  };
}

/**
 * Timers of open incidents: those whose time is over without effect, open incidents for which nothing will ever come due,
 * incidents of this test that did not climb to the last level although nobody answered, and effects that happened twice
 * for one due instant.
 */
export async function countTimers(
  pool: pg.Pool,
  since: Date,
): Promise<{ effects: number; overdue: number; stuck: number; below: number; doubled: number }> {
  type Counts = { effects: number; overdue: number; stuck: number; below: number; doubled: number };
  const { rows } = await pool.query<Counts>(
    `select
    (select count(*) from rescue.timer_effect) as effects,
    (select count(*) from rescue.incident where next_due_at < now() - interval '10 seconds') as overdue,
    (select count(*) from rescue.incident where end_name is null and next_due_at is null) as stuck,
    (select count(*) from rescue.incident where end_name is null and aware_at >= $1 and level < 3) as below,
    (select count(*) from (select 1 from rescue.timer_effect group by incident_id, level, kind, due_at
      having count(*) > 1) as twice) as doubled`,
    [since],
  );
  return rows[0] ?? { effects: 0, overdue: 0, stuck: 0, below: 0, doubled: 0 };
}
