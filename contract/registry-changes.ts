import { z } from 'zod';
import { classField, crs, divisionCode, identifierType, kind, orgRef, partyRole, state } from './registry.ts';
import { typed } from './text.ts';

/** Changes of a file: asked for, decided on, done; new files and merged ones. */

export const text = typed(200);
export const day = z.iso.date();
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
export const mergeAsk = z.object({ gone: z.uuid(), reason: text.min(1) });
