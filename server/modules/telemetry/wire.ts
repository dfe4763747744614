import { type Static, type TSchema, Type } from '@sinclair/typebox';

/**
 * The message a box or an enterprise platform sends, one JSON object, the same on both doors.
 * Field names and numbers follow GB/T 24476-2017 clauses 9–11; units stand in the name where the standard has none.
 * Fields we do not know are ignored, so that a vendor may send more than we read.
 */

/** The topic of the MQTT door. */
export const TELEMETRY_TOPIC = 'tian/v1/telemetry';

/** How a sender may name an elevator. */
export const ELEVATOR_NAME_TYPES = ['id', 'registration_code', 'rescue_code', 'factory_number'] as const;

/** Boolean states travel as true/false or 1/0: both are seen in the field. */
const flag = Type.Union([Type.Boolean(), Type.Literal(0), Type.Literal(1)]);
const maybe = <T extends TSchema>(schema: T) => Type.Optional(schema);

const head = {
  elevator: Type.Object({
    type: Type.Union(ELEVATOR_NAME_TYPES.map((name) => Type.Literal(name))),
    value: Type.String({ minLength: 1, maxLength: 64 }),
    issuer: maybe(Type.String({ minLength: 18, maxLength: 18 })), // the maker's USCC, with factory_number only
  }),
  seq: maybe(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })), // rises per sender and elevator; a batch may do without
  boot: maybe(Type.Integer({ minimum: 0, maximum: 2_147_483_647 })), // rises when counting starts again; 0 if absent
  at: Type.String({ minLength: 19, maxLength: 35 }), // the sender's clock, ISO 8601 with its zone
};

const status = Type.Object({
  ...head,
  type: Type.Literal('status'),
  serviceMode: maybe(Type.Integer({ minimum: 0, maximum: 7 })), // lift 0–7, escalator 0–3 (clause 9)
  carStatus: maybe(Type.Integer({ minimum: 0, maximum: 1 })), // 0 stopped, 1 running
  carDirection: maybe(Type.Integer({ minimum: 0, maximum: 2 })), // 0 none, 1 up, 2 down: the real one
  operationStatus: maybe(Type.Integer({ minimum: 0, maximum: 1 })), // escalators and moving walks
  operationDirection: maybe(Type.Integer({ minimum: 0, maximum: 2 })),
  doorZone: maybe(flag),
  carPosition: maybe(Type.Integer({ minimum: -30, maximum: 300 })), // physical floor number
  doorStatus: maybe(flag), // true: closed end position reached; false: no such signal
  doorPhase: maybe(Type.Integer({ minimum: 0, maximum: 6 })), // 0 unknown, 1 closing, 2 closed, 3 opening, 4 open, 5 locked, 6 held not fully closed
  passengerStatus: maybe(flag),
  carSpeedMPerS: maybe(Type.Number({ minimum: -30, maximum: 30 })), // down is negative
  loadPercent: maybe(Type.Number({ minimum: 0, maximum: 400 })),
  carCelsius: maybe(Type.Number({ minimum: -60, maximum: 200 })),
  machineRoomCelsius: maybe(Type.Number({ minimum: -60, maximum: 200 })),
  mainsPower: maybe(flag), // false: on battery or dead
  safetyCircuitClosed: maybe(flag),
});

const statistics = Type.Object({
  ...head,
  type: Type.Literal('statistics'),
  totalRunningTimeHours: maybe(Type.Number({ minimum: 0, maximum: 10_000_000 })),
  presentCounterValue: maybe(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })), // runs since installation
  doorCycles: maybe(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
  runDistanceM: maybe(Type.Number({ minimum: 0, maximum: 10_000_000_000 })),
  ropeBends: maybe(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
});

const notice = Type.Object({
  ...head,
  type: Type.Union([Type.Literal('fault'), Type.Literal('event'), Type.Literal('alarm')]),
  messageCode: Type.String({ minLength: 1, maxLength: 32 }), // the sender's own code; its code set says what it means
  messageId: maybe(Type.String({ minLength: 1, maxLength: 64 })), // ties `clear` to its `add`
  phase: maybe(Type.Union([Type.Literal('add'), Type.Literal('clear')])), // add if absent
});

const heartbeat = Type.Object({ ...head, type: Type.Literal('heartbeat') });

export const wireMessage = Type.Union([status, statistics, notice, heartbeat]);

/** One schema per `type`, so that a mistake is reported against the right one. */
export const wireShapes = { status, statistics, fault: notice, event: notice, alarm: notice, heartbeat } as const;

export type WireMessage = Static<typeof wireMessage>;
export type WireStatus = Static<typeof status>;
export type WireStatistics = Static<typeof statistics>;
export type WireNotice = Static<typeof notice>;
export type WireElevatorName = WireMessage['elevator'];
