import { expect, test } from 'vitest';
import { checkDeviceCode, checkRescueCode, readRegistrationCode, readUseRegistration } from './codes.rules.ts';
import { identifierKey } from './identifier.rules.ts';

test('a registration code is catalogue, division, month and serial', () => {
  expect(readRegistrationCode('31104331002017053117')).toEqual({
    parts: { catalogue: '3110', divisionCode: '433100', month: '2017-05', serial: '3117', edition: '2014' },
    warnings: [],
  });
});

test('the same four digits mean another class before the catalogue of 2014', () => {
  expect(readRegistrationCode('31105001062011050006').parts?.edition).toBe('old');
  expect(readRegistrationCode('33105001062011050006').parts?.edition).toBe('old');
  expect(readRegistrationCode('33105001062018050006').parts?.edition).toBe('2014');
  expect(readRegistrationCode('31105001062014110006').parts?.edition).toBe('unknown');
  expect(readRegistrationCode('34305001062010050006').parts?.edition).toBe('2014');
  expect(readRegistrationCode('35005001062018050006').parts?.edition).toBe('old');
});

test('a registration code of 19 digits is kept with a warning that says how many there are', () => {
  expect(readRegistrationCode('3110433100201705311')).toEqual({
    parts: null,
    warnings: [{ code: 'registry.code_registration_length', params: { length: 19 } }],
  });
});

test('a month that never was, a class nobody knows and a boiler code are worth a look', () => {
  const codes = (text: string) => readRegistrationCode(text).warnings.map((w) => w.code);
  expect(codes('31104331002017133117')).toEqual(['registry.code_registration_month']);
  expect(codes('39994331002017053117')).toEqual(['registry.code_registration_catalogue']);
  expect(codes('11004331002017053117')).toEqual(['registry.code_registration_not_elevator']);
  expect(readRegistrationCode('39994331002019053117').parts?.edition).toBe('unknown');
  expect(readRegistrationCode('39994331002011053117').parts?.edition).toBe('unknown');
});

test('a use-registration number names kind, province, city, serial and year, with either brackets', () => {
  const parts = { kind: 'traction_freight', province: '湘', city: 'U', serial: '00019', year: '19' };
  expect(readUseRegistration('梯12湘U00019(19)')).toEqual({ parts, warnings: [] });
  expect(readUseRegistration('梯12湘U00019（19）')).toEqual({ parts, warnings: [] });
  expect(readUseRegistration('梯99湘U00019(19)').warnings).toHaveLength(1);
});

test('a device code has 17 or 18 characters and begins with an elevator class', () => {
  expect(checkDeviceCode('312043310020190010')).toEqual([]);
  expect(checkDeviceCode('3120433100')).toEqual([{ code: 'registry.code_device_length', params: { length: 10 } }]);
  expect(checkDeviceCode('212043310020190010')).toHaveLength(1);
});

test('a rescue code is six digits', () => {
  expect(checkRescueCode('320123')).toEqual([]);
  expect(checkRescueCode('32012')).toHaveLength(1);
});

test('codes are compared in half width, upper case, without spaces', () => {
  expect(identifierKey(' 梯12湘u００019（19） ')).toBe('梯12湘U00019(19)');
  expect(identifierKey('3110-4331 0020')).toBe('311043310020');
});
