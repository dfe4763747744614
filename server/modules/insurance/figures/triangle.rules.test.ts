import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chainLadder } from './reserving.rules.ts';
import { type Paid, quarterName, quarterOf, triangleOf, withinFiled } from './triangle.rules.ts';

test('quarters are counted across years', () => {
  expect(quarterOf('2026-12-31') + 1).toBe(quarterOf('2027-01-01'));
  expect([quarterName(quarterOf('2026-10-01')), quarterName(quarterOf('2026-03-31'))]).toEqual(['2026 Q4', '2026 Q1']);
});

test('payments stand where they developed, cumulated, and the future is not known', () => {
  const q = quarterOf('2026-01-01');
  const paid: Paid[] = [
    { origin: q, at: q, amount: 100 },
    { origin: q, at: q + 1, amount: 50 },
    { origin: q + 1, at: q + 1, amount: 200 },
  ];
  expect(triangleOf(paid, q + 2)).toEqual({ first: q, triangle: [[100, 150, 150], [200, 200], [0]] });
  expect(triangleOf([], q)).toEqual({ first: q, triangle: [[0]] });
});

const anyPaid = fc.array(
  fc.record({
    origin: fc.integer({ min: 0, max: 6 }),
    lag: fc.integer({ min: 0, max: 6 }),
    amount: fc.integer({ min: 1, max: 9_999 }),
  }),
  { maxLength: 40 },
);

test('the last diagonal is all that was paid until now, and it never falls along a row', () => {
  fc.assert(
    fc.property(anyPaid, (made) => {
      const now = 6;
      const paid = made.map(({ origin, lag, amount }): Paid => ({ origin, at: origin + lag, amount }));
      const known = paid.filter((p) => p.at <= now);
      const { triangle } = triangleOf(known, now);
      const diagonal = triangle.reduce((sum, row) => sum + (row.at(-1) ?? 0), 0);
      expect(diagonal).toBe(known.reduce((sum, p) => sum + p.amount, 0));
      for (const row of triangle) expect(row.every((x, k) => k === 0 || (x ?? 0) >= (row[k - 1] ?? 0))).toBe(true);
    }),
  );
});

test('a triangle from the books can be reserved', () => {
  const paid = [0, 1, 2].flatMap((origin) =>
    [0, 1, 2].map((lag) => ({ origin, at: origin + lag, amount: 100 - lag * 30 })),
  );
  const done = chainLadder(
    triangleOf(
      paid.filter((p) => p.at <= 2),
      2,
    ).triangle,
  );
  expect(done?.totalIbnr).toBeCloseTo(210 - 170 + (210 - 100), 6);
});

test('advice is charged only as filed, and says when the filed table ends', () => {
  const filed = ['0.95', '1.00', '1.20'];
  expect(withinFiled(1.297794, filed)).toEqual({ factor: '1.20', capped: true });
  expect(withinFiled(0.99, filed)).toEqual({ factor: '1.00', capped: false });
  expect(withinFiled(0.5, filed)).toEqual({ factor: '0.95', capped: true });
  expect(withinFiled(1, [])).toBeNull();
});
