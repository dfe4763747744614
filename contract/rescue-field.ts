import { z } from 'zod';
import { callItem } from './rescue.ts';

/** Who stands ready: what is kept of stations, rescuers, rosters and drills, and of calls after they were taken. */

const instant = z.iso.datetime({ offset: true });
const day = z.iso.date();
const kind = z.enum(['maintenance', 'public', 'social']);
const label = z.string().trim().min(1).max(60);
const said = z.string().max(2_000);
/** Where to read a list on from, and how many rows of it. */
const page = z.object({
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
const next = z.string().nullable(); // the cursor of the page after; null at the end

export const station = z.object({
  id: z.uuid(),
  orgId: z.uuid(),
  org: z.string(),
  name: z.string(),
  address: z.string(),
  kind: z.enum(['maintenance', 'public', 'social']),
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  rescuers: z.int(),
  onDuty: z.int(),
  version: z.int(),
});
export const rosterInput = z.object({
  entries: z
    .array(z.object({ personId: z.uuid(), fromAt: instant, toAt: instant }))
    .min(1)
    .max(500),
});
export const coverage = z.object({
  withinSeconds: z.int(),
  by: z.enum(['roads', 'line']),
  covered: z.int(),
  gaps: z.int(),
  unplaced: z.int(), // elevators without coordinates
  items: z.array(
    z.object({
      elevatorId: z.uuid(),
      address: z.string(),
      lng: z.number(),
      lat: z.number(),
      nearestSeconds: z.int().nullable(),
    }),
  ),
});
export const drillInput = z.object({ elevatorId: z.uuid(), orgId: z.uuid() });
export const drillEnd = z.object({ summary: said });
export const handover = z.object({
  id: z.uuid(),
  at: instant,
  fromAccount: z.string(),
  toAccount: z.string(),
  note: z.string(),
  openIds: z.array(z.uuid()),
  open: z.array(z.object({ id: z.uuid(), number: z.string(), address: z.string() })), // the most urgent of them then, twenty at most
  unplaced: z.int().nonnegative(), // calls for help that named no elevator, still to be found then
  acceptedAt: instant.nullable(),
});
export const handoverInput = z.object({ note: z.string().min(1).max(4_000) });

/** A station as it is opened or changed. Without a district the one of the nearest elevator is taken. */
export const stationKept = station
  .pick({ name: true, address: true, kind: true, lng: true, lat: true })
  .extend({
    name: z.string().trim().min(1).max(60),
    address: z.string().max(200).default(''),
    lng: z.number().min(-180).max(180).nullable(),
    lat: z.number().min(-90).max(90).nullable(),
  })
  .refine(({ lng, lat }) => (lng === null) === (lat === null), { path: ['lat'], message: 'rescue.half_a_place' });
export const stationChange = stationKept.safeExtend({ version: z.int().nonnegative() });
export const stationMade = stationKept.safeExtend({ orgId: z.uuid() });

export const rescuer = z.object({
  personId: z.uuid(),
  name: z.string(), // masked
  phone: z.string(), // masked; empty: none on file
  label: z.string(),
  orgId: z.uuid(),
  org: z.string(),
  stationId: z.uuid().nullable(),
  station: z.string().nullable(),
  kind,
  certifiedUntil: day.nullable(), // null: no certificate on file
  onDuty: z.boolean(),
  dutyUntil: instant.nullable(),
  jobs: z.int(), // in his plan now
  positionAt: instant.nullable(),
});
export const rescuerQuery = page;
export const rescuerList = z.object({ items: z.array(rescuer), next });
/** A person of an organisation, as a rescuer: his organisation is the one the register of people names. */
export const rescuerKept = z.object({
  personId: z.uuid(),
  stationId: z.uuid().nullable(),
  label,
  kind,
  certifiedUntil: day.nullable(),
});
/** People of one's organisations who are no rescuers yet. */
export const rescuerChoice = z.object({
  items: z.array(z.object({ id: z.uuid(), name: z.string(), org: z.string() })),
});

export const duty = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  label: z.string(),
  org: z.string(),
  fromAt: instant,
  toAt: instant,
  source: z.enum(['roster', 'phone', 'import']),
});
export const rosterQuery = page.extend({ from: day, to: day });
export const roster = z.object({ items: z.array(duty), next });
/** What became of the lines of a roster: the good ones are taken, each bad one is named. */
export const rosterTaken = z.object({
  taken: z.int(),
  faults: z.array(
    z.object({ line: z.int(), code: z.enum(['rescue.no_rescuer', 'rescue.ends_before', 'rescue.on_duty_already']) }),
  ),
});

export const drillPlan = z.object({ orgId: z.uuid(), elevatorId: z.uuid(), plannedOn: day });
export const drillItem = z.object({
  id: z.uuid(),
  orgId: z.uuid(),
  org: z.string(),
  elevatorId: z.uuid(),
  address: z.string(),
  incidentId: z.uuid().nullable(),
  plannedOn: day.nullable(),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  outcome: z.enum(['', 'done', 'real_alarm', 'called_off']),
  summary: z.string(),
  responseSeconds: z.int().nullable(), // offer → acceptance
  arrivalSeconds: z.int().nullable(), // start → arrival
});
export const drillQuery = page;
export const drillList = z.object({ items: z.array(drillItem), next });
/** The units whose next drill is due, those that never had one first. */
export const drillsDue = z.object({
  items: z.array(z.object({ orgId: z.uuid(), org: z.string(), lastOn: day.nullable(), nextOn: day })),
  everyMonths: z.int(),
});
export const drillOff = z.object({ reason: z.string().trim().min(2).max(500) });

export const callQuery = page.extend({
  kind: z.enum(['entrapment', 'fault', 'complaint', 'question', 'false_alarm']).optional(),
  callBack: z.enum(['wanted', 'done']).optional(),
});
/** A call in the list of all, with the car it was about. */
export const callRow = callItem.extend({ address: z.string(), number: z.string().nullable() });
export const callList = z.object({ items: z.array(callRow), next });
export const callBackDone = z.object({ said: z.string().trim().min(1).max(1_000) });
export const callUnmask = z.object({ reason: z.string().trim().min(2).max(200) });
export const callUnmasked = z.object({ caller: z.string() });
