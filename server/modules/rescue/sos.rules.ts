import type { Rescuer } from './candidate.rules.ts';
import type { ClockName, Incident } from './incident.rules.ts';
import { etaSeconds, type Stage, scriptFor, stageOf } from './script.rules.ts';

/** Who comes, as the people inside are told: by role, never by name. */
export type Crew = Rescuer['kind'] | 'services';

/** The steps of a rescue as the people inside see them. `at` null: not yet. */
export type SosStep = { name: 'received' | 'accepted' | 'departed' | 'arrived' | 'released'; at: Date | null };

/** What a person who called for help is shown at this moment. */
export type SosView = {
  stage: Stage;
  crew: Crew | null;
  etaMinutes: number | null;
  steps: readonly SosStep[];
  lines: readonly string[]; // of the comfort script
};

const STEPS: readonly (readonly [SosStep['name'], readonly ClockName[]])[] = [
  ['received', ['reported', 'aware']],
  ['accepted', ['accepted']],
  ['departed', ['departed']],
  ['arrived', ['arrived']],
  ['released', ['released']],
];

export type Coming = { kind: Rescuer['kind'] | null; travelSeconds: number | null };

/** How far a rescue is, in the words of those who wait for it. */
export function sosView(incident: Incident, { kind, travelSeconds }: Coming, now: Date): SosView {
  const stage = stageOf(incident);
  const eta = etaSeconds({ acceptedAt: incident.clocks.accepted?.at ?? null, travelSeconds }, now);
  const { clocks } = incident;
  const steps = STEPS.map(([name, from]) => ({
    name,
    at: from.map((clock) => clocks[clock]?.at).find((at) => at !== undefined) ?? null,
  }));
  // Whoever is there has set out, and whoever is out was found: a report that was never sent leaves no gap on the page.
  const last = steps.findLastIndex((step) => step.at !== null);
  return {
    stage,
    crew: stage === 'emergency_services' ? 'services' : kind,
    etaMinutes: stage === 'coming' && eta !== null ? Math.max(1, Math.ceil(eta / 60)) : null,
    steps: steps.map((step, i) => (i < last && step.at === null ? { ...step, at: nextAt(steps, i) } : step)),
    lines: scriptFor(incident),
  };
}

const nextAt = (steps: readonly SosStep[], i: number): Date | null =>
  steps.slice(i + 1).find((step) => step.at !== null)?.at ?? null;

/** Nobody knows yet which elevator is meant: the desk is finding out. */
export const unplaced = (at: Date): SosView => ({
  stage: 'received',
  crew: null,
  etaMinutes: null,
  steps: STEPS.map(([name]) => ({ name, at: name === 'received' ? at : null })),
  lines: ['rescue.script.calm', 'rescue.script.stay_away_from_door', 'rescue.script.say_where'],
});
