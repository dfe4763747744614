import { sql } from 'kysely';
import type { AccountId, OrgId } from '../kernel/ids.ts';
import type { Kernel } from '../kernel/module.ts';
import { plainOf } from '../kernel/packs.ts';
import { EVERYTHING, scopedOn, type Viewer } from '../kernel/scope.ts';
import { secretData } from '../kernel/secret-data.ts';
import { calendarOf } from '../modules/identity/index.ts';
import { type ClaimDeps, statutoryClocks } from '../modules/insurance/claim/claim.deps.ts';
import type { InsuranceTables } from '../modules/insurance/tables.ts';
import type { CityPack } from '../packs.ts';

const ROLES = ['underwriter', 'handler', 'approver', 'surveyor', 'cashier', 'broker'] as const;

/** The people of the invented insurer, and its broker, as they sign in: what they did stands under their names. */
export type ClaimPeople = Readonly<Record<(typeof ROLES)[number], Viewer>>;

export async function claimPeople({ db }: Kernel): Promise<ClaimPeople | undefined> {
  const { rows } = await sql<{ id: AccountId; org: OrgId; role: (typeof ROLES)[number] }>`
    select distinct on (a.role) a.id, a.org_id as org, a.role from identity.account a
    where a.demo and a.role = any(${[...ROLES]}) order by a.role, a.username`.execute(db);
  const people = Object.fromEntries(
    rows.map(({ id, org, role }): [string, Viewer] => [
      role,
      {
        accountId: id,
        personId: null,
        orgId: org,
        role,
        displayName: '',
        scope: role === 'broker' ? EVERYTHING : { all: false, areas: [], orgs: [org] },
        grants: [],
      },
    ]),
  );
  return ROLES.every((role) => people[role]) ? (people as ClaimPeople) : undefined;
}

/** The means of claims, on an instant that has passed. */
export function claimDepsOn({ db, newId, keys, config }: Kernel, { files }: CityPack, now: () => Date): ClaimDeps {
  const tables = db.withTables<InsuranceTables>();
  return {
    db: tables,
    scoped: scopedOn(tables),
    now,
    newId,
    sharesCommission: true,
    subsidisedPayers: () => [],
    secret: secretData(keys, config.cipher),
    calendar: calendarOf(files.calendar),
    clocks: statutoryClocks(plainOf(files.insurance)),
    publicUrl: config.publicUrl,
  };
}
