import type { Db } from '../../kernel/db.ts';
import { dayOf } from '../../kernel/time.ts';
import type { Cold } from './cold.service.ts';
import { hotRows, type Window } from './history.views.ts';
import type { Reading } from './reading.rules.ts';
import type { TelemetryTables } from './tables.ts';

const HOUR_MS = 3_600_000;

/**
 * Rows of an elevator between two instants of the sender's clock, wherever they stand: in the database, in the files
 * of these hours, and in those of other hours in which late rows arrived. One more than asked tells that there are more.
 */
export async function readHistory(
  { db, cold }: { db: Db<TelemetryTables>; cold: Cold },
  no: number,
  { from, to, limit }: Window,
): Promise<{ rows: Reading[]; more: boolean }> {
  const one = { from, to, limit: limit + 1 };
  // Rows of the database first: an hour that is frozen meanwhile stands in both, and never in none.
  const hot = await hotRows(db, no, one);
  const files = await filesFor(db, no, { from, to });
  const frozen = await cold.read(files, { no, fromMs: from.getTime(), toMs: to.getTime(), limit: limit + 1 });
  const places = new Set(hot.map((row) => row.pos));
  const all = [...hot, ...frozen.filter((row) => !places.has(row.pos))].sort(
    (a, b) => a.atMs - b.atMs || a.pos - b.pos,
  );
  return { rows: all.slice(0, limit), more: all.length > limit };
}

/** Files of the hours of a window, an hour more at each end for clocks that are off, and those noted for late rows. */
async function filesFor(
  db: Db<TelemetryTables>,
  no: number,
  { from, to }: { from: Date; to: Date },
): Promise<string[]> {
  const strays = await db
    .selectFrom('telemetry.stray')
    .select('hour_at')
    .where('elevator_no', '=', no)
    .where('day_on', '>=', dayOf(from))
    .where('day_on', '<=', dayOf(to))
    .execute();
  const files = await db
    .selectFrom('telemetry.cold_file')
    .select('path')
    .where((eb) =>
      eb.or([
        eb.and([
          eb('hour_at', '>=', new Date(from.getTime() - 2 * HOUR_MS)),
          eb('hour_at', '<', new Date(to.getTime() + HOUR_MS)),
        ]),
        ...(strays.length > 0
          ? [
              eb(
                'hour_at',
                'in',
                strays.map((s) => s.hour_at),
              ),
            ]
          : []),
      ]),
    )
    .orderBy('hour_at')
    .execute();
  return files.map(({ path }) => path);
}
