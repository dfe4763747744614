import type { ImportKind } from '../../kernel/import-kind.ts';
import type { Kernel, Module } from '../../kernel/module.ts';
import { plainOf } from '../../kernel/packs.ts';
import { scopedOn } from '../../kernel/scope.ts';
import { secretData } from '../../kernel/secret-data.ts';
import type { DivisionsPack } from '../identity/index.ts';
import { callRoutes } from './call.routes.ts';
import { forgetCallers } from './call.service.ts';
import type { RescueDeps } from './deps.ts';
import { deskRoutes } from './desk.routes.ts';
import { drillRoutes } from './drill.routes.ts';
import { carryByHttp, startCarrying } from './exchange.carrier.ts';
import { exchangeRoutes } from './exchange.routes.ts';
import { fieldRoutes, outsideRoutes } from './field.routes.ts';
import { type RosterImportDeps, rosterImport } from './import-roster.ts';
import { type StationImportDeps, stationImport } from './import-stations.ts';
import type { RescuePack } from './pack.ts';
import { peopleOn } from './people.ts';
import { queueRoutes } from './queue.routes.ts';
import { rescueReactions } from './reactions.ts';
import { rescuerRoutes } from './rescuer.routes.ts';
import { sosPages } from './sos.pages.ts';
import { stationRoutes } from './station.routes.ts';
import { statisticsRoutes } from './statistics.routes.ts';
import type { RescueTables } from './tables.ts';
import { startSweeping } from './timer.service.ts';
import { roadways } from './travel.ts';
import { gatewayVoice, logVoice } from './voice.ts';
import { volunteerPages } from './volunteer.pages.ts';
import { volunteerRoutes } from './volunteer.routes.ts';
import { tendVolunteers } from './volunteer-night.service.ts';
import { rescueWaiting } from './waiting.views.ts';

export { callersOf } from './callers.views.ts';
export * from './events.ts';
export { type FieldSeed, seedField } from './field.seed.ts';
export { openCounts } from './open.views.ts';
export { type RescuePack, rescuePack } from './pack.ts';
export { peopleOn } from './people.ts';
export type { RescueTables } from './tables.ts';

/** What lists bring in of this module: stations and rosters. */
export const rescueImports = (deps: StationImportDeps & RosterImportDeps): ImportKind[] => [
  stationImport(deps),
  rosterImport(deps),
];

/** From the first sign that people are trapped to the end of the file. */
export function rescueModule(
  kernel: Kernel,
  { files }: { files: { rescue: RescuePack; divisions: DivisionsPack } },
): Module {
  const { now, newId, keys, log, config } = kernel;
  const db = kernel.db.withTables<RescueTables>();
  const settings = plainOf(files.rescue);
  const secret = secretData(keys, config.cipher);
  const areaNames = new Map<string, string>(plainOf(files.divisions).districts.map((d) => [d.code, d.name]));
  // A demo rings nowhere: its cars are invented.
  const voice = config.gatewayUrl && !config.demo ? gatewayVoice(config.gatewayUrl, log) : logVoice(log);
  const ours = { areaNames, db, scoped: scopedOn(db), settings, voice };
  const roads = roadways(config.dataDir, settings.travel, log);
  return rescueModuleOn({
    ...ours,
    ...roads,
    now,
    newId,
    keys,
    secret,
    people: peopleOn(kernel.db, secret, kernel),
    log,
  });
}

const ROUTES = [
  callRoutes,
  deskRoutes,
  queueRoutes,
  fieldRoutes,
  outsideRoutes,
  statisticsRoutes,
  stationRoutes,
  rescuerRoutes,
  drillRoutes,
  volunteerRoutes,
  exchangeRoutes,
];

/** A feeder goes dark: thousands of findings are told, and those who are trapped do not wait behind them. */
const URGENT = ['telemetry.entrapment_suspected', 'telemetry.entrapment_cleared', 'telemetry.button_alarm'];

/** What came of it, as the desk and the crews must hear at once. */
const TIDINGS = [
  'rescue.incident_opened',
  'rescue.incident_changed',
  'rescue.people_released',
  'rescue.release_corrected',
  'rescue.call_unplaced',
];

/** The module on given means. */
export const rescueModuleOn = (deps: RescueDeps): Module => ({
  name: 'rescue',
  routes: async (app) => {
    for (const routes of ROUTES) await app.register(routes(deps));
  },
  pages: async (app) => {
    await app.register(sosPages(deps));
    await app.register(volunteerPages(deps));
  },
  waiting: rescueWaiting,
  reactions: rescueReactions(deps),
  urgent: URGENT,
  tidings: TIDINGS,
  tasks: {
    rescue_forget_callers: { run: async () => void (await forgetCallers(deps)), cron: '20 18 * * *' },
    rescue_tend_volunteers: { run: () => tendVolunteers(deps), cron: '10 16 * * *' }, // ten past midnight in the city
  },
  start: async () => {
    const stopSweeping = startSweeping(deps, (error) =>
      deps.log.error({ error }, 'timers could not be read; trying again'),
    );
    const stopCarrying = startCarrying(deps, carryByHttp);
    return async () => {
      await stopSweeping();
      await stopCarrying();
    };
  },
});
