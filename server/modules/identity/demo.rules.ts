import type { OrgId } from '../../kernel/ids.ts';
import { ROLES, type Role } from './roles.rules.ts';

/** A place of the demo city that its offices answer for. */
export type DemoPlace = { code: string; name: string };

/** What the demo's accounts are tied to. Kinds that are not given get an organisation of their own. */
export type DemoTies = {
  city: DemoPlace;
  district: DemoPlace;
  street: DemoPlace;
  orgs: Readonly<Partial<Record<string, { id: OrgId; name: string }>>>; // by kind
};

export type DemoOffice = { kind: string; name: string; areas: readonly string[] };
export type DemoSeat = {
  role: Role;
  username: string;
  label: string;
  orgKind: string | null;
  areas: readonly string[];
  duty: string;
};

type Seat = { orgKind: string | null; duty: string; areas?: 'city' | 'district' | 'street' };

const seats: Readonly<Record<Role, Seat>> = {
  city_regulator: { orgKind: 'regulator', duty: 'duty_officer' },
  district_regulator: { orgKind: 'district_regulator', duty: 'duty_officer', areas: 'district' },
  street_office: { orgKind: 'street_office', duty: 'duty_officer', areas: 'street' },
  department: { orgKind: 'department', duty: 'contact', areas: 'city' },
  housing_fund_office: { orgKind: 'housing_fund_office', duty: 'contact', areas: 'city' },
  agent: { orgKind: 'rescue_centre', duty: 'duty_officer' },
  shift_leader: { orgKind: 'rescue_centre', duty: 'duty_officer' },
  rescue_station: { orgKind: 'rescue_station', duty: 'head' },
  rescuer: { orgKind: 'rescue_station', duty: 'rescuer' },
  use_unit_head: { orgKind: 'use_unit', duty: 'head' },
  safety_director: { orgKind: 'use_unit', duty: 'safety_director' },
  safety_officer: { orgKind: 'use_unit', duty: 'safety_officer' },
  maintenance_manager: { orgKind: 'maintenance_unit', duty: 'maintenance_manager' },
  technician: { orgKind: 'maintenance_unit', duty: 'technician' },
  inspector: { orgKind: 'inspection_body', duty: 'inspector' },
  underwriter: { orgKind: 'insurer', duty: 'contact' },
  handler: { orgKind: 'insurer', duty: 'contact' },
  approver: { orgKind: 'insurer', duty: 'contact' },
  surveyor: { orgKind: 'insurer', duty: 'contact' },
  cashier: { orgKind: 'insurer', duty: 'contact' },
  broker: { orgKind: 'broker', duty: 'contact' },
  maker: { orgKind: 'maker', duty: 'contact' },
  installer: { orgKind: 'installer', duty: 'contact' },
  seller: { orgKind: 'seller', duty: 'contact' },
  construction_unit: { orgKind: 'construction_unit', duty: 'contact' },
  association: { orgKind: 'association', duty: 'contact' },
  owner: { orgKind: null, duty: 'contact' },
  administrator: { orgKind: null, duty: 'contact' },
  auditor: { orgKind: null, duty: 'contact' },
};

/** One seat for every role, in the order of the list of roles. */
export function demoSeats({ city, district, street }: DemoTies): readonly DemoSeat[] {
  const areas = { city: [city.code], district: [district.code], street: [street.code] };
  return ROLES.map((role) => {
    const seat = seats[role];
    return {
      role,
      username: `demo-${role.replaceAll('_', '-')}`,
      label: `演示 ${role}`,
      orgKind: seat.orgKind,
      areas: seat.areas ? areas[seat.areas] : [],
      duty: seat.duty,
    };
  });
}

const names: Readonly<Record<string, (ties: DemoTies) => DemoOffice>> = {
  regulator: ({ city }) => ({ kind: 'regulator', name: `示例${city.name}市场监督管理局`, areas: [city.code] }),
  district_regulator: ({ district }) => ({
    kind: 'regulator',
    name: `示例${district.name}市场监督管理局`,
    areas: [district.code],
  }),
  street_office: ({ street }) => ({ kind: 'street_office', name: `示例${street.name}办事处`, areas: [street.code] }),
  department: ({ city }) => ({ kind: 'department', name: '示例住房和城乡建设部门', areas: [city.code] }),
  housing_fund_office: ({ city }) => ({
    kind: 'housing_fund_office',
    name: '示例住房维修资金管理中心',
    areas: [city.code],
  }),
  rescue_centre: ({ city }) => ({ kind: 'rescue_centre', name: '示例 96333 电梯应急处置中心', areas: [city.code] }),
  rescue_station: ({ district }) => ({
    kind: 'rescue_station',
    name: `示例${district.name}救援站`,
    areas: [district.code],
  }),
  use_unit: ({ district }) => ({ kind: 'use_unit', name: '示例使用单位', areas: [district.code] }),
  maintenance_unit: ({ district }) => ({ kind: 'maintenance_unit', name: '示例电梯维保公司', areas: [district.code] }),
  inspection_body: ({ city }) => ({ kind: 'inspection_body', name: '示例特种设备检验院', areas: [city.code] }),
  insurer: ({ city }) => ({ kind: 'insurer', name: '示例财产保险公司', areas: [city.code] }),
  broker: ({ city }) => ({ kind: 'broker', name: '示例保险经纪公司', areas: [city.code] }),
  maker: ({ city }) => ({ kind: 'maker', name: '示例电梯制造厂', areas: [city.code] }),
  installer: ({ city }) => ({ kind: 'installer', name: '示例电梯安装公司', areas: [city.code] }),
  seller: ({ city }) => ({ kind: 'seller', name: '示例电梯销售公司', areas: [city.code] }),
  construction_unit: ({ city }) => ({ kind: 'construction_unit', name: '示例建设单位', areas: [city.code] }),
  association: ({ city }) => ({ kind: 'association', name: '示例电梯行业协会', areas: [city.code] }),
};

/** The offices and firms that the seats need and the demo city does not have yet, by the kind that seats name. */
export function demoOffices(ties: DemoTies): readonly (DemoOffice & { key: string })[] {
  const needed = new Set(demoSeats(ties).flatMap((s) => s.orgKind ?? []));
  return [...needed].flatMap((key) => {
    const office = ties.orgs[key] ? undefined : names[key]?.(ties);
    return office ? [{ ...office, key }] : [];
  });
}

/** An invented person of the demo: a name that nobody has, and a phone beginning with 100, which reaches nobody. */
export const demoPerson = (n: number): { name: string; phone: string } => ({
  name: `演${STEMS[n % STEMS.length] ?? ''}${STEMS[Math.floor(n / STEMS.length) % STEMS.length] ?? ''}`,
  phone: `100${String(n).padStart(8, '0')}`,
});

const STEMS = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
