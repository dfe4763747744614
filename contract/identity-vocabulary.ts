/** The closed lists of identity: one place, so that database, server, contract and screens agree. Words: words/identity.ts. */

/** Every role an account can have: `identity.role.<role>`. */
export const ROLES = [
  'city_regulator', // 市级监管
  'district_regulator', // 区级监管
  'street_office', // 街道（镇）
  'department', // 行业主管部门
  'housing_fund_office', // 住房维修资金管理机构
  'agent', // 96333 坐席
  'shift_leader', // 96333 值班长
  'rescue_station', // 救援站
  'rescuer', // 救援人员
  'use_unit_head', // 使用单位主要负责人
  'safety_director', // 电梯安全总监
  'safety_officer', // 电梯安全员
  'maintenance_manager', // 维保单位负责人
  'technician', // 维保人员
  'inspector', // 检验检测机构
  'underwriter', // 保险公司核保
  'handler', // 保险公司理赔
  'approver', // 保险公司审批
  'surveyor', // 保险公司查勘
  'cashier', // 保险公司出纳
  'broker', // 保险经纪
  'maker', // 制造单位
  'installer', // 安装单位
  'seller', // 销售单位
  'construction_unit', // 建设单位
  'association', // 行业协会
  'owner', // 业主
  'administrator', // 系统管理员
  'auditor', // 审计员
] as const;

/** A group of roles, in which every role is one there is. */
const group = (...roles: readonly (typeof ROLES)[number][]): readonly string[] => roles;

/** Market supervision of the city and its districts. */
export const REGULATORS = group('city_regulator', 'district_regulator');
/** Offices that watch over a district or the city. */
export const OFFICIALS = group('city_regulator', 'district_regulator', 'street_office', 'department');
/** The city's emergency desk. */
export const DESK = group('agent', 'shift_leader');
/** Those who go to the elevator. */
export const FIELD = group('rescue_station', 'rescuer', 'maintenance_manager', 'technician');
/** Who confirms that a household lives in a building. */
export const HOUSEHOLD_OFFICES = group('street_office', 'district_regulator', 'city_regulator');
export const USE_UNIT = group('use_unit_head', 'safety_director', 'safety_officer');
export const MAINTENANCE = group('maintenance_manager', 'technician');
/** The people of an insurer. */
export const INSURERS = group('underwriter', 'handler', 'approver', 'surveyor', 'cashier');

/** What an organisation is. One may be several; the first counts as what it mainly is. */
export const ORG_KINDS = [
  'use_unit',
  'property_company',
  'maintenance_unit',
  'maker',
  'installer',
  'seller',
  'construction_unit',
  'inspection_body',
  'insurer',
  'broker',
  'association',
  'regulator',
  'department',
  'street_office',
  'housing_fund_office',
  'rescue_centre',
  'rescue_station',
  'social_force',
  'owners_committee',
  'platform_operator',
] as const;

/** What a licence of an organisation allows. */
export const LICENCE_KINDS = [
  'making',
  'installation',
  'maintenance',
  'inspection',
  'testing',
  'insurance',
  'agency',
  'broking',
] as const;

/** What a certificate of a person is for. */
export const CERTIFICATE_KINDS = ['elevator_work', 'safety_manager', 'inspector', 'rescuer'] as const;

/** What a person does in an organisation. */
export const DUTIES = [
  'head',
  'safety_director',
  'safety_officer',
  'maintenance_manager',
  'technician',
  'rescuer',
  'inspector',
  'duty_officer',
  'contact',
] as const;

/** The fewest characters of a password. */
export const PASSWORD_LEAST = 10;

/**
 * Roles in which an organisation's own machine client may act, with the kind of organisation whose role it is. Offices have none:
 * an official act is a person's. Neither has `approver`: the second pair of eyes is a person's.
 */
export const CLIENT_ROLES = {
  'role:underwriter': 'insurer',
  'role:handler': 'insurer',
  'role:cashier': 'insurer',
  'role:broker': 'broker',
} as const;

/** What a machine client may be allowed. Each stands at the routes it opens, and in docs/interfaces/access.md. */
export const GRANTS = [
  'telemetry:write', // push messages of the elevators it may speak for
  'telemetry:read', // live state and history
  'elevators:read',
  'incidents:read',
  'incidents:write', // raise and report: another city's desk, 110, 119, 12345
  'claims:write', // report accidents from a city app or an insurer's own system
  'stations:read',
  'statistics:read',
  'bank:write', // an insurer's bank: lines of its statements
  'stream:read', // server-sent events
  // To act as its organisation, within the roles its administrator names.
  'role:underwriter',
  'role:handler',
  'role:cashier',
  'role:broker',
] as const;
