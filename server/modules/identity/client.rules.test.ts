import { expect, test } from 'vitest';
import { grantsFor } from './client.rules.ts';

test('a token carries all grants when none are named, otherwise those named, and never more than the client has', () => {
  const client = ['elevators:read', 'incidents:read'];
  expect(grantsFor(client, undefined)).toEqual(client);
  expect(grantsFor(client, '')).toEqual(client);
  expect(grantsFor(client, 'incidents:read')).toEqual(['incidents:read']);
  expect(grantsFor(client, 'incidents:read telemetry:write')).toBeNull();
});
