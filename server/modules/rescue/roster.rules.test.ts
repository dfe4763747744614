import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeRoster } from './roster.rules.ts';

const t0 = Date.parse('2026-11-20T00:00:00Z');
const hour = (n: number) => new Date(t0 + n * 3_600_000);
const line = fc.record({
  personId: fc.constantFrom('a', 'b', 'c'),
  from: fc.nat(40),
  hours: fc.integer({ min: -3, max: 12 }),
});

test('every line is taken or named once, and nobody is ever on duty twice at a time', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), fc.nat(20), (given, standingFrom) => {
      const lines = given.map(({ personId, from, hours }) => ({
        personId,
        fromAt: hour(from),
        toAt: hour(from + hours),
      }));
      const standing = [{ fromAt: hour(standingFrom), toAt: hour(standingFrom + 4) }];
      const known = new Map([
        ['a', { standing }],
        ['b', { standing: [] }],
      ]);
      const { good, faults } = judgeRoster(lines, known);
      expect(good.length + faults.length).toBe(lines.length);
      expect(new Set(faults.map((f) => f.line)).size).toBe(faults.length);
      for (const person of ['a', 'b']) {
        const spans = good.flatMap(({ line: l }) => (l.personId === person ? [l] : []));
        const all = [...spans, ...(known.get(person)?.standing ?? [])];
        const sorted = all.toSorted((x, y) => x.fromAt.getTime() - y.fromAt.getTime());
        expect(sorted.every((span, i) => i === 0 || span.fromAt >= (sorted[i - 1]?.toAt ?? span.fromAt))).toBe(true);
      }
      expect(good.some(({ line: l }) => l.personId === 'c' || l.toAt <= l.fromAt)).toBe(false);
    }),
  );
});
