import { z } from 'zod';

/** What insurance tells other modules. Frozen: a change is a new version beside the old. `subject` is the claim's id. */

const claimChangedV1 = z.object({
  type: z.literal('insurance.claim_changed'),
  v: z.literal(1),
  data: z.object({
    claimId: z.uuid(),
    elevatorId: z.uuid(),
    policyId: z.uuid(),
    phase: z.string(), // an open list
    by: z.string(), // the act that changed it, an open list
  }),
});

export type ClaimChanged = z.infer<typeof claimChangedV1>;

/** Read any version ever published and return the newest. Throws on anything else. */
export const readClaimChanged = (raw: unknown): ClaimChanged => claimChangedV1.parse(raw);
