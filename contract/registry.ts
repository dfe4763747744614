import { z } from 'zod';
import { CLASS_FIELDS, CRSS, IDENTIFIER_TYPES, KINDS, PARTY_ROLES, STATES } from './registry-vocabulary.ts';
import { typed } from './text.ts';

/** The registry over HTTP: elevator files and lists of them. */

export const kind = z.enum(KINDS);
export const state = z.enum(STATES);
export const identifierType = z.enum(IDENTIFIER_TYPES);
export const partyRole = z.enum(PARTY_ROLES);
export const classField = z.enum(CLASS_FIELDS);
export const crs = z.enum(CRSS);
export const divisionCode = z.string().regex(/^\d{6,12}$/);

/** An organisation by id and name. */
export const orgRef = z.object({ id: z.uuid(), name: z.string() });

/** One line of a list of elevators. Lengths in millimetres and kilograms; days are calendar days. */
export const elevatorLine = z.object({
  id: z.uuid(),
  rescueCode: z.string().nullable(),
  registrationCode: z.string().nullable(),
  kind,
  variety: z.string(),
  state,
  placeClass: z.string().nullable(),
  address: z.string(),
  districtCode: z.string().nullable(),
  streetCode: z.string().nullable(),
  communityCode: z.string().nullable(),
  useUnit: orgRef.nullable(), // null: nobody known answers for it
  maintenance: orgRef.nullable(),
  lng: z.number().nullable(), // WGS-84
  lat: z.number().nullable(),
  inUseOn: z.iso.date().nullable(),
  nextInspectionOn: z.iso.date().nullable(),
  quality: z.int(), // 0–100
  changedAt: z.iso.datetime(),
});
export type ElevatorLine = z.infer<typeof elevatorLine>;

const many = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (given) => (typeof given === 'string' ? given.split(',').filter(Boolean) : given),
    z.array(item).max(50),
  );
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** What a list of elevators can be narrowed by. Several values of one filter mean any of them. */
export const elevatorFilter = z.object({
  q: typed(100).optional(), // codes, address, names
  area: divisionCode.optional(), // a district, street or community
  state: many(state).optional(),
  kind: many(kind).optional(),
  placeClass: many(typed(40)).optional(),
  useOrg: z.uuid().optional(),
  maintenanceOrg: z.uuid().optional(),
  makerOrg: z.uuid().optional(),
  building: z.uuid().optional(),
  place: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(), // an estate, as search names it
  class: z
    .string()
    .regex(/^[a-z_]+:.{1,60}$/)
    .optional(), // 'field:value', e.g. 'funding:fiscal'
  minAgeYears: z.coerce.number().int().min(0).max(100).optional(),
  gap: z
    .string()
    .regex(/^registry\.gap_[a-z_]{1,40}$/)
    .optional(), // a code of what its file lacks
  maxQuality: z.coerce.number().int().min(0).max(100).optional(),
  inspectionBefore: z.iso.date().optional(),
  unknownUseUnit: flag.optional(),
  unplaced: flag.optional(), // without coordinates
  industry: typed(40).optional(), // of the department that answers for the place
  uninsured: flag.optional(), // in use, and no policy covers it today; only officials see every policy, others find none
  withGaps: flag.optional(), // the file lacks something
  openCase: flag.optional(), // nobody answers for it, and the case is open
});
export type ElevatorFilter = z.infer<typeof elevatorFilter>;

export const elevatorSort = z.enum([
  'changed',
  'registration_code',
  'rescue_code',
  'address',
  'quality',
  'next_inspection',
  'in_use_on',
]);
export type ElevatorSort = z.infer<typeof elevatorSort>;

export const elevatorListQuery = elevatorFilter.extend({
  sort: elevatorSort.default('changed'),
  descending: flag.optional(),
  after: z.string().max(400).optional(), // `next` of the page before
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const elevatorPage = z.object({
  items: z.array(elevatorLine),
  next: z.string().nullable(), // null: this is the last page
});

/** How many elevators fit a filter, and how they spread. */
export const elevatorFacets = z.object({
  total: z.int(),
  facets: z.record(
    z.enum(['state', 'kind', 'placeClass', 'district']),
    z.array(z.object({ value: z.string().nullable(), count: z.int() })),
  ),
});

const allowed = z.union([z.literal(true), z.object({ code: z.string() }).loose()]);

export const identifierLine = z.object({
  type: identifierType,
  value: z.string(),
  issuer: z.string(),
  validFrom: z.iso.date().nullable(),
  validTo: z.iso.date().nullable(), // null: in force
  warnings: z.array(z.string()), // codes of words/registry.ts
});

export const partyLine = z.object({
  id: z.uuid(),
  role: partyRole,
  org: orgRef.nullable(),
  personId: z.uuid().nullable(), // its name is read from identity, masked
  fromOn: z.iso.date(),
  toOn: z.iso.date().nullable(),
  source: z.string(),
});

export const classLine = z.object({
  field: classField,
  value: z.string(),
  source: z.string(),
  asOfOn: z.iso.date(),
});

export const gap = z.object({ code: z.string(), points: z.int(), by: z.string() });

/** A whole elevator file. */
export const elevatorFile = elevatorLine.extend({
  version: z.int(),
  mergedInto: z.uuid().nullable(),
  stateAt: z.iso.datetime(),
  catalogue2014: z.string().nullable(),
  catalogueOld: z.string().nullable(),
  model: z.string(),
  brand: z.string(),
  unit: z.string(),
  inHouseNo: z.string(),
  madeOn: z.iso.date().nullable(),
  installedOn: z.iso.date().nullable(),
  speedMmPerS: z.int().nullable(),
  loadKg: z.int().nullable(),
  bottomFloor: z.int().nullable(),
  topFloor: z.int().nullable(),
  stops: z.int().nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  powerFeeder: z.string().nullable(),
  source: z.string(),
  building: z
    .object({
      id: z.uuid(),
      estate: z.string(),
      name: z.string(),
      road: z.string(),
      districtCode: z.string().nullable(),
      streetCode: z.string().nullable(),
      communityCode: z.string().nullable(),
      given: z.object({ lng: z.number(), lat: z.number(), crs }).nullable(),
      lng: z.number().nullable(),
      lat: z.number().nullable(),
    })
    .nullable(),
  identifiers: z.array(identifierLine),
  parties: z.array(partyLine),
  classes: z.array(classLine),
  gaps: z.array(gap),
  areaNames: z.record(z.string(), z.string()), // district, street and community of this file, by code
  can: z.record(z.string(), allowed),
});
export type ElevatorFileView = z.infer<typeof elevatorFile>;

export const traceLine = z.object({
  id: z.int(),
  at: z.iso.datetime(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  ref: z.string().nullable(),
  mergedFrom: z.uuid().nullable(), // the duplicate's file this was written in, before it was merged into this one
});

export const tracePage = z.object({ items: z.array(traceLine), next: z.int().nullable() });
