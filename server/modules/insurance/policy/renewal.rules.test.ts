import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, type Day, startOf } from '../../../kernel/time.ts';
import { type Ending, nextTermOf } from './renewal.rules.ts';
import { covers, overlaps, yearFrom } from './term.rules.ts';

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

test('the window is the product’s own: a policy of ninety days is offered earlier than one of thirty', () => {
  const at = (days: number) => nextTermOf(policy(), day('2027-04-15'), days);
  expect(at(90)).toEqual({ from: '2027-07-01', gapDays: 0 });
  expect(at(30)).toEqual({ code: 'insurance.renewal_too_early', earliest: '2027-05-31' });
});

test('every second of nine years is covered once: 23:59:59 by the old year, 00:00:00 by the new, also over 29 February', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_500 }), fc.integer({ min: 0, max: 3_000 }), (start, offset) => {
      const terms = [yearFrom(addDays(day('2024-01-01'), start))];
      for (let i = 0; i < 8; i += 1) {
        const last = terms.at(-1) ?? yearFrom(day('2024-01-01'));
        const after = nextTermOf(policy({ to: last.to }), addDays(last.to, -10), 60);
        if ('code' in after) throw new Error(after.code);
        terms.push(yearFrom(after.from));
      }
      for (const { from } of terms.slice(1)) {
        const midnight = startOf(from);
        const second = new Date(midnight.getTime() - 1_000);
        expect(terms.filter((t) => covers(t, second))).toHaveLength(1);
        expect(terms.filter((t) => covers(t, midnight))).toHaveLength(1);
        expect(terms.findIndex((t) => covers(t, midnight))).toBe(terms.findIndex((t) => covers(t, second)) + 1);
      }
      const some = addDays(terms[0]?.from ?? day('2024-01-01'), offset);
      expect(terms.filter((t) => covers(t, startOf(some)))).toHaveLength(1);
    }),
  );
});
