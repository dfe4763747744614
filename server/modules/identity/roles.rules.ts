import { ROLES } from '../../../contract/identity-vocabulary.ts';

export { ROLES };
export type Role = (typeof ROLES)[number];

/** A machine client is no account, but stands as a role beside them wherever access is asked. */
export const MACHINE = 'machine';

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
