import { sql } from 'kysely';
import type { AccountId, OrgId, PersonId } from '../kernel/ids.ts';
import type { Kernel } from '../kernel/module.ts';
import { newSecret, sha256 } from '../kernel/secret-data.ts';
import { addSeconds } from '../kernel/time.ts';
import { insertAccounts } from '../modules/identity/account.store.ts';
import type { Role } from '../modules/identity/index.ts';
import { usernameKey } from '../modules/identity/sign-in.rules.ts';
import { hashPassword } from '../modules/identity/sign-in.service.ts';
import { insertSession } from '../modules/identity/sign-in.store.ts';
import type { IdentityTables } from '../modules/identity/tables.ts';
import type { DemoPart } from './seed.ts';

/** Accounts that no person can sign in to begin with this. */
const NAME = 'demo-crew-';
const DESK_NAME = `${NAME}desk`;
/** How sessions of the simulated people are told from those of a visitor. */
export const CREW_AGENT = 'Tian demo crew';
const SESSION_SECONDS = 86_400;

/**
 * An account for every rescuer of the demo and one for its agent, beside those that visitors use. Nobody knows their
 * passwords: each is random and forgotten at once, so the only sessions are those that `openCrewSession` makes.
 */
export const seedCrewAccounts: DemoPart = async ({ kernel, cast }) => {
  const passwordHash = await hashPassword(newSecret());
  const made = {
    state: 'active' as const,
    demo: true,
    passwordHash,
    at: kernel.now(),
    mustChange: false,
    totpSecret: null,
  };
  const account = (username: string, role: Role, of: { orgId: OrgId | null; personId: PersonId | null }) => ({
    ...made,
    ...of,
    username,
    role,
    label: '',
    areas: [],
    id: kernel.newId() as AccountId,
    usernameKey: usernameKey(username),
  });
  const rescuers = cast.people
    .filter((p) => p.duties.includes('rescuer'))
    .map((p, i) =>
      account(`${NAME}${i + 1}`, p.duties.includes('technician') ? 'technician' : 'rescuer', {
        orgId: p.orgId,
        personId: p.id,
      }),
    );
  const desk = cast.orgs.find((org) => org.key === 'desk');
  const agent = account(DESK_NAME, 'agent', { orgId: desk?.id ?? null, personId: null });
  const tables = kernel.db.withTables<IdentityTables>();
  await tables.transaction().execute((tx) => insertAccounts(tx, [...rescuers, agent]));
};

/** The accounts of the simulated people: rescuers by their person, and the agent. Null: this house has none. */
export type Crew = { byPerson: ReadonlyMap<string, AccountId>; desk: AccountId; all: readonly string[] };

export async function readCrew({ db }: Pick<Kernel, 'db'>): Promise<Crew | null> {
  const { rows } = await sql<{ id: AccountId; person_id: string | null; username: string }>`
    select id, person_id, username from identity.account
    where demo and state = 'active' and starts_with(username, ${NAME})`.execute(db);
  const desk = rows.find((r) => r.username === DESK_NAME)?.id;
  if (!desk) return null;
  const byPerson = new Map(rows.flatMap((r) => (r.person_id ? [[r.person_id, r.id] as const] : [])));
  return { byPerson, desk, all: rows.map((r) => r.id) };
}

/** A session as signing in would open it. Returns the token of its cookie. */
export async function openCrewSession({ db, now, newId }: Kernel, accountId: AccountId): Promise<string> {
  const token = newSecret();
  const startedAt = now();
  const facts = { id: newId(), tokenHash: sha256(token), accountId, stage: 'open' as const, startedAt };
  const from = { endsAt: addSeconds(startedAt, SESSION_SECONDS), address: '127.0.0.1', agent: CREW_AGENT };
  await db
    .withTables<IdentityTables>()
    .transaction()
    .execute((tx) => insertSession(tx, { ...facts, ...from }));
  return token;
}
