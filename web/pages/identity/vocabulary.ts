export {
  CERTIFICATE_KINDS,
  DUTIES,
  GRANTS,
  LICENCE_KINDS,
  ORG_KINDS,
  ROLES,
} from '../../../contract/identity-vocabulary.ts';

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
