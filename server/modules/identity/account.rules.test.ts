import { expect, test } from 'vitest';
import { type AccountPlan, areasFor, judgeAccount, maySuspend, mayTakeRole, type Standing } from './account.rules.ts';

const plan = (over: Partial<AccountPlan> = {}): AccountPlan => ({
  username: 'agent-1',
  role: 'agent',
  orgId: null,
  areas: [],
  person: null,
  unknownAreas: [],
  ...over,
});
const code = (over: Partial<AccountPlan>) => {
  const judged = judgeAccount(plan(over));
  return judged.ok ? 'good' : judged.refusal.code;
};

test.each<[Partial<AccountPlan>, string]>([
  [{}, 'good'],
  [{ username: 'a' }, 'identity.username_bad'],
  [{ role: 'technician' }, 'identity.org_needed'],
  [{ role: 'technician', orgId: 'o1' }, 'good'],
  [{ role: 'district_regulator' }, 'identity.area_needed'],
  [{ role: 'street_office', areas: [] }, 'identity.area_needed'],
  [{ role: 'district_regulator', areas: ['320205'] }, 'good'],
  [{ role: 'district_regulator', areas: ['999999'], unknownAreas: ['999999'] }, 'identity.area_unknown'],
  [{ role: 'department' }, 'good'],
  [{ role: 'technician', orgId: 'o1', person: { orgId: 'o2' } }, 'identity.person_elsewhere'],
  [{ role: 'technician', orgId: 'o1', person: { orgId: 'o1' } }, 'good'],
  [{ role: 'technician', orgId: 'o1', person: { orgId: null } }, 'good'],
])('an account %j is %s', (over, expected) => {
  expect(code(over)).toBe(expected);
});

test('only offices keep areas: a technician with areas would look as if they widened his reach', () => {
  expect(areasFor('technician', ['320205'])).toEqual([]);
  expect(areasFor('district_regulator', ['320205'])).toEqual(['320205']);
});

const standing = (over: Partial<Standing> = {}): Standing => ({
  isOwn: false,
  role: 'agent',
  active: true,
  activeAdministrators: 2,
  ...over,
});

test('nobody suspends himself, and never the last administrator', () => {
  const refusal = (over: Partial<Standing>) => {
    const may = maySuspend(standing(over));
    return may.ok ? 'may' : may.refusal.code;
  };
  expect(refusal({})).toBe('may');
  expect(refusal({ active: false })).toBe('identity.is_suspended');
  expect(refusal({ isOwn: true, role: 'administrator' })).toBe('identity.own_account');
  expect(refusal({ role: 'administrator' })).toBe('may');
  expect(refusal({ role: 'administrator', activeAdministrators: 1 })).toBe('identity.last_administrator');
});

test('the last administrator keeps the role', () => {
  const last = standing({ role: 'administrator', activeAdministrators: 1 });
  expect(mayTakeRole(last, 'agent')).toEqual({ ok: false, refusal: { code: 'identity.last_administrator' } });
  expect(mayTakeRole(last, 'administrator').ok).toBe(true);
  expect(mayTakeRole({ ...last, activeAdministrators: 2 }, 'agent').ok).toBe(true);
});
