/** The closed lists of the registry: one place, so that database, server, contract and screens agree. */

export const KINDS = ['lift', 'escalator', 'moving_walk'] as const;
export const STATES = [
  'made',
  'sold',
  'installed',
  'supervised_inspection',
  'registered',
  'in_use',
  'stopped',
  'sealed',
  'scrapped',
] as const;
export const IDENTIFIER_TYPES = [
  'registration_code',
  'use_registration',
  'device_code',
  'maker_number',
  'rescue_code',
  'source_key',
] as const;
export const PARTY_ROLES = [
  'owner',
  'use_unit',
  'property',
  'maintenance',
  'maker',
  'installer',
  'seller',
  'construction',
  'inspection',
  'insurer',
  'safety_director',
  'safety_officer',
] as const;
export const CLASS_FIELDS = [
  'place_class',
  'place_fine',
  'unit_class',
  'funding',
  'single_owner',
  'affordable_housing',
  'resettlement',
  'firefighter',
  'added_to_housing',
  'managed_estate',
  'high_rise',
  'residents_served',
  'machine_room_place',
  'machine_room_cooled',
] as const;
export const CRSS = ['WGS84', 'GCJ02', 'BD09', 'CGCS2000'] as const;
export const EVIDENCE_KINDS = [
  'factory_certificate',
  'sales_contract',
  'installation_report',
  'inspection_report',
  'use_registration',
  'stop_notice',
  'seal_order',
  'reopening_proof',
  'renovation_report',
  'scrap_notice',
  'note',
] as const;
export const STEPS = [
  'sell',
  'install',
  'inspect',
  'register',
  'start',
  'stop',
  'seal',
  'reopen',
  'renovate',
  'scrap',
] as const;
/** What a paper on a file is. */
export const DOCUMENT_KINDS = [
  'factory_certificate',
  'type_test',
  'manual',
  'drawing',
  'installation_report',
  'inspection_report',
  'use_registration',
  'maintenance_contract',
  'insurance_policy',
  'renovation_report',
  'photo',
  'other',
] as const;
