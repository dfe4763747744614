import { keepAct } from '../../kernel/audit.ts';
import type { Tx } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import type { Keys } from '../../kernel/keys.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { actAs } from '../../kernel/scope.ts';
import { newSecret, sha256 } from '../../kernel/secret-data.ts';
import { addSeconds } from '../../kernel/time.ts';
import type { AccountRefusal } from './account.rules.ts';
import type { Manager } from './account.service.ts';
import { holdOrgKinds, orgExists } from './account.store.ts';
import { actsInRole, grantsFor, roleOfOther } from './client.rules.ts';
import {
  actingClientOf,
  type Client,
  endSecrets,
  findBySecret,
  findClient,
  insertClient,
  insertSecret,
  saveClient,
  touchClient,
} from './client.store.ts';
import type { SignInDeps } from './sign-in.service.ts';
import type { IdentityTables } from './tables.ts';
import { signToken, TOKEN_SECONDS } from './token.ts';

export type ClientDeps = SignInDeps & { keys: Keys };
export type ClientInput = { name: string; orgId: OrgId | null; wholeCity: boolean; grants: readonly string[] };

/** Make a machine client. It can do nothing before it is given a secret. */
export async function createClient(
  deps: ClientDeps,
  by: Manager,
  input: ClientInput,
): Promise<Result<string, AccountRefusal>> {
  if (!input.wholeCity && !input.orgId) return refuse({ code: 'identity.client_org_needed' });
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, by.actor);
    if (input.orgId && !(await orgExists(tx, input.orgId))) return refuse({ code: 'identity.not_found' } as const);
    const id = deps.newId();
    const refusal = await roleRefusal(tx, { ...input, id, state: 'active' });
    if (refusal) return refuse(refusal);
    await insertClient(tx, { ...input, id, state: 'active' });
    return accept(id);
  });
}

/** Change a client's name, grants or state. A suspended one is turned away at once, also with a token that still holds. */
export async function changeClient(
  deps: ClientDeps,
  by: Manager,
  { id, version, ...to }: { id: string; version?: number } & Partial<Pick<Client, 'name' | 'grants' | 'state'>>,
): Promise<Result<null, AccountRefusal>> {
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, by.actor);
    const client = await findClient(tx, id);
    if (!client) return refuse({ code: 'identity.not_found' } as const);
    const refusal = await roleRefusal(tx, { ...client, ...to });
    if (refusal) return refuse(refusal);
    const stale = version !== undefined && version !== client.version;
    const saved = !stale && (await saveClient(tx, client, { ...client, ...to }));
    return saved ? accept(null) : refuse({ code: 'identity.changed_meanwhile' } as const);
  });
}

/**
 * May this client act in these roles? Only for an insurer or broker itself, and only one client at a time: the systems of one
 * organisation count as one person wherever two are needed.
 */
async function roleRefusal(
  tx: Tx<IdentityTables>,
  { id, orgId, wholeCity, grants, state }: Pick<Client, 'id' | 'orgId' | 'wholeCity' | 'grants' | 'state'>,
): Promise<AccountRefusal | undefined> {
  if (!actsInRole(grants)) return undefined;
  const kinds = wholeCity || !orgId ? null : await holdOrgKinds(tx, orgId);
  const grant = roleOfOther(grants, kinds);
  if (grant || !orgId) return { code: 'identity.client_role_of_other', grant: grant ?? grants.join(' ') };
  const other = state === 'active' ? await actingClientOf(tx, orgId, id) : undefined;
  return other === undefined ? undefined : { code: 'identity.client_role_taken', name: other };
}

/** A secret as it is handed over, this once. */
export type HandedSecret = {
  clientId: string;
  secretId: string;
  door: 'api' | 'mqtt';
  secret: string;
  endsAt: Date | null;
};

/** Give a client a new secret for one door. The one before it still works for `overlapHours`, so that nobody is cut off. */
export async function issueSecret(
  deps: ClientDeps,
  by: Manager,
  { clientId, door, overlapHours }: { clientId: string; door: 'api' | 'mqtt'; overlapHours: number },
): Promise<Result<HandedSecret, AccountRefusal>> {
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, by.actor);
    if (!(await findClient(tx, clientId))) return refuse({ code: 'identity.not_found' } as const);
    const at = deps.now();
    await endSecrets(tx, { clientId, door }, addSeconds(at, overlapHours * 3_600));
    const secret = newSecret();
    const secretId = deps.newId();
    await insertSecret(tx, {
      id: secretId,
      client_id: clientId,
      door,
      secret_hash: sha256(secret),
      hint: secret.slice(-4),
      created_at: at,
      ends_at: null,
      last_used_at: null,
    });
    await keepAct(tx, {
      action: 'issue_secret',
      object: 'identity.client',
      rowId: clientId,
      after: { door, secretId },
    });
    return accept({ clientId, secretId, door, secret, endsAt: null });
  });
}

/** End a secret at once. */
export async function revokeSecret(
  deps: ClientDeps,
  by: Manager,
  { clientId, secretId }: { clientId: string; secretId: string },
): Promise<Result<null, AccountRefusal>> {
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, by.actor);
    if ((await endSecrets(tx, { clientId, only: secretId }, deps.now())) === 0)
      return refuse({ code: 'identity.not_found' } as const);
    await keepAct(tx, { action: 'revoke_secret', object: 'identity.client', rowId: clientId, after: { secretId } });
    return accept(null);
  });
}

/** The errors of RFC 6749, section 5.2, by their names there. */
export type TokenRefusal = 'invalid_request' | 'invalid_client' | 'invalid_scope' | 'unsupported_grant_type';
export type TokenRequest = {
  grantType: string | undefined;
  clientId: string;
  clientSecret: string;
  scope: string | undefined;
};
export type Token = { token: string; expiresInSeconds: number; grants: readonly string[] };

/** Give a machine client a token for an hour (OAuth 2, client credentials). */
export async function issueToken(deps: ClientDeps, asked: TokenRequest): Promise<Result<Token, TokenRefusal>> {
  if (!asked.grantType) return refuse('invalid_request');
  if (asked.grantType !== 'client_credentials') return refuse('unsupported_grant_type');
  const now = deps.now();
  const known = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(asked.clientId);
  const client = known
    ? await findBySecret(deps.db, {
        clientId: asked.clientId,
        door: 'api',
        secretHash: sha256(asked.clientSecret),
        now,
      })
    : undefined;
  if (!client) return refuse('invalid_client');
  const grants = grantsFor(client.grants, asked.scope);
  if (!grants) return refuse('invalid_scope');
  await touchClient(deps.db, { clientId: client.id, secretId: client.secretId }, now);
  const token = await signToken(deps.keys, { clientId: client.id, grants, tokenId: deps.newId() }, now);
  return accept({ token, expiresInSeconds: TOKEN_SECONDS, grants });
}
