import type { Tx } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { type Scoped, sees, type Viewer } from '../../kernel/scope.ts';
import { dayOf } from '../../kernel/time.ts';
import { areasOfOrg, type DirectoryRefusal, judgeTerm } from './directory.rules.ts';
import {
  closeOrg,
  endLicence,
  findOrg,
  insertLicences,
  insertOrgs,
  type LicenceFacts,
  type Org,
  type OrgFacts,
  saveOrg,
} from './org.store.ts';
import type { IdentityTables } from './tables.ts';

export type DirectoryDeps = { scoped: Scoped<IdentityTables>; now: () => Date; newId: () => string };

/** May the viewer keep an organisation with these areas? The twin of the policy on the table, asked before it. */
export const mayKeep = (viewer: Viewer, org: { id: string; areaCodes: readonly string[] }): boolean =>
  viewer.role === 'administrator' || sees(viewer.scope, { areaCodes: org.areaCodes, orgIds: [org.id] });

/** Record an organisation. A code that looks wrong is kept with a warning. */
export async function createOrg(
  { scoped, newId }: DirectoryDeps,
  viewer: Viewer,
  facts: OrgFacts,
): Promise<Result<OrgId, DirectoryRefusal>> {
  const id = newId() as OrgId;
  if (!mayKeep(viewer, { id, areaCodes: areasOfOrg(facts) })) return refuse({ code: 'identity.outside_scope' });
  return scoped(viewer, async (tx) => {
    await insertOrgs(tx, [{ ...facts, id }]);
    return accept(id);
  });
}

/** Change what an organisation is. */
export const changeOrg = (
  deps: DirectoryDeps,
  viewer: Viewer,
  { id, version, ...facts }: OrgFacts & { id: OrgId; version: number },
): Promise<Result<null, DirectoryRefusal>> =>
  onOrg(deps, { viewer, id }, async (tx, org) => {
    if (org.version !== version) return refuse({ code: 'identity.changed_meanwhile' });
    if (!mayKeep(viewer, { id, areaCodes: areasOfOrg(facts) })) return refuse({ code: 'identity.outside_scope' });
    return (await saveOrg(tx, org, facts)) ? accept(null) : refuse({ code: 'identity.changed_meanwhile' });
  });

/** Close an organisation. It stays in every record it was a party to. */
export const closeOrgOn = (deps: DirectoryDeps, viewer: Viewer, id: OrgId): Promise<Result<null, DirectoryRefusal>> =>
  onOrg(deps, { viewer, id }, async (tx, org) => {
    const closed = await closeOrg(tx, org, dayOf(deps.now()));
    return closed ? accept(null) : refuse({ code: 'identity.changed_meanwhile' });
  });

/** Record a licence. The same number of the same kind counts once. */
export const addLicence = (
  deps: DirectoryDeps,
  viewer: Viewer,
  { orgId, ...licence }: LicenceFacts & { orgId: OrgId },
): Promise<Result<string, DirectoryRefusal>> =>
  onOrg(deps, { viewer, id: orgId }, async (tx, org) => {
    const good = judgeTerm(licence);
    if (!good.ok) return good;
    const id = deps.newId();
    const added = await insertLicences(tx, [{ ...licence, id, org }]);
    return added === 1 ? accept(id) : refuse({ code: 'identity.number_taken', number: licence.number });
  });

/** A licence was withdrawn, or replaced before its time. */
export const endLicenceOn = (
  deps: DirectoryDeps,
  viewer: Viewer,
  { orgId, id }: { orgId: OrgId; id: string },
): Promise<Result<null, DirectoryRefusal>> =>
  deps.scoped(viewer, async (tx) =>
    (await endLicence(tx, { orgId, id }, dayOf(deps.now()))) ? accept(null) : refuse({ code: 'identity.not_found' }),
  );

/** The shape of every act on an organisation: it must be seen, and not be closed. */
async function onOrg<T>(
  deps: DirectoryDeps,
  { viewer, id }: { viewer: Viewer; id: OrgId },
  act: (tx: Tx<IdentityTables>, org: Org) => Promise<Result<T, DirectoryRefusal>>,
): Promise<Result<T, DirectoryRefusal>> {
  return deps.scoped(viewer, async (tx) => {
    const org = await findOrg(tx, id);
    if (!org) return refuse({ code: 'identity.not_found' } as const);
    if (org.closedOn) return refuse({ code: 'identity.org_closed' } as const);
    return act(tx, org);
  });
}
