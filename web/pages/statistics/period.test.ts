import { expect, test } from 'vitest';
import { spans } from './period.ts';

test('spans are whole days of the city’s calendar, also across the turn of the year', () => {
  const newYear = new Date('2026-12-31T16:30:00Z'); // 1 January in the city
  expect(spans(newYear)).toEqual({
    this_month: { from: '2027-01-01', to: '2027-01-01' },
    last_month: { from: '2026-12-01', to: '2026-12-31' },
    this_year: { from: '2027-01-01', to: '2027-01-01' },
    last_year: { from: '2026-01-01', to: '2026-12-31' },
  });
});
