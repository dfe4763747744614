import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge, marketOf } from './tie.fixtures.ts';
import { afterRun, binomialTail, findTies, type TieInput } from './tie.rules.ts';

const settings = { leastHolders: 5, leastClaims: 3, workListBits: 9 };
const nothing: TieInput = { placements: [], matches: [], known: [], losses: [], districts: [] };
const pair = { salespersonId: 's', unitId: 'u' };
const first = (input: Partial<TieInput>) => findTies({ ...nothing, ...input }, settings)[0];

describe('what each motif weighs', () => {
  test('a phone that two people share is strong; a switchboard of sixteen is nothing', () => {
    expect(first({ matches: [{ ...pair, by: 'phone', sharedBy: 2 }] })).toMatchObject({ bits: 9 });
    expect(first({ matches: [{ ...pair, by: 'phone', sharedBy: 16 }] })).toBeUndefined();
  });

  test('who is only connected by name, or only by his customers, stays off the list', () => {
    expect(first({ matches: [{ ...pair, by: 'phone', sharedBy: 3 }] })).toBeUndefined();
    expect(
      first({
        matches: [
          { ...pair, by: 'phone', sharedBy: 3 },
          { ...pair, by: 'name', sharedBy: 1 },
        ],
      }),
    ).toMatchObject({ bits: 11.2 });
  });

  test('a name alone never makes the list', () => {
    expect(first({ matches: [{ ...pair, by: 'name', sharedBy: 1 }] })).toBeUndefined();
  });

  test('one account for both is enough by itself', () => {
    expect(first({ matches: [{ ...pair, by: 'account', sharedBy: 1 }] })).toMatchObject({ bits: 14 });
  });

  test('the same phone found twice is one proof', () => {
    const match = { ...pair, by: 'phone' as const, sharedBy: 2 };
    expect(first({ matches: [match, { ...match, sharedBy: 3 }] })?.motifs).toHaveLength(1);
  });

  test('five per cent of the shares are enough to be looked at, half of them weigh fourteen bits; who works there is tied', () => {
    const share = (shareBp: number) => first({ known: [{ ...pair, kind: 'shareholding', shareBp }] })?.bits ?? 0;
    expect(share(500)).toBe(9);
    expect(share(400)).toBe(0);
    expect(share(5_000)).toBe(14);
    expect(first({ known: [{ ...pair, kind: 'employment', shareBp: null }] })).toMatchObject({ bits: 14 });
  });
});

describe('referrals', () => {
  const market = [
    { district: 'd', unitId: 'u', elevators: 100 },
    { district: 'd', unitId: 'v', elevators: 900 },
  ];
  const customers = (unitId: string, n: number, holder = (i: number) => `${unitId}${i}`) =>
    Array.from({ length: n }, (_, i) => ({
      salespersonId: 's',
      holderId: holder(i),
      districts: ['d'],
      units: [{ unitId, elevators: 5 }],
    }));

  test('eight of ten customers with a unit that maintains a tenth of the district', () => {
    const placements = [...customers('u', 8), ...customers('v', 2)];
    expect(first({ districts: market, placements })).toBeUndefined(); // an honest circle looks the same
    const [tie] = findTies({ ...nothing, districts: market, placements }, { ...settings, workListBits: 5 });
    expect(tie?.motifs).toEqual([{ kind: 'referral', bits: 8, holders: 8, ofHolders: 10, expectedPercent: 10 }]);
  });

  test('all customers with the unit that maintains nine tenths of it say nothing', () => {
    expect(first({ districts: market, placements: customers('v', 20) })).toBeUndefined();
  });

  test('one customer who renews ten times is one customer', () => {
    expect(first({ districts: market, placements: customers('u', 10, () => 'one') })).toBeUndefined();
  });

  test('too few customers say nothing', () => {
    expect(first({ districts: market, placements: customers('u', 4) })).toBeUndefined();
  });
});

test('who is compared with many units stands out with one of them by chance: every look costs', () => {
  const seller = (claims: number, units: number) =>
    Array.from({ length: units }, (_, i) => [
      { salespersonId: 's', unitId: `u${i}`, elevators: 40, claims: i === 0 ? claims : 1 },
      { salespersonId: 'others', unitId: `u${i}`, elevators: 960, claims: 30 },
    ]).flat();
  const bits = (units: number) =>
    findTies({ ...nothing, losses: seller(5, units) }, { ...settings, workListBits: 0.1 }).find(
      (t) => t.unitId === 'u0',
    )?.bits ?? 0;
  expect(bits(1)).toBeGreaterThan(bits(4));
  expect(bits(1) - bits(4)).toBeCloseTo(2, 0);
  expect(bits(64)).toBeLessThan(1);
});

test('losses weigh only beside what the unit has with other sellers', () => {
  const others = { salespersonId: 'x', unitId: 'u', elevators: 200, claims: 60 };
  const own = { ...pair, elevators: 20, claims: 12 };
  const prone = findTies({ ...nothing, losses: [others, own] }, { ...settings, workListBits: 0.1 });
  expect(prone).toEqual([]); // twelve on twenty looks bad, but this unit has three in ten with everybody
  const calm = findTies({ ...nothing, losses: [{ ...others, claims: 4 }, own] }, { ...settings, workListBits: 0.1 });
  expect(calm[0]?.motifs[0]).toMatchObject({ kind: 'losses', claims: 12 });
});

test('tails are probabilities and fall as the count rises', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.01, max: 0.95, noNaN: true }), (n, p) => {
      for (let k = 1; k <= n; k += 1) {
        const [here, before] = [binomialTail(k, n, p), binomialTail(k - 1, n, p)];
        expect(here).toBeGreaterThan(0);
        expect(here).toBeLessThanOrEqual(before + 1e-12);
        expect(before).toBeLessThanOrEqual(1);
      }
    }),
  );
  expect(binomialTail(1, 3, 0.5)).toBeCloseTo(0.875, 10);
});

test('the order of the input changes nothing', () => {
  const { input } = marketOf(3);
  const turned = { ...input, placements: input.placements.toReversed(), matches: input.matches.toReversed() };
  expect(findTies(turned, settings)).toEqual(findTies(input, settings));
});

test('in sixty invented markets that no rule was made with, at least 80 % of the first fifty are true ties, and two of three are found', () => {
  const seen = Array.from({ length: 60 }, (_, n) => {
    const { input, tied } = marketOf(900_001 + n);
    return judge(findTies(input, settings), tied, 50);
  });
  expect(Math.min(...seen.map((j) => j.precision))).toBeGreaterThanOrEqual(0.8);
  expect(seen.reduce((sum, j) => sum + j.recall, 0) / seen.length).toBeGreaterThan(0.66);
});

test('the judge can fail: a finder that guesses is far from it', () => {
  const { input, tied } = marketOf(1);
  const guess = input.losses.map(({ salespersonId, unitId }) => ({ salespersonId, unitId }));
  expect(judge(guess.toReversed(), tied, 50).precision).toBeLessThan(0.2);
});

test('a decided tie stays decided until four bits more speak for it', () => {
  expect(afterRun({ state: 'cleared', decidedBits: 8 }, 11.9)).toBe('cleared');
  expect(afterRun({ state: 'cleared', decidedBits: 8 }, 12)).toBe('open');
  expect(afterRun({ state: 'confirmed', decidedBits: 8 }, 3)).toBe('confirmed');
  expect(afterRun({ state: 'open', decidedBits: null }, 6)).toBe('open');
});
