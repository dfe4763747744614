import { sql } from 'kysely';
import type { AnyTx, Db, Tx } from './db.ts';
import type { AccountId, OrgId, PersonId } from './ids.ts';

/**
 * What a viewer may see. A row is seen when `all`, or when one of its `area_codes` is in `areas`,
 * or one of its `org_ids` is in `orgs`. The same rule stands in the database as row-level policies.
 */
export type Scope = { all: boolean; areas: readonly string[]; orgs: readonly OrgId[] };

export const NOTHING: Scope = { all: false, areas: [], orgs: [] };
export const EVERYTHING: Scope = { all: true, areas: [], orgs: [] };

/** Who is asking. Made by the identity module from a session or a machine token. */
export type Viewer = {
  accountId: AccountId;
  personId: PersonId | null;
  orgId: OrgId | null;
  role: string; // a role identifier of GLOSSARY.md; 'machine' for machine clients
  displayName: string;
  scope: Scope;
  grants: readonly string[]; // machine clients: what the token allows, e.g. 'elevators:read'
};

/** The parties and places a row belongs to: who may see it. */
export type Audience = { areaCodes: readonly string[]; orgIds: readonly string[] };

/** Would this viewer see a row with this audience? The twin of `kernel.sees()` in SQL, for streams and tiles. */
export const sees = (scope: Scope, { areaCodes, orgIds }: Audience): boolean =>
  scope.all || areaCodes.some((a) => scope.areas.includes(a)) || orgIds.some((o) => scope.orgs.includes(o as OrgId));

/** Runs work in one transaction that sees only what the viewer may see. */
export type Scoped<Tables> = <T>(viewer: Viewer, work: (tx: Tx<Tables>) => Promise<T>) => Promise<T>;

/** Open transactions as the database role `tian_request`, with the viewer's scope in settings that policies read. */
export const scopedOn =
  <Tables>(db: Db<Tables>): Scoped<Tables> =>
  (viewer, work) =>
    db.transaction().execute(async (tx) => {
      await enter(tx, viewer);
      return work(tx);
    });

async function enter(tx: AnyTx, { accountId, role, scope }: Viewer): Promise<void> {
  await sql`select set_config('role', 'tian_request', true),
    set_config('tian.actor', ${accountId}, true),
    set_config('tian.role', ${role}, true),
    set_config('tian.scope_all', ${scope.all ? 'on' : 'off'}, true),
    set_config('tian.scope_areas', ${arrayText(scope.areas)}, true),
    set_config('tian.scope_orgs', ${arrayText(scope.orgs)}, true)`.execute(tx);
}

/** Name the actor of a transaction that runs as the owner, so that the audit shows who caused it. */
export async function actAs(tx: AnyTx, actor: string): Promise<void> {
  await sql`select set_config('tian.actor', ${actor}, true)`.execute(tx);
}

// Codes and uuids only: nothing in them needs quoting inside an array literal.
const arrayText = (values: readonly string[]) => `{${values.filter((v) => /^[\w-]+$/.test(v)).join(',')}}`;
