import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keysForTest } from './keys.ts';
import { isDemoPhone, maskName, maskPhone, newSecret, secretData } from './secret-data.ts';

const keys = keysForTest();
const text = fc.string({ unit: 'grapheme', maxLength: 60 });

test.each(['aes', 'sm4'] as const)(
  'what %s seals opens again, to any text, and never looks the same twice',
  (cipher) => {
    const secret = secretData(keys, cipher);
    fc.assert(
      fc.property(text, (plain) => {
        const sealed = secret.seal('person.name', plain);
        expect(sealed).toMatch(new RegExp(`^${cipher}\\.k1\\.[\\w-]+$`));
        expect(secret.open('person.name', sealed)).toBe(plain);
        expect(secret.seal('person.name', plain)).not.toBe(sealed);
      }),
      { numRuns: 40 },
    );
  },
);

test('the algorithm is changed by setting, and old texts still open', () => {
  const sealed = secretData(keys, 'aes').seal('person.phone', '10012345678');
  expect(secretData(keys, 'sm4').open('person.phone', sealed)).toBe('10012345678');
});

test.each(['aes', 'sm4'] as const)(
  'a text of %s that was changed, moved to another column, or sealed elsewhere does not open',
  (cipher) => {
    const secret = secretData(keys, cipher);
    const sealed = secret.seal('person.phone', '10012345678');
    const at = sealed.length - 10;
    const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
    expect(() => secret.open('person.phone', changed)).toThrow(/unable to authenticate|tag mismatch|authenticate/);
    expect(() => secret.open('person.name', sealed)).toThrow(/unable to authenticate|tag mismatch|authenticate/);
    expect(() => secretData(keysForTest('other'), cipher).open('person.phone', sealed)).toThrow(
      /unable to authenticate|tag mismatch|authenticate/,
    );
    expect(() => secret.open('person.phone', 'plain text')).toThrow(/names its algorithm/);
  },
);

test('the same value is found by its key, per column and per installation', () => {
  const secret = secretData(keys, 'aes');
  expect(secret.lookup('phone', '10012345678')).toBe(secretData(keys, 'sm4').lookup('phone', '10012345678'));
  expect(secret.lookup('phone', '10012345678')).not.toBe(secret.lookup('name', '10012345678'));
  expect(secret.lookup('phone', '10012345678')).not.toBe(
    secretData(keysForTest('other'), 'aes').lookup('phone', '10012345678'),
  );
});

test.each([
  ['13812341234', '138****1234'],
  ['+8613812341234', '+86138****1234'],
  ['051088889999', '0510****9999'],
  ['96333', '***33'],
  ['110', '***'],
])('phone %s is shown as %s', (phone, shown) => {
  expect(maskPhone(phone)).toBe(shown);
});

test.each([
  ['张三', '张*'],
  ['欧阳娜娜', '欧***'],
  ['王', '王*'],
  ['𠮷野家', '𠮷**'],
  [' ', ''],
])('name %j is shown as %j', (name, shown) => {
  expect(maskName(name)).toBe(shown);
});

test('a mask never shows more than seven digits of a phone', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{3,20}$/), (phone) => {
      const digits = maskPhone(phone).replace(/\D/g, '').length;
      expect(digits).toBeLessThan(phone.length);
      expect(phone.length - digits).toBeGreaterThanOrEqual(3);
    }),
  );
});

test('phones of the demo are known in every spelling', () => {
  expect(['10000000001', '+8610000000001', '8610012345678'].map(isDemoPhone)).toEqual([true, true, true]);
  expect(['13800000000', '051010000000'].map(isDemoPhone)).toEqual([false, false]);
});

test('secrets have 256 bits', () => {
  expect(Buffer.from(newSecret(), 'base64url')).toHaveLength(32);
});
