import type { z } from 'zod';
import type { rescuerKept } from '../../../contract/rescue-field.ts';
import type { Tx } from '../../kernel/db.ts';
import type { OrgId, PersonId } from '../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { actAs, type Viewer } from '../../kernel/scope.ts';
import { dayOf } from '../../kernel/time.ts';
import type { RescueDeps } from './deps.ts';
import type { FieldRefusal } from './status.ts';
import type { RescueTables } from './tables.ts';

type Done = Result<null, FieldRefusal>;

/**
 * Register somebody as a rescuer, or change what is kept of him. He belongs to the organisation that the register of people
 * names, and only who sees that person may do it; a station must be of the same organisation.
 */
export async function keepRescuer(
  deps: RescueDeps,
  viewer: Viewer,
  { personId, stationId, label, kind, certifiedUntil }: z.output<typeof rescuerKept>,
): Promise<Done> {
  const id = personId as PersonId;
  const orgId = (await deps.people.cards(viewer, [id])).get(id)?.orgId ?? null;
  if (!orgId || !mayKeep(viewer, orgId)) return refuse({ code: 'rescue.no_person' });
  const station = stationId ? await stationSeen(deps, viewer, stationId) : undefined;
  if (stationId && station?.org_id !== orgId) return refuse({ code: 'rescue.no_station' });
  const audience = { area_codes: station?.area_codes ?? [], org_ids: [orgId] };
  const facts = { org_id: orgId, station_id: stationId, label, kind, certified_until: certifiedUntil, left_on: null };
  await deps.db.transaction().execute(async (tx) => {
    await actAs(tx, viewer.accountId);
    await tx
      .insertInto('rescue.rescuer')
      .values({ person_id: id, ...facts, ...audience, lng: null, lat: null, position_at: null })
      .onConflict((c) => c.column('person_id').doUpdateSet({ ...facts, ...audience }))
      .execute();
  });
  return accept(null);
}

const stationSeen = (deps: RescueDeps, viewer: Viewer, id: string) =>
  deps.scoped(viewer, (tx) =>
    tx
      .selectFrom('rescue.station')
      .select(['org_id', 'area_codes'])
      .where('id', '=', id)
      .where('closed_on', 'is', null)
      .executeTakeFirst(),
  );

/** Units keep their own people; the desk and the city keep everybody's. */
const mayKeep = ({ scope }: Viewer, orgId: OrgId): boolean => scope.all || scope.orgs.includes(orgId);

/** Somebody is no rescuer any more. What runs for him goes on; he is asked for nothing new, and his roster ends. */
export async function dropRescuer(deps: RescueDeps, viewer: Viewer, personId: PersonId): Promise<Done> {
  const seen = await deps.scoped(viewer, (tx) =>
    tx
      .selectFrom('rescue.rescuer')
      .select('org_id')
      .where('person_id', '=', personId)
      .where('left_on', 'is', null)
      .executeTakeFirst(),
  );
  if (!seen || !mayKeep(viewer, seen.org_id)) return refuse({ code: 'rescue.no_rescuer' });
  await deps.db.transaction().execute(async (tx) => {
    await actAs(tx, viewer.accountId);
    await standDown(tx, [personId], deps.now());
  });
  return accept(null);
}

/** From now on these people are asked for nothing new, and their roster ends. What runs for them goes on. */
export async function standDown(tx: Tx<RescueTables>, people: readonly PersonId[], now: Date): Promise<void> {
  if (people.length === 0) return;
  await tx
    .updateTable('rescue.rescuer')
    .set({ left_on: dayOf(now) })
    .where('person_id', 'in', people)
    .execute();
  await tx.deleteFrom('rescue.duty').where('person_id', 'in', people).where('from_at', '>=', now).execute();
  await tx
    .updateTable('rescue.duty')
    .set({ to_at: now })
    .where('person_id', 'in', people)
    .where('from_at', '<', now)
    .where('to_at', '>', now)
    .execute();
}
