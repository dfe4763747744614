import type { Kernel, Module } from '../../kernel/module.ts';
import { plainOf } from '../../kernel/packs.ts';
import { scopedOn } from '../../kernel/scope.ts';
import type { AreaBook } from '../identity/index.ts';
import { carRoutes } from './car.routes.ts';
import { openCold } from './cold.service.ts';
import type { TelemetryDeps } from './deps.ts';
import { openLiveCars } from './live.service.ts';
import type { TelemetryPack } from './pack.ts';
import { telemetryReactions } from './reactions.ts';
import { telemetryRoutes } from './routes.ts';
import type { TelemetryTables } from './tables.ts';
import { telemetryTasks } from './upkeep.service.ts';
import { telemetryWaiting } from './waiting.views.ts';
import { bindingRoutes, workReportRoutes, workRoutes } from './work.routes.ts';

export {
  type ButtonAlarm,
  type EntrapmentCleared,
  type EntrapmentSuspected,
  type FindingClosed,
  type FindingOpened,
  type PowerCut,
  readButtonAlarm,
  readEntrapmentCleared,
  readEntrapmentSuspected,
  readFindingClosed,
  readFindingOpened,
  readPowerCut,
  readSourceSilent,
  type SourceSilent,
} from './events.ts';
export { openFindingsFor } from './finding.views.ts';
export { fuseShares } from './fuse.rules.ts';
export { type HeardStates, heardStates } from './map.views.ts';
export { liveFor } from './online.views.ts';
export { type TelemetryPack, telemetryPack } from './pack.ts';
export { type IngestProcess, openIngest } from './process.ts';
export type { TelemetryTables } from './tables.ts';

/** Telemetry on the server's side: screens, history, upkeep. The doors themselves run in the ingest process. */
export function telemetryModule(kernel: Kernel, pack: TelemetryPack, areas: Pick<AreaBook, 'name'>): Module {
  const db = kernel.db.withTables<TelemetryTables>();
  const { now, log, pool, config } = kernel;
  const deps: TelemetryDeps = {
    db,
    scoped: scopedOn(db),
    now,
    thresholds: plainOf(pack),
    areaName: areas.name,
    live: openLiveCars({ pool, db, now, log }),
    cold: openCold(config.dataDir),
  };
  return {
    name: 'telemetry',
    routes: async (app) => {
      await app.register(carRoutes(deps));
      await app.register(telemetryRoutes(deps));
      await app.register(workRoutes({ ...deps, newId: kernel.newId }));
      await app.register(workReportRoutes({ ...deps, newId: kernel.newId, keys: kernel.keys }));
      await app.register(bindingRoutes({ ...deps, newId: kernel.newId }));
    },
    waiting: telemetryWaiting,
    reactions: telemetryReactions(deps.thresholds),
    tasks: telemetryTasks({ ...deps, pool, log, keep: config.history }),
    start: async () => async () => {
      await deps.live.stop();
      deps.cold.stop();
    },
  };
}
