import { type Selectable, sql } from 'kysely';
import type { z } from 'zod';
import type { incidentDetail } from '../../../contract/rescue.ts';
import type { Db } from '../../kernel/db.ts';
import type { IncidentId } from '../../kernel/ids.ts';
import { canOf } from './can.rules.ts';
import type { Clocks } from './incident.rules.ts';
import { incidentOf } from './incident.store.ts';
import { iso, itemOf, timerItem } from './incident-list.views.ts';
import type { RescueSettings } from './pack.ts';
import { planFor } from './plan.rules.ts';
import { scriptFor } from './script.rules.ts';
import type { IncidentRow, OfferRow, RescueTables } from './tables.ts';

export type Detail = z.input<typeof incidentDetail>;

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
  const holder = offers.find((o) => ['accepted', 'departed', 'arrived'].includes(o.state)) ?? offers.at(-1);
  const [crew, crew_place] = [holder?.crew ?? null, holder?.place ?? null];
  const [place, group, rest] = [await placeOf(db, row), await groupOf(db, row), await childrenOf(db, id)];
  return {
    ...itemOf({ ...row, crew, crew_place, group_size: Math.max(group.length, 1) }),
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

/** Another unit's rescuer is named by his unit where the viewer does not see him; a service by its number. */
const CREW = sql<string>`coalesce(r.label, case when o.person_id is null then o.crew_id else g.name end, '')`;

type NamedOffer = OfferRow & { crew: string; org: string | null };

const offersOf = (db: Db<RescueTables>, id: IncidentId): Promise<NamedOffer[]> =>
  db
    .selectFrom('rescue.offer as o')
    .leftJoin('rescue.rescuer as r', 'r.person_id', 'o.person_id')
    .leftJoin('identity.org_card as g', 'g.id', 'o.org_id')
    .selectAll('o')
    .select([CREW.as('crew'), 'g.name as org'])
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
  const confirmations = await db
    .selectFrom('rescue.confirmation')
    .selectAll()
    .where('incident_id', '=', id)
    .orderBy('at')
    .execute();
  const talks = await db
    .selectFrom('rescue.talk')
    .selectAll()
    .where('incident_id', '=', id)
    .orderBy('started_at')
    .execute();
  const calls = await db.selectFrom('rescue.call').selectAll().where('incident_id', '=', id).orderBy('at').execute();
  return {
    evidence: evidence.map(evidenceItem),
    timeline: lines.map(lineItem),
    causes: causes.map(causeItem),
    confirmations: confirmations.map(confirmationItem),
    talks: talks.map((t) => ({
      id: t.id,
      startedAt: t.started_at.toISOString(),
      endedAt: iso(t.ended_at),
      outcome: t.outcome,
      reason: t.reason,
    })),
    calls: calls.map((c) => callItem(c, '')),
    peers: await peersOf(db, id),
  };
}

/** Who asked whom to rescue, and what another platform has not heard yet. */
async function peersOf(db: Db<RescueTables>, id: IncidentId): Promise<Detail['peers']> {
  const isAsking = sql<boolean>`body ->> 'what' = 'incident'`;
  const rows = await db
    .selectFrom('rescue.exchange')
    .select(['id', 'peer', 'direction', 'at', 'state', 'attempts', isAsking.as('is_asking')])
    .where('incident_id', '=', id)
    .where((eb) => eb.or([isAsking, eb('state', '=', 'waiting')]))
    .orderBy('at')
    .execute();
  return rows.map(({ is_asking, direction, state, at, ...row }) => ({
    ...row,
    what: is_asking ? (direction === 'in' ? ('asked_here' as const) : ('asked_there' as const)) : ('state' as const),
    at: at.toISOString(),
    state: state === 'given_up' ? ('needless' as const) : state,
  }));
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const evidenceItem = (e: RescueTables['rescue.evidence']): Detail['evidence'][number] => ({
  kind: e.kind,
  at: e.at.toISOString(),
  receivedAt: e.received_at.toISOString(),
  confidence: e.confidence,
  reasons: e.reasons,
});

const lineItem = (l: Selectable<RescueTables['rescue.incident_log']>): Detail['timeline'][number] => ({
  seq: l.seq,
  at: l.at.toISOString(),
  happenedAt: iso(l.happened_at),
  actor: l.actor,
  what: l.what,
  data: isRecord(l.data) ? l.data : {},
  remarks: l.remarks,
  corrects: l.corrects,
});

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

const confirmationItem = (c: RescueTables['rescue.confirmation']): Detail['confirmations'][number] => ({
  id: c.id,
  at: c.at.toISOString(),
  outcome: c.outcome,
  satisfaction: c.satisfaction,
  said: c.said,
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
