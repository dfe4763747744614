import type { Condition } from './condition.rules.ts';
import { type Fused, fuse, type Witness } from './fuse.rules.ts';
import type { Context, DetectorState } from './state.rules.ts';

/** The door stands open at a floor: nobody is held any more. */
export const isFreed = (state: DetectorState): boolean => state.closed === false && state.inZone !== false;

const standsShut = (state: DetectorState): boolean =>
  state.moving === false && state.people === true && (state.closed === true || state.inZone === false);

/**
 * 困人: people inside, the car stands, and the door is shut, or it is not at a floor. Levelled and not levelled are
 * one condition, so that a door-zone sensor that flaps does not restart it; only the time it must hold differs.
 */
export const trapped: Condition = {
  slot: 'entrapment',
  on: 'lift',
  silentIn: 'special',
  holds: standsShut,
  keeps: (state) => !isFreed(state),
  refutes: isFreed,
  proof: true,
  seconds: ({ thresholds }, state) =>
    state.inZone === false ? thresholds.entrapment.notLevelledSeconds : thresholds.entrapment.levelledSeconds,
  reason: (state) =>
    state.inZone === false ? 'telemetry.reason.occupied_between_floors' : 'telemetry.reason.occupied_level_shut',
  evidence: 'status_pattern',
};

export const entrapmentKind = (state: DetectorState): 'entrapment_levelled' | 'entrapment_not_levelled' => {
  const said = state.notices.find((n) => n.slot === 'entrapment')?.code;
  if (said === 'entrapment_not_levelled') return 'entrapment_not_levelled';
  return state.inZone === false ? 'entrapment_not_levelled' : 'entrapment_levelled';
};

/** What the status says against a sender's alarm: a car that runs, or stands open at a floor, rarely holds anybody. */
const AGAINST = 0.5;

export type Speaking = { pattern: boolean; outsideZone: boolean; noMains: boolean };

/** All that speaks now for people being trapped, fused. The button counts while the car is not running. */
export function fuseEntrapment(state: DetectorState, speaking: Speaking, { thresholds }: Context): Fused {
  const witnesses: Witness[] = [];
  if (speaking.pattern) witnesses.push({ kind: 'status_pattern' });
  const against = state.moving === true || isFreed(state);
  for (const { slot } of state.notices) {
    if (slot === 'entrapment') witnesses.push({ kind: 'vendor_alarm', factor: against ? AGAINST : 1 });
    else if (slot === 'button_alarm' && !against) witnesses.push({ kind: 'button' });
  }
  if (witnesses.length > 0 && speaking.outsideZone) witnesses.push({ kind: 'stopped_outside_zone' });
  if (witnesses.length > 0 && speaking.noMains) witnesses.push({ kind: 'power_cut' });
  return fuse(witnesses, thresholds.confidence.weights);
}
