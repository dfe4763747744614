import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteNumber, readQuoteNumber } from './quote-number.rules.ts';

test('a quote asked in the first minutes of a year in Shanghai bears that year', () => {
  expect(quoteNumber(123, new Date('2026-12-31T16:00:00Z'))).toBe('BJ2027-000123');
  expect(quoteNumber(123, new Date('2026-12-31T15:59:59Z'))).toBe('BJ2026-000123');
});

test('what is written is read back, also past a million, in small letters and in full width', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), (no) => {
      const number = quoteNumber(no, new Date('2026-11-21T02:00:00Z'));
      for (const typed of [
        number,
        ` ${number.toLowerCase()} `,
        number.replaceAll(/\d/g, (d) => '０１２３４５６７８９'[Number(d)] ?? d),
      ])
        expect(readQuoteNumber(typed)).toBe(no);
    }),
  );
});

test.each(['', 'BJ', '2026-000123', '示例物业', 'BJ2026-12a', 'ABJ2026-000001'])(
  '%s is no number of a quote',
  (typed) => expect(readQuoteNumber(typed)).toBeNull(),
);
