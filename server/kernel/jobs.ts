import { Logger as JobsLogger, parseCronItems, type Runner, run } from 'graphile-worker';
import type pg from 'pg';
import type { Logger } from 'pino';

/** Work done in the background: what to do, and, for work by the clock, a crontab pattern (UTC). */
export type Task = { run: (payload: unknown) => Promise<void>; cron?: string };
export type Tasks = Readonly<Record<string, Task>>;

/**
 * Run background tasks from the database's own queue. A worker that was killed keeps its jobs locked for hours,
 * so whoever starts first frees what dead workers held.
 */
export async function startJobs({ pool, log, tasks }: { pool: pg.Pool; log: Logger; tasks: Tasks }): Promise<Runner> {
  const items = Object.entries(tasks).flatMap(([task, { cron }]) => (cron ? [{ task, match: cron }] : []));
  const runner = await run({
    pgPool: pool,
    concurrency: 2,
    pollInterval: 500,
    noHandleSignals: true,
    logger: intoOurs(log),
    parsedCronItems: parseCronItems(items),
    taskList: Object.fromEntries(
      Object.entries(tasks).map(([name, task]) => [name, (payload: unknown) => task.run(payload)]),
    ),
  });
  await freeDeadWorkers(pool, log);
  return runner;
}

const LEVELS = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const; // a finished job is no news

/** The queue's own lines in our log's form. */
const intoOurs = (log: Logger): JobsLogger =>
  new JobsLogger((scope) => (level, message, meta) => {
    // Not the whole meta: it may hold the job's payload, which may be about a person.
    log[LEVELS[level]]({ task: scope.taskIdentifier, job: scope.jobId, error: meta?.['error'] }, message);
  });

async function freeDeadWorkers(pool: pg.Pool, log: Logger): Promise<void> {
  const { rows } = await pool.query<{ locked_by: string }>(
    `select distinct locked_by from graphile_worker._private_jobs where locked_by is not null and locked_at < now() - interval '5 minutes'`,
  );
  if (rows.length === 0) return;
  await pool.query('select graphile_worker.force_unlock_workers($1)', [rows.map((r) => r.locked_by)]);
  log.warn({ workers: rows.length }, 'freed jobs of workers that are gone');
}

/** Ask for a background task, in the caller's transaction if `db` is one. `key` joins repeats into one job. */
export async function enqueue(
  db: { query: (text: string, values: unknown[]) => Promise<unknown> },
  task: string,
  { payload, key, runAt }: { payload?: unknown; key?: string; runAt?: Date },
): Promise<void> {
  await db.query('select graphile_worker.add_job($1, $2::json, run_at => $3, job_key => $4)', [
    task,
    JSON.stringify(payload ?? {}),
    runAt ?? new Date(),
    key ?? null,
  ]);
}
