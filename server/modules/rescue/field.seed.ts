import type { Tx } from '../../kernel/db.ts';
import type { OrgId, PersonId } from '../../kernel/ids.ts';
import type { Kernel } from '../../kernel/module.ts';
import { addDays, type Day, startOf } from '../../kernel/time.ts';
import type { RescueTables } from './tables.ts';

/** A base of rescuers as a list brings it: an import, or the demo city. */
export type FieldSeed = {
  today: Day; // the roster begins here
  stations: readonly {
    orgId: OrgId;
    name: string;
    lng: number;
    lat: number;
    areaCodes: readonly string[];
    kind: 'maintenance' | 'public' | 'social';
    people: readonly { id: PersonId; certifiedUntil: string | null }[];
  }[];
};

/** Days the roster is written ahead. */
const ROSTER_DAYS = 92;

/** Write stations, their rescuers and a roster of whole days. Everybody stands near his station, each a little aside. */
export async function seedField(
  { db, newId, now }: Pick<Kernel, 'db' | 'newId' | 'now'>,
  { today, stations }: FieldSeed,
): Promise<void> {
  const tables = db.withTables<RescueTables>();
  const from_at = startOf(today);
  const to_at = startOf(addDays(today, ROSTER_DAYS));
  await tables.transaction().execute(async (tx) => {
    for (const station of stations) await seedStation(tx, { newId, now, from_at, to_at }, station);
  });
}

type Seeding = Pick<Kernel, 'newId' | 'now'> & { from_at: Date; to_at: Date };

async function seedStation(
  tx: Tx<RescueTables>,
  { newId, now, from_at, to_at }: Seeding,
  station: FieldSeed['stations'][number],
): Promise<void> {
  const station_id = newId();
  const audience = { area_codes: [...station.areaCodes], org_ids: [station.orgId] };
  const { name, lng, lat, kind } = station;
  await tx
    .insertInto('rescue.station')
    .values({
      id: station_id,
      org_id: station.orgId,
      name,
      address: '',
      kind,
      lng,
      lat,
      closed_on: null,
      ...audience,
    })
    .execute();
  if (station.people.length === 0) return;
  const rescuers = station.people.map(({ id, certifiedUntil }, i) => ({
    person_id: id,
    org_id: station.orgId,
    station_id,
    label: `${name} ${i + 1} 组`,
    kind,
    certified_until: certifiedUntil,
    lng: lng + asideOf(i),
    lat: lat + asideOf(i + 3),
    position_at: now(),
    left_on: null,
    ...audience,
  }));
  await tx
    .insertInto('rescue.rescuer')
    .values(rescuers)
    .onConflict((c) => c.column('person_id').doNothing())
    .execute();
  const onDuty = { from_at, to_at, source: 'roster' as const, ...audience };
  const duty = station.people.map(({ id }) => ({ id: newId(), person_id: id, ...onDuty }));
  await tx.insertInto('rescue.duty').values(duty).execute();
}

/** A few hundred metres, the same every time. */
const asideOf = (i: number): number => (((i * 37) % 11) - 5) * 0.001;
