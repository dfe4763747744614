import { sql } from 'kysely';
import type { z } from 'zod';
import type { stationChange, stationMade } from '../../../contract/rescue-field.ts';
import type { AnyTx } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { dayOf } from '../../kernel/time.ts';
import type { RescueDeps } from './deps.ts';
import type { FieldRefusal } from './status.ts';

type Place = { lng: number | null; lat: number | null };

/** The divisions a place lies in: those of the nearest elevator, because the city is full of them. None without a place. */
async function areasAt(tx: AnyTx, { lng, lat }: Place): Promise<string[]> {
  if (lng === null || lat === null) return [];
  const { rows } = await sql<{ area_codes: string[] }>`select area_codes from registry.elevator_card
    where lng between ${lng - 0.2} and ${lng + 0.2} and lat between ${lat - 0.2} and ${lat + 0.2}
    order by (lng - ${lng}) ^ 2 + (lat - ${lat}) ^ 2 limit 1`.execute(tx);
  return rows[0]?.area_codes ?? [];
}

/** Open a station. In the viewer's scope: the database refuses one for an organisation he does not keep. */
export async function addStation(
  deps: RescueDeps,
  viewer: Viewer,
  { orgId, ...facts }: z.output<typeof stationMade>,
): Promise<string> {
  const id = deps.newId();
  return deps.scoped(viewer, async (tx) => {
    const audience = { area_codes: await areasAt(tx, facts), org_ids: [orgId as OrgId] };
    const row = { ...facts, ...audience, id, org_id: orgId as OrgId, closed_on: null };
    await tx.insertInto('rescue.station').values(row).execute();
    return id;
  });
}

/** Change what is known of a station. Refused when somebody else changed it meanwhile. */
export async function changeStation(
  deps: RescueDeps,
  viewer: Viewer,
  { id, version, ...facts }: z.output<typeof stationChange> & { id: string },
): Promise<Result<null, FieldRefusal>> {
  return deps.scoped(viewer, async (tx) => {
    const was = await tx
      .selectFrom('rescue.station')
      .select(['version', 'area_codes'])
      .where('id', '=', id)
      .where('closed_on', 'is', null)
      .executeTakeFirst();
    if (!was) return refuse({ code: 'rescue.no_station' });
    if (was.version !== version) return refuse({ code: 'rescue.station_changed' });
    const found = await areasAt(tx, facts);
    const { numUpdatedRows } = await tx
      .updateTable('rescue.station')
      .set({ ...facts, area_codes: found.length > 0 ? found : was.area_codes, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .executeTakeFirst();
    return numUpdatedRows === 1n ? accept(null) : refuse({ code: 'rescue.station_changed' });
  });
}

/** Close a station from today. Its people stay rescuers and are reckoned from where they are. */
export async function closeStation(deps: RescueDeps, viewer: Viewer, id: string): Promise<Result<null, FieldRefusal>> {
  return deps.scoped(viewer, async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('rescue.station')
      .set((e) => ({ closed_on: dayOf(deps.now()), version: e('version', '+', 1) }))
      .where('id', '=', id)
      .where('closed_on', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n ? accept(null) : refuse({ code: 'rescue.no_station' });
  });
}
