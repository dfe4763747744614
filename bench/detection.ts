import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainOf } from '../server/kernel/packs.ts';
import { programDir } from '../server/kernel/program.ts';
import { bookOf, KNOWN_CODE_SETS } from '../server/modules/telemetry/codes.ts';
import { type Context, type DetectorState, NEW_STATE, step } from '../server/modules/telemetry/detect.rules.ts';
import type { Finding, FindingKind } from '../server/modules/telemetry/finding.rules.ts';
import type { Message } from '../server/modules/telemetry/message.ts';
import { bodyOfWire } from '../server/modules/telemetry/normal.rules.ts';
import { telemetryPack } from '../server/modules/telemetry/pack.ts';
import type { Settings, SimElevator, Truth } from '../server/simulate/city.ts';
import { everyFault } from '../server/simulate/demo-city.ts';
import { daysOf } from '../server/simulate/plan.ts';
import { type Delivery, VENDORS } from '../server/simulate/vendor.ts';
import { measureStep } from './detection/speed.ts';
import { newTally, printTally } from './detection/tally.ts';

/** One line for the list. */
export const about = 'recall and precision of detection on simulated days with known truth, bad-habit vendors on';

const DAY_MS = 86_400_000;
const MEASURED = 3; // the elevator whose messages time a step: bad clock, gaps, whole statuses
const START = Date.UTC(2026, 8, 1, 16); // midnight in the city

/** `tian bench detection [elevators] [days] [seed]`: 400 elevators, 5 days, seed 1 if not said. */
export async function run([elevators = '400', days = '5', seed = '1']: readonly string[]): Promise<void> {
  const thresholds = readThresholds();
  const settings: Settings = {
    seed: Number(seed),
    startAt: START,
    entrapmentsPerMonth: 6,
    faultsPerMonth: everyFault(1.5),
    visitDays: 15,
    powerCuts: Array.from({ length: Math.ceil(Number(elevators) / 50) }, (_, i) => ({
      feeder: `F${i}`,
      at: START + (i % Number(days)) * DAY_MS + (9 + (i % 11)) * 3_600_000,
      minutes: 12 + (i % 20),
    })),
    entrapments: [],
  };
  const tally = newTally();
  let sample: readonly Message[] = [];
  for (let no = 1; no <= Number(elevators); no += 1) {
    const elevator = elevatorOf(no);
    const context = contextOf(elevator, thresholds);
    const { deliveries, truths } = daysOf(elevator, settings, START + Number(days) * DAY_MS);
    const messages = deliveries.map((d) => messageOf(d, elevator));
    if (no === MEASURED) sample = messages;
    tally.add({
      vendor: elevator.vendor,
      truths,
      found: detect(messages, context),
      messages: messages.length,
    });
    // An elevator's day is short work; let the process answer its signals between them.
    if (no % 20 === 0) await new Promise((go) => setImmediate(go));
  }
  printTally(tally, { elevators: Number(elevators), days: Number(days), seed: Number(seed), vendors: VENDORS });
  measureStep(sample, contextOf(elevatorOf(MEASURED), thresholds));
}

const readThresholds = () =>
  plainOf(
    telemetryPack.parse(
      JSON.parse(readFileSync(join(programDir, 'packs', '000000-national', 'telemetry.json'), 'utf8')),
    ),
  );

function elevatorOf(no: number): SimElevator {
  const places = ['residence', 'residence', 'residence', 'office', 'mall', 'hotel', 'hospital', 'school', 'transport'];
  return {
    no,
    name: { type: 'registration_code', value: `3110320200${String(no).padStart(10, '0')}` },
    kind: no % 12 === 0 ? 'escalator' : 'lift',
    placeClass: places[no % places.length] ?? 'residence',
    bottomFloor: no % 3 === 0 ? -1 : 1,
    topFloor: 6 + ((no * 7) % 27),
    ratedSpeedMmPerS: [1_000, 1_750, 2_500][no % 3] ?? 1_750,
    feeder: `F${Math.floor(no / 50)}`,
    vendor: no % VENDORS.length,
  };
}

const contextOf = (e: SimElevator, thresholds: Context['thresholds']): Context => ({
  facts: {
    elevatorNo: e.no,
    kind: e.kind,
    ratedSpeedMmPerS: e.ratedSpeedMmPerS,
    bottomFloor: e.bottomFloor,
    topFloor: e.topFloor,
    inMaintenance: false,
  },
  thresholds,
  listeningSince: START - 3_600_000,
});

const book = bookOf(KNOWN_CODE_SETS);

function messageOf({ at, message, no }: Delivery, elevator: SimElevator): Message {
  const codeSet = VENDORS[elevator.vendor]?.codeSet ?? '';
  return {
    elevatorNo: no,
    sourceNo: elevator.vendor + 1,
    boot: message.boot ?? 0,
    seq: message.seq ?? null,
    deviceMs: Date.parse(message.at),
    receivedMs: at,
    body: bodyOfWire(message, { kind: elevator.kind, codeSet, book }),
  };
}

export type Found = Pick<Finding, 'id' | 'kind' | 'confidence' | 'beganAt' | 'openedAt'> & { closedAt: number | null };

/** What detection says, with the ticks a timer wheel would send. */
function detect(messages: readonly Message[], context: Context): readonly Found[] {
  const found = new Map<string, Found>();
  let state: DetectorState = NEW_STATE;
  let wakeAt = null as Date | null;
  const take = (next: ReturnType<typeof step>) => {
    ({ state, wakeAt } = next);
    for (const change of next.findings) {
      if (change.change === 'opened') found.set(change.finding.id, { ...change.finding, closedAt: null });
      const known = found.get(change.change === 'closed' ? change.id : change.finding.id);
      if (known && change.change === 'closed') known.closedAt = change.closedAt;
    }
  };
  for (const message of messages) {
    for (let due: Date | null = wakeAt; due !== null && due.getTime() <= message.receivedMs; due = wakeAt) {
      take(step(state, { kind: 'tick', at: due }, context));
    }
    take(step(state, { kind: 'message', message }, context));
  }
  return [...found.values()];
}

export type Days = { vendor: number; truths: readonly Truth[]; found: readonly Found[]; messages: number };
export type Kind = FindingKind;
