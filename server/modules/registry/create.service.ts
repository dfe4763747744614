import type { FileEdit } from '../../../contract/registry-changes.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import { publish } from '../../kernel/outbox.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { note } from '../../kernel/trace.ts';
import { insertBuildings, insertFiles } from './bulk.store.ts';
import { type ChangeRefusal, groundOf } from './change.service.ts';
import type { RegistryDeps } from './deps.ts';
import { applyEdit } from './edit.rules.ts';
import { blankTechnical, derive, type ElevatorFile } from './file.rules.ts';
import { buildingFrom } from './file.store.ts';
import { codeTaken } from './taken.views.ts';
import type { Kind, State } from './vocabulary.rules.ts';

export type NewAsk = {
  kind: Kind;
  variety: string;
  buildingId?: string | undefined;
  source: string;
  state: State;
  edit: FileEdit;
};

/** Open a file for an elevator that has none. */
export async function createFile(
  deps: RegistryDeps,
  viewer: Viewer,
  ask: NewAsk,
): Promise<Result<{ id: ElevatorId }, ChangeRefusal>> {
  return deps.scoped(viewer, async (tx) => {
    const at = deps.now();
    const stands = ask.buildingId
      ? await tx.selectFrom('registry.building').selectAll().where('id', '=', ask.buildingId).executeTakeFirst()
      : undefined;
    if (ask.buildingId && !stands) return refuse({ code: 'registry.not_found' });
    const empty: ElevatorFile = {
      id: deps.newId() as ElevatorId,
      state: ask.state,
      stateAt: at,
      technical: blankTechnical(ask.kind, ask.variety),
      building: stands ? buildingFrom(stands) : null,
      identifiers: [],
      parties: [],
      classes: [],
      source: ask.source,
    };
    const made = applyEdit(empty, ask.edit, groundOf(deps));
    if (!made.ok) return made;
    const file = made.value;
    const taken = await codeTaken(tx, file.id, file.identifiers);
    if (taken) return refuse({ code: 'registry.identifier_taken', value: taken });
    if (file.building && !stands) await insertBuildings(tx, [file.building]);
    await insertFiles(tx, [file], { newId: deps.newId, areaName: deps.city.areas.name });
    const audience = derive(file, deps.city.areas.name);
    await note(tx, [
      { subject: file.id, at, code: 'registry.trace.created', params: { source: ask.source }, ref: null, audience },
    ]);
    const event = { v: 1, occurredAt: at, subject: file.id, version: 0, audience };
    await publish(tx, [
      { ...event, id: deps.newId(), type: 'registry.elevator_changed', data: { elevatorId: file.id, fields: ['*'] } },
    ]);
    return accept({ id: file.id });
  });
}
