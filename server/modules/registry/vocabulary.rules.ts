import {
  CLASS_FIELDS,
  CRSS,
  IDENTIFIER_TYPES,
  KINDS,
  PARTY_ROLES,
  STATES,
} from '../../../contract/registry-vocabulary.ts';

/** The closed lists of the registry, as contract/registry-vocabulary.ts keeps them, and what belongs to their values. */
export { CLASS_FIELDS, CRSS, IDENTIFIER_TYPES, KINDS, PARTY_ROLES, STATES };

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

export type State = (typeof STATES)[number];

export type IdentifierType = (typeof IDENTIFIER_TYPES)[number];

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

export type ClassField = (typeof CLASS_FIELDS)[number];

export type Crs = (typeof CRSS)[number];
