import type { Tx } from '../../kernel/db.ts';
import type { ElevatorId, IncidentId } from '../../kernel/ids.ts';
import { notify } from '../../kernel/notify.ts';
import { invariant } from '../../kernel/result.ts';
import { dayOf } from '../../kernel/time.ts';
import type { ElevatorCard } from '../registry/index.ts';
import { fuseShares } from '../telemetry/index.ts';
import { noteOf, noticeToUseUnit, openedEvent } from './announce.ts';
import { holdElevator } from './candidate.views.ts';
import { commandIn, followOpened } from './command.service.ts';
import type { CommandDeps } from './deps.ts';
import { groupFor, NO_GROUP } from './group.store.ts';
import {
  type Clock,
  type ClockName,
  type Clocks,
  type Incident,
  NOTHING_KNOWN,
  needsWith,
  type SaidNeeds,
} from './incident.rules.ts';
import { concernedBy, insertIncident, type Loaded } from './incident.store.ts';
import type { Line } from './log.store.ts';
import { planFor, planInEvent } from './plan.rules.ts';
import { raise } from './rules.ts';
import type { RescueTables } from './tables.ts';
import type { Plan } from './timer.rules.ts';

/** One sign that people are trapped, whoever or whatever gave it. */
export type Sign = {
  elevatorId: ElevatorId;
  kind: string; // 'phone_call', 'qr_scan', 'button', 'partner', 'status_pattern', …: an open list
  sourceRef: string; // the finding, call or scan: the same one again only adds to itself
  at: Date; // when the evidence was complete, on its source's clock
  confidence: number;
  reasons: readonly string[];
  detail: Readonly<Record<string, unknown>>;
  needs: SaidNeeds;
  byPerson: boolean;
  stoppedAt: Date | null;
  reportedAt: Date | null; // call connected, form sent; null for sensors
  actor: string;
  drillId?: string;
};

export type Taken = { id: IncidentId; number: string; joined: boolean };

/**
 * Take a sign in: it joins the elevator's open incident, or opens one. An incident that has ended hears of further
 * evidence of its own finding, and is not opened again by it. Null: the elevator has no file.
 */
export async function takeSign(tx: Tx<RescueTables>, deps: CommandDeps, sign: Sign): Promise<Taken | null> {
  await holdElevator(tx, sign.elevatorId);
  const drill = sign.drillId !== undefined;
  const open = await concernedBy(tx, sign);
  const same = open.told ?? (drill ? open.drill : open.real);
  if (same) return join(tx, deps, { id: same, sign });
  if (!drill && open.drill) await endDrill(tx, deps, open.drill);
  return openNew(tx, deps, sign);
}

async function join(
  tx: Tx<RescueTables>,
  deps: CommandDeps,
  { id, sign }: { id: IncidentId; sign: Sign },
): Promise<Taken> {
  await keepEvidence(tx, deps, { id, sign });
  const { needs, confidence, byPerson } = sign;
  const done = await commandIn(tx, deps, {
    id,
    acting: {
      command: {
        do: 'report_evidence',
        needs,
        confidence: await fusedConfidence(tx, id),
        byPerson,
        happenedAt: sign.at,
      },
      actor: sign.actor,
      data: { kind: sign.kind, sourceRef: sign.sourceRef, own: confidence },
    },
  });
  invariant(done.ok, 'a report is never refused');
  return { id, number: done.value.row.number, joined: true };
}

async function openNew(tx: Tx<RescueTables>, deps: CommandDeps, sign: Sign): Promise<Taken | null> {
  const card = await cardOf(tx, sign.elevatorId);
  if (!card) return null;
  const now = deps.now();
  const before: Incident = {
    id: deps.newId() as IncidentId,
    elevatorId: sign.elevatorId,
    drill: sign.drillId !== undefined,
    version: 0,
    awareAt: now,
    level: 0,
    offers: [],
    handOff: null,
    released: null,
    clocks: firstClocks(sign, now),
    timers: [],
    needs: needsWith(NOTHING_KNOWN, sign.needs),
    confidence: sign.confidence,
    byPerson: sign.byPerson,
    mustLookAgain: false,
    end: null,
  };
  const group = sign.drillId ? NO_GROUP : await groupFor(tx, deps, card);
  const place = { ...placeOf(card, now), group_id: group.id, drill_id: sign.drillId ?? null };
  const plan = planHere(deps, { district: card.district_code, others: group.others });
  const change = raise(before, { now, plan });
  const row = await insertIncident(tx, change.incident, place);
  const opened: Loaded = { incident: change.incident, row };
  await keepEvidence(tx, deps, { id: row.id, sign });
  await notify(tx, noticeToUseUnit(opened, now));
  const beside = {
    lines: [raiseLine(opened, { sign, at: now })],
    events: [openedEvent(opened, now, deps.newId)],
    notes: row.drill ? [] : [noteOf(opened, now)],
  };
  await followOpened(tx, deps, { opened, wants: change.wants, beside });
  return { id: row.id, number: row.number, joined: false };
}

const raiseLine = ({ row: { phase, level } }: Loaded, { sign, at }: { sign: Sign; at: Date }): Line => ({
  at,
  happenedAt: sign.at,
  actor: sign.actor,
  what: 'raise',
  data: { kind: sign.kind, sourceRef: sign.sourceRef, confidence: sign.confidence, phase, level },
  remarks: [],
  reportKey: null,
  corrects: null,
});

/** The plan of the elevator's district, and of the event that runs at its place. */
function planHere({ settings }: CommandDeps, { district, others }: { district: string | null; others: number }): Plan {
  const { massFrom } = settings.grouping;
  return planInEvent(planFor(settings, district), { others, massFrom, enough: settings.evidence.buttonShare });
}

const cardOf = (tx: Tx<RescueTables>, id: ElevatorId): Promise<ElevatorCard | undefined> =>
  tx.selectFrom('registry.elevator_card').selectAll().where('id', '=', id).executeTakeFirst();

function firstClocks(sign: Sign, now: Date): Clocks {
  const given = (at: Date): Clock => ({ at: at <= now ? at : now, sourceAt: at, receivedAt: now, trusted: at <= now });
  const clocks: Partial<Record<ClockName, Clock>> = { evidence: given(sign.at) };
  if (sign.stoppedAt) clocks.stop = given(sign.stoppedAt);
  if (sign.reportedAt) clocks.reported = given(sign.reportedAt);
  return { ...clocks, aware: { at: now, sourceAt: null, receivedAt: now, trusted: true } };
}

function placeOf(card: ElevatorCard, now: Date) {
  return {
    numberHead: `${card.district_code ?? '000000'}-${dayOf(now).replaceAll('-', '')}`,
    joined_into: null,
    agent_id: null,
    district_code: card.district_code,
    street_code: card.street_code,
    community_code: card.community_code,
    place_class: card.place_class,
    kind: card.kind,
    brand: card.brand,
    in_use_on: card.in_use_on,
    use_org_id: card.use_org_id,
    maintenance_org_id: card.maintenance_org_id,
    rescue_code: card.rescue_code,
    address: card.address,
    lng: card.lng,
    lat: card.lat,
    area_codes: card.area_codes,
    org_ids: card.org_ids,
  };
}

async function keepEvidence(
  tx: Tx<RescueTables>,
  deps: CommandDeps,
  { id, sign }: { id: IncidentId; sign: Sign },
): Promise<void> {
  const { confidence, reasons } = sign;
  await tx
    .insertInto('rescue.evidence')
    .values({
      id: deps.newId(),
      incident_id: id,
      kind: sign.kind,
      source_ref: sign.sourceRef,
      at: sign.at,
      received_at: deps.now(),
      confidence,
      reasons: [...reasons],
      detail: JSON.stringify(sign.detail),
    })
    .onConflict((c) => c.columns(['kind', 'source_ref']).doUpdateSet({ confidence, reasons: [...reasons] }))
    .execute();
}

/** How sure all the signs of an incident make us together, by the one rule there is for it. */
async function fusedConfidence(tx: Tx<RescueTables>, id: IncidentId): Promise<number> {
  const rows = await tx
    .selectFrom('rescue.evidence')
    .select(['kind', 'confidence as share'])
    .where('incident_id', '=', id)
    .execute();
  return fuseShares(rows).confidence;
}

/** A real alarm on an elevator in a drill ends the drill. */
async function endDrill(tx: Tx<RescueTables>, deps: CommandDeps, drill: IncidentId): Promise<void> {
  const reason = 'rescue.drill_real_alarm';
  const ended = await commandIn(tx, deps, {
    id: drill,
    acting: { command: { do: 'dismiss', reason }, actor: 'intake' },
  });
  // On site in the drill: the dismissal is refused, and the release that is true for a drill ends it.
  if (!ended.ok)
    await commandIn(tx, deps, {
      id: drill,
      acting: {
        command: { do: 'report_release', crewId: null, people: null, happenedAt: null },
        actor: 'intake',
        data: { reason },
      },
    });
  await tx
    .updateTable('rescue.drill')
    .set({ ended_at: deps.now(), outcome: 'real_alarm' })
    .where('incident_id', '=', drill)
    .where('ended_at', 'is', null)
    .execute();
}
