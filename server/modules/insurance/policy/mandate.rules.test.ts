import { expect, test } from 'vitest';
import type { Day } from '../../../kernel/time.ts';
import { agencyOf, inForce, type Mandate } from './mandate.rules.ts';

const day = (text: string) => text as Day;
const mandate: Mandate = {
  id: 'm',
  giverOrgId: 'unit',
  agentOrgId: 'agent',
  from: day('2026-01-01'),
  to: day('2026-12-31'),
  endedOn: null,
};
const acting = (role: string, orgId: string, over: { on?: string; mandates?: readonly Mandate[] } = {}) =>
  agencyOf({
    role,
    orgId,
    holderOrgId: 'unit',
    mandates: over.mandates ?? [mandate],
    on: day(over.on ?? '2026-06-01'),
  });

test('a mandate holds from its first day to its last, or to the day it was ended on', () => {
  const on = (text: string, endedOn: string | null = null) =>
    inForce({ ...mandate, endedOn: endedOn as Day | null }, day(text));
  expect([on('2025-12-31'), on('2026-01-01'), on('2026-12-31'), on('2027-01-01')]).toEqual([false, true, true, false]);
  expect([on('2026-06-30', '2026-06-30'), on('2026-07-01', '2026-06-30')]).toEqual([true, false]);
});

test('a use unit acts for itself and for nobody else', () => {
  expect(acting('use_unit_head', 'unit')).toBeNull();
  expect(acting('use_unit_head', 'other')).toEqual({ code: 'insurance.not_holder' });
  expect(acting('safety_director', 'agent')).toEqual({ code: 'insurance.not_holder' });
});

test('a maintenance unit acts by a mandate of that very unit in force that day', () => {
  expect(acting('maintenance_manager', 'agent')).toBe(mandate);
  expect(acting('maintenance_manager', 'agent', { on: '2027-01-01' })).toMatchObject({ code: 'insurance.no_mandate' });
  expect(acting('maintenance_manager', 'stranger')).toMatchObject({ code: 'insurance.no_mandate' });
  const foreign = { ...mandate, giverOrgId: 'another' };
  expect(acting('maintenance_manager', 'agent', { mandates: [foreign] })).toMatchObject({
    code: 'insurance.no_mandate',
  });
});

test('an appointed broker acts by his mandate; without one he may quote, and says so by having none', () => {
  expect(acting('broker', 'agent')).toBe(mandate);
  expect(acting('broker', 'agent', { on: '2027-01-01' })).toBeNull();
});

test('an insurer or a broker may quote to anybody', () => {
  expect(acting('underwriter', 'insurer')).toBeNull();
  expect(acting('broker', 'broker')).toBeNull();
});
