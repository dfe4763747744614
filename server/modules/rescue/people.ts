import type { AnyTx, Db, Tx } from '../../kernel/db.ts';
import type { AccountId, OrgId, PersonId } from '../../kernel/ids.ts';
import type { Result } from '../../kernel/result.ts';
import { scopedOn, type Viewer } from '../../kernel/scope.ts';
import type { SecretData } from '../../kernel/secret-data.ts';
import {
  type AccountRefusal,
  accountsOf,
  contactsOf,
  createAccount,
  type DirectorySeed,
  type IdentityTables,
  type PersonCard,
  peopleOf,
  personCards,
  resetPassword,
  seedDirectory,
} from '../identity/index.ts';

/** What rescue asks the register of people. */
export type People = {
  /** People the viewer sees, masked. */
  cards: (viewer: Viewer, ids: readonly PersonId[]) => Promise<ReadonlyMap<PersonId, PersonCard>>;
  /** Who works on elevators in an organisation, as far as the viewer sees it. */
  workersOf: (viewer: Viewer, orgId: OrgId) => Promise<readonly PersonId[]>;
  /** Plain phones, for the messages that the system itself sends. */
  phones: (ids: readonly PersonId[]) => Promise<ReadonlyMap<PersonId, string>>;
  /** The active accounts of people: who can be asked in the product. */
  accounts: (ids: readonly PersonId[]) => Promise<ReadonlyMap<PersonId, AccountId>>;
  /** Enter an organisation with its people in the register, in the transaction that makes them rescuers. */
  enlist: (tx: AnyTx, seed: DirectorySeed) => Promise<void>;
  /** An account of the role rescuer: made, or given a new password for one use where the person has one. */
  handAccount: (actor: string, of: AccountAsked) => Promise<Result<{ password: string }, AccountRefusal>>;
};

export type AccountAsked = { personId: PersonId; orgId: OrgId; username: string; label: string };

const WORKERS = ['technician', 'rescuer', 'maintenance_manager'];

export function peopleOn(
  db: Db<unknown>,
  secret: SecretData,
  { now, newId }: { now: () => Date; newId: () => string },
): People {
  const scoped = scopedOn(db);
  return {
    cards: (viewer, ids) =>
      ids.length === 0
        ? Promise.resolve(new Map())
        : scoped(viewer, (tx) => personCards({ db: tx.withTables<IdentityTables>(), secret }, ids)),
    workersOf: (viewer, orgId) =>
      scoped(viewer, async (tx) => {
        const found = await peopleOf(tx.withTables<IdentityTables>(), { orgIds: [orgId], duties: WORKERS });
        return [...new Set(found.map((p) => p.id))];
      }),
    enlist: (tx, seed) => seedDirectory(tx as unknown as Tx<IdentityTables>, secret, seed), // one connection, seen as theirs
    handAccount: async (actor, { personId, orgId, username, label }) => {
      const identity = { db: db.withTables<IdentityTables>(), secret, now, newId };
      const known = (await accountsOf(identity.db, [personId])).get(personId);
      if (known) return resetPassword(identity, { actor }, known);
      return createAccount(identity, { actor }, { username, label, role: 'rescuer', orgId, personId, areas: [] });
    },
    accounts: (ids) => accountsOf(db.withTables<IdentityTables>(), ids),
    phones: async (ids) => {
      if (ids.length === 0) return new Map();
      const contacts = await contactsOf({ db: db.withTables<IdentityTables>(), secret }, ids);
      return new Map([...contacts].map(([id, { phone }]) => [id, phone]));
    },
  };
}
