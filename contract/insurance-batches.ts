import { z } from 'zod';
import { bindInput } from './insurance.ts';
import { MOST_AT_ONCE } from './insurance-vocabulary.ts';

/** Many policies in one act: each is done or refused by itself. */

const id = z.uuid();

export const bindManyInput = z.strictObject({
  bindings: z
    .array(bindInput.extend({ quoteId: id }))
    .min(1)
    .max(MOST_AT_ONCE),
});
/** In the order asked. */
export const boundMany = z.object({
  bound: z.int(),
  items: z.array(
    z.object({
      quoteId: id,
      policyId: id.nullable(), // null when refused
      quote: z.string().nullable(), // the quote's number; null where none is seen
      holder: z.string(),
      place: z.string(), // where the first of its elevators stands
      elevators: z.int(),
      refusal: z.looseObject({ code: z.string() }).nullable(),
      why: z.string().nullable(), // the refusal in the caller's language
    }),
  ),
});

export const issueManyInput = z.strictObject({
  policyIds: z.array(id).min(1).max(MOST_AT_ONCE).nullable().default(null), // null: whatever one's organisation leads and is paid
});
export const issuedMany = z.object({
  issued: z.int(),
  left: z.int(), // paid and not issued yet, where none were named: ask again
  items: z.array(
    z.object({
      policyId: id,
      number: z.string().nullable(), // null when it is not seen
      holder: z.string(),
      issued: z.boolean(),
      refusal: z.looseObject({ code: z.string() }).nullable(),
      why: z.string().nullable(),
    }),
  ),
});
