import type { Tx } from '../../kernel/db.ts';
import { type Result, refuse } from '../../kernel/result.ts';
import { actAs, type Viewer } from '../../kernel/scope.ts';
import type { CallRow } from './call.tables.ts';
import type { RescueDeps } from './deps.ts';
import type { FieldRefusal } from './status.ts';
import type { RescueTables } from './tables.ts';

/** A call, held so that nobody else changes it meanwhile. */
export type HeldCall = Awaited<ReturnType<typeof holdCall>>;

export const holdCall = (tx: Tx<RescueTables>, id: string) =>
  tx.selectFrom('rescue.call').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirstOrThrow();

/** Somebody asks for help, and nobody knows yet in which elevator. */
export const isUnplaced = ({
  kind,
  incident_id,
  settled_at,
}: Pick<CallRow, 'kind' | 'incident_id'> & { settled_at: Date | null }): boolean =>
  kind === 'entrapment' && incident_id === null && settled_at === null;

/** Do something about a call that the viewer sees, in his name, while it is held. A refusal changes nothing. */
export async function actOnCall<Done>(
  deps: RescueDeps,
  { viewer, id }: { viewer: Viewer; id: string },
  act: (tx: Tx<RescueTables>, held: HeldCall) => Promise<Result<Done, FieldRefusal>>,
): Promise<Result<Done, FieldRefusal>> {
  const seen = await deps.scoped(viewer, (tx) =>
    tx.selectFrom('rescue.call').select('id').where('id', '=', id).executeTakeFirst(),
  );
  if (!seen) return refuse({ code: 'rescue.no_call' });
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, viewer.accountId);
    return act(tx, await holdCall(tx, id));
  });
}
