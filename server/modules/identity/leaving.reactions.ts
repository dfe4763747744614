import { z } from 'zod';
import type { Tx } from '../../kernel/db.ts';
import type { OrgId, PersonId } from '../../kernel/ids.ts';
import type { Reactions } from '../../kernel/module.ts';
import { dayOf } from '../../kernel/time.ts';
import type { IdentityDeps } from './deps.ts';
import { endSessions } from './sign-in.store.ts';
import type { IdentityTables } from './tables.ts';

const volunteersEnded = z.object({ data: z.object({ orgId: z.uuid(), personIds: z.array(z.uuid()) }) });

/** A volunteer force stands no more: its organisation closes, its people have left, nobody signs in for it any more. */
export const leavingReactions = ({ now }: Pick<IdentityDeps, 'now'>): Reactions => ({
  'rescue.volunteers_ended': async (tx, event) => {
    const { orgId, personIds } = volunteersEnded.parse(event).data;
    const at = now();
    const identity = tx.withTables<IdentityTables>();
    await identity
      .updateTable('identity.org')
      .set((e) => ({ closed_on: dayOf(at), version: e('version', '+', 1) }))
      .where('id', '=', orgId as OrgId)
      .where('closed_on', 'is', null)
      .execute();
    if (personIds.length > 0)
      await identity
        .updateTable('identity.person')
        .set((e) => ({ left_on: dayOf(at), version: e('version', '+', 1) }))
        .where('id', 'in', personIds as PersonId[])
        .where('left_on', 'is', null)
        .execute();
    await suspendAll(identity, orgId as OrgId, at);
  },
});

async function suspendAll(tx: Tx<IdentityTables>, orgId: OrgId, at: Date): Promise<void> {
  const accounts = await tx
    .updateTable('identity.account')
    .set((e) => ({ state: 'suspended' as const, version: e('version', '+', 1) }))
    .where('org_id', '=', orgId)
    .where('state', '=', 'active')
    .returning('id')
    .execute();
  for (const { id } of accounts) await endSessions(tx, { accountId: id }, at);
}
