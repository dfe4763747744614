import { z } from 'zod';
import { level, needsInput, phase } from './rescue.ts';

/** What 96333 platforms tell each other. */

const instant = z.iso.datetime({ offset: true });
const said = z.string().max(2_000);
const short = z.string().max(200);

/** A message of another 96333 platform. `messageId` is numbered there: a repeat is acknowledged and does nothing. */
export const exchangeMessage = z.object({
  messageId: z.string().min(1).max(64),
  sentAt: instant,
  body: z.discriminatedUnion('what', [
    z.object({
      what: z.literal('incident'),
      ref: z.string().min(1).max(64), // the incident's number there
      code: z.string().min(1).max(40),
      reportedAt: instant,
      said: said.default(''),
      needs: needsInput.default({}),
    }),
    z.object({
      what: z.literal('state'),
      ref: z.string().min(1).max(64),
      peerRef: z.string().max(64), // the incident's number here
      phase,
      level,
      at: instant,
      crew: short.default(''),
      people: z.int().min(0).max(200).nullable().default(null),
    }),
  ]),
});
export type ExchangeMessage = z.infer<typeof exchangeMessage>;
export const exchangeAck = z.object({ messageId: z.string(), repeated: z.boolean(), ref: z.string().nullable() });
