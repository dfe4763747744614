import type { Tx } from '../../kernel/db.ts';
import type { AccountId, OrgId, PersonId } from '../../kernel/ids.ts';
import { invariant } from '../../kernel/result.ts';
import type { SecretData } from '../../kernel/secret-data.ts';
import { areasFor } from './account.rules.ts';
import { newPassword } from './account.service.ts';
import { insertAccounts } from './account.store.ts';
import { areasOfOrg } from './directory.rules.ts';
import { findOrgAreas, insertLicences, insertOrgs, type LicenceFacts, type OrgFacts } from './org.store.ts';
import { type CertificateFacts, insertCertificates, insertPeople, type PersonFacts } from './person.store.ts';
import { needsSecondFactor, type Role } from './roles.rules.ts';
import { usernameKey } from './sign-in.rules.ts';
import { hashPassword, type SignInDeps } from './sign-in.service.ts';
import type { IdentityTables } from './tables.ts';
import { newTotpSecret } from './totp.ts';

/** Organisations and people to be put in at once: the demo city, or an import. Ids are the caller's. */
export type DirectorySeed = {
  orgs: readonly (OrgFacts & { id: OrgId; licences: readonly (LicenceFacts & { id: string })[] })[];
  people: readonly (PersonFacts & {
    id: PersonId;
    orgId: OrgId;
    certificates: readonly (CertificateFacts & { id: string })[];
  })[];
};

/** Put organisations, licences, people and certificates in. People may also belong to organisations that are there. */
export async function seedDirectory(
  tx: Tx<IdentityTables>,
  secret: SecretData,
  { orgs, people }: DirectorySeed,
): Promise<void> {
  const seen = new Map(orgs.map((org) => [org.id, { id: org.id, areaCodes: areasOfOrg(org) }]));
  for (const org of await findOrgAreas(
    tx,
    people.map((p) => p.orgId).filter((id) => !seen.has(id)),
  ))
    seen.set(org.id, org);
  const orgOf = (id: OrgId) => {
    const org = seen.get(id);
    invariant(org, 'people are seeded into an organisation that exists');
    return org;
  };
  await insertOrgs(tx, orgs);
  await insertLicences(
    tx,
    orgs.flatMap((org) => org.licences.map((l) => ({ ...l, org: orgOf(org.id) }))),
  );
  await insertPeople(
    tx,
    secret,
    people.map((p) => ({ ...p, org: orgOf(p.orgId) })),
  );
  await insertCertificates(
    tx,
    secret,
    people.flatMap((p) => p.certificates.map((c) => ({ ...c, personId: p.id, org: orgOf(p.orgId) }))),
  );
}

/** An account of the demo: one of each role, tied to invented organisations. */
export type DemoAccountPlan = {
  username: string;
  label: string;
  role: Role;
  orgId: OrgId | null;
  orgName: string;
  personId: PersonId | null;
  areas: readonly string[];
  buildings: readonly { id: string; areaCodes: readonly string[] }[]; // of an owner, verified
};
export type DemoAccount = { username: string; password: string; role: Role; org: string; totpSecret: string | null };

/** Make the demo's accounts, with passwords of this installation alone. Answers with what the demo page shows. */
export async function seedAccounts(
  deps: SignInDeps,
  tx: Tx<IdentityTables>,
  plans: readonly DemoAccountPlan[],
): Promise<DemoAccount[]> {
  const made = await Promise.all(
    plans.map(async (plan) => {
      const password = newPassword();
      const totpSecret = needsSecondFactor(plan.role) ? newTotpSecret() : null;
      return { plan, password, totpSecret, passwordHash: await hashPassword(password), id: deps.newId() as AccountId };
    }),
  );
  const at = deps.now();
  await insertAccounts(
    tx,
    made.map(({ plan, id, passwordHash, totpSecret }) => ({
      id,
      username: plan.username,
      usernameKey: usernameKey(plan.username),
      label: plan.label,
      role: plan.role,
      orgId: plan.orgId,
      personId: plan.personId,
      areas: areasFor(plan.role, plan.areas),
      state: 'active',
      demo: true,
      passwordHash,
      at,
      mustChange: false,
      totpSecret: totpSecret ? deps.secret.seal('identity.credential.totp_secret', totpSecret) : null,
    })),
  );
  await insertHouseholds(
    tx,
    made.flatMap(({ plan, id }) =>
      plan.buildings.map((building) => ({ id: deps.newId(), accountId: id, building, at })),
    ),
  );
  return made.map(({ plan, password, totpSecret }) => ({
    username: plan.username,
    password,
    role: plan.role,
    org: plan.orgName,
    totpSecret,
  }));
}

type VerifiedHousehold = {
  id: string;
  accountId: AccountId;
  building: { id: string; areaCodes: readonly string[] };
  at: Date;
};

async function insertHouseholds(tx: Tx<IdentityTables>, households: readonly VerifiedHousehold[]): Promise<void> {
  if (households.length === 0) return;
  const rows = households.map(({ id, accountId, building, at }) => ({
    id,
    account_id: accountId,
    building_id: building.id,
    unit: null,
    verified_at: at,
    verified_by: null,
    ended_at: null,
    ended_reason: null,
    area_codes: [...building.areaCodes],
    org_ids: [],
  }));
  await tx.insertInto('identity.household').values(rows).execute();
}
