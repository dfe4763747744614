import type { SandboxKeys } from '../../../contract/sandbox.ts';
import { accept, invariant, type Result, refuse } from '../../kernel/result.ts';
import { addSeconds } from '../../kernel/time.ts';
import { type ClientDeps, createClient, issueSecret } from '../../modules/identity/client.service.ts';
import { endSecrets } from '../../modules/identity/client.store.ts';
import { readDemoAccounts } from '../../modules/identity/demo-accounts.ts';
import { OFFERS, type SandboxKind } from './offer.rules.ts';
import { countHanded, freestOrg, retireClients, someElevators } from './offer.store.ts';

export type SandboxDeps = ClientDeps & { dataDir: string };
export type SandboxRefusal = { code: 'sandbox.not_ready' | 'sandbox.full' | 'sandbox.all_taken' };

/** Systems that may hold keys at once. */
const MOST_HANDED = 500;
const DAY_SECONDS = 86_400;
const BY = { actor: 'sandbox' };

/**
 * Make a machine client for whoever asks, with keys that end by themselves. Only beside a demo city: what stands there is
 * invented.
 */
export async function handOut(
  deps: SandboxDeps,
  { name, kind }: { name: string; kind: SandboxKind },
): Promise<Result<SandboxKeys, SandboxRefusal>> {
  // Written last when a demo city is made: where it is missing there is none, or not yet.
  if (readDemoAccounts(deps.dataDir).length === 0) return refuse({ code: 'sandbox.not_ready' });
  const { orgKind, party, grants, doors, days } = OFFERS[kind];
  const now = deps.now();
  await retireClients(deps.db, now);
  if ((await countHanded(deps.db, now)) >= MOST_HANDED) return refuse({ code: 'sandbox.full' });
  const org = orgKind === null ? undefined : await freestOrg(deps.db, { orgKind, party });
  if (orgKind !== null && !org) return refuse({ code: 'sandbox.all_taken' });
  const orgId = org?.id ?? null;
  const made = await createClient(deps, BY, { name, orgId, wholeCity: org === undefined, grants });
  if (!made.ok) return refuse({ code: 'sandbox.all_taken' }); // another system acts in this organisation's roles
  const clientId = made.value;
  const secrets: SandboxKeys['secrets'] = [];
  for (const door of doors) {
    const issued = await issueSecret(deps, BY, { clientId, door, overlapHours: 0 });
    invariant(issued.ok, 'a client that was just made can be given a secret');
    secrets.push({ door, secret: issued.value.secret });
  }
  const endsAt = addSeconds(now, days * DAY_SECONDS);
  await deps.db.transaction().execute((tx) => endSecrets(tx, { clientId }, endsAt));
  const elevators = orgId !== null && party === null ? [] : await someElevators(deps.db, { party, orgId });
  return accept({ clientId, org: org ?? null, grants: [...grants], secrets, endsAt: endsAt.toISOString(), elevators });
}
