import { expect, test } from 'vitest';
import { ROLES } from './roles.rules.ts';
import {
  endsAt,
  isAlive,
  isUsername,
  mayTry,
  nextStage,
  type Stage,
  usernameKey,
  waitSeconds,
} from './sign-in.rules.ts';

const now = new Date('2026-11-21T01:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

test('four wrong tries are free, then the wait doubles from 15 seconds to a quarter of an hour', () => {
  const waits = [0, 1, 3, 4, 5, 6, 9, 10, 11, 500].map((count) => waitSeconds({ count, lastAt: now }, 4, now));
  expect(waits).toEqual([0, 0, 0, 15, 30, 60, 480, 900, 900, 900]);
});

test('the wait runs out', () => {
  expect(waitSeconds({ count: 4, lastAt: ago(14) }, 4, now)).toBe(1);
  expect(waitSeconds({ count: 4, lastAt: ago(15) }, 4, now)).toBe(0);
  expect(waitSeconds({ count: 9, lastAt: null }, 4, now)).toBe(0);
});

test('an address waits too, but an office behind one address gets thirty tries', () => {
  const free = { count: 0, lastAt: null };
  expect(mayTry({ name: free, address: { count: 29, lastAt: now } }, now).ok).toBe(true);
  expect(mayTry({ name: free, address: { count: 30, lastAt: now } }, now)).toEqual({
    ok: false,
    refusal: { code: 'identity.wait', seconds: 15 },
  });
});

test('the longer of the two waits counts', () => {
  expect(mayTry({ name: { count: 6, lastAt: now }, address: { count: 30, lastAt: now } }, now)).toMatchObject({
    refusal: { seconds: 60 },
  });
});

test.each<[Stage, Parameters<typeof nextStage>[0]]>([
  ['open', { role: 'technician', hasTotp: false, provedTotp: false, mustChange: false }],
  ['new_password', { role: 'technician', hasTotp: false, provedTotp: false, mustChange: true }],
  ['second_factor', { role: 'technician', hasTotp: true, provedTotp: false, mustChange: true }],
  ['new_password', { role: 'technician', hasTotp: true, provedTotp: true, mustChange: true }],
  ['enrolment', { role: 'city_regulator', hasTotp: false, provedTotp: false, mustChange: false }],
  ['new_password', { role: 'city_regulator', hasTotp: false, provedTotp: false, mustChange: true }],
  ['second_factor', { role: 'city_regulator', hasTotp: true, provedTotp: false, mustChange: false }],
  ['open', { role: 'city_regulator', hasTotp: true, provedTotp: true, mustChange: false }],
])('next comes %s', (stage, given) => {
  expect(nextStage(given)).toBe(stage);
});

test('no official comes in without a second factor, whatever else holds', () => {
  const flags = [false, true];
  const open = ROLES.filter((role) =>
    flags.some((mustChange) =>
      flags.some((provedTotp) => nextStage({ role, hasTotp: false, provedTotp, mustChange }) === 'open'),
    ),
  );
  const strict = [
    'city_regulator',
    'district_regulator',
    'street_office',
    'department',
    'housing_fund_office',
    'administrator',
    'auditor',
  ];
  expect(open).toEqual(ROLES.filter((role) => !strict.includes(role)));
});

const session = {
  role: 'agent' as const,
  stage: 'open' as const,
  lastSeenAt: now,
  endsAt: endsAt('agent', 'open', now),
  endedAt: null,
};

test('a session ends by itself: left alone, at its end, or when it was ended', () => {
  expect(isAlive(session, now)).toBe(true);
  expect(isAlive({ ...session, endedAt: now }, now)).toBe(false);
  expect(isAlive({ ...session, endsAt: now }, now)).toBe(false);
  expect(isAlive({ ...session, role: 'auditor', lastSeenAt: ago(1_801) }, now)).toBe(false);
  expect(isAlive({ ...session, role: 'auditor', lastSeenAt: ago(1_800) }, now)).toBe(true);
});

test('a sign-in that is not finished is given a quarter of an hour', () => {
  expect(endsAt('rescuer', 'second_factor', now)).toEqual(new Date('2026-11-21T01:15:00Z'));
  expect(endsAt('agent', 'open', now)).toEqual(new Date('2026-11-21T14:00:00Z'));
});

test('names are compared without width and case', () => {
  expect(usernameKey(' Ａgent.１ ')).toBe('agent.1');
  expect(['张三丰', 'agent-1', 'a.b@c', 'abc'].map(isUsername)).toEqual([true, true, true, true]);
  expect(['ab', '-abc', 'a b c', 'a\nbc', 'x'.repeat(65), '<b>x', ''].map(isUsername)).toEqual(Array(7).fill(false));
});
