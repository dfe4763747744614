import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { factsOf, plainOf } from '../../kernel/packs.ts';
import { programDir } from '../../kernel/program.ts';
import { benefitFor } from './claim/benefit.rules.ts';
import { insurancePack } from './pack.ts';
import { tariffBody } from './product/scheme.rows.ts';
import { type Coverage, checkScheme } from './product/scheme.rules.ts';

const fileOf = (folder: string): object =>
  JSON.parse(readFileSync(join(programDir, `packs/${folder}/insurance.json`), 'utf8'));
const packOf = (folder: string) => insurancePack.parse({ ...fileOf('000000-national'), ...fileOf(folder) });
const settingsOf = (folder: string) => plainOf(packOf(folder));

const CITIES = [
  ['320200-wuxi', ['wuxi_liability']],
  ['500000-chongqing', ['yutibao']],
  ['320100-nanjing', ['nanjing_liability']],
  ['330100-hangzhou', ['hangzhou_liability', 'hangzhou_pension']],
  ['430900-yiyang', ['yiyang_liability']],
] as const;

test.each(CITIES)('the schemes of %s are whole and agree with themselves', (folder, codes) => {
  const settings = settingsOf(folder);
  expect(settings.schemes.map((s) => s.code)).toEqual(codes);
  for (const scheme of settings.schemes) {
    expect(checkScheme(scheme)).toEqual([]);
    expect(scheme.products).toHaveLength(1);
    for (const { tariff } of scheme.products) expect(() => tariffBody.parse(tariff)).not.toThrow();
  }
  expect(settings.clocks.map((c) => c.id)).toEqual(['assess', 'refusal_notice', 'pay', 'interim']);
});

test.each(CITIES)(
  'nothing of %s is on file before an insurer files it, and no premium or limit passes for verified',
  (folder) => {
    const pack = packOf(folder);
    for (const product of pack.schemes.flatMap((s) => s.products)) {
      expect([product.filingNo, product.tariff.filingNo]).toEqual(['', '']);
      const figures = [product.tariff.bases, ...product.coverages.flatMap((c) => [c.limits, c.benefit ?? []].flat())];
      expect(figures.flatMap((f) => factsOf(f)).filter((f) => f.verified)).toEqual([]);
    }
  },
);

test('江阴 and 宜兴 go their own way (无锡 2014, 八末)', () => {
  expect(settingsOf('320200-wuxi').schemes[0]?.excludedAreas).toEqual(['320281', '320282']);
});

const coverage = (folder: string, id: string): Coverage | undefined =>
  settingsOf(folder)
    .schemes.flatMap((s) => s.products.flatMap((p) => p.coverages))
    .find((c) => c.id === id);

/** The highest a trapped person is due by minutes and seconds, in yuan. */
function dueAt(folder: string, [minutes, seconds]: readonly [number, number]): number {
  const table = coverage(folder, 'entrapment')?.benefit;
  if (!table) throw new Error(`${folder} has no benefit for the trapped`);
  return benefitFor({ id: 'entrapment', ...table } as Parameters<typeof benefitFor>[0], minutes * 60 + seconds) / 100;
}

test.each([
  [
    [9, 59],
    [0, 0, 0],
  ],
  [
    [14, 59],
    [0, 0, 0],
  ],
  [
    [15, 0],
    [0, 0, 300],
  ],
  [
    [29, 59],
    [0, 0, 300],
  ],
  [
    [30, 0],
    [0, 0, 500],
  ],
  [
    [30, 1],
    [0, 200, 500],
  ],
  [
    [59, 59],
    [0, 200, 500],
  ],
  [
    [60, 0],
    [0, 400, 500],
  ], // 南京: the text is silent at one hour, which reads for the insured
  [
    [120, 0],
    [0, 400, 500],
  ],
  [
    [120, 1],
    [200, 400, 500],
  ],
] as const)('trapped for %s: at the most %s yuan in 无锡, 南京, 重庆', (time, yuan) => {
  const cities = ['320200-wuxi', '320100-nanjing', '500000-chongqing'];
  expect(cities.map((city) => dueAt(city, time))).toEqual(yuan);
});

test('cities whose sources name no benefit for the trapped promise none', () => {
  expect(coverage('330100-hangzhou', 'entrapment')).toBeUndefined();
  expect(coverage('430900-yiyang', 'entrapment')).toBeUndefined();
});

test('渝梯保 is voluntary, open to every insurer, and its repair part alone may be paid from the repair fund', () => {
  const [scheme] = packOf('500000-chongqing').schemes;
  expect([scheme?.kind, scheme?.market.value, scheme?.basis.value]).toEqual(['comprehensive', 'open', 'voluntary']);
  expect([scheme?.market.verified, scheme?.basis.verified, scheme?.criteria.verified]).toEqual([true, true, true]);
  expect(scheme?.criteria.value).toHaveLength(5); // 五(二) 一要 … 五要
  expect(coverage('500000-chongqing', 'repair_cost')?.funding).toEqual([
    'self',
    'repair_fund',
    'repair_fund_yield',
    'common_income',
    'donation',
    'government',
  ]);
  expect(coverage('500000-chongqing', 'third_party')?.funding).not.toContain('repair_fund');
  expect(coverage('500000-chongqing', 'third_party')?.limits).toMatchObject({
    perPerson: 80_000_000,
    aggregate: 300_000_000,
  });
});

test('南京 shares the premium among use unit, maintenance unit and inspection body, and prepays half in 3 working days', () => {
  const [scheme] = settingsOf('320100-nanjing').schemes;
  const [product] = scheme?.products ?? [];
  expect(scheme?.market).toBe('tender_pool');
  expect(product?.tariff.bases).toEqual({ lift: 9_300, escalator: 9_500, new: 9_800 });
  expect(product?.tariff.splits['residential']).toMatchObject({
    weights: [{ weight: 2 }, { weight: 3 }, { weight: 5 }],
  });
  expect(product?.promises.map((p) => [p.starts, p.stops, p.length])).toEqual([
    ['accepted', 'advance_paid', { count: 3, unit: 'working_days' }],
  ]);
  expect(product?.coverages.map((c) => c.id)).toEqual(['third_party', 'no_fault_aid', 'entrapment']);
});

test('杭州: the 养老保险 pays repair from its limit, and certain upkeep is service beside the cover', () => {
  const pension = settingsOf('330100-hangzhou').schemes.find((s) => s.kind === 'pension')?.products[0];
  expect(pension?.tariff.bases).toEqual({ lift: 942_000 }); // no price of an escalator is published
  expect(pension?.coverages.map((c) => [c.kind, c.limits.aggregate])).toEqual([['repair_cost', 15_000_000]]);
  expect(pension?.service.map((s) => [s.id, s.perYear])).toEqual([
    ['maintenance', 24],
    ['inspection', 1],
    ['risk_assessment', 1],
  ]);
});

test('益阳 rests on a draft: its scheme is a reference from its province, nothing in it verified', () => {
  const own = packOf('430900-yiyang').schemes;
  expect(factsOf(own).filter((f) => f.verified)).toEqual([]);
  expect(plainOf(packOf('430900-yiyang')).schemes[0]?.products[0]?.tariff.bases).toEqual({
    lift: 12_000,
    escalator: 12_000,
  });
});
