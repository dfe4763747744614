import { sql } from 'kysely';
import { z } from 'zod';
import { CLOCK_NAMES } from '../../../contract/rescue-vocabulary.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import type { ElevatorId, IncidentId, OrgId, PersonId } from '../../kernel/ids.ts';
import { dangerOf, type Incident, isOpen, nextDueAt, type Offer, phaseOf } from './incident.rules.ts';
import type { IncidentRow, OfferRow, RescueTables } from './tables.ts';

/** An incident as decided upon, and the row it stands in. */
export type Loaded = { incident: Incident; row: IncidentRow };

/**
 * Read an incident and hold it until the transaction ends, so that two commands come one after the other. `no key`: other
 * rows may still point at it meanwhile.
 */
export async function holdIncident(tx: Tx<RescueTables>, id: IncidentId): Promise<Loaded | undefined> {
  const row = await tx
    .selectFrom('rescue.incident')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row && { row, incident: incidentOf(row, await offersOf(tx, id)) };
}

/** Hold the incident whose timer is most overdue, unless another sweeper has it or it is to be passed over. */
export async function holdDue(
  tx: Tx<RescueTables>,
  now: Date,
  without: readonly IncidentId[],
): Promise<IncidentRow | undefined> {
  const due = tx.selectFrom('rescue.incident').selectAll().where('next_due_at', '<=', now);
  return (without.length > 0 ? due.where('id', 'not in', without) : due)
    .orderBy('next_due_at')
    .limit(1)
    .forNoKeyUpdate()
    .skipLocked()
    .executeTakeFirst();
}

/** A row that is held, as the rules know it. Throws when it is not one of ours. */
export const loadHeld = async (tx: Tx<RescueTables>, row: IncidentRow): Promise<Loaded> => ({
  row,
  incident: incidentOf(row, await offersOf(tx, row.id)),
});

/** The open incident of an elevator: at most one real one, and one drill. */
export async function openIncidentOf(
  db: Db<RescueTables>,
  elevatorId: ElevatorId,
  drill: boolean,
): Promise<IncidentId | undefined> {
  const open = await openIncidentsOf(db, elevatorId);
  return drill ? open.drill : open.real;
}

/** The incidents that run on an elevator: at most one that is real, and one drill. */
export async function openIncidentsOf(
  db: Db<RescueTables>,
  elevatorId: ElevatorId,
): Promise<{ real: IncidentId | undefined; drill: IncidentId | undefined }> {
  const rows = await db
    .selectFrom('rescue.incident')
    .select(['id', 'drill'])
    .where('elevator_id', '=', elevatorId)
    .where('phase', 'in', ['raised', 'offered', 'under_way', 'on_site'])
    .execute();
  return { real: rows.find((row) => !row.drill)?.id, drill: rows.find((row) => row.drill)?.id };
}

type Concerned = { told: IncidentId | null; real: IncidentId | null; drill: IncidentId | null };

/** Which incident was told of a finding before, and which run on its elevator, in one look. */
export async function concernedBy(
  tx: Tx<RescueTables>,
  sign: { elevatorId: ElevatorId; kind: string; sourceRef: string },
): Promise<Concerned> {
  const running = sql`select id from rescue.incident where elevator_id = ${sign.elevatorId}
    and phase in ('raised', 'offered', 'under_way', 'on_site')`;
  const { rows } = await sql<Concerned>`select (${running} and not drill) as real, (${running} and drill) as drill,
    (select incident_id from rescue.evidence where kind = ${sign.kind} and source_ref = ${sign.sourceRef}) as told`.execute(
    tx,
  );
  return rows[0] ?? { told: null, real: null, drill: null };
}

const offersOf = (db: Db<RescueTables>, id: IncidentId): Promise<OfferRow[]> =>
  db.selectFrom('rescue.offer').selectAll().where('incident_id', '=', id).orderBy('offered_at').execute();

/** A row and its offers as the rules know them. Rows are checked on the way out too. */
export function incidentOf(row: IncidentRow, offers: readonly OfferRow[]): Incident {
  const end = row.end_name && row.end_at ? { name: row.end_name, at: row.end_at, reason: row.end_reason } : null;
  return {
    id: row.id,
    elevatorId: row.elevator_id,
    drill: row.drill,
    version: row.version,
    awareAt: row.aware_at,
    level: row.level,
    offers: offers.map(offerOf),
    handOff: handOff.parse(row.hand_off),
    released: row.released_at ? { at: row.released_at, people: row.people } : null,
    clocks: clocks.parse(row.clocks),
    timers: timers.parse(row.timers),
    needs: needs.parse(row.needs),
    confidence: row.confidence,
    byPerson: row.by_person,
    mustLookAgain: row.must_look_again,
    end,
  };
}

const offerOf = (o: OfferRow): Offer => ({
  id: o.id,
  crewId: o.crew_id,
  level: o.level,
  place: o.place,
  state: o.state,
  offeredAt: o.offered_at,
});

const at = z.coerce.date();
const level = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]);
const handOff = z.object({ service: z.enum(['119', '110']), takenBy: z.string(), at }).nullable();
const timers = z.array(
  z.object({
    kind: z.enum(['agent', 'answer', 'arrival', 'hand_off_limit', 'hand_off', 'watch', 'close', 'look_again']),
    level,
    dueAt: at,
  }),
);
const clock = z.object({ at, sourceAt: at.nullable(), receivedAt: at, trusted: z.boolean() });
/** The clocks of a row, as the database keeps them. */
export const clocks = z.partialRecord(z.enum(CLOCK_NAMES), clock);
const yes = z.boolean().nullable();
export const needs = z.object({
  people: z.number().nullable(),
  infants: yes,
  elders: yes,
  patients: yes,
  injuries: yes,
  water: yes,
  fire: yes,
});

/** The columns of a row that follow from the incident's state. */
function columnsOf(incident: Incident) {
  return {
    phase: phaseOf(incident),
    level: incident.level,
    clocks: JSON.stringify(incident.clocks),
    timers: JSON.stringify(incident.timers),
    next_due_at: nextDueAt(incident.timers),
    needs: JSON.stringify(incident.needs),
    confidence: incident.confidence,
    by_person: incident.byPerson,
    must_look_again: incident.mustLookAgain,
    hand_off: incident.handOff && JSON.stringify(incident.handOff),
    released_at: incident.released?.at ?? null,
    people: incident.released?.people ?? null,
    end_name: incident.end?.name ?? null,
    end_at: incident.end?.at ?? null,
    end_reason: incident.end?.reason ?? '',
    danger: dangerOf(incident.needs),
  };
}

/** What stands in the row beside the state: where it is and whom it concerns. */
export type Place = Omit<
  IncidentRow,
  keyof ReturnType<typeof columnsOf> | 'id' | 'number' | 'version' | 'drill' | 'aware_at' | 'elevator_id'
> & { numberHead: string };

/** 320205-20261120-000017: district and day, which are given, and the running number. */
const nextNumber = (head: string) =>
  sql<string>`(select ${head}::text || '-' || lpad(n::text, greatest(6, length(n::text)), '0')
    from nextval('rescue.incident_number') n)`;

export async function insertIncident(
  tx: Tx<RescueTables>,
  incident: Incident,
  { numberHead, ...place }: Place,
): Promise<IncidentRow> {
  return tx
    .insertInto('rescue.incident')
    .values({
      ...place,
      number: nextNumber(numberHead),
      ...columnsOf(incident),
      id: incident.id,
      elevator_id: incident.elevatorId,
      drill: incident.drill,
      version: incident.version,
      aware_at: incident.awareAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** How an offer came about: kept beside the rule's own facts. */
export type OfferDetail = {
  personId: PersonId | null;
  orgId: OrgId | null;
  reasons: readonly unknown[];
  etaSeconds: number | null;
  chosenBy: string;
};

/** Save what changed, as the next version. The organisations of new offers may see the incident from now on. */
export async function saveIncident(
  tx: Tx<RescueTables>,
  { incident: was, row }: Loaded,
  { next, details }: { next: Incident; details: ReadonlyMap<string, OfferDetail> },
): Promise<Loaded> {
  const orgs = [...details.values()].flatMap((d) => (d.orgId ? [d.orgId] : []));
  const saved = await tx
    .updateTable('rescue.incident')
    .set({ ...columnsOf(next), version: was.version + 1, org_ids: [...new Set([...row.org_ids, ...orgs])] })
    .where('id', '=', was.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await saveOffers(tx, next, details);
  return { incident: { ...next, version: was.version + 1 }, row: saved };
}

async function saveOffers(
  tx: Tx<RescueTables>,
  next: Incident,
  details: ReadonlyMap<string, OfferDetail>,
): Promise<void> {
  if (next.offers.length === 0) return;
  const open = isOpen(next);
  const inPlan = ({ state }: Offer) => state !== 'refused' && state !== 'expired' && state !== 'withdrawn';
  const values = next.offers.map((o) => {
    const detail = details.get(o.crewId);
    return {
      id: o.id,
      incident_id: next.id,
      crew_id: o.crewId,
      person_id: detail?.personId ?? null,
      org_id: detail?.orgId ?? null,
      level: o.level,
      place: o.place,
      state: o.state,
      offered_at: o.offeredAt,
      reasons: JSON.stringify(detail?.reasons ?? []),
      eta_seconds: detail?.etaSeconds ?? null,
      chosen_by: detail?.chosenBy ?? '',
      live: open && inPlan(o),
    };
  });
  for (const value of values) {
    const fresh = details.has(value.crew_id);
    const state = { state: value.state, live: value.live, place: value.place };
    await tx
      .insertInto('rescue.offer')
      .values(value)
      .onConflict((c) => c.columns(['incident_id', 'crew_id']).doUpdateSet(fresh ? { ...value } : state))
      .execute();
  }
}
