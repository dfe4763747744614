import { expect, test } from 'vitest';
import { pressureOf } from './countdown.rules.ts';

const timer = (now: number) => pressureOf({ since: 0, dueAt: 120_000, now });

test('a timer turns amber at two thirds and red at its limit', () => {
  expect([timer(0), timer(79_999), timer(80_000), timer(119_999), timer(120_000)]).toEqual([
    'calm',
    'calm',
    'soon',
    'soon',
    'over',
  ]);
});
