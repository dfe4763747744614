import { z } from 'zod';

/** The key of an act that may be sent twice by mistake. */
export const keyHeader = z.object({ 'idempotency-key': z.string().trim().min(8).max(120).optional() });
