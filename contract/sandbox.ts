import { z } from 'zod';
import { id, instant, required } from './identity.ts';
import { GRANTS } from './identity-vocabulary.ts';

/** Keys of a sandbox: handed to whoever asks, for the systems of these kinds. */

/** The page on which keys are handed out. */
export const SANDBOX_PATH = '/~/sandbox';

/** What a system may be, that is tried on the sandbox: `sandbox.kind.<kind>`. */
export const SANDBOX_KINDS = ['maker', 'maintenance', 'desk', 'insurer', 'broker', 'reader'] as const;

export const sandboxRequestSchema = z.object({
  name: required(60), // what the system is called
  kind: z.enum(SANDBOX_KINDS),
});

export const sandboxKeysSchema = z.object({
  clientId: id, // client_id at the token door, user name at the MQTT door
  org: z.object({ id, name: z.string() }).nullable(), // null: it speaks for the whole city
  grants: z.array(z.enum(GRANTS)),
  secrets: z.array(z.object({ door: z.enum(['api', 'mqtt']), secret: z.string() })),
  endsAt: instant, // after this the secrets open nothing
  elevators: z.array(z.object({ id, rescueCode: z.string() })), // some that it may speak for
});

export type SandboxKeys = z.infer<typeof sandboxKeysSchema>;
