import type { ImportKind } from '../../kernel/import-kind.ts';
import type { Kernel, Module } from '../../kernel/module.ts';
import { type Manifest, plainOf } from '../../kernel/packs.ts';
import { accountRoutes } from './account.routes.ts';
import type { AreaBook } from './areas.rules.ts';
import { auditRoutes } from './audit.routes.ts';
import { authenticateBy } from './authenticate.ts';
import { clientRoutes } from './client.routes.ts';
import { type IdentityDeps, identityDeps } from './deps.ts';
import { divisionRows } from './division.rules.ts';
import { orgImport } from './import-orgs.ts';
import { peopleImport } from './import-people.ts';
import { leavingReactions } from './leaving.reactions.ts';
import { orgRoutes } from './org.routes.ts';
import type { DivisionsPack, IdentityPack } from './pack.ts';
import { personRoutes } from './person.routes.ts';
import { sessionRoutes } from './session.routes.ts';
import { setupRoutes } from './setup.routes.ts';
import { nightly, startIdentity } from './start.ts';
import { tokenRoutes } from './token.routes.ts';
import { identityWaiting } from './waiting.views.ts';
import { postByHttp, startCalling } from './webhook.carrier.ts';
import { webhookReactions } from './webhook.reactions.ts';
import { webhookRoutes } from './webhook.routes.ts';

export type { AccountRefusal } from './account.rules.ts';
export { createAccount, resetPassword } from './account.service.ts';
export { type AreaBook, areaBook, codesDownTo } from './areas.rules.ts';
export { verifyMqtt, verifyToken } from './authenticate.ts';
export { type CityCalendar, calendarOf, isCovered } from './calendar.rules.ts';
export { type CommunityPoint, communityPoints } from './community-point.rules.ts';
export { writeDemoAccounts } from './demo-accounts.ts';
export { type IdentityDeps, identityDeps } from './deps.ts';
export { areaCodesOf, districtsInForce, divisionRows } from './division.rules.ts';
export { askForBuilding, type Household, listHouseholds, settleHousehold, unmaskFlat } from './household.service.ts';
export { licencesOf, licensedOrgs } from './licence.views.ts';
export { type StaffMatch, staffMatches } from './match.views.ts';
export {
  type AskedPerson,
  askedKey,
  type Meant,
  type MeantOrg,
  orgsNamed,
  peopleNamed,
} from './named.views.ts';
export { orgCards } from './org.views.ts';
export { isWithin, orgAreas } from './org-book.views.ts';
export { boxOf, centreOf, districtAt, outlineFeatures, outlinesOn } from './outline.rules.ts';
export * from './pack.ts';
export { accountsOf, contactsOf, type PersonCard, peopleOf, personCards } from './person.views.ts';
export { MACHINE, ROLES, type Role } from './roles.rules.ts';
export { type DemoAccountPlan, type DirectorySeed, seedAccounts, seedDirectory } from './seed.service.ts';
export { type Strength, strengthOf } from './strength.views.ts';
export type { IdentityTables } from './tables.ts';

export type IdentityModule = Module & { authenticate: ReturnType<typeof authenticateBy> };

type Pack = { manifest: Manifest; files: { identity: IdentityPack; divisions: DivisionsPack } };

/** Who is who and who sees what. `authenticate` names the viewer behind a request. */
export function identityModule(kernel: Kernel, { manifest, files }: Pack): IdentityModule {
  const deps = identityDeps(kernel);
  const divisions = divisionRows(manifest, plainOf(files.divisions), plainOf(files.identity));
  const start = async () => {
    const stop = await startIdentity({ ...deps, demo: kernel.config.demo }, { divisions, log: kernel.log });
    const stopCalling = startCalling({ ...deps, post: postByHttp(deps.loopback), log: kernel.log });
    return async () => {
      await stopCalling();
      await stop();
    };
  };
  return { ...identityModuleOn(deps), start };
}

/** What lists bring in of this module: organisations and people. */
export const identityImports = (
  { newId, secret }: Pick<IdentityDeps, 'newId' | 'secret'>,
  areas: AreaBook,
): ImportKind[] => [orgImport({ newId, areas }), peopleImport({ newId, secret })];

/** The module on given means: its routes, its nightly work, and who is asking. */
export const identityModuleOn = (deps: IdentityDeps): IdentityModule => ({
  name: 'identity',
  routes: async (app) => {
    for (const routes of [sessionRoutes, setupRoutes, accountRoutes, clientRoutes, tokenRoutes])
      await app.register(routes(deps));
    for (const routes of [orgRoutes, personRoutes, auditRoutes, webhookRoutes]) await app.register(routes(deps));
  },
  waiting: identityWaiting,
  reactions: { ...webhookReactions(deps), ...leavingReactions(deps) },
  tasks: nightly(deps),
  authenticate: authenticateBy(deps),
});
