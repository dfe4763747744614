import { z } from 'zod';

/** The HTTP API of telemetry: live state, history, findings, online rates, senders and what was set aside. */

const id = z.uuid();
const instant = z.iso.datetime({ offset: true });
const instantOut = z.iso.datetime();
const limit = z.coerce.number().int().min(1).max(200).default(50);
const named = z.object({ id, name: z.string() });

/** An elevator as lists name it. Null fields: the file does not say, or the viewer may not see the file. */
const elevatorRef = z.object({
  id,
  rescueCode: z.string().nullable(),
  address: z.string().nullable(),
  unit: z.string().nullable(),
});

// —— The present of one car ——

/** Last known values; one that was never said is absent. Floors are physical numbers, labels are in the registry. */
export const presentSchema = z.object({
  serviceMode: z
    .enum([
      'out_of_service',
      'normal',
      'inspection',
      'fire_return',
      'firefighter',
      'emergency_power',
      'earthquake',
      'unknown',
    ])
    .optional(),
  moving: z.boolean().optional(),
  direction: z.enum(['none', 'up', 'down']).optional(),
  inDoorZone: z.boolean().optional(),
  floor: z.int().optional(),
  doorClosed: z.boolean().optional(), // false: no such signal, which is not "open"
  doorOpen: z.boolean().optional(),
  occupied: z.boolean().optional(),
  speedMmPerS: z.number().optional(), // down is negative
  loadPercent: z.number().optional(),
  carCelsius: z.number().optional(),
  machineRoomCelsius: z.number().optional(),
  mainsPower: z.boolean().optional(),
  safetyCircuitClosed: z.boolean().optional(),
  runningHours: z.number().optional(),
  runs: z.number().optional(),
  doorCycles: z.number().optional(),
  runDistanceM: z.number().optional(),
  ropeBends: z.number().optional(),
});
export type Present = z.infer<typeof presentSchema>;

export const liveSchema = z.object({
  elevatorId: id,
  online: z.boolean(), // heard within the city's limit
  heardAt: instantOut.nullable(), // our clock; null: never heard
  at: instantOut.nullable(), // the sender's clock, at the newest message
  present: presentSchema,
  source: named.nullable(),
  shaft: z.object({ bottomFloor: z.int().nullable(), topFloor: z.int().nullable() }),
  offlineAfterSeconds: z.number(),
});
export type Live = z.infer<typeof liveSchema>;

/** One message of the live stream (`text/event-stream`): the present after a message. */
export const liveMessageSchema = z.object({ heardAt: instantOut, at: instantOut, present: presentSchema });
export type LiveMessage = z.infer<typeof liveMessageSchema>;

// —— History ——

/** Between two instants, at most 31 days; without them the last hour. */
export const historyQuery = z.object({
  from: instant.optional(),
  to: instant.optional(),
  limit: z.coerce.number().int().min(1).max(20_000).default(5_000),
});
/** Around one moment: what came before it, so that a replay can begin with a whole picture, and after. */
export const replayQuery = z.object({
  at: instant,
  beforeSeconds: z.coerce.number().int().min(0).max(3_600).default(120),
  afterSeconds: z.coerce.number().int().min(0).max(3_600).default(180),
});

export const noticeSchema = z.object({
  group: z.enum(['fault', 'event', 'alarm']),
  rawCode: z.string(), // as the sender wrote it
  code: z.string(), // what it means; 'unmapped' when its code set does not say
  noticeId: z.string().nullable(),
  phase: z.enum(['add', 'clear']),
});
export const historyRow = z.object({
  at: instantOut, // the sender's clock
  receivedAt: instantOut, // ours
  seq: z.int().nullable(),
  kind: z.enum(['status', 'statistics', 'notice', 'heartbeat']),
  values: presentSchema, // only what this message said
  notice: noticeSchema.nullable(),
});
export const historySchema = z.object({
  elevatorId: id,
  from: instantOut,
  to: instantOut,
  rows: z.array(historyRow), // by the sender's clock
  more: z.boolean(), // cut at the limit: narrow the window
});
export type History = z.infer<typeof historySchema>;
export const replaySchema = historySchema.extend({
  at: instantOut,
  before: presentSchema, // the picture at the window's beginning, as far as an hour back tells
  findings: z.array(z.object({ id, kind: z.string(), startedAt: instantOut, closedAt: instantOut.nullable() })),
});
export type Replay = z.infer<typeof replaySchema>;

export const sumsQuery = z.object({
  by: z.enum(['hour', 'day']).default('day'),
  from: instant.optional(),
  to: instant.optional(),
});
export const sumSchema = z.object({
  from: instantOut,
  messages: z.int(),
  trips: z.int(), // starts of the car
  doorOpenings: z.int(),
  movingSeconds: z.int(),
  notices: z.int(),
  offlineSeconds: z.int().nullable(), // days only
  machineRoomMin: z.number().nullable(),
  machineRoomMax: z.number().nullable(),
  loadPercentMax: z.number().nullable(),
});
export const sumsSchema = z.object({ elevatorId: id, by: z.enum(['hour', 'day']), items: z.array(sumSchema) });

// —— Findings ——

export const findingQuery = z.object({
  kind: z.string().max(200).optional(), // several with commas
  state: z.enum(['open', 'closed', 'all']).default('open'),
  elevatorId: id.optional(),
  ownerOrgId: id.optional(),
  area: z.string().max(20).optional(),
  taken: z.enum(['0', '1']).optional(),
  from: instant.optional(),
  to: instant.optional(),
  after: z.string().max(100).optional(),
  limit,
});
export const evidenceSchema = z.object({
  kind: z.string(),
  at: instantOut,
  source: named.nullable(),
  detail: z.string(),
});
const allowed = z.union([z.literal(true), z.object({ code: z.string() })]);
export const findingSchema = z.object({
  id,
  elevator: elevatorRef,
  kind: z.string(),
  detail: z.string().nullable(), // for faults a sender told of: what it says it is
  confidence: z.number(),
  reasons: z.array(z.string()),
  evidence: z.array(evidenceSchema),
  startedAt: instantOut, // when the condition began
  evidenceAt: instantOut, // what completed the evidence
  openedAt: instantOut, // our clock
  closedAt: instantOut.nullable(),
  closeReason: z.string().nullable(),
  owner: named.nullable(), // who must act; null: the registry names nobody
  taken: z.object({ at: instantOut, mine: z.boolean(), remark: z.string() }).nullable(),
  version: z.int(),
  can: z.object({ take: allowed }),
});
export type FindingItem = z.infer<typeof findingSchema>;
export const findingPage = z.object({ items: z.array(findingSchema), next: z.string().nullable() });
export const findingCounts = z.object({
  items: z.array(z.object({ kind: z.string(), open: z.int(), taken: z.int() })),
});
export const takeFinding = z.object({ version: z.int(), remark: z.string().trim().max(500).default('') });

export const powerCutSchema = z.object({
  id,
  feeder: z.string().nullable(),
  communityCode: z.string().nullable(),
  startedAt: instantOut,
  endedAt: instantOut.nullable(),
  elevators: z.int(),
});

// —— Is everything heard? ——

/** What elevators are counted by: who sends, who answers for them, or where they stand. */
const ONLINE_BY = ['source', 'maintenance', 'maker', 'district', 'street', 'community', 'building'] as const;
export type OnlineBy = (typeof ONLINE_BY)[number];

export const onlineQuery = z.object({
  by: z.enum(ONLINE_BY).default('source'),
  area: z.string().max(20).optional(), // of this division only, whatever its level
  from: instant.optional(), // gaps since then; a day without it
});
/** Online rate and gaps of one sender, unit, maker, division or building. */
export const onlineRow = z.object({
  key: z.string(), // number of the sender, id of the organisation or building, code of the division; empty: not known
  name: z.string(),
  elevators: z.int(), // in use, with a file
  heard: z.int(), // ever
  online: z.int(), // now
  onlineShare: z.number().nullable(), // of those ever heard; null when none was
  gaps: z.int(),
  gapSeconds: z.int(),
  offlineFindings: z.int(), // open
});
export const onlineSchema = z.object({ at: instantOut, offlineAfterSeconds: z.number(), items: z.array(onlineRow) });

export const healthSchema = z.object({
  at: instantOut,
  elevators: z.int(),
  heard: z.int(),
  online: z.int(),
  onlineShare: z.number().nullable(),
  openFindings: z.int(),
  lastHour: z.object({ stored: z.int(), repeated: z.int(), setAside: z.int() }),
  silentSources: z.int(),
  definition: z.string(), // a code of words/telemetry.ts
});

// —— Senders ——

export const codeSetSchema = z.object({
  name: z.string(),
  extends: z.string().nullable(),
  codes: z.array(z.object({ raw: z.string(), code: z.string() })),
});
export const sourceSchema = z.object({
  id,
  no: z.int(),
  clientId: id,
  name: z.string(),
  org: named.nullable(), // null: the city's own platform
  codeSet: z.string(),
  reach: z.enum(['parties', 'city']),
  heardAt: instantOut.nullable(),
  silentSince: instantOut.nullable(),
  elevators: z.int(), // heard through it last
  lastHour: z.object({ stored: z.int(), repeated: z.int(), setAside: z.int() }),
  version: z.int(),
  can: z.object({ change: allowed }),
});
export const sourceChange = z.object({
  version: z.int(),
  codeSet: z.string().max(64),
  name: z.string().trim().min(1).max(100),
});

// —— Set aside ——

export const quarantineQuery = z.object({
  sourceId: id.optional(),
  reason: z.string().max(40).optional(),
  before: z.coerce.number().int().min(1).optional(),
  limit,
});
export const quarantineItem = z.object({
  id: z.int(),
  source: named,
  receivedAt: instantOut,
  door: z.enum(['mqtt', 'http']),
  reason: z.string(),
  detail: z.string(),
  elevator: z.string(), // its name as given; empty when it could not be read
  bytes: z.int(),
});
export const quarantinePage = z.object({ items: z.array(quarantineItem), next: z.int().nullable() });
export const quarantineFile = quarantineItem.extend({
  text: z.string(), // as UTF-8; what is none is shown as �
  base64: z.string(), // the bytes as they came, at most 16 KB
});
export const tallyQuery = z.object({ from: instant.optional(), sourceId: id.optional() });
/** Counters: every message by sender and outcome, also those whose raw text was not kept. */
export const tallySchema = z.object({
  from: instantOut,
  items: z.array(z.object({ source: named, outcome: z.string(), messages: z.int() })),
});
