import { expect, test } from 'vitest';
import { grantsFor, isGrant, secretHolds } from './client.rules.ts';

test('a token carries all grants when none are named, otherwise those named, and never more than the client has', () => {
  const client = ['elevators:read', 'incidents:read'];
  expect(grantsFor(client, undefined)).toEqual(client);
  expect(grantsFor(client, '')).toEqual(client);
  expect(grantsFor(client, 'incidents:read')).toEqual(['incidents:read']);
  expect(grantsFor(client, 'incidents:read telemetry:write')).toBeNull();
});

test('a secret holds until its end', () => {
  const now = new Date('2026-11-21T00:00:00Z');
  expect(secretHolds({ endsAt: null }, now)).toBe(true);
  expect(secretHolds({ endsAt: now }, now)).toBe(false);
  expect(secretHolds({ endsAt: new Date('2026-11-21T00:00:01Z') }, now)).toBe(true);
});

test('grants are a closed list', () => {
  expect(isGrant('telemetry:write')).toBe(true);
  expect(isGrant('everything')).toBe(false);
});
