import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, type Day } from '../../../kernel/time.ts';
import { type Ending, nextTermOf } from './renewal.rules.ts';
import { overlaps, yearFrom } from './term.rules.ts';

const day = (text: string) => text as Day;
const policy = (over: Partial<Ending> = {}): Ending => ({
  state: 'issued',
  to: day('2027-06-30'),
  elsewhere: false,
  successor: null,
  ...over,
});
const next = (today: string, over: Partial<Ending> = {}) => nextTermOf(policy(over), day(today), 60);

test('the next cover begins the day after the last one ends, whenever in the window it is renewed', () => {
  expect(next('2027-05-01')).toEqual({ from: '2027-07-01', gapDays: 0 });
  expect(next('2027-06-30')).toEqual({ from: '2027-07-01', gapDays: 0 });
});

test('a policy that ends today is still renewed without a gap; one that ended yesterday leaves a day open and says so', () => {
  expect(next('2027-07-01')).toEqual({ from: '2027-07-02', gapDays: 1 });
  expect(next('2027-07-31')).toEqual({ from: '2027-08-01', gapDays: 31 });
});

test('not before the window, not twice, and not what is not in force', () => {
  expect(next('2027-04-30')).toEqual({ code: 'insurance.renewal_too_early', earliest: '2027-05-01' });
  expect(next('2027-06-01', { successor: 'q' })).toEqual({ code: 'insurance.renewal_exists', successor: 'q' });
  expect(next('2027-06-01', { state: 'cancelled' })).toMatchObject({ code: 'insurance.not_renewable' });
  expect(next('2027-06-01', { elsewhere: true })).toMatchObject({ code: 'insurance.not_renewable' });
});

test('over 29 February too: successive years touch without overlap', () => {
  expect(next('2028-02-10', { to: day('2028-02-28') })).toEqual({ from: '2028-02-29', gapDays: 0 });
  expect(next('2029-02-10', { to: day('2029-02-28') })).toEqual({ from: '2029-03-01', gapDays: 0 });
});

test('whatever the days: the next year never overlaps the last, and with no gap it touches it', () => {
  const offsets = fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: -60, max: 60 }));
  fc.assert(
    fc.property(offsets, ([start, late]) => {
      const term = yearFrom(addDays(day('2024-01-01'), start));
      const done = nextTermOf(policy({ to: term.to }), addDays(term.to, late), 60);
      if ('code' in done) throw new Error(done.code);
      expect(overlaps(term, yearFrom(done.from))).toBe(false);
      expect(done.gapDays === 0).toBe(done.from === addDays(term.to, 1));
    }),
  );
});
