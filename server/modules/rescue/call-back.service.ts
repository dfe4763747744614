import { keepAct } from '../../kernel/audit.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { CALLER } from './call.service.ts';
import { actOnCall } from './call-act.service.ts';
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
export const recordCallBack = (
  deps: RescueDeps,
  viewer: Viewer,
  { id, said }: { id: string; said: string },
): Promise<Result<null, FieldRefusal>> =>
  actOnCall(deps, { viewer, id }, async (tx, { call_back }) => {
    if (call_back !== 'wanted') return refuse({ code: 'rescue.no_call_back' });
    const rung = { call_back: 'done' as const, call_back_at: deps.now(), call_back_said: said };
    await tx.updateTable('rescue.call').set(rung).where('id', '=', id).execute();
    await keepAct(tx, { action: 'call_back', object: 'rescue.call', rowId: id, after: { said } });
    return accept(null);
  });
