import { expect, test } from 'vitest';
import { areasOfOrg, judgeTerm, maskNumber, nameKey, phoneText, validityOn } from './directory.rules.ts';

test.each([
  ['138 0000 1111', '13800001111'],
  ['0510-8888 9999 转 12', '051088889999#12'],
  ['＋８６１３８００００１１１１', '+8613800001111'],
  ['(0510) 96333', '051096333'],
  ['', ''],
])('a phone %j is dialled as %j', (given, dialled) => {
  expect(phoneText(given)).toEqual({ ok: true, value: dialled });
});

test.each(['call me', '12', '<script>', '1'.repeat(21)])('%j is no phone', (given) => {
  expect(phoneText(given)).toEqual({ ok: false, refusal: { code: 'identity.phone_bad' } });
});

test('a licence holds on its last day, and is shown as ending soon for sixty days before', () => {
  const on = (day: string, expiresOn: string | null, endedOn: string | null = null) =>
    validityOn(day, { expiresOn, endedOn });
  expect(on('2026-11-21', '2026-11-21')).toBe('expires_soon');
  expect(on('2026-11-22', '2026-11-21')).toBe('expired');
  expect(on('2026-11-21', '2027-01-20')).toBe('expires_soon');
  expect(on('2026-11-21', '2027-01-21')).toBe('valid');
  expect(on('2026-11-21', null)).toBe('open_ended');
  expect(on('2026-11-21', '2030-01-01', '2026-11-21')).toBe('ended');
  expect(on('2026-11-20', '2030-01-01', '2026-11-21')).toBe('valid');
});

test('a licence cannot end before it begins', () => {
  expect(judgeTerm({ issuedOn: '2026-01-02', expiresOn: '2026-01-01' })).toEqual({
    ok: false,
    refusal: { code: 'identity.dates_reversed', from: '2026-01-02', to: '2026-01-01' },
  });
  expect(judgeTerm({ issuedOn: null, expiresOn: '2026-01-01' }).ok).toBe(true);
});

test('names are compared without width, case and spaces', () => {
  expect(nameKey('ＡＢＣ 电梯（无锡）')).toBe('abc电梯(无锡)');
});

test('an organisation is seen where it sits and where it works, each once', () => {
  expect(areasOfOrg({ seatAreas: ['320205', '320205001'], workAreas: ['320205', '320206'] })).toEqual([
    '320205',
    '320205001',
    '320206',
  ]);
});

test('a certificate number shows its ends only', () => {
  expect(maskNumber('320205199001011234')).toBe('320************34');
  expect(maskNumber('A1234')).toBe('***');
});
