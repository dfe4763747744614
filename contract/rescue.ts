import { z } from 'zod';
import { CLOCK_NAMES } from './rescue-vocabulary.ts';

/** Incidents as the HTTP API shows them: in lists, in full, and who could go. */

const instant = z.iso.datetime({ offset: true });

export const phase = z.enum(['raised', 'offered', 'under_way', 'on_site', 'released', 'closed', 'dismissed', 'joined']);
export const level = z.int().min(0).max(3);
const yes = z.boolean().nullable();

/** What is known of the people inside. Null: not asked or not answered. */
export const needs = z.object({
  people: z.int().min(0).max(200).nullable(),
  infants: yes,
  elders: yes,
  patients: yes,
  injuries: yes,
  water: yes,
  fire: yes,
});
export const needsInput = needs.partial();

export const clockName = z.enum(CLOCK_NAMES);
export const clock = z.object({
  at: instant, // what figures use
  sourceAt: instant.nullable(), // what the phone or the device said
  receivedAt: instant, // our clock
  trusted: z.boolean(), // false: the source's time did not fit, ours was used
});

const timer = z.object({ kind: z.string(), level, dueAt: instant });

/** One line of the queue. */
export const incidentItem = z.object({
  id: z.uuid(),
  number: z.string(),
  version: z.int(),
  elevatorId: z.uuid(),
  rescueCode: z.string().nullable(),
  address: z.string(),
  districtCode: z.string().nullable(),
  drill: z.boolean(),
  phase,
  level,
  danger: z.int(),
  confidence: z.number(),
  needs,
  people: z.int().nullable(),
  awareAt: instant,
  answeredAt: instant.nullable(),
  acceptedAt: instant.nullable(),
  arrivedAt: instant.nullable(),
  releasedAt: instant.nullable(),
  endedAt: instant.nullable(),
  timer: timer.nullable(), // the one that runs out next
  groupId: z.uuid().nullable(),
  groupSize: z.int(), // incidents of the same event; 1: alone
  crew: z.string().nullable(), // who has or was offered the job
  crewPlace: z.int().nullable(), // the place of this job in his plan; null: nobody has it
  mustLookAgain: z.boolean(),
  lng: z.number().nullable(),
  lat: z.number().nullable(),
});
export const incidentQuery = z.object({
  state: z.enum(['open', 'waiting', 'ended', 'all']).default('open'), // waiting: released, not yet closed
  drill: z.enum(['0', '1']).optional(),
  elevator: z.uuid().optional(),
  code: z
    .string()
    .regex(/^\d{6}$/)
    .optional(), // the rescue code on the plate
  area: z
    .string()
    .regex(/^\d{6,12}$/)
    .optional(),
  group: z.uuid().optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});
export const incidentPage = z.object({ items: z.array(incidentItem), next: z.string().nullable(), now: instant });

export const reason = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  seconds: z.number(),
});
export const offer = z.object({
  id: z.uuid(),
  crewId: z.string(),
  crew: z.string(), // its name; the service's number when it came by itself
  org: z.string().nullable(),
  level,
  place: z.int(),
  state: z.enum(['planned', 'offered', 'accepted', 'departed', 'arrived', 'refused', 'expired', 'withdrawn']),
  offeredAt: instant,
  etaSeconds: z.int().nullable(),
  reasons: z.array(reason),
  chosenBy: z.string(),
});

export const line = z.object({
  seq: z.int(),
  at: instant,
  happenedAt: instant.nullable(),
  actor: z.string(),
  what: z.string(),
  data: z.record(z.string(), z.unknown()),
  remarks: z.array(z.string()),
  corrects: z.int().nullable(),
});

export const evidence = z.object({
  kind: z.string(),
  at: instant,
  receivedAt: instant,
  confidence: z.number(),
  reasons: z.array(z.string()),
});

const may = z.union([z.literal(true), z.object({ code: z.string() }).loose()]);
/** Whether the viewer may give each order now, or the refusal that he would get. */
export const can = z.object({
  offer: may,
  escalate: may,
  hand_off: may,
  withdraw: may,
  take: may,
  dismiss: may,
  merge: may,
  look: may,
  reopen: may,
  close: may,
});

export const cause = z.object({
  id: z.uuid(),
  at: instant,
  stage: z.enum(['first', 'final']),
  classCode: z.string(),
  detailCode: z.string(),
  method: z.string(),
  remark: z.string(),
  corrects: z.uuid().nullable(),
});
/** What was heard when somebody rang after the rescue. */
export const confirmation = z.object({
  id: z.uuid(),
  at: instant,
  outcome: z.enum(['all_out', 'not_out', 'unreachable']),
  satisfaction: z.int().nullable(), // 1–5; null: not asked or not answered
  said: z.string(),
});
export const callItem = z.object({
  id: z.uuid(),
  at: instant,
  connectedAt: instant.nullable(),
  channel: z.enum(['phone', 'qr', 'button', 'partner', 'exchange']),
  kind: z.enum(['entrapment', 'fault', 'complaint', 'question', 'false_alarm']),
  routedTo: z.string(),
  elevatorId: z.uuid().nullable(),
  incidentId: z.uuid().nullable(),
  joined: z.boolean(),
  caller: z.string(), // masked; empty: not given, or gone after the retention
  callBack: z.enum(['', 'wanted', 'done']),
  callBackAt: instant.nullable(),
  callBackSaid: z.string(),
  recordingRef: z.string().nullable(),
  said: z.string(),
});

/** A message with another 96333 platform: who asked whom to rescue, or a state that has not arrived there yet. */
export const peerMessage = z.object({
  id: z.uuid(),
  peer: z.string(),
  what: z.enum(['asked_here', 'asked_there', 'state']),
  at: instant,
  state: z.enum(['waiting', 'acknowledged', 'needless']), // needless: the rescue was over before it arrived
  attempts: z.int(),
});

export const incidentDetail = incidentItem.extend({
  estate: z.string().nullable(),
  building: z.string().nullable(),
  unit: z.string().nullable(),
  useOrg: z.string().nullable(),
  maintenanceOrg: z.string().nullable(),
  clocks: z.partialRecord(clockName, clock),
  timers: z.array(timer),
  handOff: z.object({ service: z.enum(['119', '110']), takenBy: z.string(), at: instant }).nullable(),
  endReason: z.string(),
  offers: z.array(offer),
  evidence: z.array(evidence),
  timeline: z.array(line),
  calls: z.array(callItem),
  peers: z.array(peerMessage),
  causes: z.array(cause),
  confirmations: z.array(confirmation),
  talks: z.array(
    z.object({
      id: z.uuid(),
      startedAt: instant,
      endedAt: instant.nullable(),
      outcome: z.string().nullable(),
      reason: z.string(),
    }),
  ),
  group: z.array(z.object({ id: z.uuid(), number: z.string(), address: z.string(), phase })),
  script: z.array(z.string()), // codes of words/rescue.ts: what to say to the people inside now
  can,
});

export const candidate = z.object({
  personId: z.uuid(),
  label: z.string(),
  org: z.string(),
  kind: z.enum(['maintenance', 'public', 'social']),
  place: z.int(),
  onDuty: z.boolean(),
  travelSeconds: z.int().nullable(),
  travelMetres: z.int().nullable(),
  travelBy: z.enum(['roads', 'line']).nullable(), // null: his place is not known
  positionAgeSeconds: z.number().nullable(),
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  costSeconds: z.number(),
  reasons: z.array(reason),
  way: z.array(z.tuple([z.number(), z.number()])).nullable(), // corners of the road to the car, longitude first; null: not by road
});
export const candidateList = z.object({
  items: z.array(candidate),
  to: z.object({ lng: z.number(), lat: z.number() }).nullable(),
});
