import { ROLES, type Role } from '../modules/identity/index.ts';
import type { DemoAccountPlan } from '../modules/identity/seed.service.ts';
import type { Cast } from './cast.ts';

/** Which organisation an account of each role belongs to; null: to none. */
const HOME: Readonly<Record<Role, string | null>> = {
  city_regulator: 'regulator',
  district_regulator: 'regulator-*',
  street_office: 'street-*',
  department: 'department',
  housing_fund_office: 'fund',
  agent: 'desk',
  shift_leader: 'desk',
  rescue_station: 'station-*',
  rescuer: 'station-*',
  use_unit_head: 'property_company-1',
  safety_director: 'property_company-1',
  safety_officer: 'property_company-1',
  maintenance_manager: 'maintenance_unit-1',
  technician: 'maintenance_unit-1',
  inspector: 'inspection_body-1',
  underwriter: 'insurer',
  handler: 'insurer',
  approver: 'insurer',
  surveyor: 'insurer',
  cashier: 'insurer',
  broker: 'broker',
  maker: 'maker-1',
  installer: 'installer-1',
  seller: 'seller-1',
  construction_unit: 'construction_unit-1',
  association: 'association',
  owner: null,
  administrator: null,
  auditor: null,
};

/** Second seats: a referral needs two underwriters, and an open market a second insurer. */
const MORE: readonly { role: Role; home: string; more: string }[] = [
  { role: 'underwriter', home: 'insurer', more: '-2' },
  { role: 'underwriter', home: 'insurer-2', more: '-3' },
  { role: 'cashier', home: 'insurer', more: '-2' },
];

/** Who stands behind the account, where it acts for a person. */
const PERSON: Partial<Record<Role, string>> = {
  rescuer: 'rescuer',
  technician: 'technician',
  safety_director: 'safety_director',
  safety_officer: 'safety_officer',
};

type Planning = {
  cast: Cast;
  district: string; // where the accounts of one district stand
  areas: Readonly<Partial<Record<Role, readonly string[]>>>;
  ownedBuilding: { id: string; areaCodes: string[] } | null;
  label: (role: Role) => string;
};

/** An account of each role, and a few second ones, tied to the cast. */
export function planAccounts({ cast, district, areas, ownedBuilding, label }: Planning): DemoAccountPlan[] {
  const seats = [...ROLES.map((role) => ({ role, home: HOME[role], more: '' })), ...MORE];
  return seats.map(({ role, home: at, more }): DemoAccountPlan => {
    const key = at?.replace('*', district) ?? null;
    const org = key ? cast.orgs.find((o) => o.key === key) : undefined;
    const duty = PERSON[role];
    const person = duty ? cast.people.find((p) => p.orgKey === key && p.duties.includes(duty)) : undefined;
    return {
      username: `${role.replaceAll('_', '-')}${more}`,
      label: `${label(role)}${more && ` ${more.slice(1)}`}`,
      role,
      orgId: org?.id ?? null,
      orgName: org?.name ?? '',
      personId: person?.id ?? null,
      areas: areas[role] ?? [],
      buildings: role === 'owner' && ownedBuilding ? [ownedBuilding] : [],
    };
  });
}
