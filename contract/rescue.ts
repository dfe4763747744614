import { z } from 'zod';

/** The HTTP API of rescue: intake, desk, rescuers' phones, stations and drills, statistics, other platforms. */

const instant = z.iso.datetime({ offset: true });
const said = z.string().max(2_000);
const short = z.string().max(200);

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

export const clockName = z.enum([
  'stop',
  'evidence',
  'reported',
  'aware',
  'answered',
  'decided',
  'offered',
  'accepted',
  'departed',
  'arrived',
  'released',
  'confirmed',
  'cause_reported',
  'closed',
]);
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

const reason = z.object({
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
  causes: z.array(cause),
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

const version = z.int().nonnegative().optional(); // what the author saw: another one is refused with 409
/** An order from the desk. May be refused. */
export const orderInput = z.discriminatedUnion('do', [
  z.object({ do: z.literal('offer'), personIds: z.array(z.uuid()).min(1).max(5), reason: short.default(''), version }),
  z.object({ do: z.literal('escalate'), version }),
  z.object({ do: z.literal('hand_off'), service: z.enum(['119', '110']), takenBy: short, version }),
  z.object({ do: z.literal('withdraw'), offerId: z.uuid(), version }),
  z.object({ do: z.literal('take'), version }),
  z.object({ do: z.literal('dismiss'), reason: z.string().min(2).max(500), version }),
  z.object({ do: z.literal('merge'), into: z.uuid(), reason: short.default(''), version }),
  z.object({ do: z.literal('look'), version }),
  z.object({ do: z.literal('reopen'), reason: z.string().min(2).max(500), version }),
  z.object({ do: z.literal('close'), version }),
]);
export type OrderInput = z.infer<typeof orderInput>;

/** The client's own key of a report: a repeat from an offline queue does nothing. */
const key = z.string().min(8).max(64);
const place = z.object({
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  accuracyMetres: z.number().nonnegative().optional(),
});
/** A report from a rescuer's phone. Never refused. */
export const jobReport = z.discriminatedUnion('do', [
  z.object({ do: z.literal('accept'), key, happenedAt: instant, at: place.optional() }),
  z.object({ do: z.literal('refuse'), key, happenedAt: instant, reason: short }),
  z.object({ do: z.literal('depart'), key, happenedAt: instant, at: place.optional() }),
  z.object({ do: z.literal('arrive'), key, happenedAt: instant, at: place.optional(), scanned: short.optional() }),
  z.object({
    do: z.literal('release'),
    key,
    happenedAt: instant,
    people: z.int().min(0).max(200),
    injuries: z.boolean().optional(),
    causeClass: z.string().max(10).default(''),
    causeDetail: z.string().max(10).default(''),
    method: z.string().max(40).default(''),
    remark: said.default(''),
    photos: z.array(z.uuid()).max(9).default([]),
  }),
]);
export type JobReport = z.infer<typeof jobReport>;

/** A report that the desk takes by phone on somebody's behalf, or that comes after the rescue. Never refused. */
export const deskReport = z.discriminatedUnion('do', [
  z.object({ do: z.literal('arrive'), key, crewId: z.string().max(64).optional(), happenedAt: instant.optional() }),
  z.object({
    do: z.literal('release'),
    key,
    people: z.int().min(0).max(200).nullable(),
    happenedAt: instant.optional(),
  }),
  z.object({ do: z.literal('accept'), key, crewId: z.string().max(64), happenedAt: instant.optional() }),
  z.object({ do: z.literal('refuse'), key, crewId: z.string().max(64), reason: short, happenedAt: instant.optional() }),
  z.object({
    do: z.literal('confirm'),
    key,
    outcome: z.enum(['all_out', 'not_out', 'unreachable']),
    satisfaction: z.int().min(1).max(5).nullable().default(null),
    said: said.default(''),
  }),
  z.object({
    do: z.literal('cause'),
    key,
    classCode: z.string().min(1).max(10),
    detailCode: z.string().min(1).max(10),
    method: z.string().max(40).default(''),
    remark: said.default(''),
    corrects: z.uuid().nullable().default(null),
  }),
  z.object({ do: z.literal('correct'), key, seq: z.int().positive(), text: z.string().min(2).max(2_000) }),
]);
export type DeskReport = z.infer<typeof deskReport>;

/** What a call said, as the agent writes it down. */
export const callInput = z.object({
  key,
  kind: z.enum(['entrapment', 'fault', 'complaint', 'question', 'false_alarm']).default('entrapment'),
  elevatorId: z.uuid().optional(),
  code: z.string().max(40).optional(), // rescue code or registration code
  connectedAt: instant.optional(),
  caller: z.string().max(24).default(''),
  callBackWanted: z.boolean().default(false),
  claimText: z.boolean().default(false), // he was asked, and wants the claim code on this phone
  recordingRef: short.optional(),
  routedTo: short.default(''),
  said: said.default(''),
  needs: needsInput.default({}),
});
export const callTaken = z.object({
  callId: z.uuid(),
  incidentId: z.uuid().nullable(), // null: not an entrapment, or no elevator was named
  number: z.string().nullable(),
  joined: z.boolean(),
});

/** From the page behind a QR code. Nobody signs in, and a report is never refused for what it leaves out. */
export const sosInput = z.object({
  key,
  code: z.string().min(1).max(40), // the 6 digits on the plate, or the registration code
  caller: z.string().max(24).default(''),
  claimText: z.enum(['yes', 'no']).default('no'), // a box of a form: the claim code may come to this phone
  said: said.default(''),
  needs: needsInput.default({}),
});
export const sosTaken = z.object({ number: z.string().nullable(), joined: z.boolean(), hotline: z.string() });

/** From 110, 119 or 12345. `ref` is the number it has there: a repeat does nothing. */
export const partnerInput = z.object({
  ref: z.string().min(1).max(64),
  code: z.string().min(1).max(40),
  connectedAt: instant.optional(),
  caller: z.string().max(24).default(''),
  said: said.default(''),
  needs: needsInput.default({}),
});

/** What the people inside may hear: by voice, or on the screen in the car. */
export const progress = z.object({
  phase,
  etaSeconds: z.int().nullable(), // until somebody is there; null: not known yet
  lines: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })),
});

export const job = z.object({
  incidentId: z.uuid(),
  number: z.string(),
  offerId: z.uuid(),
  state: offer.shape.state,
  place: z.int(),
  offeredAt: instant,
  answerBy: instant.nullable(),
  address: z.string(),
  unit: z.string().nullable(),
  rescueCode: z.string().nullable(),
  needs,
  phase,
  drill: z.boolean(),
  etaSeconds: z.int().nullable(),
  reasons: z.array(reason),
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  people: z.int().nullable(),
});
export const jobList = z.object({
  items: z.array(job),
  onDuty: z.boolean(),
  label: z.string().nullable(),
  now: instant,
});
export const positionInput = place.extend({ at: instant });
export const dutyInput = z.object({ on: z.boolean(), hours: z.number().min(0.5).max(24).default(12) });

export const groupBy = z.enum([
  'district',
  'place',
  'hour',
  'month',
  'cause',
  'use_org',
  'maintenance_org',
  'brand',
  'age',
  'level',
]);
export const statisticsQuery = z.object({ from: z.iso.date(), to: z.iso.date(), by: groupBy.default('district') });
const seconds = z.object({ mean: z.number(), p50: z.number(), p90: z.number() }).nullable(); // null: none to count
export const statisticsRow = z.object({
  key: z.string(),
  name: z.string(),
  incidents: z.int(),
  people: z.int(),
  arrival: seconds,
  rescue: seconds,
  trapped: seconds,
  responseRate: z.number().nullable(), // accepted within the limit
  arrivalRate: z.number().nullable(), // arrived within the limit
  elevators: z.int().nullable(), // in use; null where the group is not one of elevators
  ratePer100: z.number().nullable(), // 困人率: per 100 elevators in use and month
});
export const statistics = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  by: groupBy,
  total: statisticsRow,
  rows: z.array(statisticsRow),
  beside: z.object({ falseAlarms: z.int(), drills: z.int(), joined: z.int(), repeats: z.int(), calls: z.int() }),
  repeats: z.array(
    z.object({
      elevatorId: z.uuid(),
      address: z.string(),
      rescueCode: z.string().nullable(),
      incidents: z.int(),
      lastAt: instant,
    }),
  ),
  limits: z.object({ responseSeconds: z.int(), arrivalSeconds: z.int() }),
});

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
  acceptedAt: instant.nullable(),
});
export const handoverInput = z.object({ note: z.string().min(1).max(4_000) });

/** A message of another 96333 platform. `messageId` is numbered there: a repeat is acknowledged and does nothing. */
export const exchangeMessage = z.object({
  messageId: z.string().min(1).max(64),
  sentAt: instant,
  body: z.discriminatedUnion('what', [
    z.object({
      what: z.literal('incident'),
      ref: z.string().min(1).max(64), // the incident's number there
      code: z.string().min(1).max(40),
      reportedAt: instant,
      said: said.default(''),
      needs: needsInput.default({}),
    }),
    z.object({
      what: z.literal('state'),
      ref: z.string().min(1).max(64),
      peerRef: z.string().max(64), // the incident's number here
      phase,
      level,
      at: instant,
      crew: short.default(''),
      people: z.int().min(0).max(200).nullable().default(null),
    }),
  ]),
});
export type ExchangeMessage = z.infer<typeof exchangeMessage>;
export const exchangeAck = z.object({ messageId: z.string(), repeated: z.boolean(), ref: z.string().nullable() });
