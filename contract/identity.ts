import { z } from 'zod';
import { CERTIFICATE_KINDS, DUTIES, LICENCE_KINDS, ORG_KINDS, ROLES } from './identity-vocabulary.ts';
import { typed } from './text.ts';

/** What the topics of identity over HTTP share: closed lists, divisions, and the fields of forms. */

export const roleSchema = z.enum(ROLES);
export type RoleId = z.infer<typeof roleSchema>;
export const orgKindSchema = z.enum(ORG_KINDS);
export type OrgKind = z.infer<typeof orgKindSchema>;
export const licenceKindSchema = z.enum(LICENCE_KINDS);
export const certificateKindSchema = z.enum(CERTIFICATE_KINDS);
export const dutySchema = z.enum(DUTIES);
export type Duty = z.infer<typeof dutySchema>;
export const text = typed;
export const required = (max: number) => text(max).refine((s) => s.length > 0, 'empty');
export const areaCode = z.string().regex(/^\d{6,12}$/);
export const id = z.uuid();
export const day = z.iso.date();
export const instant = z.iso.datetime();

/** An act that may be refused: true, or the code of the refusal (words under the same code). */
export const canSchema = z.union([z.literal(true), z.string()]);
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });

export const divisionSchema = z.object({
  code: z.string(),
  name: z.string(),
  level: z.enum(['province', 'city', 'district', 'street', 'community']),
  parentCode: z.string().nullable(),
  validTo: z.string().nullable(),
  successors: z.array(z.string()),
});
