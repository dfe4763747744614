import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Runner } from 'graphile-worker';
import { seedCrewAccounts } from './demo/crew-accounts.ts';
import { emptyCutShort } from './demo/filling.ts';
import { seedIndustries } from './demo/industries.ts';
import { seedInsurance } from './demo/insurance.ts';
import { seedMarket } from './demo/market.ts';
import { demoModule } from './demo/module.ts';
import { seedPensions } from './demo/pension.ts';
import { seedPrevention } from './demo/prevention.ts';
import { sandboxModule } from './demo/sandbox/module.ts';
import { seedSenders } from './demo/senders.ts';
import { seedStations } from './demo/stations.ts';
import { cityAreas, otherImports } from './imports.ts';
import { baseMapRoutes } from './kernel/base-map.routes.ts';
import { openGround } from './kernel/base-map.ts';
import { isLoopback } from './kernel/config.ts';
import { forgetting } from './kernel/forget-events.ts';
import { healthPages } from './kernel/health.ts';
import { startJobs } from './kernel/jobs.ts';
import { say } from './kernel/language.ts';
import { outsideHosts } from './kernel/map-config.ts';
import type { Kernel, Module } from './kernel/module.ts';
import { kernelModule } from './kernel/pieces.ts';
import { programDir, programVersion } from './kernel/program.ts';
import { startRelay } from './kernel/relay.ts';
import { buildSite } from './kernel/site.ts';
import { openStream } from './kernel/stream.ts';
import { waitingRoutes } from './kernel/waiting.ts';
import { identityModule } from './modules/identity/index.ts';
import { insuranceModule, insuredElevators, shownCover } from './modules/insurance/index.ts';
import { marketModule } from './modules/market/index.ts';
import { preventionModule } from './modules/prevention/index.ts';
import { registryModule } from './modules/registry/index.ts';
import { rescueModule } from './modules/rescue/index.ts';
import { heardStates, telemetryModule } from './modules/telemetry/index.ts';
import { StartRefused } from './open.ts';
import { packRoutes } from './pack-routes.ts';
import type { CityPack } from './packs.ts';

/** What fills the demo city, in this order: services need policies, policies need people. */
const DEMO = [
  seedStations,
  seedSenders,
  seedInsurance,
  seedPensions,
  seedPrevention,
  seedMarket,
  seedIndustries,
  seedCrewAccounts,
];

/** The house: the kernel, its modules, the site they stand on. */
export type App = {
  site: FastifyInstance;
  modules: readonly Module[];
  /** Start what runs by itself: relay, jobs, the modules' own parts. Returns how to stop it. */
  run: () => Promise<() => Promise<void>>;
};

const BUILT = join(programDir, 'dist', 'web');

/** Build the house. Nothing runs and nothing listens before `run` and `site.listen`. */
export async function buildApp(
  kernel: Kernel,
  pack: CityPack,
  { webDir = BUILT }: { webDir?: string } = {},
): Promise<App> {
  const stream = openStream();
  const ground = await openGround(kernel.config.map);
  if (!ground.ok) throw new StartRefused(say(ground.refusal.code, 'zh', ground.refusal));
  const { authenticate, ...identity } = identityModule(kernel, pack);
  const modules: readonly Module[] = [
    kernelModule(kernel),
    identity,
    registryModule(kernel, pack, {
      live: heardOn(kernel, pack),
      imports: otherImports(kernel, pack),
      insured: insuredElevators, // the registry may not ask insurance itself
      cover: (elevatorId, on) => shownCover(kernel.db, { elevatorId, on }),
    }),
    telemetryModule(kernel, pack.files.telemetry, cityAreas(pack)),
    rescueModule(kernel, pack),
    insuranceModule(kernel, pack),
    preventionModule(kernel, pack),
    marketModule(kernel, pack),
    demoModule(kernel, pack, { parts: DEMO, ask: (request) => site.inject(request) }),
    ...(kernel.config.sandbox ? [sandboxModule(kernel)] : []),
  ];
  const { config, log } = kernel;
  const waiting = modules.flatMap((m) => m.waiting ?? []);
  const site: FastifyInstance = await buildSite({
    log,
    version: programVersion,
    loopback: isLoopback(config.host),
    publicUrl: config.publicUrl,
    webDir,
    ingestUrl: `http://127.0.0.1:${config.ingestPort}`,
    authenticate,
    routes: [
      stream.routes,
      packRoutes(kernel.db, pack),
      baseMapRoutes(ground.value),
      waitingRoutes(kernel.db, waiting),
      ...modules.flatMap((m) => m.routes ?? []),
    ],
    pages: [healthPages(kernel), ...modules.flatMap((m) => m.pages ?? [])],
    requestsPerMinute: config.requestsPerMinute,
    outsideHosts: outsideHosts(config.map),
  });
  return { site, modules, run: () => runHouse(kernel, { modules, heard: stream.tell, close: ground.value.close }) };
}

type Running = {
  modules: readonly Module[];
  heard: Parameters<typeof startRelay>[0]['heard'];
  close: () => Promise<void>;
};

async function runHouse(kernel: Kernel, { modules, heard, close }: Running): Promise<() => Promise<void>> {
  await emptyCutShort(kernel);
  const stopRelay = await startRelay({ ...kernel, modules, heard });
  const own = forgetting({ ...kernel, consumers: modules.map(({ name }) => name) });
  const jobs = await startJobs({ ...kernel, tasks: Object.assign({}, own, ...modules.map((m) => m.tasks ?? {})) });
  const stops = await Promise.all(modules.map((m) => m.start?.() ?? Promise.resolve()));
  return () => stopAll([...stops.filter((s) => s !== undefined), () => stopJobs(jobs), stopRelay, close]);
}

/** What the boxes say, for the registry's map: it may not ask telemetry itself. */
const heardOn =
  ({ db, now }: Kernel, pack: CityPack) =>
  (mark: string | null) =>
    heardStates(db.withTables(), { mark, now: now(), offlineSeconds: pack.files.telemetry.offlineSeconds.value });

const stopJobs = (jobs: Runner): Promise<void> => jobs.stop();

async function stopAll(stops: readonly (() => Promise<void>)[]): Promise<void> {
  for (const stop of stops) await stop();
}
