import { expect, test } from 'vitest';
import {
  decideStep,
  type Evidence,
  type EvidenceKind,
  needsOf,
  STEPS,
  type Step,
  stepsFrom,
} from './life-cycle.rules.ts';
import { STATES, type State } from './vocabulary.rules.ts';

const paper = (kind: EvidenceKind): Evidence => ({ kind, number: '示例-1', fileHash: null, note: '' });
const YEAR = 365;
const step = (state: State, what: Step, ...kinds: EvidenceKind[]) =>
  decideStep({ state, since: '2026-01-01' }, { step: what, evidence: kinds.map(paper), on: '2026-06-01' }, YEAR);

test('an elevator goes from the factory to use step by step, each with its paper', () => {
  expect(step('made', 'sell', 'sales_contract')).toEqual({ ok: true, value: 'sold' });
  expect(step('sold', 'install', 'installation_report')).toEqual({ ok: true, value: 'installed' });
  expect(step('installed', 'inspect')).toEqual({ ok: true, value: 'supervised_inspection' });
  expect(step('supervised_inspection', 'register', 'inspection_report', 'use_registration')).toEqual({
    ok: true,
    value: 'registered',
  });
  expect(step('registered', 'start')).toEqual({ ok: true, value: 'in_use' });
});

test('no use registration without the inspection report', () => {
  expect(step('supervised_inspection', 'register', 'use_registration')).toEqual({
    ok: false,
    refusal: { code: 'registry.evidence_missing', kind: 'inspection_report' },
  });
});

test('a sealed elevator runs again only with proof, and after more than a year only inspected', () => {
  const reopen = (on: string, ...kinds: EvidenceKind[]) =>
    decideStep({ state: 'sealed', since: '2025-06-01' }, { step: 'reopen', evidence: kinds.map(paper), on }, YEAR);
  expect(reopen('2026-06-01')).toMatchObject({ ok: false, refusal: { kind: 'reopening_proof' } });
  expect(reopen('2026-06-01', 'reopening_proof')).toEqual({ ok: true, value: 'in_use' });
  expect(reopen('2026-06-02', 'reopening_proof')).toMatchObject({ ok: false, refusal: { kind: 'inspection_report' } });
  expect(reopen('2026-06-02', 'reopening_proof', 'inspection_report')).toEqual({ ok: true, value: 'in_use' });
});

test('what is scrapped stays scrapped', () => {
  expect(stepsFrom('scrapped')).toEqual([]);
  for (const what of STEPS) expect(step('scrapped', what, ...needsOf(what))).toMatchObject({ ok: false });
});

test('from every other state some legal way leads to scrapping, and to use unless it is made of nothing', () => {
  for (const state of STATES.filter((s) => s !== 'scrapped')) {
    const reached = new Set<State>([state]);
    for (let grew = true; grew; ) {
      const next = [...reached].flatMap((s) =>
        stepsFrom(s).flatMap((what) => {
          const done = step(s, what, ...needsOf(what), 'inspection_report');
          return done.ok ? [done.value] : [];
        }),
      );
      grew = next.some((s) => !reached.has(s));
      for (const s of next) reached.add(s);
    }
    expect(reached.has('scrapped'), state).toBe(true);
    expect(reached.has('in_use'), state).toBe(true);
  }
});
