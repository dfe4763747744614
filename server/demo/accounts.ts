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
  seller: 'seller',
  construction_unit: 'construction',
  association: 'association',
  owner: null,
  administrator: null,
  auditor: null,
};

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

/** One account of each role, tied to the cast. */
export function planAccounts({ cast, district, areas, ownedBuilding, label }: Planning): DemoAccountPlan[] {
  return ROLES.map((role): DemoAccountPlan => {
    const key = HOME[role]?.replace('*', district) ?? null;
    const org = key ? cast.orgs.find((o) => o.key === key) : undefined;
    const duty = PERSON[role];
    const person = duty ? cast.people.find((p) => p.orgKey === key && p.duties.includes(duty)) : undefined;
    return {
      username: role.replaceAll('_', '-'),
      label: label(role),
      role,
      orgId: org?.id ?? null,
      orgName: org?.name ?? '',
      personId: person?.id ?? null,
      areas: areas[role] ?? [],
      buildings: role === 'owner' && ownedBuilding ? [ownedBuilding] : [],
    };
  });
}
