import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { sql } from 'kysely';
import { pino } from 'pino';
import { otherImports } from '../../imports.ts';
import { readConfig } from '../../kernel/config.ts';
import type { Db } from '../../kernel/db.ts';
import { fileRoutes } from '../../kernel/files.routes.ts';
import { openFileStore } from '../../kernel/files.ts';
import { type AccountId, newId, type OrgId } from '../../kernel/ids.ts';
import { keysForTest } from '../../kernel/keys.ts';
import type { Kernel, Module } from '../../kernel/module.ts';
import { programDir } from '../../kernel/program.ts';
import { pass as relayPass } from '../../kernel/relay.ts';
import { invariant } from '../../kernel/result.ts';
import { EVERYTHING, type Scope, type Viewer } from '../../kernel/scope.ts';
import { loadCityPack } from '../../packs.ts';
import { testDb } from '../../test/db.ts';
import { testSite } from '../../test/site.ts';
import { insuredElevators, shownCover } from '../insurance/index.ts';
import { type RegistryTables, registryModule } from './index.ts';

/** The site with the registry alone. Who asks is named by a header, so that a test says it in one word. */
export type House = {
  site: FastifyInstance;
  kernel: Kernel;
  db: Db<RegistryTables>;
  module: Module;
  /** Make a viewer that `ask` may name. */
  viewer: (name: string, given: Partial<Viewer> & { scope?: Scope }) => Viewer;
  /** Put an organisation in. */
  org: (name: string, kind: string) => Promise<OrgId>;
  ask: (options: InjectOptions & { as?: string }) => Promise<LightMyRequestResponse>;
  /** Hand every committed event on, until none is left. */
  settle: () => Promise<void>;
  pass: (seconds: number) => void;
};

const START = new Date('2026-11-21T01:00:00Z');

export async function openTestHouse(): Promise<House> {
  const { db, pool } = await testDb<RegistryTables>();
  const read = readConfig({ TIAN_DATA_DIR: mkdtempSync(join(tmpdir(), 'tian-registry-')), TIAN_DEMO: '0' });
  invariant(read.ok, 'the plain configuration is usable');
  let at = START;
  const log = pino({ level: 'silent' });
  const plain = db as unknown as Kernel['db'];
  const kernel: Kernel = { db: plain, pool, config: read.value, log, keys: keysForTest(), now: () => at, newId };
  const pack = await wuxi();
  const module = registryModule(kernel, pack, {
    imports: otherImports(kernel, pack),
    insured: insuredElevators,
    cover: (elevatorId, on) => shownCover(kernel.db, { elevatorId, on }),
  });
  const viewers = new Map<string, Viewer>();
  const viewer: House['viewer'] = (name, given) => {
    const made: Viewer = {
      accountId: newId() as AccountId,
      personId: null,
      orgId: null,
      role: 'city_regulator',
      displayName: name,
      scope: EVERYTHING,
      grants: [],
      ...given,
    };
    viewers.set(name, made);
    return made;
  };
  viewer('city', {});
  const site = await testSite({
    log,
    authenticate: (request) => Promise.resolve(viewers.get(String(request.headers['x-viewer'] ?? '')) ?? null),
    routes: [
      fileRoutes({ db: plain, store: openFileStore(read.value.dataDir), newId }),
      module.routes ?? (() => Promise.resolve()),
    ],
    pages: [module.pages ?? (() => Promise.resolve())],
  });
  return {
    site,
    kernel,
    db,
    module,
    viewer,
    org: async (name, kind) => {
      const id = newId() as OrgId;
      await sql`insert into identity.org (id, name, name_key, kinds, area_codes, org_ids)
        values (${id}, ${name}, ${name}, ${[kind]}, '{}', ${[id]})`.execute(db);
      return id;
    },
    ask: ({ as, ...options }) =>
      site.inject({ ...options, headers: { ...options.headers, ...(as !== undefined && { 'x-viewer': as }) } }),
    settle: async () => {
      const deps = { db: plain, pool, log, now: () => new Date(), modules: [module], heard: () => undefined };
      while ((await relayPass(deps)) > 0);
    },
    pass: (seconds) => (at = new Date(at.getTime() + seconds * 1000)),
  };
}

async function wuxi() {
  const loaded = await loadCityPack({ city: '320200', programDir, extraDir: null });
  invariant(loaded.ok, 'the pack of Wuxi is whole');
  return loaded.value;
}
