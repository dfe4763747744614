import type { Kernel } from '../kernel/module.ts';
import { newSecret, sha256 } from '../kernel/secret-data.ts';
import { insertClient, insertSecret } from '../modules/identity/client.store.ts';
import type { IdentityTables } from '../modules/identity/tables.ts';
import { sourceOfClient } from '../modules/telemetry/source.store.ts';
import type { TelemetryTables } from '../modules/telemetry/tables.ts';
import { type Sender, writeSenders } from '../simulate/credentials.ts';
import { VENDORS } from '../simulate/vendor.ts';
import type { CastOrg } from './cast.ts';
import type { DemoPart } from './seed.ts';

/** Every fifth sender comes by HTTPS, as the platform of an enterprise does. */
const BY_HTTPS = 2;

/**
 * The demo's senders of telemetry: one per maker, each with the next code set and its habits. Their secrets are
 * random, and written down for the simulator alone.
 */
export const seedSenders: DemoPart = async ({ kernel, cast }) => {
  const makers = cast.orgs.filter((org) => org.kind === 'maker');
  const senders: Sender[] = [];
  for (const [i, org] of makers.entries()) senders.push(await seedSender(kernel, org, i));
  writeSenders(kernel.config.dataDir, senders);
};

async function seedSender({ db, now, newId }: Kernel, org: CastOrg, i: number): Promise<Sender> {
  const turn = i % VENDORS.length;
  const sender: Sender = {
    name: `${org.name}物联网平台`,
    codeSet: VENDORS[turn]?.codeSet ?? 'gbt24476',
    orgId: org.id,
    door: turn === BY_HTTPS ? 'http' : 'mqtt',
    clientId: newId(),
    secret: newSecret(),
  };
  const { name, clientId, codeSet } = sender;
  const client = { id: clientId, name, orgId: org.id, wholeCity: false, grants: ['telemetry:write'] };
  const identity = db.withTables<IdentityTables>();
  await identity.transaction().execute(async (tx) => {
    await insertClient(tx, { ...client, state: 'active' });
    await insertSecret(tx, {
      id: newId(),
      client_id: clientId,
      door: sender.door === 'http' ? 'api' : 'mqtt',
      secret_hash: sha256(sender.secret),
      hint: sender.secret.slice(-4),
      created_at: now(),
      ends_at: null,
      last_used_at: null,
    });
  });
  const telemetry = db.withTables<TelemetryTables>();
  await sourceOfClient(telemetry, { clientId, name, orgId: org.id, wholeCity: false }, newId);
  await telemetry
    .updateTable('telemetry.source')
    .set({ code_set: codeSet })
    .where('client_id', '=', clientId)
    .execute();
  return sender;
}
