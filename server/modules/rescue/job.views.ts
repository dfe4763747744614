import type { z } from 'zod';
import type { job } from '../../../contract/rescue-acts.ts';
import type { Db } from '../../kernel/db.ts';
import type { PersonId } from '../../kernel/ids.ts';
import { incidentOf } from './incident.store.ts';
import { reasonsOf } from './incident.views.ts';
import type { RescueTables } from './tables.ts';

type Job = z.input<typeof job>;

/** What a rescuer has to do: jobs on offer, his plan, and what he finished in the last day. */
export async function jobsOf(db: Db<RescueTables>, personId: PersonId, now: Date): Promise<Job[]> {
  const offers = await db
    .selectFrom('rescue.offer as o')
    .innerJoin('rescue.incident as i', 'i.id', 'o.incident_id')
    .leftJoin('registry.elevator_card as e', 'e.id', 'i.elevator_id')
    .selectAll('o')
    .select('e.unit')
    .where('o.person_id', '=', personId)
    .where((w) => w.or([w('o.live', '=', true), w('o.offered_at', '>', new Date(now.getTime() - 86_400_000))]))
    .where('o.state', '!=', 'withdrawn')
    .orderBy('o.live', 'desc')
    .orderBy('o.place')
    .orderBy('i.danger', 'desc')
    .orderBy('o.offered_at', 'desc')
    .limit(50)
    .execute();
  if (offers.length === 0) return [];
  const ids = offers.map((o) => o.incident_id);
  const rows = await db.selectFrom('rescue.incident').selectAll().where('id', 'in', ids).execute();
  const byId = new Map(rows.map((r) => [r.id, r]));
  return offers.flatMap((o): Job[] => {
    const row = byId.get(o.incident_id);
    if (!row) return [];
    const { needs, timers } = incidentOf(row, []);
    const answer = timers.find((t) => t.kind === 'answer');
    return [
      {
        incidentId: row.id,
        number: row.number,
        offerId: o.id,
        state: o.state,
        place: o.place,
        offeredAt: o.offered_at.toISOString(),
        answerBy: o.state === 'offered' || o.state === 'planned' ? (answer?.dueAt.toISOString() ?? null) : null,
        address: row.address,
        unit: o.unit,
        rescueCode: row.rescue_code,
        needs,
        phase: row.phase,
        drill: row.drill,
        etaSeconds: o.eta_seconds,
        reasons: reasonsOf(o.reasons),
        lng: row.lng,
        lat: row.lat,
        people: row.people,
      },
    ];
  });
}

/** Is this person on duty now, and what is the crew called? Null: not a rescuer. */
export async function rescuerOf(
  db: Db<RescueTables>,
  personId: PersonId,
  now: Date,
): Promise<{ label: string; onDuty: boolean } | null> {
  const row = await db
    .selectFrom('rescue.rescuer as r')
    .select((e) => [
      'r.label',
      e
        .exists(
          e
            .selectFrom('rescue.duty as d')
            .select('d.id')
            .whereRef('d.person_id', '=', 'r.person_id')
            .where('d.from_at', '<=', now)
            .where('d.to_at', '>', now),
        )
        .as('onDuty'),
    ])
    .where('r.person_id', '=', personId)
    .executeTakeFirst();
  return row ? { label: row.label, onDuty: row.onDuty === true || Number(row.onDuty) === 1 } : null;
}
