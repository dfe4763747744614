import type { Evidence, Slot } from './finding.rules.ts';
import type { Context, DetectorState } from './state.rules.ts';

/**
 * Something that is wrong while it holds. One of a table: the step treats all alike.
 * Questions are asked of the present; none looks at a clock.
 */
export type Condition = {
  slot: Slot;
  on: 'lift' | 'escalator' | 'both';
  silentIn: Silence;
  holds: (state: DetectorState, context: Context) => boolean;
  keeps?: (state: DetectorState) => boolean; // once open, until this is false; `holds` if absent
  refutes?: (state: DetectorState) => boolean; // the status shows that a sender's alarm is over
  proof?: true; // that is proof, not an opinion of sensors: no waiting
  seconds: (context: Context, state: DetectorState) => number; // how long it must hold
  samples?: (context: Context) => number; // and in how many status messages
  reason: (state: DetectorState) => string; // `telemetry.reason.*`
  evidence: Evidence['kind'];
};

/**
 * Where a condition says nothing. 'special': inspection, fire, earthquake, maintenance. 'works': inspection and
 * maintenance only, because a button pressed or mains lost in a fire is real.
 */
export type Silence = 'special' | 'works' | 'never';
