import { z } from 'zod';
import type { ImportKind } from '../../kernel/import-kind.ts';
import { enqueue } from '../../kernel/jobs.ts';
import type { Kernel, Module } from '../../kernel/module.ts';
import type { Manifest } from '../../kernel/packs.ts';
import { scopedOn } from '../../kernel/scope.ts';
import { secretData } from '../../kernel/secret-data.ts';
import { fileCan } from './can.rules.ts';
import { changeRoutes } from './change.routes.ts';
import { cityOf, type RegistryNeeds } from './city.ts';
import type { CoverOf, InsuredElevators, RegistryDeps } from './deps.ts';
import { writeGaps } from './derived.store.ts';
import { documentRoutes } from './document.routes.ts';
import { exportRoutes } from './export.routes.ts';
import { fileRoutes } from './file.routes.ts';
import { filesWithoutGaps } from './gap.views.ts';
import { householdRoutes } from './household.routes.ts';
import { importFile, kindsByName } from './import.file.ts';
import { importRoutes } from './import.routes.ts';
import { type ImportDeps, processImport } from './import.service.ts';
import { runningRuns } from './import.store.ts';
import { elevatorImport } from './import-elevators.ts';
import { relationImport } from './import-relations.ts';
import { industryRoutes } from './industry.routes.ts';
import { feedMap, type LiveStates } from './map.feed.ts';
import { mapRoutes } from './map.routes.ts';
import { openMapThread } from './map.thread.ts';
import { foldTally } from './overview.views.ts';
import { plateRoutes, scanRoutes } from './plates.routes.ts';
import { registryReactions } from './reactions.ts';
import { ASKERS, REGISTRARS } from './roles.ts';
import { refreshAreas, refreshOrgs } from './search.store.ts';
import type { RegistryTables } from './tables.ts';
import { useSignRoutes } from './use-sign.routes.ts';
import { registryWaiting } from './waiting.views.ts';

export { type DoorCard, doorCardsAfter, type ElevatorCard, elevatorsFor, findByIdentifier } from './card.views.ts';
export { type InsurableRefusal, insurable } from './case.views.ts';
export {
  type ElevatorChanged,
  type ElevatorMerged,
  type ElevatorsImported,
  type LifeCycleChanged,
  type PartiesChanged,
  type ResponsibilityChanged,
  readElevatorChanged,
  readElevatorMerged,
  readElevatorsImported,
  readLifeCycleChanged,
  readPartiesChanged,
  readResponsibilityChanged,
} from './events.ts';
export type { GivenIdentifier } from './identifier.rules.ts';
export { cellsOf, headerOf } from './import-template.ts';
export { countMachineRooms, machineRooms, type RoomFilter } from './machine-room.views.ts';
export type { LiveStates } from './map.feed.ts';
export { elevatorsMarked } from './marked.views.ts';
export * from './pack.ts';
export { MAP_STATES, type MapState } from './points.rules.ts';
export { elevatorOfScan, qrToken, scanPath } from './qr.ts';
export type { RegistryTables } from './tables.ts';
export { toWgs84 } from './wgs84.ts';
export { importFile };

type Pack = { manifest: Manifest; files: RegistryNeeds };

/** What stands beside the registry: what the boxes say, for the map; what lists bring in of others; which elevators are insured. */
type Beside = { live?: LiveStates; imports?: readonly ImportKind[]; insured?: InsuredElevators; cover?: CoverOf };

function registryDeps(kernel: Kernel, pack: Pack, { insured, cover }: Beside = {}): RegistryDeps {
  const { config, keys, log, now, newId } = kernel;
  const db = kernel.db.withTables<RegistryTables>();
  const city = cityOf(pack.files, pack.manifest);
  return {
    db,
    scoped: scopedOn(db),
    now,
    newId,
    keys,
    secret: secretData(keys, config.cipher),
    log,
    dataDir: config.dataDir,
    city,
    map: openMapThread(),
    insured: insured ?? null,
    cover: cover ?? null,
    canFor:
      ({ role }) =>
      (file) =>
        fileCan(
          { state: file.state, merged: file.mergedInto !== null },
          { registrar: REGISTRARS.some((r) => r === role), asker: ASKERS.some((r) => r === role) },
        ),
  };
}

/** The imports of every kind, as the routes, the task and the terminal run them. */
export const tableImports = (kernel: Kernel, pack: Pack, others: readonly ImportKind[]): ImportDeps =>
  importsOn(registryDeps(kernel, pack), others);

const importsOn = (deps: RegistryDeps, others: readonly ImportKind[]): ImportDeps => ({
  ...deps,
  kinds: kindsByName([elevatorImport(deps), relationImport(deps), ...others]),
});

/** The spine: one file per elevator. */
export function registryModule(kernel: Kernel, pack: Pack, beside: Beside = {}): Module {
  const { live, imports: others } = beside;
  const deps = registryDeps(kernel, pack, beside);
  const { db, log, map } = deps;
  const imports = importsOn(deps, others ?? []);
  const enqueueImport = (runId: string) =>
    enqueue(kernel.pool, 'registry.import', { payload: { runId }, key: `import ${runId}` });
  return {
    name: 'registry',
    routes: async (app) => {
      await app.register(fileRoutes(deps));
      await app.register(mapRoutes(deps));
      await app.register(changeRoutes(deps));
      await app.register(documentRoutes(deps));
      await app.register(householdRoutes(deps));
      await app.register(industryRoutes(deps));
      await app.register(plateRoutes(deps));
      await app.register(useSignRoutes(deps));
      await app.register(exportRoutes(deps));
      await app.register(importRoutes(imports, enqueueImport));
    },
    pages: scanRoutes(deps),
    waiting: registryWaiting,
    reactions: registryReactions(deps),
    tasks: {
      'registry.import': { run: (payload) => processImport(imports, importJob.parse(payload).runId) },
      // Files of an earlier version say what they lack once this was done.
      'registry.fill_gaps': { run: () => fillGaps(deps) },
      // Counts beside organisations and divisions in the search box; the names themselves hardly change.
      registry_fold_tally: { cron: '*/10 * * * *', run: () => foldTally(db) },
      registry_index_names: { cron: '*/15 * * * *', run: () => indexNames(deps) },
    },
    start: async () => {
      // Imports that a stop cut short go on behind the last rows they took.
      for (const id of await runningRuns(db)) await enqueueImport(id);
      if ((await filesWithoutGaps(db, 1)).length > 0)
        await enqueue(kernel.pool, 'registry.fill_gaps', { key: 'fill gaps' });
      const stopFeeding = await feedMap({ db, log, map, live: live ?? null });
      return async () => {
        await stopFeeding();
        await map.stop();
      };
    },
  };
}

const importJob = z.object({ runId: z.uuid() });

const GAP_BATCH = 500;

async function fillGaps({ db }: RegistryDeps): Promise<void> {
  for (let ids = await filesWithoutGaps(db, GAP_BATCH); ids.length > 0; ids = await filesWithoutGaps(db, GAP_BATCH)) {
    await db.transaction().execute((tx) => writeGaps(tx, ids));
  }
}

async function indexNames({ db, city }: RegistryDeps): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await refreshAreas(tx, city.areas);
    await refreshOrgs(tx);
  });
}
