import { z } from 'zod';
import { fact, measure, type Plain, sourceSchema } from '../../kernel/packs.ts';

const code = z.string().regex(/^[a-z][a-z0-9_]*$/);
const item = z.strictObject({ code, title: z.string().min(1), namedIn: z.array(sourceSchema).min(1) });

/** `packs/<city>/market.json`: the rules of the market as published, clocks, when a tie is listed, what starts a phase. */
export const marketPack = z.strictObject({
  rules: z.array(z.strictObject({ code, text: z.string().min(1), namedIn: z.array(sourceSchema).min(1) })).min(1),
  complaintDays: measure('working_days', z.int().min(1).max(120)),
  topics: z.array(code).min(1),
  ties: z.strictObject({
    method: fact(z.string().min(1)),
    leastHolders: measure('customers', z.int().min(2).max(1_000)), // fewer customers say nothing about referrals
    leastClaims: measure('claims', z.int().min(1).max(1_000)),
    workListBits: measure('bits', z.number().min(0).max(100)),
  }),
  programme: z.strictObject({
    marks: fact(z.array(code)), // classes of elevators that go first
    items: z.strictObject({ pilot: z.array(item), rollout: z.array(item), routine: z.array(item) }),
  }),
});
export type MarketPack = z.infer<typeof marketPack>;
export type MarketSettings = Plain<MarketPack>;
