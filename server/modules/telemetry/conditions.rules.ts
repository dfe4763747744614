import type { Condition, Silence } from './condition.rules.ts';
import { trapped } from './entrapment.rules.ts';
import type { Slot } from './finding.rules.ts';
import {
  overrunBottom,
  overrunTop,
  overspeed,
  reversal,
  runningOpen,
  stoppedOutside,
  unintended,
} from './motion.rules.ts';
import { type DetectorState, type ElevatorFacts, isAtWork, isSilent, openIn } from './state.rules.ts';
import { button, counters, machineRoom, powerCut, repeatedDoor, safetyCircuit } from './supply.rules.ts';

/** Everything that is watched. Order is the order in which findings of one message are told. */
const all: readonly Condition[] = [
  trapped,
  stoppedOutside,
  unintended,
  runningOpen,
  overspeed,
  overrunTop,
  overrunBottom,
  repeatedDoor,
  safetyCircuit,
  powerCut,
  machineRoom,
  counters,
  button,
  reversal,
];
const ofKind = {
  lift: all.filter((c) => c.on !== 'escalator'),
  escalator: all.filter((c) => c.on !== 'lift'),
};
const bySlot: ReadonlyMap<Slot, Condition> = new Map(all.map((c) => [c.slot, c]));

/** The conditions that make sense for this kind of elevator. */
export const conditionsOf = (kind: ElevatorFacts['kind']): readonly Condition[] => ofKind[kind];

/** The condition of a slot; vendor faults have none. */
export const conditionOf = (slot: Slot): Condition | undefined => bySlot.get(slot);

/** Where and when nothing is to be said now. */
export type Quiet = Readonly<Record<Silence, boolean>>;

const LOUD: Quiet = { special: false, works: false, never: false };
const SPECIAL: Quiet = { special: true, works: false, never: false };
const WORKS: Quiet = { special: true, works: true, never: false };

export const quietOf = (state: DetectorState, facts: ElevatorFacts): Quiet => {
  if (!isSilent(state, facts)) return LOUD;
  return isAtWork(state, facts) ? WORKS : SPECIAL;
};

/** A sender's other faults are silent like movements; silence itself is watched apart. */
export const isQuiet = (slot: Slot, quiet: Quiet): boolean =>
  slot === 'offline' ? false : quiet[conditionOf(slot)?.silentIn ?? 'special'];

/** People, the mains and a pressed button do not become untrue because a rescuer turns the switch to inspection. */
const STAYS: ReadonlySet<Slot> = new Set<Slot>(['entrapment', 'power_cut', 'button_alarm']);

/** Must this be dropped now? What stays true stays open; nothing new of it opens. */
export const isHushed = (draft: DetectorState, slot: Slot, quiet: Quiet): boolean =>
  quiet.special && isQuiet(slot, quiet) && !(STAYS.has(slot) && openIn(draft, slot) !== undefined);
