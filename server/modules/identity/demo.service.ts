import type { OrgId, PersonId } from '../../kernel/ids.ts';
import { invariant } from '../../kernel/result.ts';
import { actAs } from '../../kernel/scope.ts';
import type { SecretData } from '../../kernel/secret-data.ts';
import { type DemoSeat, type DemoTies, demoOffices, demoPerson, demoSeats } from './demo.rules.ts';
import { writeDemoAccounts } from './demo-accounts.ts';
import { type DemoAccountPlan, seedAccounts, seedDirectory } from './seed.service.ts';
import type { SignInDeps } from './sign-in.service.ts';

export type DemoDeps = SignInDeps & { dataDir: string; secret: SecretData };

/** Where the demo's owner lives. */
type Buildings = DemoAccountPlan['buildings'];

/**
 * Make the demo's accounts: one of every role, each with an invented person and, where the role needs one, an
 * organisation of the demo city. Their passwords are this installation's own and stand in the data folder.
 */
export async function seedDemoAccounts(deps: DemoDeps, ties: DemoTies, buildings: Buildings): Promise<void> {
  const offices = demoOffices(ties).map((office) => ({ ...office, id: deps.newId() as OrgId }));
  const made = new Map(offices.map((o) => [o.key, { id: o.id, name: o.name }]));
  const orgOf = (seat: DemoSeat) => (seat.orgKind ? (ties.orgs[seat.orgKind] ?? made.get(seat.orgKind) ?? null) : null);
  const seats = demoSeats(ties).map((seat, i) => ({
    seat,
    org: orgOf(seat),
    person: { ...demoPerson(i + 1), id: deps.newId() as PersonId },
  }));
  const accounts = await deps.db.transaction().execute(async (tx) => {
    await actAs(tx, 'demo');
    await seedDirectory(tx, deps.secret, {
      orgs: offices.map((o) => ({
        id: o.id,
        name: o.name,
        kinds: [o.kind],
        uscc: null,
        address: '',
        dutyPhone: '',
        seatAreas: [],
        workAreas: o.areas,
        licences: [],
      })),
      people: seats.flatMap(({ seat, org, person }) =>
        org ? [{ ...person, orgId: org.id, duties: [seat.duty], certificates: [] }] : [],
      ),
    });
    return seedAccounts(
      deps,
      tx,
      seats.map(({ seat, org, person }) => {
        invariant(org || !seat.orgKind, `the demo has an organisation for ${seat.role}`);
        return {
          username: seat.username,
          label: seat.label,
          role: seat.role,
          orgId: org?.id ?? null,
          orgName: org?.name ?? '',
          personId: org ? person.id : null,
          areas: seat.areas,
          buildings: seat.role === 'owner' ? buildings : [],
        };
      }),
    );
  });
  writeDemoAccounts(deps.dataDir, accounts);
}
