import fc from 'fast-check';
import { expect, test } from 'vitest';
import { workEnd, workTimes } from './work-report.rules.ts';

const NOW = new Date('2026-11-21T08:00:00Z');
const WEEK_MS = 7 * 86_400_000;
const instant = fc.integer({ min: -WEEK_MS, max: WEEK_MS }).map((ms) => new Date(NOW.getTime() + ms));
const minutes = fc.integer({ min: 15, max: 480 });

test('detection is never silenced longer than the crew said, nor beyond that from now', () => {
  fc.assert(
    fc.property(instant, minutes, (happenedAt, n) => {
      const { startedAt, endsAt, isOver } = workTimes({ happenedAt, minutes: n, now: NOW });
      expect(startedAt <= NOW).toBe(true);
      expect(endsAt.getTime() - startedAt.getTime()).toBe(n * 60_000);
      expect(isOver).toBe(endsAt <= NOW);
      expect(Math.max(0, endsAt.getTime() - NOW.getTime())).toBeLessThanOrEqual(n * 60_000);
    }),
  );
});

test('work ends neither before it began nor in the future', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: -WEEK_MS, max: 0 }), (happenedAt, before) => {
      const startedAt = new Date(NOW.getTime() + before);
      const end = workEnd({ happenedAt, startedAt, now: NOW });
      expect(end >= startedAt && end <= NOW).toBe(true);
      const isWithin = happenedAt >= startedAt && happenedAt <= NOW;
      expect(isWithin).toBe(isWithin && end.getTime() === happenedAt.getTime());
    }),
  );
});
