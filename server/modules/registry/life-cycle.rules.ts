import { EVIDENCE_KINDS, STEPS } from '../../../contract/registry-vocabulary.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { State } from './vocabulary.rules.ts';

/** A paper that proves a step. `fileHash` names a stored file; null: seen, not stored. */
export type Evidence = { kind: EvidenceKind; number: string; fileHash: string | null; note: string };
export { EVIDENCE_KINDS, STEPS };
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

export type Step = (typeof STEPS)[number];

type Way = { from: readonly State[]; to: State; needs: readonly EvidenceKind[] };

/** Each step of a life: from which states, to which, and what must be shown for it. */
const WAYS: Readonly<Record<Step, Way>> = {
  sell: { from: ['made'], to: 'sold', needs: ['sales_contract'] },
  install: { from: ['made', 'sold'], to: 'installed', needs: ['installation_report'] },
  inspect: { from: ['installed'], to: 'supervised_inspection', needs: [] },
  register: { from: ['supervised_inspection'], to: 'registered', needs: ['inspection_report', 'use_registration'] },
  start: { from: ['registered'], to: 'in_use', needs: [] },
  stop: { from: ['in_use', 'registered'], to: 'stopped', needs: ['stop_notice'] },
  seal: { from: ['in_use', 'registered', 'stopped'], to: 'sealed', needs: ['seal_order'] },
  reopen: { from: ['stopped', 'sealed'], to: 'in_use', needs: ['reopening_proof'] },
  // A renovated elevator is inspected like a new one before it runs again.
  renovate: {
    from: ['in_use', 'stopped', 'sealed', 'registered'],
    to: 'supervised_inspection',
    needs: ['renovation_report'],
  },
  scrap: {
    from: ['made', 'sold', 'installed', 'supervised_inspection', 'registered', 'in_use', 'stopped', 'sealed'],
    to: 'scrapped',
    needs: ['scrap_notice'],
  },
};

export type LifeRefusal =
  | { code: 'registry.state_step'; from: State; to: State }
  | { code: 'registry.evidence_missing'; kind: EvidenceKind };

export type LifeAsk = { step: Step; evidence: readonly Evidence[]; on: string };
export type Standing = { state: State; since: string }; // the day the present state began

/**
 * Decide a step of an elevator's life. After `restartAfterDays` out of use it is inspected before it runs again
 * (TSG T7001-2023: out of use for more than a year).
 */
export function decideStep(was: Standing, ask: LifeAsk, restartAfterDays: number): Result<State, LifeRefusal> {
  const way = WAYS[ask.step];
  if (!way.from.includes(was.state)) return refuse({ code: 'registry.state_step', from: was.state, to: way.to });
  const needs = [...way.needs];
  if (ask.step === 'reopen' && daysBetween(was.since, ask.on) > restartAfterDays) needs.push('inspection_report');
  const missing = needs.find((kind) => !ask.evidence.some((e) => e.kind === kind));
  return missing ? refuse({ code: 'registry.evidence_missing', kind: missing }) : accept(way.to);
}

/** The steps that lead on from a state: what a screen offers. */
export const stepsFrom = (state: State): Step[] => STEPS.filter((step) => WAYS[step].from.includes(state));
export const needsOf = (step: Step): readonly EvidenceKind[] => WAYS[step].needs;

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
