import { expect, test } from 'vitest';
import { secondsUntilNextTry } from './exchange.rules.ts';

test('a message is tried again soon, then every minute, then every ten, without end', () => {
  expect([1, 2, 5, 6, 39, 40, 10_000].map(secondsUntilNextTry)).toEqual([2, 4, 32, 60, 60, 600, 600]);
});
