import { sql } from 'kysely';
import type { Db } from '../../kernel/db.ts';
import type { MapState, Point } from './points.rules.ts';
import type { RegistryTables } from './tables.ts';
import type { State } from './vocabulary.rules.ts';

const PAGE = 20_000;

/** A point as the registry alone knows it: in use is unknown until telemetry says more. */
const stateOf = (state: State): MapState => (state === 'stopped' || state === 'sealed' ? 'stopped' : 'unknown');

type Row = {
  no: number;
  id: string;
  lng: number | null;
  lat: number | null;
  state: State;
  area_codes: string[];
  org_ids: string[];
  merged_into: string | null;
  changed_at: Date;
};

export type MapPage = { points: Point[]; gone: number[]; lastNo: number; newest: Date | null };

/** The next elevators by number: how the whole map is read at start, page by page. */
export async function pointsAfter(db: Db<RegistryTables>, no: number): Promise<MapPage> {
  const { rows } = await sql<Row>`select no, id, lng, lat, state, area_codes, org_ids, merged_into, changed_at
    from registry.elevator where no > ${no} order by no limit ${PAGE}`.execute(db);
  return pageOf(rows);
}

/** What changed since an instant, at most one page, oldest first. */
export async function pointsSince(db: Db<RegistryTables>, since: Date): Promise<MapPage> {
  const { rows } = await sql<Row>`select no, id, lng, lat, state, area_codes, org_ids, merged_into, changed_at
    from registry.elevator where changed_at >= ${since} order by changed_at limit ${PAGE}`.execute(db);
  return pageOf(rows);
}

function pageOf(rows: readonly Row[]): MapPage {
  const points: Point[] = [];
  const gone: number[] = [];
  for (const row of rows) {
    const shown = row.lng !== null && row.lat !== null && row.merged_into === null && row.state !== 'scrapped';
    if (!shown || row.lng === null || row.lat === null) gone.push(row.no);
    else {
      points.push({
        no: row.no,
        id: row.id,
        lng: row.lng,
        lat: row.lat,
        state: stateOf(row.state),
        areaCodes: row.area_codes,
        orgIds: row.org_ids,
      });
    }
  }
  return { points, gone, lastNo: rows.at(-1)?.no ?? -1, newest: rows.at(-1)?.changed_at ?? null };
}
