import type { Db } from '../../kernel/db.ts';
import type { OrgId, PersonId } from '../../kernel/ids.ts';
import { scopedOn, type Viewer } from '../../kernel/scope.ts';
import type { SecretData } from '../../kernel/secret-data.ts';
import { contactsOf, type IdentityTables, type PersonCard, peopleOf, personCards } from '../identity/index.ts';

/** What rescue asks the register of people. */
export type People = {
  /** People the viewer sees, masked. */
  cards: (viewer: Viewer, ids: readonly PersonId[]) => Promise<ReadonlyMap<PersonId, PersonCard>>;
  /** Who works on elevators in an organisation, as far as the viewer sees it. */
  workersOf: (viewer: Viewer, orgId: OrgId) => Promise<readonly PersonId[]>;
  /** Plain phones, for the messages that the system itself sends. */
  phones: (ids: readonly PersonId[]) => Promise<ReadonlyMap<PersonId, string>>;
};

const WORKERS = ['technician', 'rescuer', 'maintenance_manager'];

export function peopleOn(db: Db<unknown>, secret: SecretData): People {
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
    phones: async (ids) => {
      if (ids.length === 0) return new Map();
      const contacts = await contactsOf({ db: db.withTables<IdentityTables>(), secret }, ids);
      return new Map([...contacts].map(([id, { phone }]) => [id, phone]));
    },
  };
}
