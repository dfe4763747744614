import type { Tx } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import { publish } from '../../kernel/outbox.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { note } from '../../kernel/trace.ts';
import { type FileRefusal, openFile } from './change.service.ts';
import { saveChange } from './change.store.ts';
import type { RegistryDeps } from './deps.ts';
import { findFiles, type StoredFile } from './file.store.ts';
import type { RegistryTables } from './tables.ts';

export type MergeRefusal = FileRefusal | { code: 'registry.merge_same' };

/**
 * Two files were one elevator: `gone` goes into `stays`. Every code of both leads to the file that stays, the parties
 * and classes it lacked come with them, both histories are kept, and the old id resolves to the new one.
 */
export async function mergeFiles(
  deps: RegistryDeps,
  viewer: Viewer,
  { stays, gone }: { stays: ElevatorId; gone: ElevatorId; reason: string },
): Promise<Result<{ id: ElevatorId }, MergeRefusal>> {
  if (stays === gone) return refuse({ code: 'registry.merge_same' });
  return deps.scoped(viewer, async (tx) => {
    const keeper = await openFile(tx, { id: stays, version: null });
    if (!keeper.ok) return keeper;
    const double = await openFile(tx, { id: gone, version: null });
    if (!double.ok) return double;
    await moveParts(tx, keeper.value, double.value);
    await endCase(tx, gone, { at: deps.now(), by: viewer.accountId });
    await tx
      .updateTable('registry.elevator')
      .set({
        merged_into: stays,
        registration_code: null,
        rescue_code: null,
        changed_at: deps.now(),
        version: double.value.version + 1,
      })
      .where('id', '=', gone)
      .execute();
    const [joined] = await findFiles(tx, [stays]);
    if (!joined) return refuse({ code: 'registry.not_found' });
    const saving = { now: deps.now(), newId: deps.newId, areaName: deps.city.areas.name };
    const saved = await saveChange(tx, { was: joined, next: { ...joined } }, saving);
    if (!saved) return refuse({ code: 'registry.changed_meanwhile' });
    await tell(deps, tx, { stays, gone, audience: saved.derived, version: saved.version });
    return accept({ id: stays });
  });
}

/** Codes move with where they came from; a party or class moves when the keeper has none in its place. */
async function moveParts(tx: Tx<RegistryTables>, keeper: StoredFile, double: StoredFile): Promise<void> {
  const { id: stays } = keeper;
  const { id: gone } = double;
  await tx
    .updateTable('registry.identifier')
    .set({ elevator_id: stays, came_from: gone })
    .where('elevator_id', '=', gone)
    .execute();
  const held = new Set(keeper.parties.filter((p) => p.toOn === null).map((p) => p.role));
  for (const party of double.parties) {
    if (party.toOn === null && held.has(party.role)) continue;
    await tx.updateTable('registry.party').set({ elevator_id: stays }).where('id', '=', party.id).execute();
  }
  const known = keeper.classes.map((c) => c.field);
  await tx
    .updateTable('registry.classification')
    .set({ elevator_id: stays })
    .where('elevator_id', '=', gone)
    .$if(known.length > 0, (q) => q.where('field', 'not in', known))
    .execute();
}

/** Nobody has to be found for a file that is no elevator of its own. */
async function endCase(tx: Tx<RegistryTables>, gone: ElevatorId, { at, by }: { at: Date; by: string }): Promise<void> {
  await tx
    .updateTable('registry.responsibility_case')
    .set({ outcome: 'opened_in_error', decision: 'registry.merged', decided_by: by, decided_at: at })
    .where('elevator_id', '=', gone)
    .where('outcome', 'is', null)
    .execute();
}

type Telling = {
  stays: ElevatorId;
  gone: ElevatorId;
  audience: { areaCodes: string[]; orgIds: string[] };
  version: number;
};

async function tell(
  deps: RegistryDeps,
  tx: Tx<RegistryTables>,
  { stays, gone, audience, version }: Telling,
): Promise<void> {
  const at = deps.now();
  const line = { at, params: {}, audience };
  await note(tx, [
    { ...line, subject: stays, code: 'registry.trace.merged', ref: gone },
    { ...line, subject: gone, code: 'registry.trace.merged_away', ref: stays },
  ]);
  const event = { v: 1, occurredAt: at, subject: stays, version, audience };
  await publish(tx, [
    { ...event, id: deps.newId(), type: 'registry.elevator_merged', data: { elevatorId: stays, goneId: gone } },
    { ...event, id: deps.newId(), type: 'registry.elevator_changed', data: { elevatorId: stays, fields: ['merged'] } },
  ]);
}
