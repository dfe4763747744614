import { z } from 'zod';
import { typed } from './text.ts';

/** 业主: a household asks for the building it lives in, the street confirms. */

export const householdInput = z.object({
  code: typed(40).min(1), // of an elevator in the building, as on its plate
  unit: typed(60).min(1), // 2 单元 1203 室
});

export const householdEnding = z.object({ reason: typed(200).min(2) });

export const flatLook = z.object({ reason: typed(200).min(2) });
export const flatInFull = z.object({ unit: z.string() });

export const householdState = z.enum(['asked', 'verified', 'refused', 'ended']);

export const household = z.object({
  id: z.uuid(),
  number: z.string(), // by which the office finds whom it speaks with: no name is kept
  address: z.string(),
  unit: z.string(), // masked, but for the owner himself
  state: householdState,
  askedAt: z.iso.datetime(),
  verifiedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  reason: z.string().nullable(), // why it was refused or ended
});
export const householdPage = z.object({ items: z.array(household), next: z.string().nullable() });
export type Household = z.infer<typeof household>;
