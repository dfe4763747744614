import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { z } from 'zod';
import type { incidentDetail, incidentItem, incidentQuery } from '../../../contract/rescue.ts';
import type { Db } from '../../kernel/db.ts';
import type { IncidentId } from '../../kernel/ids.ts';
import { addDays, type Day, startOf } from '../../kernel/time.ts';
import { canOf } from './can.rules.ts';
import { type Clocks, nextDueAt, type Timer } from './incident.rules.ts';
import { incidentOf } from './incident.store.ts';
import type { RescueSettings } from './pack.ts';
import { planFor } from './plan.rules.ts';
import { scriptFor } from './script.rules.ts';
import type { IncidentRow, OfferRow, RescueTables } from './tables.ts';

export type Item = z.input<typeof incidentItem>;
export type Detail = z.input<typeof incidentDetail>;
type Query = z.output<typeof incidentQuery>;

type ListRow = IncidentRow & { group_size: number; crew: string | null };

/** The queue, or a part of the past. Open ones stand by danger, then by how long they wait; the past newest first. */
export async function listIncidents(
  db: Db<RescueTables>,
  query: Query,
): Promise<{ items: Item[]; next: string | null }> {
  const open = query.state === 'open' || query.state === 'waiting';
  const order = open ? sql`i.danger desc, i.aware_at, i.id` : sql`i.aware_at desc, i.id desc`;
  const { rows } = await sql<ListRow>`select i.*,
      coalesce((select count(*)::int from rescue.incident g where g.group_id = i.group_id), 1) as group_size,
      (select coalesce(r.label, o.crew_id) from rescue.offer o left join rescue.rescuer r on r.person_id = o.person_id
        where o.incident_id = i.id and o.state in ('planned', 'offered', 'accepted', 'departed', 'arrived')
        order by array_position(array['arrived', 'departed', 'accepted', 'offered', 'planned'], o.state) limit 1) as crew
    from rescue.incident i where ${sql.join(conditionsOf(query), sql` and `)}
    order by ${order} limit ${query.limit + 1}`.execute(db);
  const items = rows.slice(0, query.limit).map(itemOf);
  const last = rows.length > query.limit ? items.at(-1) : undefined;
  return { items, next: last && !open ? `${last.awareAt}|${last.id}` : null };
}

function conditionsOf(query: Query): readonly RawBuilder<unknown>[] {
  const { state, drill, elevator, area, group, from, to, after } = query;
  const [afterAt, afterId] = after?.split('|') ?? [];
  const states = {
    open: sql`i.end_name is null`,
    waiting: sql`i.phase = 'released'`,
    ended: sql`i.end_name is not null`,
    all: sql`true`,
  };
  return [
    states[state],
    ...(drill ? [sql`i.drill = ${drill === '1'}`] : []),
    ...(elevator ? [sql`i.elevator_id = ${elevator}::uuid`] : []),
    ...(area ? [sql`i.area_codes && ${[area]}::text[]`] : []),
    ...(group ? [sql`i.group_id = ${group}::uuid`] : []),
    ...(from ? [sql`i.aware_at >= ${startOf(from as Day)}`] : []),
    ...(to ? [sql`i.aware_at < ${startOf(addDays(to as Day, 1))}`] : []),
    ...(isCursor(afterAt, afterId) ? [sql`(i.aware_at, i.id) < (${afterAt}::timestamptz, ${afterId}::uuid)`] : []),
  ];
}

const isCursor = (at: string | undefined, id: string | undefined): boolean =>
  at !== undefined && !Number.isNaN(Date.parse(at)) && /^[0-9a-f-]{36}$/.test(id ?? '');

const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;

function itemOf(row: ListRow): Item {
  const { clocks, timers, needs } = incidentOf(row, []);
  return {
    id: row.id,
    number: row.number,
    version: row.version,
    elevatorId: row.elevator_id,
    rescueCode: row.rescue_code,
    address: row.address,
    districtCode: row.district_code,
    drill: row.drill,
    phase: row.phase,
    level: row.level,
    danger: row.danger,
    confidence: row.confidence,
    needs,
    people: row.people,
    awareAt: row.aware_at.toISOString(),
    answeredAt: iso(clocks.answered?.at),
    acceptedAt: iso(clocks.accepted?.at),
    arrivedAt: iso(clocks.arrived?.at),
    releasedAt: iso(row.released_at),
    endedAt: iso(row.end_at),
    timer: nextTimer(timers),
    groupId: row.group_id,
    groupSize: row.group_size,
    crew: row.crew,
    mustLookAgain: row.must_look_again,
    lng: row.lng,
    lat: row.lat,
  };
}

const timerItem = ({ kind, level, dueAt }: Timer) => ({ kind, level, dueAt: dueAt.toISOString() });

function nextTimer(timers: readonly Timer[]) {
  const at = nextDueAt(timers);
  const next = timers.find((t) => t.dueAt === at);
  return next ? timerItem(next) : null;
}

/** Everything about one incident, as far as the viewer sees it. */
export async function showIncident(
  db: Db<RescueTables>,
  id: IncidentId,
  { settings, now }: { settings: RescueSettings; now: Date },
): Promise<Detail | undefined> {
  const row = await db.selectFrom('rescue.incident').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const offers = await offersOf(db, id);
  const incident = incidentOf(row, offers);
  const crew =
    offers.find((o) => ['accepted', 'departed', 'arrived'].includes(o.state))?.crew ?? offers.at(-1)?.crew ?? null;
  const [place, group, rest] = [await placeOf(db, row), await groupOf(db, row), await childrenOf(db, id)];
  return {
    ...itemOf({ ...row, crew, group_size: Math.max(group.length, 1) }),
    ...place,
    ...rest,
    group,
    clocks: clockItems(incident.clocks),
    timers: incident.timers.map(timerItem),
    handOff: incident.handOff && { ...incident.handOff, at: incident.handOff.at.toISOString() },
    endReason: row.end_reason,
    offers: offers.map(offerItem),
    script: [...scriptFor(incident)],
    can: canOf(incident, now, planFor(settings, row.district_code)),
  };
}

const clockItems = (clocks: Clocks) =>
  Object.fromEntries(
    Object.entries(clocks).map(([name, c]) => [
      name,
      { at: c.at.toISOString(), sourceAt: iso(c.sourceAt), receivedAt: c.receivedAt.toISOString(), trusted: c.trusted },
    ]),
  );

type NamedOffer = OfferRow & { crew: string; org: string | null };

const offersOf = (db: Db<RescueTables>, id: IncidentId): Promise<NamedOffer[]> =>
  db
    .selectFrom('rescue.offer as o')
    .leftJoin('rescue.rescuer as r', 'r.person_id', 'o.person_id')
    .leftJoin('identity.org_card as g', 'g.id', 'o.org_id')
    .selectAll('o')
    .select((e) => [e.fn.coalesce('r.label', 'o.crew_id').as('crew'), 'g.name as org'])
    .where('o.incident_id', '=', id)
    .orderBy('o.offered_at')
    .orderBy('o.place')
    .execute();

const offerItem = (o: NamedOffer) => ({
  id: o.id,
  crewId: o.crew_id,
  crew: o.crew,
  org: o.org,
  level: o.level,
  place: o.place,
  state: o.state,
  offeredAt: o.offered_at.toISOString(),
  etaSeconds: o.eta_seconds,
  reasons: reasonsOf(o.reasons),
  chosenBy: o.chosen_by,
});

/** Reasons as they were kept with the offer. They were written by `rank`, so their shape is ours. */
export const reasonsOf = (kept: unknown): Detail['offers'][number]['reasons'] =>
  Array.isArray(kept) ? (kept as Detail['offers'][number]['reasons']) : [];

async function placeOf(db: Db<RescueTables>, row: IncidentRow) {
  const card = await db
    .selectFrom('registry.elevator_card')
    .select(['estate', 'building_name', 'unit'])
    .where('id', '=', row.elevator_id)
    .executeTakeFirst();
  const ids = [row.use_org_id, row.maintenance_org_id].filter((o) => o !== null);
  const orgs =
    ids.length > 0
      ? await db.selectFrom('identity.org_card').select(['id', 'name']).where('id', 'in', ids).execute()
      : [];
  const name = (id: string | null) => orgs.find((o) => o.id === id)?.name ?? null;
  return {
    estate: card?.estate ?? null,
    building: card?.building_name ?? null,
    unit: card?.unit ?? null,
    useOrg: name(row.use_org_id),
    maintenanceOrg: name(row.maintenance_org_id),
  };
}

async function groupOf(db: Db<RescueTables>, row: IncidentRow): Promise<Detail['group']> {
  if (!row.group_id) return [];
  const { group_id } = row;
  const rows = await db
    .selectFrom('rescue.incident')
    .select(['id', 'number', 'address', 'phase'])
    .where('group_id', '=', group_id)
    .orderBy('aware_at')
    .limit(500)
    .execute();
  return rows.length > 1 ? rows : [];
}

async function childrenOf(db: Db<RescueTables>, id: IncidentId) {
  const evidence = await db
    .selectFrom('rescue.evidence')
    .selectAll()
    .where('incident_id', '=', id)
    .orderBy('at')
    .execute();
  const lines = await db
    .selectFrom('rescue.incident_log')
    .selectAll()
    .where('incident_id', '=', id)
    .orderBy('seq')
    .execute();
  const causes = await db.selectFrom('rescue.cause').selectAll().where('incident_id', '=', id).orderBy('at').execute();
  const talks = await db
    .selectFrom('rescue.talk')
    .selectAll()
    .where('incident_id', '=', id)
    .orderBy('started_at')
    .execute();
  const calls = await db.selectFrom('rescue.call').selectAll().where('incident_id', '=', id).orderBy('at').execute();
  return {
    evidence: evidence.map((e) => ({
      kind: e.kind,
      at: e.at.toISOString(),
      receivedAt: e.received_at.toISOString(),
      confidence: e.confidence,
      reasons: e.reasons,
    })),
    timeline: lines.map((l) => ({
      seq: l.seq,
      at: l.at.toISOString(),
      happenedAt: iso(l.happened_at),
      actor: l.actor,
      what: l.what,
      data: isRecord(l.data) ? l.data : {},
      remarks: l.remarks,
      corrects: l.corrects,
    })),
    causes: causes.map(causeItem),
    talks: talks.map((t) => ({
      id: t.id,
      startedAt: t.started_at.toISOString(),
      endedAt: iso(t.ended_at),
      outcome: t.outcome,
      reason: t.reason,
    })),
    calls: calls.map((c) => callItem(c, '')),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const causeItem = (c: RescueTables['rescue.cause']): Detail['causes'][number] => ({
  id: c.id,
  at: c.at.toISOString(),
  stage: c.stage,
  classCode: c.class_code,
  detailCode: c.detail_code,
  method: c.method,
  remark: c.remark,
  corrects: c.corrects,
});

/** A call as lists show it. `caller` is masked by whoever may open it. */
export const callItem = (c: Selectable<RescueTables['rescue.call']>, caller: string): Detail['calls'][number] => ({
  id: c.id,
  at: c.at.toISOString(),
  connectedAt: iso(c.connected_at),
  channel: c.channel,
  kind: c.kind,
  routedTo: c.routed_to,
  elevatorId: c.elevator_id,
  incidentId: c.incident_id,
  joined: c.joined,
  caller,
  callBack: c.call_back,
  callBackAt: iso(c.call_back_at),
  callBackSaid: c.call_back_said,
  recordingRef: c.recording_ref,
  said: c.said,
});
