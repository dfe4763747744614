import { type Context, type DetectorState, NEW_STATE, step } from './detect.rules.ts';
import type { FindingChange } from './finding.rules.ts';
import type { Message, Statistics, Status } from './message.ts';
import { admit, type Windows } from './seq.rules.ts';

/** Last known values of an elevator. A value never said is absent. */
export type Present = Omit<Status, 'kind'> & Omit<Statistics, 'kind'>;

/** Everything the doors remember of one elevator. Replaced, never changed. Instants in milliseconds. */
export type Car = {
  elevatorNo: number;
  sourceNo: number;
  heardMs: number; // our clock; 0: never
  atMs: number; // the sender's clock, at the message the present reflects
  present: Present;
  detector: DetectorState;
  windows: Windows;
  wakeMs: number | null; // when detection wants to see time pass
  pos: number; // place in history of the last message in it
};

export const newCar = (elevatorNo: number): Car => ({
  elevatorNo,
  sourceNo: 0,
  heardMs: 0,
  atMs: 0,
  present: {},
  detector: NEW_STATE,
  windows: {},
  wakeMs: null,
  pos: 0,
});

/** A change to a finding, and when we learned of it (our clock). */
export type Learned = { change: FindingChange; learnedMs: number };

export type Taken = {
  outcome: 'stored' | 'repeated' | 'seq_too_old';
  car: Car;
  learned: readonly Learned[];
};

/** More ticks than this between two messages mean that detection asks for ticks it does not use. */
const MOST_TICKS = 50;

/** Take one message: known already, or into history, detection and the present. Ticks due before it come first. */
export function takeMessage(car: Car, message: Message, { pos, context }: { pos: number; context: Context }): Taken {
  const { sourceNo, boot, seq } = message;
  const counted = seq === null ? null : admit(car.windows, { sourceNo, boot, seq });
  if (counted?.seen === 'repeated') return { outcome: 'repeated', car, learned: [] };
  if (counted?.seen === 'too_old') return { outcome: 'seq_too_old', car, learned: [] };
  const receivedMs = message.receivedAt.getTime();
  const before = takeTicks(car, receivedMs, context);
  const { state, findings, wakeAt } = step(before.car.detector, { kind: 'message', message }, context);
  const newest = message.deviceAt.getTime() >= before.car.atMs;
  const heard: Car = {
    ...before.car,
    sourceNo,
    heardMs: receivedMs,
    atMs: newest ? message.deviceAt.getTime() : before.car.atMs,
    present: newest ? withBody(before.car.present, message) : before.car.present,
    detector: state,
    windows: counted?.windows ?? before.car.windows,
    wakeMs: wakeAt?.getTime() ?? null,
    pos,
  };
  return { outcome: 'stored', car: heard, learned: [...before.learned, ...stamped(findings, receivedMs)] };
}

/** Let time pass up to `untilMs`: every tick that is due, in order. */
export function takeTicks(car: Car, untilMs: number, context: Context): { car: Car; learned: readonly Learned[] } {
  const learned: Learned[] = [];
  let now = car;
  for (let ticks = 0; ticks < MOST_TICKS && now.wakeMs !== null && now.wakeMs <= untilMs; ticks += 1) {
    const { state, findings, wakeAt } = step(now.detector, { kind: 'tick', at: new Date(now.wakeMs) }, context);
    learned.push(...stamped(findings, now.wakeMs));
    const wakeMs = wakeAt?.getTime() ?? null;
    // A tick that asks for itself again would never end: time goes on by at least a second.
    now = { ...now, detector: state, wakeMs: wakeMs === null ? null : Math.max(wakeMs, now.wakeMs + 1_000) };
  }
  return { car: now, learned };
}

const stamped = (changes: readonly FindingChange[], learnedMs: number): readonly Learned[] =>
  changes.map((change) => ({ change, learnedMs }));

function withBody(present: Present, { body }: Message): Present {
  if (body.kind === 'heartbeat' || body.kind === 'notice') return present;
  const { kind: _kind, ...said } = body;
  return { ...present, ...said };
}
