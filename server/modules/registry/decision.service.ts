import { fileEdit } from '../../../contract/registry-changes.ts';
import type { Tx } from '../../kernel/db.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { note } from '../../kernel/trace.ts';
import { type ChangeRefusal, groundOf, openFile, writeChange } from './change.service.ts';
import type { RegistryDeps } from './deps.ts';
import { applyEdit, diffOf, type EditedFile } from './edit.rules.ts';
import type { ChangeRequestRow, RegistryTables } from './tables.ts';

export type DecisionRefusal =
  | ChangeRefusal
  | { code: 'registry.change_decided' }
  | { code: 'registry.change_own' }
  | { code: 'registry.change_stale' };
export type DecisionAsk = { id: string; decision: 'approve' | 'reject'; note: string };

/** Decide a change that waits. It is written as it was asked for, unless the file has changed since. */
export async function decideChange(
  deps: RegistryDeps,
  viewer: Viewer,
  ask: DecisionAsk,
): Promise<Result<{ version: number }, DecisionRefusal>> {
  return deps.scoped(viewer, async (tx) => {
    const request = await tx
      .selectFrom('registry.change_request')
      .selectAll()
      .where('id', '=', ask.id)
      .forUpdate()
      .executeTakeFirst();
    if (!request) return refuse({ code: 'registry.not_found' });
    if (request.decision) return refuse({ code: 'registry.change_decided' });
    if (request.asked_by === viewer.accountId) return refuse({ code: 'registry.change_own' });
    const found = await openFile(tx, { id: request.elevator_id, version: null });
    if (!found.ok) return found;
    const was = found.value;
    if (ask.decision === 'reject') {
      await close(deps, tx, { request, viewer, ask });
      return accept({ version: was.version });
    }
    if (was.version !== request.base_version) return refuse({ code: 'registry.change_stale' });
    const next = applyEdit<EditedFile>(was, fileEdit.parse(request.edit), groundOf(deps));
    if (!next.ok) return next;
    const saved = await writeChange(deps, tx, { was, next: next.value, diff: diffOf(was, next.value) });
    if (!saved.ok) return saved;
    await close(deps, tx, { request, viewer, ask });
    return accept({ version: saved.value });
  });
}

type Closing = {
  request: Pick<ChangeRequestRow, 'id' | 'elevator_id' | 'area_codes' | 'org_ids'>;
  viewer: Viewer;
  ask: DecisionAsk;
};

async function close(deps: RegistryDeps, tx: Tx<RegistryTables>, { request, viewer, ask }: Closing): Promise<void> {
  const at = deps.now();
  const approved = ask.decision === 'approve';
  await tx
    .updateTable('registry.change_request')
    .set({
      decision: approved ? 'approved' : 'rejected',
      decided_by: viewer.accountId,
      decided_at: at,
      decided_note: ask.note,
    })
    .where('id', '=', request.id)
    .execute();
  await note(tx, [
    {
      subject: request.elevator_id,
      at,
      code: approved ? 'registry.trace.change_approved' : 'registry.trace.change_rejected',
      params: { reason: ask.note },
      ref: request.id,
      audience: { areaCodes: request.area_codes, orgIds: request.org_ids },
    },
  ]);
}
