import { sql } from 'kysely';
import type { z } from 'zod';
import type { drillList, drillQuery, drillsDue } from '../../../contract/rescue-field.ts';
import type { Db } from '../../kernel/db.ts';
import { isInstantKey, pageOf, readPlace } from '../../kernel/page.ts';
import { secondsBetween } from '../../kernel/time.ts';
import type { RescueDeps } from './deps.ts';
import { clocks } from './incident.store.ts';
import type { RescueTables } from './tables.ts';

type Item = z.input<typeof drillList>['items'][number];
type Row = Omit<Item, 'startedAt' | 'endedAt' | 'responseSeconds' | 'arrivalSeconds'> & {
  started: Date | null;
  ended: Date | null;
  clocks: unknown;
  at: Date;
};

/** Drills that are planned or run first, then the past, each newest first. */
export async function listDrills(
  db: Db<RescueTables>,
  { after, limit }: z.output<typeof drillQuery>,
): Promise<z.input<typeof drillList>> {
  const place = readPlace(after, (key) => /^[01]~/.test(key) && isInstantKey(key.slice(2)));
  const from = place
    ? sql`where (d.ended_at is null, ${WHEN}, d.id) < (${place.key.startsWith('0')}, ${place.key.slice(2)}::timestamptz, ${place.id}::uuid)`
    : sql``;
  const { rows } = await sql<Row>`
    select d.id, d.org_id as "orgId", g.name as org, d.elevator_id as "elevatorId", coalesce(e.address, '') as address,
      d.incident_id as "incidentId", d.planned_on as "plannedOn", d.started_at as started, d.ended_at as ended, d.outcome,
      d.summary, i.clocks, ${WHEN} as at
    from rescue.drill d join identity.org_card g on g.id = d.org_id
      left join registry.elevator_card e on e.id = d.elevator_id left join rescue.incident i on i.id = d.incident_id
    ${from} order by d.ended_at is null desc, ${WHEN} desc, d.id desc limit ${limit + 1}`.execute(db);
  return pageOf(rows, limit, {
    place: ({ ended, at, id }) => ({ key: `${ended === null ? 0 : 1}~${at.toISOString()}`, id }),
    item: itemOf,
  });
}

/** When a drill was, or will be: its day begins at the city's midnight. */
const WHEN = sql`coalesce(d.started_at, d.planned_on::timestamp at time zone 'Asia/Shanghai')`;

/** The units whose next drill is due within a month. TSG T5002-2017 article 5 (3): every half year. */
export async function dueDrills(
  db: Db<RescueTables>,
  { settings, now }: { settings: RescueDeps['settings']; now: Date },
): Promise<z.input<typeof drillsDue>> {
  const { everyMonths } = settings.drills;
  const { rows: items } = await sql<z.input<typeof drillsDue>['items'][number]>`
    select u.org_id as "orgId", g.name as org, u.last as "lastOn",
      coalesce((u.last + make_interval(months => ${everyMonths}))::date, (${now}::timestamptz at time zone 'Asia/Shanghai')::date) as "nextOn"
    from (select r.org_id, max((d.started_at at time zone 'Asia/Shanghai')::date) filter (where d.outcome = 'done') as last
      from rescue.rescuer r left join rescue.drill d on d.org_id = r.org_id
      where r.left_on is null group by r.org_id) u
    join identity.org_card g on g.id = u.org_id
    where coalesce(u.last, '-infinity'::date) + make_interval(months => ${everyMonths}) < ${now}::timestamptz + interval '30 days'
    order by u.last nulls first, g.name`.execute(db);
  return { items, everyMonths };
}

function itemOf({ started, ended, clocks: kept, ...row }: Omit<Row, 'at'>): Item {
  const { offered, accepted, arrived } = kept === null ? {} : clocks.parse(kept);
  return {
    ...row,
    startedAt: started?.toISOString() ?? null,
    endedAt: ended?.toISOString() ?? null,
    responseSeconds: offered && accepted ? secondsBetween(offered.at, accepted.at) : null,
    arrivalSeconds: started && arrived ? secondsBetween(started, arrived.at) : null,
  };
}
