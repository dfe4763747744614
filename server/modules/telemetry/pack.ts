import { z } from 'zod';
import { fact, measure, type Plain, sourceSchema } from '../../kernel/packs.ts';
import { NOTICE_CODES } from './message.ts';

const seconds = measure('s', z.number().positive().max(604_800));
const share = fact(z.number().min(0).max(1));
const codeSet = z.strictObject({
  name: z.string().regex(/^[a-z0-9_-]{1,40}$/),
  extends: z.string().optional(), // codes not listed are looked up there
  codes: z.record(z.string().min(1).max(32), z.enum(NOTICE_CODES)),
  source: sourceSchema,
  verified: z.boolean(),
});
const count = fact(z.int().min(1).max(1_000_000));
const celsius = measure('°C', z.number().min(-40).max(100));

/** How sure one kind of evidence makes us, standing alone, that people are trapped. */
const weight = fact(z.number().gt(0).lt(1));

/** `packs/<city>/telemetry.json`: every threshold of detection, with its source. */
export const telemetryPack = z.strictObject({
  entrapment: z.strictObject({
    levelledSeconds: seconds, // stopped level, closed and occupied this long
    notLevelledSeconds: seconds, // stopped between floors and occupied this long
    occupancySettleSeconds: seconds, // after the door closes, until the person sensor is believed
    occupiedLoadPercent: measure('%', z.number().min(1).max(50)), // of the rated load: somebody inside, for boxes without a person sensor
    occupancyHits: count, // that many sightings within a minute bring people into a car believed empty
  }),
  motion: z.strictObject({
    stoppedOutsideZoneSeconds: seconds, // 门区外停梯
    runningOpenSeconds: seconds, // 运行中开门
    unintendedSeconds: seconds, // 开门走梯: left level with the door open and stands between floors
    overspeedShare: fact(z.number().gt(1).max(2)), // of the rated speed
    overspeedSamples: count, // status messages in a row above it
    overrunSamples: count, // status messages in a row beyond the last floor
  }),
  door: z.strictObject({
    repeatCount: count, // openings at one floor without a run between them …
    repeatWindowSeconds: seconds, // … within this window
  }),
  safety: z.strictObject({ circuitOpenSeconds: seconds }),
  power: z.strictObject({
    outageSeconds: seconds, // mains away this long on one elevator
    groupCount: count, // that many elevators of one feeder or community …
    groupWindowSeconds: seconds, // … within this window are one power cut
  }),
  codeSets: z.array(codeSet).default([]), // a city's own, beside those of codes.ts; one of the same name replaces ours
  offlineSeconds: seconds, // nothing heard this long
  machineRoom: z.strictObject({ minCelsius: celsius, maxCelsius: celsius, seconds }),
  statistics: z.strictObject({
    runsPerHourMax: count, // more between two readings is a counter error, not a busy lift
    stuckRuns: count, // runs seen in status while the counter stood still
  }),
  clear: z.strictObject({
    seconds, // a cause must be gone this long before its finding closes
    overruleSeconds: seconds, // status shows the opposite this long: a vendor's missing clear is made up for
  }),
  clock: z.strictObject({
    lateSeconds: seconds, // an alarm this much out of order is still taken; a deadline waits for a slow sender at most this long
  }),
  confidence: z.strictObject({
    offerAtOnce: share, // at or above: rescue is offered without waiting for an agent
    open: share, // below: evidence is kept, no finding opens yet
    weights: z.strictObject({
      status_pattern: weight,
      vendor_alarm: weight,
      button: weight,
      phone_call: weight,
      qr_scan: weight,
      stopped_outside_zone: weight,
      power_cut: weight,
    }),
  }),
});

export type TelemetryPack = z.infer<typeof telemetryPack>;

/** Kinds of evidence that people are trapped. */
export type EvidenceKind = keyof TelemetryPack['confidence']['weights'];

/** The thresholds detection reads: the pack without sources, made once per loaded pack by `plainOf`. */
export type Thresholds = Plain<TelemetryPack>;
