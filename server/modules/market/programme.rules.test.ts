import { expect, test } from 'vitest';
import { checkPlan, closePhase, coverageBp, doneItem, type PhasePlan, phaseAfter } from './programme.rules.ts';

const plan: readonly PhasePlan[] = [
  { phase: 'pilot', from: '2026-01-01', to: '2026-12-31', targetBp: 2_000 },
  { phase: 'rollout', from: '2027-01-01', to: '2027-12-31', targetBp: 6_000 },
  { phase: 'routine', from: '2028-01-01', to: '2028-12-31', targetBp: 9_500 },
];
const shift = (phase: string, over: Partial<PhasePlan>) => plan.map((p) => (p.phase === phase ? { ...p, ...over } : p));

test('pilot, rollout, routine: each once, each after the one before', () => {
  expect(checkPlan(plan)).toBeUndefined();
  expect(checkPlan(plan.toReversed())).toBeUndefined(); // the order they are written in does not matter
  expect(checkPlan(plan.slice(1))).toEqual({ code: 'market.phase_missing', phase: 'pilot' });
  expect(checkPlan(shift('rollout', { from: '2026-12-31' }))).toMatchObject({
    code: 'market.phase_order',
    phase: 'rollout',
  });
  expect(checkPlan(shift('pilot', { to: '2025-12-31' }))).toMatchObject({ code: 'market.phase_order', phase: 'pilot' });
});

const done = [{ title: '召开会议', doneOn: '2026-02-01' }];
const said = { evaluation: '覆盖率达到目标', lessons: '先培训后签单' };

test('a phase closes when it runs, all is done, and evaluation and lessons are written', () => {
  expect(closePhase('running', done, said)).toEqual({ ok: true, value: { next: 'closed' } });
  expect(closePhase('running', [], said).ok).toBe(true);
  for (const state of ['planned', 'closed'] as const)
    expect(closePhase(state, done, said)).toEqual({ ok: false, refusal: { code: 'market.phase_state', state } });
  const open = [...done, { title: '首张保单', doneOn: null }, { title: '培训', doneOn: null }];
  expect(closePhase('running', open, said)).toMatchObject({
    refusal: { code: 'market.items_open', open: 2, first: '首张保单' },
  });
  expect(closePhase('running', done, { ...said, evaluation: ' ' })).toMatchObject({
    refusal: { code: 'market.evaluation_missing' },
  });
  expect(closePhase('running', done, { ...said, lessons: '' })).toMatchObject({
    refusal: { code: 'market.lessons_missing' },
  });
});

test('a thing is done on a day that has come, in a phase that is not closed, and somebody says what', () => {
  const today = '2026-11-21';
  expect(doneItem('running', { on: today, note: '到会 42 人' }, today)).toBeUndefined();
  expect(doneItem('planned', { on: today, note: '提前完成' }, today)).toBeUndefined();
  expect(doneItem('closed', { on: today, note: 'x' }, today)).toMatchObject({ code: 'market.phase_state' });
  expect(doneItem('running', { on: '2026-11-22', note: 'x' }, today)).toMatchObject({ code: 'market.item_future' });
  expect(doneItem('running', { on: today, note: ' ' }, today)).toEqual({ code: 'market.item_note' });
});

test('coverage in basis points; nothing in scope is not nought', () => {
  expect(coverageBp(1, 3)).toBe(3_333);
  expect(coverageBp(2, 3)).toBe(6_667);
  expect(coverageBp(0, 0)).toBeNull();
  expect([phaseAfter('pilot'), phaseAfter('rollout'), phaseAfter('routine')]).toEqual([
    'rollout',
    'routine',
    undefined,
  ]);
});
