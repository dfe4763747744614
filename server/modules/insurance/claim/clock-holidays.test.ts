import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Day, dayOf, isWorkingDay } from '../../../kernel/time.ts';
import { type ClockRule, dueAt } from './clock.rules.ts';

const years = Object.values(
  JSON.parse(readFileSync('packs/000000-national/calendar.json', 'utf8')) as Record<
    string,
    { value: { holidays: Day[]; workdays: Day[] } }
  >,
);
const calendar = {
  holidays: new Set(years.flatMap((y) => y.value.holidays)),
  workdays: new Set(years.flatMap((y) => y.value.workdays)),
};
const interim: ClockRule = {
  id: 'interim',
  starts: 'papers_complete',
  stops: 'interim_paid',
  length: { count: 60, unit: 'days' },
  movesToWorkingDay: true,
  pausesOnMissingPapers: true,
};
const at = (local: string) => new Date(`${local}+08:00`);

test('sixty days that end in National Day week end on the first working day after it (保险法 25)', () => {
  // 3 August 2026 and sixty days is 2 October.
  expect(dueAt(interim, at('2026-08-03T23:59:59'), { pauses: [], calendar })).toEqual(at('2026-10-08T23:59:59.999'));
});

test('with the city’s own calendar no statutory clock ends on a day nobody works, nor earlier for a pause', () => {
  const start = fc.integer({ min: 0, max: 1_000 * 86_400 });
  const pause = fc.tuple(fc.integer({ min: 0, max: 40 * 86_400 }), fc.integer({ min: 0, max: 40 * 86_400 }));
  fc.assert(
    fc.property(start, pause, (seconds, [after, long]) => {
      const started = new Date(at('2024-01-01T00:00:00').getTime() + seconds * 1_000);
      const from = new Date(started.getTime() + after * 1_000);
      const paused = { from, to: new Date(from.getTime() + long * 1_000) };
      const plain = dueAt(interim, started, { pauses: [], calendar });
      const due = dueAt(interim, started, { pauses: [paused], calendar });
      for (const end of [plain, due]) expect(end && isWorkingDay(dayOf(end), calendar)).toBe(true);
      expect((due?.getTime() ?? 0) - (plain?.getTime() ?? 0)).toBeGreaterThanOrEqual(0);
    }),
  );
});
