import { z } from 'zod';
import {
  CLASS_FIELDS,
  CRSS,
  EVIDENCE_KINDS,
  IDENTIFIER_TYPES,
  KINDS,
  PARTY_ROLES,
  STATES,
  STEPS,
} from './registry-vocabulary.ts';
import { typed } from './text.ts';

/** The registry over HTTP: elevator files, lists, search, map and overview. */

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
});
export const tracePage = z.object({ items: z.array(traceLine), next: z.int().nullable() });

/** One hit of the search box. `elevators`: how many stand behind a place, organisation or division. */
export const searchHit = z.object({
  kind: z.enum(['elevator', 'place', 'org', 'area']),
  id: z.string(),
  title: z.string(),
  subtitle: z.string(),
  code: z.string().nullable(), // the code that was found
  elevators: z.int(),
});
export type SearchHit = z.infer<typeof searchHit>;
export const searchQuery = z.object({
  q: typed(100).min(1),
  limit: z.coerce.number().int().min(1).max(50).default(12),
});
export const searchAnswer = z.object({ items: z.array(searchHit) });

/** One row of the roll-up: a division, an estate or a building, with its elevators counted. */
export const overviewRow = z.object({
  level: z.enum(['city', 'district', 'street', 'community', 'building']),
  code: z.string().nullable(), // division code or building id; null: not known
  name: z.string(),
  elevators: z.int(),
  inUse: z.int(),
  byState: z.record(z.string(), z.int()),
  unknownUseUnit: z.int(),
  rescueCoded: z.int(), // with a rescue code in force
  olderThan15: z.int(),
  meanQuality: z.number().nullable(),
});
export const overview = z.object({
  path: z.array(z.object({ code: z.string(), name: z.string() })), // from the city down to here
  here: overviewRow,
  below: z.array(overviewRow),
});
export type Overview = z.infer<typeof overview>;

const text = typed(200);
const day = z.iso.date();
const nullableDay = day.nullable();

/** What of an elevator itself can be written. Absent: left as it is. */
export const technicalEdit = z
  .object({
    kind,
    variety: typed(40),
    catalogue2014: z.string().max(4).nullable(),
    catalogueOld: z.string().max(4).nullable(),
    unit: text,
    inHouseNo: text,
    model: text,
    brand: text,
    madeOn: nullableDay,
    installedOn: nullableDay,
    inUseOn: nullableDay,
    nextInspectionOn: nullableDay,
    speedMmPerS: z.int().min(0).max(20_000).nullable(),
    loadKg: z.int().min(0).max(100_000).nullable(),
    bottomFloor: z.int().min(-20).max(250).nullable(),
    topFloor: z.int().min(-20).max(250).nullable(),
    stops: z.int().min(0).max(300).nullable(),
    params: z.record(typed(60), z.union([text, z.number(), z.boolean()])),
  })
  .partial();

/** Where it stands. Coordinates come with their reference system and are kept as given, beside WGS-84. */
export const buildingEdit = z
  .object({
    estate: text,
    name: text,
    road: text,
    districtCode: divisionCode.nullable(),
    streetCode: divisionCode.nullable(),
    communityCode: divisionCode.nullable(),
    given: z.object({ lng: z.number().min(73).max(136), lat: z.number().min(3).max(54), crs }).nullable(),
    powerFeeder: text.nullable(),
  })
  .partial();

/** A change of a file, all of it or nothing. */
export const fileEdit = z.object({
  technical: technicalEdit.optional(),
  building: buildingEdit.optional(),
  addIdentifiers: z
    .array(
      z.object({
        type: identifierType,
        value: typed(100).min(1),
        issuer: typed(40).default(''),
        validFrom: nullableDay.default(null),
      }),
    )
    .max(20)
    .default([]),
  endIdentifiers: z
    .array(z.object({ type: identifierType, value: typed(100).min(1), on: day }))
    .max(20)
    .default([]),
  classes: z
    .array(z.object({ field: classField, value: typed(60).min(1), source: text.min(1), asOfOn: day }))
    .max(20)
    .default([]),
  /** A role that one organisation holds at a time passes on: the one before ends the day before. */
  parties: z
    .array(
      z.object({
        role: partyRole,
        orgId: z.uuid().nullable(),
        personId: z.uuid().nullable().default(null),
        fromOn: day,
        source: text.min(1),
      }),
    )
    .max(20)
    .default([]),
  endParties: z
    .array(z.object({ id: z.uuid(), toOn: day }))
    .max(20)
    .default([]),
});
export type FileEdit = z.infer<typeof fileEdit>;

export const editAsk = z.object({ version: z.int().min(0), reason: text.min(1), edit: fileEdit });
export const diffLine = z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() });
export type DiffLine = z.infer<typeof diffLine>;
/** Done at once, or waiting for approval. */
export const editAnswer = z.object({
  done: z.boolean(),
  version: z.int(),
  changeId: z.uuid().nullable(),
  diff: z.array(diffLine),
});

export const newFile = z.object({
  kind,
  variety: typed(40),
  buildingId: z.uuid().optional(),
  source: text.min(1),
  state,
  edit: fileEdit,
});
export const created = z.object({ id: z.uuid() });

export const changeLine = z.object({
  id: z.uuid(),
  elevatorId: z.uuid(),
  address: z.string(),
  rescueCode: z.string().nullable(),
  baseVersion: z.int(),
  diff: z.array(diffLine),
  reason: z.string(),
  askedOrg: orgRef.nullable(),
  askedAt: z.iso.datetime(),
  dueOn: day,
  decision: z.enum(['approved', 'rejected']).nullable(),
  decidedAt: z.iso.datetime().nullable(),
  decidedNote: z.string().nullable(),
});
export const changePage = z.object({ items: z.array(changeLine), next: z.uuid().nullable() });
export const decisionAsk = z.object({ decision: z.enum(['approve', 'reject']), note: text.default('') });

export const evidenceKind = z.enum(EVIDENCE_KINDS);
export const lifeStep = z.enum(STEPS);
const fileHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .nullable()
  .default(null);
export const lifeAsk = z.object({
  version: z.int().min(0),
  step: lifeStep,
  on: day,
  evidence: z
    .array(z.object({ kind: evidenceKind, number: text.default(''), fileHash, note: text.default('') }))
    .max(10),
});
export const lifeAnswer = z.object({ state, version: z.int() });
export const lifeLine = z.object({
  id: z.uuid(),
  step: z.string(),
  fromState: z.string(),
  toState: z.string(),
  happenedOn: day,
  recordedAt: z.iso.datetime(),
  evidence: z.array(
    z.object({ kind: z.string(), number: z.string(), fileHash: z.string().nullable(), note: z.string() }),
  ),
});

export const mergeAsk = z.object({ gone: z.uuid(), reason: text.min(1) });

export const caseLine = z.object({
  id: z.uuid(),
  elevatorId: z.uuid(),
  address: z.string(),
  rescueCode: z.string().nullable(),
  streetCode: z.string().nullable(),
  openedAt: z.iso.datetime(),
  dueOn: day,
  overdue: z.boolean(),
  evidence: z.array(z.object({ at: z.string(), note: z.string(), fileHash: z.string().nullable() })),
  outcome: z.enum(['use_unit_named', 'not_in_use', 'opened_in_error']).nullable(),
  decision: z.string().nullable(),
  useUnit: orgRef.nullable(),
  decidedAt: z.iso.datetime().nullable(),
  version: z.int(),
});
export const casePage = z.object({ items: z.array(caseLine), next: z.uuid().nullable() });
export const caseEvidenceAsk = z.object({ note: text.min(1), fileHash });
export const caseDecisionAsk = z.object({
  version: z.int().min(0),
  outcome: z.enum(['use_unit_named', 'not_in_use', 'opened_in_error']),
  decision: text.min(1),
  useOrgId: z.uuid().nullable().default(null),
});

const units = z.object({ speed: z.enum(['m/s', 'mm/s', 'ft/min']), load: z.enum(['kg', 'lb']), crs });
const mapping = z.record(z.string().max(100), z.string().max(40)); // column → field; '' leaves the column out

/** An import: a file of rows, how its columns are read, and how far it is. */
export const importRun = z.object({
  id: z.uuid(),
  kind: z.string(),
  sourceName: z.string(),
  fileName: z.string(),
  format: z.object({ kind: z.enum(['csv', 'xlsx']), encoding: z.string(), delimiter: z.string() }),
  columns: z.array(z.string()),
  fields: z.array(z.string()), // what a column may mean; words under registry.field.<name>
  mapping,
  units,
  dry: z.boolean(), // nothing is written, only looked at
  state: z.enum(['ready', 'running', 'done', 'failed', 'cancelled']),
  reason: z.string().nullable(),
  rowsDone: z.int(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  remarked: z.int(),
  missing: z.record(z.string(), z.int()), // rows that say nothing for a field
  madeAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
});
export type ImportRunView = z.infer<typeof importRun>;
export const importPrepared = importRun.extend({ sample: z.array(z.array(z.string())) });
export const importRuns = z.object({ items: z.array(importRun) });
export const importStart = z.object({ dry: z.boolean(), mapping, units });
export const importFault = z.object({
  rowNo: z.int(),
  nth: z.int(),
  refused: z.boolean(), // the row was not taken; else only the cell was left out or remarked
  column: z.string(),
  value: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  line: z.string(), // in the caller's language: 第 312 行『注册代码』应为 20 位数字，现为 19 位
});
export const importFaults = z.object({ items: z.array(importFault), next: z.string().nullable() });
