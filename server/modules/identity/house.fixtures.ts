import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import type { Config } from '../../kernel/config.ts';
import { readConfig } from '../../kernel/config.ts';
import { newId } from '../../kernel/ids.ts';
import { keysForTest } from '../../kernel/keys.ts';
import type { Kernel } from '../../kernel/module.ts';
import { invariant } from '../../kernel/result.ts';
import { testDb } from '../../test/db.ts';
import { testSite } from '../../test/site.ts';
import { type IdentityDeps, identityDeps, identityModuleOn } from './index.ts';

/** The site with the identity module alone, on a database and data folder of the test's own. */
export type House = {
  site: FastifyInstance;
  kernel: Kernel;
  deps: IdentityDeps;
  /** Move the clock; it stands still otherwise. */
  pass: (seconds: number) => void;
  ask: (options: InjectOptions & { as?: string }) => Promise<LightMyRequestResponse>;
};

const START = new Date('2026-11-21T01:00:00Z');

export async function openTestHouse(over: Partial<Config> = {}): Promise<House> {
  const { db, pool } = await testDb();
  const read = readConfig({ TIAN_DATA_DIR: mkdtempSync(join(tmpdir(), 'tian-identity-')), TIAN_DEMO: '0' });
  invariant(read.ok, 'the plain configuration is usable');
  let at = START;
  const kernel: Kernel = {
    db,
    pool,
    config: { ...read.value, ...over },
    log: pino({ level: 'silent' }),
    keys: keysForTest(),
    now: () => at,
    newId,
  };
  const deps = identityDeps(kernel);
  const { authenticate, routes } = identityModuleOn(deps);
  invariant(routes, 'identity has routes');
  const site = await testSite({
    log: kernel.log,
    authenticate,
    routes: [routes],
  });
  const ask: House['ask'] = ({ as, ...options }) =>
    site.inject({ ...options, headers: { ...options.headers, ...(as && { cookie: `tian_session=${as}` }) } });
  return { site, kernel, deps, pass: (seconds) => (at = new Date(at.getTime() + seconds * 1000)), ask };
}

/** The session token that an answer sets; empty when it sets none. */
export const tokenIn = (answer: LightMyRequestResponse): string =>
  answer.cookies.find((c) => c.name === 'tian_session')?.value ?? '';
