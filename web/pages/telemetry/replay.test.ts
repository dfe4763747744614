import { expect, test } from 'vitest';
import { pictureAt } from './replay.rules.ts';

const rows = [
  { at: '2026-11-20T08:00:01Z', values: { floor: 3, moving: true } },
  { at: '2026-11-20T08:00:05Z', values: { doorOpen: true, moving: false } },
];

test('a replay begins with what was known before', () => {
  expect(pictureAt({ floor: 2 }, rows, Date.parse('2026-11-20T08:00:00Z'))).toEqual({ floor: 2 });
});

test('a replay lays each message over the last, and keeps what it did not mention', () => {
  expect(pictureAt({ occupied: true }, rows, Date.parse('2026-11-20T08:00:05Z'))).toEqual({
    occupied: true,
    floor: 3,
    moving: false,
    doorOpen: true,
  });
});
