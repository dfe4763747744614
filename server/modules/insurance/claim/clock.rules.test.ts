import { expect, test } from 'vitest';
import { fen } from '../../../kernel/money.ts';
import type { Calendar, Day } from '../../../kernel/time.ts';
import { isLeftUnclaimed, unclaimedAfter } from './claim-clock.rules.ts';
import { type ClockRule, clockState, dueAt } from './clock.rules.ts';

const at = (local: string) => new Date(`${local}+08:00`);
const nationalDay = ['01', '02', '03', '04', '05', '06', '07', '08'].map((d) => `2026-10-${d}` as Day);
const calendar: Calendar = { holidays: new Set(nationalDay), workdays: new Set(['2026-10-10' as Day]) };
const none = { pauses: [], calendar };
const rule = (over: Partial<ClockRule>): ClockRule => ({
  id: 'r',
  starts: 'accepted',
  stops: 'paid',
  length: { count: 10, unit: 'days' },
  movesToWorkingDay: true,
  pausesOnMissingPapers: true,
  ...over,
});

test('ten days after agreement (保险法 23): the first day is not counted, and the last instant is still in time', () => {
  const due = dueAt(rule({}), at('2026-11-02T09:00:00'), none);
  expect(due).toEqual(at('2026-11-12T23:59:59.999'));
  expect(clockState(due, at('2026-11-12T23:59:59.999'), at('2026-11-20T00:00:00'))).toBe('in_time');
  expect(clockState(due, at('2026-11-13T00:00:00'), at('2026-11-20T00:00:00'))).toBe('late');
});

test('a last day inside National Day week moves to the first working day after it', () => {
  expect(dueAt(rule({}), at('2026-09-25T10:00:00'), none)).toEqual(at('2026-10-09T23:59:59.999'));
  expect(dueAt(rule({ movesToWorkingDay: false }), at('2026-09-25T10:00:00'), none)).toEqual(
    at('2026-10-05T23:59:59.999'),
  );
});

test('a promise of three working days over National Day week counts the made-up Saturday', () => {
  const prepay = rule({ length: { count: 3, unit: 'working_days' } });
  expect(dueAt(prepay, at('2026-09-30T18:00:00'), none)).toEqual(at('2026-10-12T23:59:59.999'));
});

test('a promise of 24 hours counts hours', () => {
  expect(dueAt(rule({ length: { count: 24, unit: 'hours' } }), at('2026-10-01T08:30:00'), none)).toEqual(
    at('2026-10-02T08:30:00'),
  );
});

test('missing papers stop the clock until they all arrive; while they are missing there is no due time', () => {
  const started = at('2026-11-02T09:00:00');
  const pause = { from: at('2026-11-05T09:00:00'), to: at('2026-11-09T09:00:00') };
  expect(dueAt(rule({}), started, { pauses: [pause], calendar })).toEqual(at('2026-11-16T23:59:59.999'));
  const open = dueAt(rule({}), started, { pauses: [{ ...pause, to: null }], calendar });
  expect(open).toBeUndefined();
  expect(clockState(open, undefined, started)).toBe('paused');
  expect(dueAt(rule({ pausesOnMissingPapers: false }), started, { pauses: [pause], calendar })).toEqual(
    at('2026-11-12T23:59:59.999'),
  );
});

test('while nobody is there who could be paid, clocks of money stand, whatever the city says of papers; others run on', () => {
  const started = at('2026-11-02T09:00:00');
  const span = { from: at('2026-11-03T09:00:00'), to: at('2026-11-23T09:00:00') };
  const given = { pauses: [], unclaimed: [span], calendar };
  const pay = rule({ pausesOnMissingPapers: false });
  expect(dueAt(pay, started, given)).toEqual(at('2026-12-02T23:59:59.999'));
  expect(dueAt(rule({ stops: 'advance_paid' }), started, given)).toEqual(at('2026-12-02T23:59:59.999'));
  expect(dueAt(rule({ stops: 'decided' }), started, given)).toEqual(at('2026-11-12T23:59:59.999'));
  expect(dueAt(pay, started, { ...given, unclaimed: [{ ...span, to: null }] })).toBeUndefined();
});

test('a span begins once and ends once, and what is over stays', () => {
  const [one, two, three] = [at('2026-11-02T09:00:00'), at('2026-11-03T09:00:00'), at('2026-11-04T09:00:00')];
  const open = unclaimedAfter([], true, one);
  expect(open).toEqual([{ from: one, to: null }]);
  expect(unclaimedAfter(open, true, two)).toBe(open);
  const over = unclaimedAfter(open, false, two);
  expect(over).toEqual([{ from: one, to: two }]);
  expect(unclaimedAfter(over, false, three)).toBe(over);
  expect(unclaimedAfter(over, true, three)).toEqual([...over, { from: three, to: null }]);
});

test('only what is left for people who have not come stops the clocks: who is there is still owed in time, who is paid is paid', () => {
  const owed = (due: number, paid: number, unclaimed: number) =>
    isLeftUnclaimed({ due: fen(due), paid: fen(paid), unclaimed: fen(unclaimed) });
  expect(owed(40_000, 20_000, 20_000)).toBe(true);
  expect(owed(40_000, 19_999, 20_000)).toBe(false);
  expect(owed(40_000, 40_000, 20_000)).toBe(false);
  expect(owed(40_000, 0, 40_000)).toBe(true);
});
