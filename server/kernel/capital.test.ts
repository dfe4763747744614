import fc from 'fast-check';
import { expect, test } from 'vitest';
import { capitals } from './capital.ts';
import { fen } from './money.ts';

test.each([
  [0, '零元整'],
  [5, '伍分'],
  [10, '壹角整'],
  [15, '壹角伍分'],
  [100, '壹元整'],
  [105, '壹元零伍分'],
  [1_000, '壹拾元整'],
  [50_138, '伍佰零壹元叁角捌分'],
  [140_950, '壹仟肆佰零玖元伍角整'],
  [600_714, '陆仟零柒元壹角肆分'],
  [168_032, '壹仟陆佰捌拾元叁角贰分'],
  [10_700_053, '壹拾万柒仟元伍角叁分'],
  [1_000_000, '壹万元整'],
  [100_100_000, '壹佰万壹仟元整'],
  [10_000_000_000, '壹亿元整'],
  [10_000_000_100, '壹亿零壹元整'],
  [-250, '负贰元伍角整'],
])('%i fen are written %s', (amount, text) => {
  expect(capitals(fen(amount))).toBe(text);
});

test('no two zeros stand side by side, nor one before a unit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 99_999_999_999 }), (amount) => {
      expect(capitals(fen(amount))).not.toMatch(/零零|零[元角分万亿]/);
    }),
  );
});

/** What a clerk would read: the digits with their places, added up. */
function read(text: string): number {
  const [, yuan = '', jiao = '', cents = ''] = /^(?:(.*)元)?(?:零?(.)角)?(?:零?(.)分)?整?$/.exec(text) ?? [];
  const digit = (c: string) => '零壹贰叁肆伍陆柒捌玖'.indexOf(c);
  let total = 0;
  let group = 0;
  let last = 0;
  for (const c of yuan) {
    const place = { 拾: 10, 佰: 100, 仟: 1_000 }[c];
    if (c === '万' || c === '亿') {
      total += (group + last) * (c === '万' ? 10_000 : 100_000_000);
      [group, last] = [0, 0];
    } else if (place) {
      group += last * place;
      last = 0;
    } else last = digit(c);
  }
  return (total + group + last) * 100 + Math.max(digit(jiao || '零'), 0) * 10 + Math.max(digit(cents || '零'), 0);
}

test('what is written reads back as the same amount, to the fen', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (amount) => {
      expect(read(capitals(fen(amount)))).toBe(amount);
    }),
    { numRuns: 2_000 },
  );
});
