import type { Tx } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import type { Reactions } from '../../kernel/module.ts';
import { openCases } from './case.service.ts';
import type { RegistryDeps } from './deps.ts';
import { neighbours, placesOf, refreshDerived } from './derived.store.ts';
import { readElevatorChanged, readElevatorMerged, readElevatorsImported } from './events.ts';
import { forgetEmptyPlaces, refreshPlaces } from './search.store.ts';
import type { RegistryTables } from './tables.ts';

/**
 * What follows from a change of a file, as the owner, because it reaches beyond what the one who changed it sees: the
 * other elevators of the building, what the search box finds, and a case where nobody answers any more.
 */
export const registryReactions = (deps: RegistryDeps): Reactions => ({
  'registry.elevator_changed': async (tx, event) => {
    const { elevatorId, fields } = readElevatorChanged(event).data;
    const own = registryTx(tx);
    const id = elevatorId as ElevatorId;
    if (fields.some((f) => f.startsWith('building.'))) {
      const ground = { areaName: deps.city.areas.name, now: deps.now() };
      await refreshDerived(own, await neighbours(own, id), ground);
    }
    await follow(deps, own, [id]);
    if (fields.some((f) => f.startsWith('building.'))) await forgetEmptyPlaces(own);
  },
  'registry.elevators_imported': async (tx, event) => {
    const ids = readElevatorsImported(event).data.elevatorIds.map((id) => id as ElevatorId);
    await follow(deps, registryTx(tx), ids);
  },
  'registry.elevator_merged': async (tx, event) => {
    const { elevatorId, goneId } = readElevatorMerged(event).data;
    await follow(deps, registryTx(tx), [elevatorId as ElevatorId, goneId as ElevatorId]);
  },
});

const registryTx = (tx: Tx<unknown>): Tx<RegistryTables> => tx.withTables<RegistryTables>();

async function follow(deps: RegistryDeps, tx: Tx<RegistryTables>, ids: readonly ElevatorId[]): Promise<void> {
  await refreshPlaces(tx, await placesOf(tx, ids), deps.city.areas.name);
  await openCases(deps, tx, ids);
}
