import fc from 'fast-check';
import { expect, test } from 'vitest';
import { usccCheckSign, usccText, usccWarnings } from './uscc.rules.ts';

test('the check sign of GB 32100-2015, on published examples', () => {
  expect(usccCheckSign('91350100M000100Y4')).toBe('3');
  expect(usccCheckSign('91512081MA62K0260')).toBe('E');
  expect(usccWarnings('91350100M000100Y43')).toEqual([]);
  expect(usccWarnings('91350100M000100Y4Z')).toEqual(['identity.uscc_sign']);
  expect(usccWarnings('91350100M000100Y44')).toEqual(['identity.uscc_check']);
});

test('what looks wrong is said, and only said', () => {
  expect(usccWarnings('913501')).toEqual(['identity.uscc_length']);
  expect(usccWarnings('91350100M0001O0Y43')).toEqual(['identity.uscc_sign']); // the letter O
  expect(usccCheckSign('9135')).toBeNull();
});

test('width, case and spaces do not matter', () => {
  expect(usccText(' ９１３５０１００m000100y4 3')).toBe('91350100M000100Y43');
  expect(usccWarnings('91350100m000100y43')).toEqual([]);
});

test('one wrong sign is always noticed', () => {
  const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const sign = fc.constantFrom(...signs);
  fc.assert(
    fc.property(fc.array(sign, { minLength: 17, maxLength: 17 }), fc.nat(16), sign, (first, place, other) => {
      fc.pre(first[place] !== other);
      const check = usccCheckSign(first.join(''));
      const wrong = first.with(place, other).join('');
      expect(usccWarnings(`${wrong}${check}`)).toEqual(['identity.uscc_check']);
    }),
  );
});
