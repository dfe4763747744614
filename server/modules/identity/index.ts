import { isLoopback } from '../../kernel/config.ts';
import type { Db } from '../../kernel/db.ts';
import type { Keys } from '../../kernel/keys.ts';
import type { Kernel, Module } from '../../kernel/module.ts';
import { type Scoped, scopedOn } from '../../kernel/scope.ts';
import { type SecretData, secretData } from '../../kernel/secret-data.ts';
import { accountRoutes } from './account.routes.ts';
import { authenticateBy } from './authenticate.ts';
import type { DivisionsPack, IdentityPack } from './pack.ts';
import { sessionRoutes } from './session.routes.ts';
import { setupRoutes } from './setup.routes.ts';
import type { IdentityTables } from './tables.ts';
import { tokenRoutes } from './token.routes.ts';

export { verifyMqtt, verifyToken } from './authenticate.ts';
export { type CityCalendar, calendarOf, isCovered } from './calendar.rules.ts';
export { type CommunityPoint, communityPoints } from './community-point.rules.ts';
export { areaCodesOf, districtsInForce, divisionRows } from './division.rules.ts';
export { boxOf, centreOf, districtAt, outlineFeatures, outlinesOn } from './outline.rules.ts';
export * from './pack.ts';
export { DESK, FIELD, INSURER, MACHINE, MAINTENANCE, OFFICIALS, ROLES, type Role, USE_UNIT } from './roles.rules.ts';

/** What the module works with: its own tables, the keys, the clock, and what of the configuration concerns it. */
export type IdentityDeps = {
  db: Db<IdentityTables>;
  scoped: Scoped<IdentityTables>;
  keys: Keys;
  secret: SecretData;
  now: () => Date;
  newId: () => string;
  city: string;
  dataDir: string;
  loopback: boolean;
  demo: boolean; // the demo's accounts may be shown
};

export function identityDeps({ config, db: anyDb, keys, now, newId }: Kernel): IdentityDeps {
  const db = anyDb.withTables<IdentityTables>();
  const loopback = isLoopback(config.host);
  return {
    db,
    scoped: scopedOn(db),
    keys,
    secret: secretData(keys, 'aes'),
    now,
    newId,
    city: config.city,
    dataDir: config.dataDir,
    loopback,
    demo: config.demo && loopback,
  };
}

export type IdentityModule = Module & { authenticate: ReturnType<typeof authenticateBy> };

/** Who is who and who sees what. `authenticate` names the viewer behind a request. */
export const identityModule = (
  kernel: Kernel,
  _pack: { identity: IdentityPack; divisions: DivisionsPack },
): IdentityModule => identityModuleOn(identityDeps(kernel));

export const identityModuleOn = (deps: IdentityDeps): IdentityModule => ({
  name: 'identity',
  routes: async (app) => {
    await app.register(sessionRoutes(deps));
    await app.register(setupRoutes(deps));
    await app.register(accountRoutes(deps));
    await app.register(tokenRoutes(deps));
  },
  authenticate: authenticateBy(deps),
});
