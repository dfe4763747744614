/** Every role an account can have. Names for people stand in words/identity.ts as `identity.role.<role>`. */
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
export type Role = (typeof ROLES)[number];

/** A machine client is no account, but stands as a role beside them wherever access is asked. */
export const MACHINE = 'machine';

/** Offices that supervise. */
export const OFFICIALS = ['city_regulator', 'district_regulator', 'street_office', 'department'] as const;
/** The city's emergency desk. */
export const DESK = ['agent', 'shift_leader'] as const;
/** Those who go to the elevator. */
export const FIELD = ['rescue_station', 'rescuer', 'maintenance_manager', 'technician'] as const;
export const USE_UNIT = ['use_unit_head', 'safety_director', 'safety_officer'] as const;
export const MAINTENANCE = ['maintenance_manager', 'technician'] as const;
export const INSURER = ['underwriter', 'handler', 'approver', 'surveyor', 'cashier'] as const;

/** How far a role reaches: everything, its divisions, its organisation, its building, or no business data at all. */
export type Reach = 'city' | 'areas' | 'org' | 'building' | 'nothing';

type Traits = { reach: Reach; secondFactor: boolean; idleSeconds: number; longestSeconds: number };

const HOUR = 3_600;
const office: Traits = { reach: 'areas', secondFactor: true, idleSeconds: HOUR, longestSeconds: 12 * HOUR };
const unit: Traits = { reach: 'org', secondFactor: false, idleSeconds: 8 * HOUR, longestSeconds: 24 * HOUR };
// A phone in the field that asks for a password at the elevator's door costs minutes with people inside.
const field: Traits = { reach: 'org', secondFactor: false, idleSeconds: 168 * HOUR, longestSeconds: 720 * HOUR };
// A desk session outlives a shift of twelve hours with its hand-over.
const desk: Traits = { reach: 'city', secondFactor: false, idleSeconds: 13 * HOUR, longestSeconds: 13 * HOUR };
const overseer: Traits = { reach: 'nothing', secondFactor: true, idleSeconds: HOUR / 2, longestSeconds: 8 * HOUR };

const traits: Readonly<Record<Role, Traits>> = {
  city_regulator: { ...office, reach: 'city' },
  district_regulator: office,
  street_office: office,
  department: office,
  housing_fund_office: office,
  agent: desk,
  shift_leader: desk,
  rescue_station: field,
  rescuer: field,
  use_unit_head: unit,
  safety_director: unit,
  safety_officer: { ...unit, idleSeconds: field.idleSeconds, longestSeconds: field.longestSeconds },
  maintenance_manager: unit,
  technician: field,
  inspector: unit,
  underwriter: unit,
  handler: unit,
  approver: unit,
  surveyor: unit,
  cashier: unit,
  broker: unit,
  maker: unit,
  installer: unit,
  seller: unit,
  construction_unit: unit,
  association: unit,
  owner: { ...field, reach: 'building' },
  administrator: overseer,
  auditor: overseer,
};

export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);
export const reachOf = (role: Role): Reach => traits[role].reach;

/** Officials, administrators and auditors sign in with a second factor. */
export const needsSecondFactor = (role: Role): boolean => traits[role].secondFactor;

/** How long a session lasts without use, and at most. */
export const sessionLimits = (role: Role): { idleSeconds: number; longestSeconds: number } => traits[role];

/** Must an account in this role belong to an organisation? Without one it would see nothing. */
export const needsOrg = (role: Role): boolean => reachOf(role) === 'org';
