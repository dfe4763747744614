import { expect, test } from 'vitest';
import { actsInRole, grantsFor, roleOfOther } from './client.rules.ts';

test('a token carries all grants when none are named, otherwise those named, and never more than the client has', () => {
  const client = ['elevators:read', 'incidents:read'];
  expect(grantsFor(client, undefined)).toEqual(client);
  expect(grantsFor(client, '')).toEqual(client);
  expect(grantsFor(client, 'incidents:read')).toEqual(['incidents:read']);
  expect(grantsFor(client, 'incidents:read telemetry:write')).toBeNull();
});

test('roles are for a client of such an organisation itself: an office, a foreign kind or the whole city has none', () => {
  const acts = ['bank:write', 'role:underwriter', 'role:cashier'];
  expect(actsInRole(acts)).toBe(true);
  expect(actsInRole(['bank:write'])).toBe(false);
  expect(roleOfOther(acts, ['insurer'])).toBeUndefined();
  expect(roleOfOther(['role:broker'], ['insurer', 'broker'])).toBeUndefined();
  expect(roleOfOther(acts, ['broker'])).toBe('role:underwriter');
  expect(roleOfOther(acts, ['regulator'])).toBe('role:underwriter');
  expect(roleOfOther(acts, null)).toBe('role:underwriter');
  expect(roleOfOther(['telemetry:read'], null)).toBeUndefined();
});
