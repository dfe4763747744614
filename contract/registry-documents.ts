import { z } from 'zod';
import { DOCUMENT_KINDS } from './registry-vocabulary.ts';
import { typed as text } from './text.ts';

/** What belongs to an elevator's file beside its facts: papers, and other files that may be the same elevator. */

export const documentKind = z.enum(DOCUMENT_KINDS);

const day = z.iso.date();

export const documentAsk = z.object({
  fileId: z.uuid(), // of an upload to /files
  kind: documentKind,
  title: text(120).min(1),
  issuer: text(120).default(''),
  issuedOn: day.nullable().default(null),
  expiresOn: day.nullable().default(null),
});

export const documentLine = z.object({
  id: z.uuid(),
  kind: documentKind,
  title: z.string(),
  issuer: z.string(),
  issuedOn: day.nullable(),
  expiresOn: day.nullable(),
  validity: z.enum(['valid', 'expires_soon', 'expired', 'open_ended', 'withdrawn']),
  fileName: z.string(),
  mediaType: z.string(),
  sizeBytes: z.int(),
  addedAt: z.iso.datetime(),
  withdrawnReason: z.string().nullable(),
  canWithdraw: z.boolean(),
});
export type DocumentLine = z.infer<typeof documentLine>;
export const documentList = z.object({ items: z.array(documentLine), canAdd: z.boolean() });
export const withdrawalAsk = z.object({ reason: text(200).min(1) });

/** A file that may be the same elevator. */
export const doubleLine = z.object({
  id: z.uuid(),
  address: z.string(),
  rescueCode: z.string().nullable(),
  registrationCode: z.string().nullable(),
  by: z.enum(['code', 'place']), // a code of both, or the same in-house number in one building
});
export type DoubleLine = z.infer<typeof doubleLine>;

/** What files still lack, by kind of gap. */
export const gapWork = z.object({
  items: z.array(
    z.object({
      code: z.string(), // a code of words/registry.ts
      by: z.string(), // who can mend it: registry.gap_by.<by>
      points: z.int(), // what each file gains
      elevators: z.int(),
      mine: z.boolean(), // the viewer's role can mend it
    }),
  ),
});
