import type { Db, Tx } from '../../kernel/db.ts';
import type { AccountId, OrgId } from '../../kernel/ids.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { actsInRole } from './client.rules.ts';
import { MACHINE } from './roles.rules.ts';
import { scopeOfClient } from './scope.rules.ts';
import type { ClientSecretRow, IdentityTables } from './tables.ts';

/** A machine client: another system that speaks for an organisation, or for the whole city. */
export type Client = {
  id: string;
  name: string;
  orgId: OrgId | null;
  wholeCity: boolean;
  grants: readonly string[];
  state: 'active' | 'suspended';
  createdAt: Date;
  lastUsedAt: Date | null;
  version: number;
};

const columns = [
  'c.id',
  'c.name',
  'c.org_id as orgId',
  'c.whole_city as wholeCity',
  'c.grants',
  'c.state',
  'c.created_at as createdAt',
  'c.last_used_at as lastUsedAt',
  'c.version',
] as const;

export const findClient = (db: Db<IdentityTables>, id: string): Promise<Client | undefined> =>
  db.selectFrom('identity.client as c').select(columns).where('c.id', '=', id).executeTakeFirst();

export const listClients = (db: Db<IdentityTables>): Promise<Client[]> =>
  db.selectFrom('identity.client as c').select(columns).orderBy('c.name').limit(1_000).execute();

export async function insertClient(
  tx: Tx<IdentityTables>,
  client: Omit<Client, 'createdAt' | 'lastUsedAt' | 'version'>,
): Promise<void> {
  await tx
    .insertInto('identity.client')
    .values({
      id: client.id,
      name: client.name,
      org_id: client.orgId,
      whole_city: client.wholeCity,
      grants: [...client.grants],
      state: client.state,
      last_used_at: null,
    })
    .execute();
}

/** The name of another active client that acts for this organisation, if there is one. */
export async function actingClientOf(
  tx: Tx<IdentityTables>,
  orgId: OrgId,
  except: string,
): Promise<string | undefined> {
  const clients = await tx
    .selectFrom('identity.client')
    .select(['name', 'grants'])
    .where('org_id', '=', orgId)
    .where('id', '!=', except)
    .where('state', '=', 'active')
    .execute();
  return clients.find((c) => actsInRole(c.grants))?.name;
}

/** Save a change. False when someone else saved first. */
export async function saveClient(
  tx: Tx<IdentityTables>,
  was: Client,
  to: Pick<Client, 'name' | 'grants' | 'state'>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('identity.client')
    .set({ name: to.name, grants: [...to.grants], state: to.state, version: was.version + 1 })
    .where('id', '=', was.id)
    .where('version', '=', was.version)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

export type ClientSecret = {
  id: string;
  door: 'api' | 'mqtt';
  hint: string;
  createdAt: Date;
  endsAt: Date | null;
  lastUsedAt: Date | null;
};

export async function listSecrets(
  db: Db<IdentityTables>,
  clientIds: readonly string[],
): Promise<(ClientSecret & { clientId: string })[]> {
  if (clientIds.length === 0) return [];
  return db
    .selectFrom('identity.client_secret as s')
    .select(['s.id', 's.client_id as clientId', 's.door', 's.hint'])
    .select(['s.created_at as createdAt', 's.ends_at as endsAt', 's.last_used_at as lastUsedAt'])
    .where('s.client_id', 'in', [...clientIds])
    .orderBy('s.created_at', 'desc')
    .execute();
}

export async function insertSecret(tx: Tx<IdentityTables>, row: ClientSecretRow): Promise<void> {
  await tx.insertInto('identity.client_secret').values(row).execute();
}

/** Let secrets end at an instant, unless they end sooner. Returns how many. */
export async function endSecrets(
  tx: Tx<IdentityTables>,
  of: { clientId: string; door?: 'api' | 'mqtt'; only?: string },
  at: Date,
): Promise<number> {
  let update = tx
    .updateTable('identity.client_secret')
    .set({ ends_at: at })
    .where('client_id', '=', of.clientId)
    .where((eb) => eb.or([eb('ends_at', 'is', null), eb('ends_at', '>', at)]));
  if (of.door) update = update.where('door', '=', of.door);
  if (of.only) update = update.where('id', '=', of.only);
  const { numUpdatedRows } = await update.executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

/** The client of a secret that still works, if it is active. */
export async function findBySecret(
  db: Db<IdentityTables>,
  of: { clientId: string; door: 'api' | 'mqtt'; secretHash: string; now: Date },
): Promise<(Client & { secretId: string }) | undefined> {
  return db
    .selectFrom('identity.client_secret as s')
    .innerJoin('identity.client as c', 'c.id', 's.client_id')
    .select(columns)
    .select('s.id as secretId')
    .where('s.client_id', '=', of.clientId)
    .where('s.door', '=', of.door)
    .where('s.secret_hash', '=', of.secretHash)
    .where('c.state', '=', 'active')
    .where((eb) => eb.or([eb('s.ends_at', 'is', null), eb('s.ends_at', '>', of.now)]))
    .executeTakeFirst();
}

/** Note that client and secret were used. To the minute: a busy client does not write at every call. */
export async function touchClient(
  db: Db<IdentityTables>,
  of: { clientId: string; secretId?: string },
  at: Date,
): Promise<void> {
  const stale = new Date(at.getTime() - 60_000);
  await db
    .updateTable('identity.client')
    .set({ last_used_at: at })
    .where('id', '=', of.clientId)
    .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', stale)]))
    .execute();
  if (!of.secretId) return;
  await db.updateTable('identity.client_secret').set({ last_used_at: at }).where('id', '=', of.secretId).execute();
}

/** The viewer that a machine client is. Its id stands where an account's would, in audit and limits alike. */
export const viewerOfClient = (client: Client, grants: readonly string[]): Viewer => ({
  accountId: client.id as AccountId,
  personId: null,
  orgId: client.orgId,
  role: MACHINE,
  displayName: client.name,
  scope: scopeOfClient(client),
  grants: grants.filter((g) => client.grants.includes(g)),
});
