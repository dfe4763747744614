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
import { type DetectorState, type ElevatorFacts, isAtWork, isSilent } from './state.rules.ts';
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

export const quietOf = (state: DetectorState, facts: ElevatorFacts): Quiet => ({
  special: isSilent(state, facts),
  works: isAtWork(state, facts),
  never: false,
});

/** A sender's other faults are silent like movements; of silence itself only a visit is an explanation. */
export const isQuiet = (slot: Slot, quiet: Quiet): boolean =>
  slot === 'offline' ? false : quiet[conditionOf(slot)?.silentIn ?? 'special'];
