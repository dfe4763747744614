import type { z } from 'zod';
import type {
  certificateKindSchema,
  Duty,
  grantSchema,
  licenceKindSchema,
  OrgKind,
  RoleId,
} from '../../../contract/identity.ts';

/** Lists to choose from. The compiler checks that each value is one the contract knows. */
export const ORG_KINDS: readonly OrgKind[] = [
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
];

export const ROLES: readonly RoleId[] = [
  'city_regulator',
  'district_regulator',
  'street_office',
  'department',
  'housing_fund_office',
  'agent',
  'shift_leader',
  'rescue_station',
  'rescuer',
  'use_unit_head',
  'safety_director',
  'safety_officer',
  'maintenance_manager',
  'technician',
  'inspector',
  'underwriter',
  'handler',
  'approver',
  'surveyor',
  'cashier',
  'broker',
  'maker',
  'installer',
  'seller',
  'construction_unit',
  'association',
  'owner',
  'administrator',
  'auditor',
];

export const DUTIES: readonly Duty[] = [
  'head',
  'safety_director',
  'safety_officer',
  'maintenance_manager',
  'technician',
  'rescuer',
  'inspector',
  'duty_officer',
  'contact',
];

export const LICENCE_KINDS: readonly z.infer<typeof licenceKindSchema>[] = [
  'making',
  'installation',
  'maintenance',
  'inspection',
  'testing',
  'insurance',
  'broking',
];

export const CERTIFICATE_KINDS: readonly z.infer<typeof certificateKindSchema>[] = [
  'elevator_work',
  'safety_manager',
  'inspector',
  'rescuer',
];

export const GRANTS: readonly z.infer<typeof grantSchema>[] = [
  'telemetry:write',
  'telemetry:read',
  'elevators:read',
  'incidents:read',
  'incidents:write',
  'stations:read',
  'bank:write',
  'statistics:read',
  'stream:read',
];

/** Roles that may record organisations; the server decides again. */
export const ORG_KEEPERS: readonly string[] = ['administrator', 'city_regulator', 'district_regulator'];

/** Roles that may record people; the server decides again. */
export const PERSON_KEEPERS: readonly string[] = [
  ...ORG_KEEPERS,
  'use_unit_head',
  'safety_director',
  'maintenance_manager',
  'rescue_station',
];
