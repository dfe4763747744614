import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Fen, fen, sum } from '../../../kernel/money.ts';
import { bordereauOf, type PoolLine } from './bordereau.rules.ts';
import { checkEntry, poolShared } from './ledger.rules.ts';
import { type Member, split10000 } from './pool.fixtures.ts';

const pool: readonly Member[] = [
  { insurer: 'lead', shareBp: 4_500 },
  { insurer: 'b', shareBp: 3_500 },
  { insurer: 'c', shareBp: 2_000 },
];
const premium = (amount: number, members = pool): PoolLine => ({
  kind: 'premium',
  record: 'P',
  amount: fen(amount),
  members,
});
const claim = (amount: number, members = pool): PoolLine => ({
  kind: 'claim',
  record: 'C',
  amount: fen(amount),
  members,
});

test('a thousand lines of 163.02 at 45/35/20: parts by line, and −1 / −3 / +4 yuan of true-up', () => {
  const { totals, lines } = bordereauOf(
    Array.from({ length: 1_000 }, () => premium(16_302)),
    300,
  );
  expect(lines[0]?.parts.map((p) => p.amount)).toEqual([7_336, 5_706, 3_260]);
  expect(totals.map((t) => [t.premium, t.trueUp, t.fee, t.net])).toEqual([
    [7_335_900, -100, 0, 0],
    [5_705_700, -300, 171_171, 5_534_529],
    [3_260_400, 400, 97_812, 3_162_588],
  ]);
});

test('claims come off what a follower is owed; a bad month leaves him owing', () => {
  const { totals } = bordereauOf([premium(16_302), claim(83_500_000)], 0);
  expect(totals.map((t) => t.claims)).toEqual([37_575_000, 29_225_000, 16_700_000]);
  expect(totals[1]?.net).toBe(5_706 - 29_225_000);
});

test('commission is borne by shares, and what is clawed back comes back by shares', () => {
  const commission = (amount: number): PoolLine => ({
    kind: 'commission',
    record: 'P',
    amount: fen(amount),
    members: pool,
  });
  const { totals } = bordereauOf([premium(16_302), commission(1_386)], 0);
  expect(totals.map((t) => t.commission)).toEqual([624, 485, 277]);
  expect(totals.map((t) => t.net)).toEqual([0, 5_706 - 485, 3_260 - 277]);
  expect(bordereauOf([commission(1_386), commission(-1_386)], 0).totals.map((t) => t.net)).toEqual([0, 0, 0]);
});

const anyPool = fc
  .array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 5 })
  .map((weights) => split10000(weights).map((shareBp, i): Member => ({ insurer: `m${i}`, shareBp })));
const anyLine = fc.record({
  kind: fc.constantFrom('premium' as const, 'claim' as const, 'commission' as const),
  record: fc.constant('r'),
  amount: fc.integer({ min: -1_000_000, max: 9_000_000 }).map((n): Fen => fen(n)),
  members: fc.tuple(anyPool, anyPool).map(([a]) => a),
});

test('members together have exactly what the pool has, line by line and in the month, whatever the shares', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 30 }), fc.integer({ min: 0, max: 500 }), (lines, feeBp) => {
      const done = bordereauOf(lines, feeBp);
      for (const line of done.lines) expect(sum(line.parts.map((p) => p.amount))).toBe(line.amount);
      expect(sum(done.totals.map((t) => t.premium))).toBe(done.premium);
      expect(sum(done.totals.map((t) => t.claims))).toBe(done.claims);
      const commission = sum(lines.filter((l) => l.kind === 'commission').map((l) => l.amount));
      expect(sum(done.totals.map((t) => t.commission))).toBe(commission);
      expect(sum(done.totals.map((t) => t.trueUp))).toBe(0);
    }),
  );
});

test('the entry that closes a month balances, whatever came about in it', () => {
  fc.assert(
    fc.property(
      fc.array(anyLine, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 0, max: 500 }),
      (lines, feeBp) => {
        const followers = bordereauOf(lines, feeBp).totals.filter((t) => t.insurer !== 'm0');
        const postings = poolShared(followers);
        expect(postings.length === 0 || checkEntry(postings).ok).toBe(true);
        expect(sum(postings.map((p) => p.amount))).toBe(0);
      },
    ),
  );
});
