import type { z } from 'zod';
import type { webhookChange, webhookInput } from '../../../contract/webhooks.ts';
import type { Db } from '../../kernel/db.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Scoped, Viewer } from '../../kernel/scope.ts';
import { newSecret, type SecretData } from '../../kernel/secret-data.ts';
import type { IdentityTables } from './tables.ts';
import { WEBHOOK_SECRET } from './webhook.carrier.ts';
import { judgeUrl, type WebhookRefusal } from './webhook.rules.ts';

export type WebhookDeps = {
  db: Db<IdentityTables>;
  scoped: Scoped<IdentityTables>;
  secret: SecretData;
  now: () => Date;
  newId: () => string;
  loopback: boolean;
};

type Done<T> = Promise<Result<T, WebhookRefusal>>;

/** Ask to be told of events. It will be told of what its maker sees now. The secret is shown this once. */
export async function addWebhook(
  deps: WebhookDeps,
  viewer: Viewer,
  given: z.output<typeof webhookInput>,
): Done<{ id: string; secret: string }> {
  const { orgId, scope } = viewer;
  if (!orgId) return refuse({ code: 'identity.webhook_without_org' });
  const url = judgeUrl(given.url, deps.loopback);
  if (!url.ok) return url;
  const [id, secret] = [deps.newId(), newSecret()];
  await deps.scoped(viewer, (tx) =>
    tx
      .insertInto('identity.webhook')
      .values({
        id,
        org_id: orgId,
        name: given.name,
        url: url.value,
        secret: deps.secret.seal(WEBHOOK_SECRET, secret),
        events: [...given.events],
        scope: JSON.stringify(scope),
        created_at: deps.now(),
        area_codes: [...scope.areas],
        org_ids: [orgId],
      })
      .execute(),
  );
  return accept({ id, secret });
}

/** Change a webhook, or let it rest. Its scope becomes that of whoever changes it. */
export async function changeWebhook(
  deps: WebhookDeps,
  viewer: Viewer,
  { id, version, url: asked, events, ...facts }: z.output<typeof webhookChange> & { id: string },
): Done<null> {
  const url = judgeUrl(asked, deps.loopback);
  if (!url.ok) return url;
  return deps.scoped(viewer, async (tx) => {
    const was = await tx.selectFrom('identity.webhook').select('version').where('id', '=', id).executeTakeFirst();
    if (!was) return refuse({ code: 'identity.no_webhook' });
    const { numUpdatedRows } = await tx
      .updateTable('identity.webhook')
      .set({
        ...facts,
        url: url.value,
        events: [...events],
        scope: JSON.stringify(viewer.scope),
        version: version + 1,
      })
      .where('id', '=', id)
      .where('version', '=', version)
      .executeTakeFirst();
    return numUpdatedRows === 1n ? accept(null) : refuse({ code: 'identity.webhook_changed' });
  });
}

/** Try again what was given up. Returns how many calls wait anew. */
export async function retryDead(deps: WebhookDeps, viewer: Viewer, id: string): Done<{ calls: number }> {
  return deps.scoped(viewer, async (tx) => {
    const seen = await tx.selectFrom('identity.webhook').select('id').where('id', '=', id).executeTakeFirst();
    if (!seen) return refuse({ code: 'identity.no_webhook' });
    const { numUpdatedRows } = await tx
      .updateTable('identity.webhook_call')
      .set({ state: 'waiting', attempts: 0, retry_at: deps.now(), done_at: null })
      .where('webhook_id', '=', id)
      .where('state', '=', 'dead')
      .executeTakeFirst();
    return accept({ calls: Number(numUpdatedRows) });
  });
}
