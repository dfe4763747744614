import { expect, test } from 'vitest';
import { standingOf } from './number.rules.ts';

test('numbers are low below a tenth of all that were allotted, and gone at none', () => {
  expect(standingOf({ free: 10, used: 90 })).toBe('enough');
  expect(standingOf({ free: 9, used: 91 })).toBe('low');
  expect(standingOf({ free: 1, used: 0 })).toBe('enough');
  expect(standingOf({ free: 0, used: 500 })).toBe('none');
  expect(standingOf({ free: 0, used: 0 })).toBe('none');
});
