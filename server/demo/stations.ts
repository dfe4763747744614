import { sql } from 'kysely';
import { addDays, dayOf } from '../kernel/time.ts';
import { seedField } from '../modules/rescue/index.ts';
import { PAST_DAYS } from './past.ts';
import type { DemoPart } from './seed.ts';

/** Stations, their rescuers and a roster without gaps, so that every entrapment of the demo finds somebody. */
export const seedStations: DemoPart = async ({ kernel, cast }) => {
  const { rows } = await sql<{
    person_id: string;
    until: string | null;
  }>`select person_id, max(expires_on)::text as until
    from identity.certificate where ended_on is null group by person_id`.execute(kernel.db);
  const until = new Map(rows.map((r) => [r.person_id, r.until]));
  await seedField(kernel, {
    today: addDays(dayOf(kernel.now()), -PAST_DAYS), // the demo's past rescues found people on duty too
    stations: cast.stations.map((s) => ({
      orgId: s.orgId,
      name: s.name,
      lng: s.lng,
      lat: s.lat,
      areaCodes: s.areaCodes,
      kind: s.level === 1 ? ('maintenance' as const) : ('public' as const),
      people: s.people.map((id) => ({ id, certifiedUntil: until.get(id) ?? null })),
    })),
  });
};
