import type pg from 'pg';
import type { Config } from '../../kernel/config.ts';
import type { Db } from '../../kernel/db.ts';
import { derivedId } from '../../kernel/ids.ts';
import type { Tasks } from '../../kernel/jobs.ts';
import type { Logger } from '../../kernel/log.ts';
import { publish } from '../../kernel/outbox.ts';
import { addDays, dayOf, startOf } from '../../kernel/time.ts';
import { forgetBatches } from './batch.store.ts';
import type { Cold } from './cold.service.ts';
import { dropOldSums, freezeSums } from './cold-sum.service.ts';
import type { SourceSilent } from './events.ts';
import { dropOldFiles, freezeClosedHours } from './freeze.service.ts';
import type { Thresholds } from './pack.ts';
import { markSilent, spreadAreas } from './source.views.ts';
import { forgetDays, forgetOld, sumDay } from './sum.store.ts';
import type { TelemetryTables } from './tables.ts';

export type UpkeepDeps = {
  db: Db<TelemetryTables>;
  pool: pg.Pool;
  cold: Cold;
  thresholds: Thresholds;
  now: () => Date;
  log: Logger;
  keep: Config['history'];
};

const DAY_MS = 86_400_000;
const KEEP_KEYS_DAYS = 7;
const DAYS_A_YEAR = 366;

/** What telemetry does by the clock. */
export const telemetryTasks = (deps: UpkeepDeps): Tasks => ({
  'telemetry.silent_sources': { cron: '* * * * *', run: () => tellSilent(deps) },
  'telemetry.source_areas': { cron: '*/10 * * * *', run: () => spreadAreas(deps.db) },
  'telemetry.freeze': {
    cron: '*/5 * * * *',
    run: async () => void (await freezeClosedHours(deps, deps.keep.hotHours)),
  },
  // 00:40 in the city: late messages of the evening are in by then, and the day before is summed once more.
  'telemetry.sum_days': { cron: '40 16 * * *', run: () => sumDays(deps) },
  'telemetry.forget': { cron: '10 17 * * *', run: () => forget(deps) },
});

async function tellSilent({ db, thresholds, now }: UpkeepDeps): Promise<void> {
  const since = new Date(now().getTime() - thresholds.offlineSeconds * 1000);
  await db.transaction().execute(async (tx) => {
    const silent = await markSilent(tx, since);
    const events = silent.flatMap((source) => {
      if (!source.org_id) return [];
      const event: SourceSilent = {
        type: 'telemetry.source_silent',
        v: 1,
        data: {
          sourceId: source.id,
          name: source.name,
          orgId: source.org_id,
          silentSince: source.heard_at.toISOString(),
          elevators: source.elevators,
        },
      };
      return [
        {
          id: derivedId(source.id, event.type, source.heard_at.getTime()),
          type: event.type,
          v: event.v,
          occurredAt: now(),
          subject: source.id,
          version: 0,
          audience: { areaCodes: source.area_codes, orgIds: source.org_ids },
          data: event.data,
        },
      ];
    });
    await publish(tx, events);
  });
}

async function sumDays({ db, now }: UpkeepDeps): Promise<void> {
  const today = dayOf(now());
  for (const day of [addDays(today, -2), addDays(today, -1)]) {
    await sumDay(db, { day, from: startOf(day), to: startOf(addDays(day, 1)) });
  }
}

async function forget(deps: UpkeepDeps): Promise<void> {
  const { db, now, log, keep } = deps;
  const before = (days: number): Date => new Date(now().getTime() - days * DAY_MS);
  const keys = await forgetBatches(db, before(KEEP_KEYS_DAYS));
  await forgetOld(db, before(keep.rawDays));
  const files = await dropOldFiles(deps, before(keep.rawDays));
  const frozenDays = await freezeSums(deps, before(keep.hourDays));
  const sumFiles = await dropOldSums(deps, before(keep.sumYears * DAYS_A_YEAR));
  await forgetDays(db, before(keep.sumYears * DAYS_A_YEAR));
  log.info({ keys, files, frozenDays, sumFiles }, 'old telemetry frozen and forgotten');
}
