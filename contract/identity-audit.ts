import { z } from 'zod';
import { instant } from './identity.ts';

/** The audit. */

export const auditQuerySchema = z.object({
  actor: z.string().max(100).optional(),
  action: z.string().max(100).optional(),
  object: z.string().max(100).optional(), // a table, or a whole module as 'identity.'
  rowId: z.string().max(100).optional(),
  from: instant.optional(),
  to: instant.optional(),
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const auditItemSchema = z.object({
  id: z.int(),
  at: instant,
  actor: z.string(),
  actorName: z.string(),
  action: z.string(),
  object: z.string(),
  rowId: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
});

/** `next` goes back as `before`. */
export const auditList = z.object({ items: z.array(auditItemSchema), next: z.int().nullable() });
