/** The closed lists of the registry: one place, so that database, contract and screens agree. */

export const KINDS = ['lift', 'escalator', 'moving_walk'] as const;
export type Kind = (typeof KINDS)[number];

/** Varieties by the catalogue of 2014, with the kind each belongs to and its class code. */
export const VARIETIES = {
  traction_passenger: { kind: 'lift', catalogue: '3110' },
  traction_freight: { kind: 'lift', catalogue: '3120' },
  positive_drive_freight: { kind: 'lift', catalogue: '3130' },
  hydraulic_passenger: { kind: 'lift', catalogue: '3210' },
  hydraulic_freight: { kind: 'lift', catalogue: '3220' },
  escalator: { kind: 'escalator', catalogue: '3310' },
  moving_walk: { kind: 'moving_walk', catalogue: '3320' },
  explosion_proof: { kind: 'lift', catalogue: '3410' },
  firefighter: { kind: 'lift', catalogue: '3420' },
  dumbwaiter: { kind: 'lift', catalogue: '3430' },
} as const satisfies Record<string, { kind: Kind; catalogue: string }>;
export type Variety = keyof typeof VARIETIES;

export const isVariety = (text: string): text is Variety => Object.hasOwn(VARIETIES, text);

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
export type State = (typeof STATES)[number];

export const IDENTIFIER_TYPES = [
  'registration_code',
  'use_registration',
  'device_code',
  'maker_number',
  'rescue_code',
  'source_key',
] as const;
export type IdentifierType = (typeof IDENTIFIER_TYPES)[number];

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
export type PartyRole = (typeof PARTY_ROLES)[number];

/** Roles that one organisation holds at a time; the others may be shared. */
export const SINGLE_ROLES = [
  'use_unit',
  'maintenance',
  'maker',
  'inspection',
  'installer',
  'seller',
  'construction',
] as const;
export const isSingleRole = (role: PartyRole): boolean => SINGLE_ROLES.some((r) => r === role);

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
export type ClassField = (typeof CLASS_FIELDS)[number];

export const CRSS = ['WGS84', 'GCJ02', 'BD09', 'CGCS2000'] as const;
export type Crs = (typeof CRSS)[number];
