import { expect, test } from 'vitest';
import { planInEvent } from './plan.rules.ts';
import type { Plan } from './timer.rules.ts';

const plan = { mode: 'automatic', offerAtOnceConfidence: 0.9, agentSeconds: 30 } as Plan;

test('a button alone waits for the agent, until so many are trapped at one place that nobody can look at each', () => {
  const enoughFor = (others: number) => planInEvent(plan, { others, massFrom: 5, enough: 0.5 }).offerAtOnceConfidence;
  expect([0, 1, 3].map(enoughFor)).toEqual([0.9, 0.9, 0.9]);
  expect([4, 5, 499].map(enoughFor)).toEqual([0.5, 0.5, 0.5]);
});

test('where the desk sends by hand it goes on doing so, and a city that asks for less is not made to ask for more', () => {
  const byHand = { ...plan, mode: 'agent' as const };
  expect(planInEvent(byHand, { others: 499, massFrom: 5, enough: 0.5 }).mode).toBe('agent');
  const bold = { ...plan, offerAtOnceConfidence: 0.3 };
  expect(planInEvent(bold, { others: 499, massFrom: 5, enough: 0.5 }).offerAtOnceConfidence).toBe(0.3);
});
