import { expect, test } from 'vitest';
import { ROLES } from '../pages/identity/vocabulary.ts';
import { homeOf, isBelow, isOpenTo, MENU, menuOf, opens } from './menu.rules.ts';

const entries = MENU.flatMap((group) => group.entries);

test('every role named in the menu exists, and every role starts somewhere', () => {
  const named = entries.flatMap((entry) => (entry.for === 'all' ? [] : entry.for));
  expect(named.filter((role) => !ROLES.some((known) => known === role))).toEqual([]);
  expect(ROLES.filter((role) => homeOf(role) === '')).toEqual([]);
});

test('the first page of a role is one it may open', () => {
  const lost = ROLES.filter((role) => !entries.some((entry) => entry.path === homeOf(role) && opens(entry, role)));
  expect(lost).toEqual([]);
});

test('administrators and auditors see accounts and records, and no business data', () => {
  const seen = menuOf('auditor').flatMap((group) => group.entries.map(({ path }) => path));
  expect(seen).toContain('/audit');
  expect(seen).not.toContain('/elevators');
  expect(menuOf('administrator').flatMap((group) => group.entries.map(({ path }) => path))).not.toContain('/');
});

test('an address typed by hand opens no page of another role', () => {
  expect(isOpenTo('/elevators/some-id', 'auditor')).toBe(false);
  expect(isOpenTo('/overview/320205', 'administrator')).toBe(false);
  expect(isOpenTo('/telemetry/quarantine', 'safety_officer')).toBe(false);
  expect(isOpenTo('/telemetry', 'safety_officer')).toBe(true);
  expect(isOpenTo('/account', 'auditor')).toBe(true);
});

test('a page belongs to the group whose entry it is or stands below, and not to one that only begins alike', () => {
  const rescue = (path: string) => isBelow('web.menu.rescue', path);
  expect(['/desk', '/incidents/some-id', '/stations', '/statistics', '/calls'].every(rescue)).toBe(true);
  expect(['/', '/map', '/elevators', '/stations-elsewhere', '/claims/some-id'].some(rescue)).toBe(false);
});
