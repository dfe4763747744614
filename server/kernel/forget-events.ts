import { sql } from 'kysely';
import type { Db } from './db.ts';
import type { Tasks } from './jobs.ts';
import { addDays, dayOf, startOf } from './time.ts';

/** Events live on in what modules made of them. What was handed on is kept this long, to see what happened, and to catch repeats. */
const KEPT_DAYS = 90;
const AT_ONCE = 10_000; // rows a statement: short locks, and a backlog of years goes in steps

export type ForgetDeps = { db: Db<unknown>; now: () => Date; consumers: readonly string[] };

/** Forget events that every module heard long ago, and that they were heard. One that still waits stays. Returns how many went. */
export async function forgetEvents({ db, now, consumers }: ForgetDeps): Promise<number> {
  const before = startOf(addDays(dayOf(now()), -KEPT_DAYS));
  for (let gone = 0; ; ) {
    const { rows } = await sql<{ id: string }>`with gone as (
        delete from kernel.outbox where id in (select id from kernel.outbox where sent_at < ${before} limit ${AT_ONCE})
        returning id),
      forgotten as (
        delete from kernel.inbox as i using gone, unnest(${[...consumers]}::text[]) as heard (by)
        where i.consumer = heard.by and i.event_id = gone.id)
      select id from gone`.execute(db);
    gone += rows.length;
    if (rows.length < AT_ONCE) return gone;
  }
}

/** Nightly, at 03:40 in the city. */
export const forgetting = (deps: ForgetDeps): Tasks => ({
  kernel_forget_events: {
    cron: '40 19 * * *',
    run: async () => {
      await forgetEvents(deps);
    },
  },
});
