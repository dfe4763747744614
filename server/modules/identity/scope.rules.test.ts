import { expect, test } from 'vitest';
import type { OrgId } from '../../kernel/ids.ts';
import { ROLES, type Role, reachOf } from './roles.rules.ts';
import { type Standing, scopeOf, scopeOfClient } from './scope.rules.ts';

const own = '00000000-0000-7000-8000-000000000001' as OrgId;
const building = '00000000-0000-7000-8000-0000000000b1';
const standing = (role: Role, over: Partial<Standing> = {}): Standing => ({
  role,
  orgId: own,
  areas: [],
  buildingIds: [],
  city: '320200',
  ...over,
});

const all = { all: true, areas: [], orgs: [] };
const none = { all: false, areas: [], orgs: [] };
const ownOnly = { all: false, areas: [], orgs: [own] };

test.each<[string, Standing, object]>([
  ['the city regulator sees the city', standing('city_regulator'), all],
  ['an agent sees the city', standing('agent'), all],
  ['a shift leader sees the city', standing('shift_leader'), all],
  [
    'a district regulator sees his district and his own office',
    standing('district_regulator', { areas: ['320205'] }),
    { all: false, areas: ['320205'], orgs: [own] },
  ],
  [
    'one office may answer for two districts',
    standing('district_regulator', { areas: ['320205', '320206'] }),
    { all: false, areas: ['320205', '320206'], orgs: [own] },
  ],
  ['a district regulator without a district sees only his own office', standing('district_regulator'), ownOnly],
  [
    'a street office sees its street',
    standing('street_office', { areas: ['320205001'] }),
    { all: false, areas: ['320205001'], orgs: [own] },
  ],
  ['a street office without a street sees only its own', standing('street_office'), ownOnly],
  ['a department of the city sees the city', standing('department'), all],
  ['a department of the city, named by its code, sees the city', standing('department', { areas: ['320200'] }), all],
  [
    'a department of a district sees the district',
    standing('department', { areas: ['320205'] }),
    { all: false, areas: ['320205'], orgs: [own] },
  ],
  ['the housing fund office of the city sees the city', standing('housing_fund_office'), all],
  ['an owner without a verified building sees nothing', standing('owner', { orgId: null }), none],
  [
    'an owner sees what his building is a party to',
    standing('owner', { orgId: null, buildingIds: [building] }),
    { all: false, areas: [], orgs: [building] },
  ],
  ['an administrator sees no business data, even with an organisation', standing('administrator'), none],
  ['an auditor sees no business data', standing('auditor', { areas: ['320205'] }), none],
])('%s', (_what, given, expected) => {
  expect(scopeOf(given)).toEqual(expected);
});

test.each(ROLES.filter((r) => reachOf(r) === 'org'))(
  '%s sees what his organisation is a party to, and areas do not widen it',
  (role) => {
    expect(scopeOf(standing(role, { areas: ['320200'] }))).toEqual(ownOnly);
    expect(scopeOf(standing(role, { orgId: null }))).toEqual(none);
  },
);

test('a machine sees by its organisation, or the city when it speaks for it', () => {
  expect(scopeOfClient({ orgId: own, wholeCity: false })).toEqual(ownOnly);
  expect(scopeOfClient({ orgId: null, wholeCity: false })).toEqual(none);
  expect(scopeOfClient({ orgId: null, wholeCity: true })).toEqual(all);
});
