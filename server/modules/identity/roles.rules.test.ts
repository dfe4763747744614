import { expect, test } from 'vitest';
import { certificateKindSchema, dutySchema, licenceKindSchema, orgKindSchema } from '../../../contract/identity.ts';
import { hasWords } from '../../../words/index.ts';
import { isRole, needsOrg, needsSecondFactor, ROLES, reachOf, sessionLimits } from './roles.rules.ts';

test('every role, kind, licence, certificate and duty has a name in both languages', () => {
  const codes = [
    ...ROLES.map((r) => `identity.role.${r}`),
    ...orgKindSchema.options.map((k) => `identity.org_kind.${k}`),
    ...licenceKindSchema.options.map((k) => `identity.licence.${k}`),
    ...certificateKindSchema.options.map((k) => `identity.certificate.${k}`),
    ...dutySchema.options.map((k) => `identity.duty.${k}`),
  ];
  expect(codes.filter((c) => !hasWords(c))).toEqual([]);
});

test('offices, administrators and auditors need a second factor; people in the field do not', () => {
  expect(ROLES.filter(needsSecondFactor)).toEqual([
    'city_regulator',
    'district_regulator',
    'street_office',
    'department',
    'housing_fund_office',
    'administrator',
    'auditor',
  ]);
});

test('administrators and auditors reach no business data', () => {
  expect(ROLES.filter((r) => reachOf(r) === 'nothing')).toEqual(['administrator', 'auditor']);
});

test('a role that sees by its organisation needs one', () => {
  expect(needsOrg('maintenance_manager')).toBe(true);
  expect(needsOrg('city_regulator')).toBe(false);
  expect(needsOrg('owner')).toBe(false);
});

test('a rescuer stays signed in for a week without use, an official for an hour', () => {
  expect(sessionLimits('rescuer').idleSeconds).toBe(604_800);
  expect(sessionLimits('district_regulator').idleSeconds).toBe(3_600);
});

test('no session lasts longer idle than at most', () => {
  for (const role of ROLES)
    expect(sessionLimits(role).idleSeconds).toBeLessThanOrEqual(sessionLimits(role).longestSeconds);
});

test('a machine is no role of an account', () => {
  expect(isRole('machine')).toBe(false);
  expect(isRole('agent')).toBe(true);
});
