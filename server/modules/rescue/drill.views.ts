import { sql } from 'kysely';
import type { z } from 'zod';
import type { drillBoard } from '../../../contract/rescue-field.ts';
import type { Db } from '../../kernel/db.ts';
import { secondsBetween } from '../../kernel/time.ts';
import type { RescueDeps } from './deps.ts';
import { clocks } from './incident.store.ts';
import type { RescueTables } from './tables.ts';

type DrillBoard = z.input<typeof drillBoard>;
type Item = DrillBoard['items'][number];
type Row = Omit<Item, 'startedAt' | 'endedAt' | 'responseSeconds' | 'arrivalSeconds'> & {
  started: Date | null;
  ended: Date | null;
  clocks: unknown;
};

/** The drills of the last two years, and the units whose next one is due. TSG T5002-2017 article 5 (3): every half year. */
export async function drillsOf(
  db: Db<RescueTables>,
  { settings, now }: { settings: RescueDeps['settings']; now: Date },
): Promise<DrillBoard> {
  const { everyMonths } = settings.drills;
  const { rows } = await sql<Row>`
    select d.id, d.org_id as "orgId", g.name as org, d.elevator_id as "elevatorId", coalesce(e.address, '') as address,
      d.incident_id as "incidentId", d.planned_on as "plannedOn", d.started_at as started, d.ended_at as ended, d.outcome,
      d.summary, i.clocks
    from rescue.drill d join identity.org_card g on g.id = d.org_id
      left join registry.elevator_card e on e.id = d.elevator_id left join rescue.incident i on i.id = d.incident_id
    where coalesce(d.started_at, d.planned_on::timestamptz) > ${now}::timestamptz - interval '2 years'
    order by d.ended_at is not null, coalesce(d.started_at, d.planned_on::timestamptz) desc, d.id limit 500`.execute(
    db,
  );
  const { rows: due } = await sql<DrillBoard['due'][number]>`
    select u.org_id as "orgId", g.name as org, u.last as "lastOn",
      coalesce((u.last + make_interval(months => ${everyMonths}))::date, (${now}::timestamptz at time zone 'Asia/Shanghai')::date) as "nextOn"
    from (select r.org_id, max((d.started_at at time zone 'Asia/Shanghai')::date) filter (where d.outcome = 'done') as last
      from rescue.rescuer r left join rescue.drill d on d.org_id = r.org_id
      where r.left_on is null group by r.org_id) u
    join identity.org_card g on g.id = u.org_id
    where coalesce(u.last, '-infinity'::date) + make_interval(months => ${everyMonths}) < ${now}::timestamptz + interval '30 days'
    order by u.last nulls first, g.name limit 500`.execute(db);
  return { items: rows.map(itemOf), due, everyMonths };
}

function itemOf({ started, ended, clocks: kept, ...row }: Row): Item {
  const at = kept === null ? {} : clocks.parse(kept);
  const { offered, accepted, arrived } = at;
  return {
    ...row,
    startedAt: started?.toISOString() ?? null,
    endedAt: ended?.toISOString() ?? null,
    responseSeconds: offered && accepted ? secondsBetween(offered.at, accepted.at) : null,
    arrivalSeconds: started && arrived ? secondsBetween(started, arrived.at) : null,
  };
}
