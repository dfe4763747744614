import { expect, test } from 'vitest';
import { type Fen, factor, fen, sum } from '../../../kernel/money.ts';
import { divide, type Risk, rate, type Tariff } from './rating.ts';

/** The Jiangsu scheme as published: bases 93 / 95 / 98 yuan, density, age, stars, losses of the maintenance unit. */
const tariff: Tariff = {
  id: 'test-liability',
  version: 1,
  filingNo: '测试备案〔2026〕1号',
  bases: { lift: fen(9_300), escalator: fen(9_500), new: fen(9_800) },
  factors: [
    {
      id: 'density',
      name: '分类系数',
      evidence: 'place',
      rows: [
        { key: 'residential', factor: factor('1.0') },
        { key: 'mall', factor: factor('1.3') },
      ],
    },
    {
      id: 'age',
      name: '使用年限系数',
      evidence: 'age',
      rows: [
        { key: 'to_15', factor: factor('1.0') },
        { key: 'over_15', factor: factor('1.2') },
      ],
    },
    {
      id: 'stars',
      name: '维保单位星级系数',
      evidence: 'stars',
      rows: [
        { key: '2', factor: factor('1.10') },
        { key: '3', factor: factor('1.0') },
      ],
    },
    {
      id: 'losses',
      name: '出险系数',
      evidence: 'unit_losses',
      rows: [
        { key: 'none', factor: factor('1.0') },
        { key: 'free_1y', factor: factor('0.95') },
      ],
    },
  ],
  ceilings: {},
  splits: {
    residential: {
      rule: 'BASE_PLUS_OWNER_DELTA',
      owner: 'owner',
      weights: [
        { payer: 'owner', weight: 2 },
        { payer: 'maintenance', weight: 3 },
        { payer: 'inspection', weight: 5 },
      ],
    },
    public: {
      rule: 'BASE_PLUS_OWNER_DELTA',
      owner: 'owner',
      weights: [
        { payer: 'owner', weight: 5 },
        { payer: 'maintenance', weight: 4 },
        { payer: 'inspection', weight: 1 },
      ],
    },
    villa: { rule: 'SINGLE', payer: 'owner' },
  },
  discountSplit: 'OWNER_DELTA',
};

const answer = (key: string) => ({ key, source: 'record', on: '2026-06-01' });
const risk = (ratingClass: string, splitClass: string, keys: [string, string, string, string]): Risk => ({
  ratingClass,
  placeClass: splitClass,
  splitClass,
  answers: { place: answer(keys[0]), age: answer(keys[1]), stars: answer(keys[2]), unit_losses: answer(keys[3]) },
});
const home = risk('lift', 'residential', ['residential', 'to_15', '2', 'none']);

const priced = (r: Risk, t: Tariff = tariff) => {
  const done = rate(r, t);
  if (!done.ok) throw new Error(done.refusal.code);
  return { total: done.value.total, parts: done.value.parts.map((p) => p.amount) };
};

test('a Nanjing home lift with a two-star maintainer costs 102.30, and the loading is the owner’s alone', () => {
  expect(priced(home)).toEqual({ total: 10_230, parts: [2_790, 2_790, 4_650] });
  const sixty = Array.from({ length: 60 }, () => priced(home));
  expect(sum(sixty.map((p) => p.total))).toBe(613_800);
  expect([0, 1, 2].map((i) => sum(sixty.map((p) => p.parts[i] as Fen)))).toEqual([167_400, 167_400, 279_000]);
});

test('a mall escalator of 16 years: 95 × 1.3 × 1.2 × 1.1 = 163.02, split 5:4:1 of the base', () => {
  const mall = risk('escalator', 'public', ['mall', 'over_15', '2', 'none']);
  expect(priced(mall)).toEqual({ total: 16_302, parts: [11_552, 3_800, 950] });
  const weights = [
    { payer: 'o', weight: 5 },
    { payer: 'm', weight: 4 },
    { payer: 'i', weight: 1 },
  ];
  const even = divide({
    base: fen(9_500),
    total: fen(16_302),
    rule: { rule: 'PRO_RATA', weights },
    discountSplit: 'PRO_RATA',
  });
  expect(even.ok && even.value.map((p) => p.amount)).toEqual([8_151, 6_521, 1_630]);
});

test('a loss-free discount: the owner gains, or all do, as the tariff says; a tie of half a fen goes to the earlier', () => {
  const free = risk('lift', 'residential', ['residential', 'to_15', '3', 'free_1y']);
  expect(priced(free)).toEqual({ total: 8_835, parts: [1_395, 2_790, 4_650] });
  expect(priced(free, { ...tariff, discountSplit: 'PRO_RATA' }).parts).toEqual([1_767, 2_651, 4_417]);
});

test('a villa owner pays all', () => {
  expect(priced(risk('lift', 'villa', ['residential', 'to_15', '2', 'none'])).parts).toEqual([10_230]);
});

test.each([
  ['residential', 8_500],
  ['residential', 10_229],
] as const)('102.30 under a ceiling for %s of %i fen is refused, not cut', (placeClass, ceiling) => {
  expect(rate(home, { ...tariff, ceilings: { [placeClass]: fen(ceiling) } })).toEqual({
    ok: false,
    refusal: { code: 'insurance.above_ceiling', total: 10_230, ceiling, placeClass },
  });
  expect(rate(home, { ...tariff, ceilings: { residential: fen(10_230) } }).ok).toBe(true);
});

test('what cannot be rated is refused with what is missing', () => {
  expect(rate({ ...home, ratingClass: 'rocket' }, tariff)).toMatchObject({ refusal: { code: 'insurance.no_base' } });
  expect(rate({ ...home, answers: {} }, tariff)).toMatchObject({
    refusal: { code: 'insurance.no_answer', factorId: 'density' },
  });
  expect(rate({ ...home, answers: { ...home.answers, stars: answer('9') } }, tariff)).toMatchObject({
    refusal: { code: 'insurance.no_factor_row', factorId: 'stars', key: '9' },
  });
  expect(rate({ ...home, splitClass: 'boat' }, tariff)).toMatchObject({ refusal: { code: 'insurance.no_split' } });
});

test('a discount deeper than the owner’s part leaves him a negative part and is refused', () => {
  const cheap: Tariff = {
    ...tariff,
    factors: [{ id: 'density', name: 'd', evidence: 'place', rows: [{ key: 'residential', factor: factor('0.5') }] }],
  };
  expect(rate(home, cheap)).toMatchObject({ refusal: { code: 'insurance.negative_part', payer: 'owner' } });
});

test('the working shows every factor, its source and the exact product', () => {
  const done = rate(home, tariff);
  expect(done.ok && done.value.working.at(-1)).toEqual({
    factorId: 'losses',
    name: '出险系数',
    key: 'none',
    factor: '1.0',
    source: 'record',
    on: '2026-06-01',
    exactYuan: '102.3000000',
  });
});
