import { expect, test } from 'vitest';
import { noSign, type UseSign } from './use-sign.rules.ts';

const sign: UseSign = {
  variety: 'traction_passenger',
  useRegistration: '梯11苏B00019(19)',
  deviceCode: null,
  registrationCode: null,
  inHouseNo: '1#',
  rescueCode: '320001',
  address: '示例路 1 号',
  useUnit: '示例物业',
  maintenance: null,
  maker: null,
  inspection: null,
  nextInspectionOn: '2026-11-21',
};
const on = (state: string, today = '2026-11-21') => ({ state, today });

test('an elevator in use, registered and answered for has a sign until the day of its inspection', () => {
  expect(noSign(sign, on('in_use'))).toBeNull();
  expect(noSign(sign, on('registered'))).toBeNull();
  expect(noSign(sign, on('in_use', '2026-11-22'))).toBe('registry.sign_overdue');
  expect(noSign({ ...sign, nextInspectionOn: null }, on('in_use', '2030-01-01'))).toBeNull();
});

test.each(['made', 'sold', 'installed', 'supervised_inspection', 'stopped', 'sealed', 'scrapped'])(
  'TSG 08: none is put up on one that is %s',
  (state) => expect(noSign(sign, on(state))).toBe('registry.sign_not_in_use'),
);

test('an old file has its 注册代码 instead of a 使用登记证编号; one with neither was never registered', () => {
  const old = { ...sign, useRegistration: null, registrationCode: '31103202112017060001' };
  expect(noSign(old, on('in_use'))).toBeNull();
  expect(noSign({ ...old, registrationCode: null }, on('in_use'))).toBe('registry.sign_not_registered');
});

test('where nobody is known to answer for the elevator, no sign says that somebody does', () => {
  expect(noSign({ ...sign, useUnit: null }, on('in_use'))).toBe('registry.sign_no_use_unit');
});
