import { z } from 'zod';

/** Being told of events at an address of one's own: docs/interfaces/webhooks.md. */

const instant = z.iso.datetime({ offset: true });

export const webhookEvent = z.enum([
  'rescue.incident_opened',
  'rescue.incident_changed',
  'rescue.people_released',
  'rescue.release_corrected',
  'rescue.incident_closed',
]);

export const webhookInput = z.object({
  name: z.string().trim().min(1).max(60),
  url: z.string().trim().min(8).max(500),
  events: z.array(webhookEvent).min(1).max(20),
});
export const webhookChange = webhookInput.extend({ active: z.boolean(), version: z.int().nonnegative() });

export const webhook = webhookInput.extend({
  id: z.uuid(),
  org: z.string(),
  active: z.boolean(),
  version: z.int(),
  createdAt: instant,
  waiting: z.int(),
  dead: z.int(), // given up: they wait for somebody to try again
});
export const webhookList = z.object({ items: z.array(webhook) });
/** The secret calls are signed with, shown this once. */
export const webhookMade = z.object({ id: z.uuid(), secret: z.string() });

export const webhookCall = z.object({
  id: z.uuid(),
  type: z.string(),
  subject: z.string(),
  occurredAt: instant,
  state: z.enum(['waiting', 'sent', 'dead']),
  attempts: z.int(),
  retryAt: instant,
  doneAt: instant.nullable(),
  lastError: z.string(),
});
export const webhookCalls = z.object({ items: z.array(webhookCall) });
export const webhookCallQuery = z.object({ state: z.enum(['waiting', 'sent', 'dead']).optional() });
export const webhookRetried = z.object({ calls: z.int() });
