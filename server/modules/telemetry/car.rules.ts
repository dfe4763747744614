import { advance, type Context, copyState, type Draft, draftOf, NEW_STATE } from './detect.rules.ts';
import type { FindingChange } from './finding.rules.ts';
import { copyPresent, newPresent, type Present, takeSaid } from './last-known.rules.ts';
import type { Message } from './message.ts';
import { admit, NO_WINDOWS, type Windows } from './seq.rules.ts';

/** Everything the doors remember of one elevator. Instants in milliseconds. Changed only while it is a draft: `gather.ts`. */
export type Car = {
  elevatorNo: number;
  sourceNo: number;
  heardMs: number; // our clock; 0: never
  atMs: number; // the sender's clock, at the message the present reflects
  present: Present;
  detector: Draft;
  windows: Windows;
  wakeMs: number | null; // when detection wants to see time pass
  pos: number; // place in history of the last message in it
};

export const newCar = (elevatorNo: number): Car => ({
  elevatorNo,
  sourceNo: 0,
  heardMs: 0,
  atMs: 0,
  present: newPresent(),
  detector: draftOf(NEW_STATE),
  windows: NO_WINDOWS,
  wakeMs: null,
  pos: 0,
});

/** Make a car say what another says; it may have been another elevator's. */
export function copyCar(into: Car, from: Car): void {
  into.elevatorNo = from.elevatorNo;
  into.sourceNo = from.sourceNo;
  into.heardMs = from.heardMs;
  into.atMs = from.atMs;
  copyPresent(into.present, from.present);
  copyState(into.detector, from.detector);
  into.windows = from.windows;
  into.wakeMs = from.wakeMs;
  into.pos = from.pos;
}

/** A change to a finding, and when we learned of it (our clock). */
export type Learned = { change: FindingChange; learnedMs: number };

/** More ticks than this between two messages mean that detection asks for ticks it does not use. */
const MOST_TICKS = 50;

/** Was this message taken before? With the numbers as they stand once it is taken. */
export function countMessage({ windows }: Car, { sourceNo, boot, seq }: Message) {
  return seq === null ? { seen: 'new' as const, windows } : admit(windows, { sourceNo, boot, seq });
}

type Taking = { pos: number; windows: Windows; context: Context };

/** Take one new message into a draft: into detection and the present. Ticks due before it come first. */
export function takeMessage(car: Car, message: Message, { pos, windows, context }: Taking): readonly Learned[] {
  const receivedMs = message.receivedMs;
  const before = takeTicks(car, receivedMs, context);
  const findings: FindingChange[] = [];
  car.wakeMs = advance(car.detector, { kind: 'message', message }, { context, findings });
  car.sourceNo = message.sourceNo;
  car.heardMs = receivedMs;
  const deviceMs = message.deviceMs;
  if (deviceMs >= car.atMs) {
    car.atMs = deviceMs;
    takeSaid(car.present, message.body);
  }
  car.windows = windows;
  car.pos = pos;
  return findings.length === 0 ? before : [...before, ...stamped(findings, receivedMs)];
}

const NOTHING: readonly Learned[] = [];

/** Is there a moment up to `untilMs` at which this car waits for time to pass? */
export const isDue = ({ wakeMs }: Car, untilMs: number): boolean => wakeMs !== null && wakeMs <= untilMs;

/** Let time pass in a draft up to `untilMs`: every tick that is due, in order. */
export function takeTicks(car: Car, untilMs: number, context: Context): readonly Learned[] {
  if (!isDue(car, untilMs)) return NOTHING;
  const learned: Learned[] = [];
  for (let ticks = 0; ticks < MOST_TICKS && car.wakeMs !== null && car.wakeMs <= untilMs; ticks += 1) {
    const nowMs = car.wakeMs;
    const findings: FindingChange[] = [];
    const wakeMs = advance(car.detector, { kind: 'tick', at: new Date(nowMs) }, { context, findings });
    learned.push(...stamped(findings, nowMs));
    // A tick that asks for itself again would never end: time goes on by at least a second.
    car.wakeMs = wakeMs === null ? null : Math.max(wakeMs, nowMs + 1_000);
  }
  return learned;
}

const stamped = (changes: readonly FindingChange[], learnedMs: number): readonly Learned[] =>
  changes.map((change) => ({ change, learnedMs }));
