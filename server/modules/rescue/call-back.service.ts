import { keepAct } from '../../kernel/audit.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { actAs, type Viewer } from '../../kernel/scope.ts';
import { CALLER } from './call.service.ts';
import type { RescueDeps } from './deps.ts';
import type { FieldRefusal } from './status.ts';

/** The caller's number in full. Who looked, when and why stays in the audit for ever. */
export async function unmaskCaller(
  deps: RescueDeps,
  viewer: Viewer,
  { id, reason }: { id: string; reason: string },
): Promise<Result<{ caller: string }, FieldRefusal>> {
  return deps.scoped(viewer, async (tx) => {
    const row = await tx.selectFrom('rescue.call').select('caller').where('id', '=', id).executeTakeFirst();
    if (!row) return refuse({ code: 'rescue.no_call' });
    if (!row.caller) return refuse({ code: 'rescue.no_caller' });
    await keepAct(tx, { action: 'unmask', object: 'rescue.call', rowId: id, after: { reason } });
    return accept({ caller: deps.secret.open(CALLER, row.caller) });
  });
}

/** Somebody has rung back. What was said stands beside the call. */
export async function recordCallBack(
  deps: RescueDeps,
  viewer: Viewer,
  { id, said }: { id: string; said: string },
): Promise<Result<null, FieldRefusal>> {
  const seen = await deps.scoped(viewer, (tx) =>
    tx.selectFrom('rescue.call').select('call_back').where('id', '=', id).executeTakeFirst(),
  );
  if (!seen) return refuse({ code: 'rescue.no_call' });
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, viewer.accountId);
    const { numUpdatedRows } = await tx
      .updateTable('rescue.call')
      .set({ call_back: 'done', call_back_at: deps.now(), call_back_said: said })
      .where('id', '=', id)
      .where('call_back', '=', 'wanted')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return refuse({ code: 'rescue.no_call_back' });
    await keepAct(tx, { action: 'call_back', object: 'rescue.call', rowId: id, after: { said } });
    return accept(null);
  });
}
