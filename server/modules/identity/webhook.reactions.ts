import { webhookEvent } from '../../../contract/webhooks.ts';
import type { Reactions } from '../../kernel/module.ts';
import type { IdentityDeps } from './deps.ts';
import type { IdentityTables } from './tables.ts';
import { queueCalls } from './webhook.store.ts';

/** Every event that can be asked for is put in the line of those who asked for it and may see it. */
export const webhookReactions = ({ newId, now }: Pick<IdentityDeps, 'newId' | 'now'>): Reactions =>
  Object.fromEntries(
    webhookEvent.options.map((type): [string, Reactions[string]] => [
      type,
      async (tx, event) => {
        await queueCalls(tx.withTables<IdentityTables>(), event, { newId, now: now() });
      },
    ]),
  );
