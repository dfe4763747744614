import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Tx } from '../../kernel/db.ts';
import { type AccountId, newId, type OrgId, type PersonId } from '../../kernel/ids.ts';
import { keysForTest } from '../../kernel/keys.ts';
import { EVERYTHING, NOTHING, type Scope, type Scoped, scopedOn, type Viewer } from '../../kernel/scope.ts';
import { secretData } from '../../kernel/secret-data.ts';
import { testDb } from '../../test/db.ts';
import { seedDirectory } from './seed.service.ts';
import type { IdentityTables } from './tables.ts';

const secret = secretData(keysForTest(), 'aes');
const [mine, foreign] = [newId() as OrgId, newId() as OrgId];
const [myPerson, foreignPerson] = [newId() as PersonId, newId() as PersonId];
let scoped: Scoped<IdentityTables>;
let asOwner: <T>(work: (tx: Tx<IdentityTables>) => Promise<T>) => Promise<T>;

const org = (id: OrgId, name: string, area: string) => ({
  id,
  name,
  kinds: ['maintenance_unit'],
  uscc: null,
  address: '',
  dutyPhone: '',
  seatAreas: [area],
  workAreas: [],
  licences: [
    { id: newId(), kind: 'maintenance', number: `L-${name}`, scope: '', issuer: '', issuedOn: null, expiresOn: null },
  ],
});
const person = (id: PersonId, orgId: OrgId, name: string) => ({
  id,
  orgId,
  name,
  phone: '10000000001',
  duties: ['technician'],
  certificates: [
    { id: newId(), kind: 'elevator_work', number: `C-${name}`, issuer: '', issuedOn: null, expiresOn: null },
  ],
});

beforeAll(async () => {
  const { db } = await testDb();
  const tables = db.withTables<IdentityTables>();
  scoped = scopedOn(tables);
  asOwner = (work) => tables.transaction().execute(work);
  await asOwner((tx) =>
    seedDirectory(tx, secret, {
      orgs: [org(mine, '本单位', '320205'), org(foreign, '外单位', '320206')],
      people: [person(myPerson, mine, '甲'), person(foreignPerson, foreign, '乙')],
    }),
  );
});

const viewer = (role: string, scope: Scope): Viewer => ({
  accountId: newId() as AccountId,
  personId: null,
  orgId: null,
  role,
  displayName: '',
  scope,
  grants: [],
});
const mineOnly = viewer('maintenance_manager', { all: false, areas: [], orgs: [mine] });
const district = viewer('district_regulator', { all: false, areas: ['320205'], orgs: [] });

/** Plain SQL as a request would run it: what a forgotten filter, or a hole in a query, could reach. */
const rows = async (who: Viewer, query: string): Promise<unknown[]> =>
  scoped(who, async (tx) => (await sql.raw(query).execute(tx)).rows);

const seen = (who: Viewer, table: string) => rows(who, `select * from identity.${table}`);

describe('whatever SQL a request runs, it reaches only what its viewer sees', () => {
  test.each(['org', 'licence', 'person', 'certificate'])(
    'of identity.%s, each sees the own row only',
    async (table) => {
      expect(await seen(mineOnly, table)).toHaveLength(1);
      expect(await seen(district, table)).toHaveLength(1);
      expect(await seen(viewer('agent', EVERYTHING), table)).toHaveLength(2);
      expect(await seen(viewer('owner', NOTHING), table)).toHaveLength(0);
      expect(await seen(viewer('auditor', NOTHING), table)).toHaveLength(0);
    },
  );

  test('an administrator sees organisations and people by role, and names are cipher text', async () => {
    const people = await seen(viewer('administrator', NOTHING), 'person');
    expect(people).toHaveLength(2);
    expect(JSON.stringify(people)).not.toMatch(/甲|乙|10000000001/);
  });

  test('a foreign row is not changed', async () => {
    const done = await scoped(mineOnly, (tx) =>
      sql`update identity.person set left_on = '2026-01-01' where id = ${foreignPerson}`.execute(tx),
    );
    expect(done.numAffectedRows).toBe(0n);
  });

  test('a row cannot be pushed out to others, nor made in their name', async () => {
    const push = sql`update identity.org set org_ids = ${[foreign]}::uuid[], area_codes = '{}' where id = ${mine}`;
    await expect(scoped(mineOnly, (tx) => push.execute(tx))).rejects.toThrow(/row-level security/);
    const plant = sql`insert into identity.licence (id, org_id, kind, number, area_codes, org_ids)
      values (${newId()}, ${foreign}, 'maintenance', 'planted', '{}', ${[foreign]}::uuid[])`;
    await expect(scoped(mineOnly, (tx) => plant.execute(tx))).rejects.toThrow(/row-level security/);
  });

  test.each(['credential', 'session', 'sign_in', 'client_secret', 'retention'])(
    'no request reads identity.%s',
    async (table) => {
      await expect(seen(viewer('administrator', EVERYTHING), table)).rejects.toThrow(/permission denied/);
    },
  );

  test('no request deletes, and none touches the audit', async () => {
    await expect(rows(mineOnly, 'delete from identity.org')).rejects.toThrow(/permission denied/);
    const auditor = viewer('auditor', NOTHING);
    await expect(rows(auditor, `update kernel.audit set actor = 'someone else'`)).rejects.toThrow(/permission denied/);
    await expect(rows(auditor, 'delete from kernel.audit')).rejects.toThrow(/permission denied/);
  });

  test('the viewer ends with his transaction: the next work on the same connection is its own', async () => {
    await seen(mineOnly, 'org');
    const left = await asOwner((tx) =>
      sql<{
        role: string;
        orgs: string;
      }>`select current_user::text as role, current_setting('tian.scope_orgs', true) as orgs`.execute(tx),
    );
    expect(left.rows[0]).not.toMatchObject({ role: 'tian_request' });
    expect(left.rows[0]?.orgs ?? '').toBe('');
  });
});

test('who sees a row is written into the query: no function is called for each', async () => {
  const { rows: guarded } = await asOwner((tx) =>
    sql<{ name: string }>`select format('%I.%I', schemaname, tablename) as name from pg_policies
      where qual ~ '^\\(?kernel\\.sees' order by 1`.execute(tx),
  );
  expect(guarded.map((g) => g.name)).toContain('registry.elevator');
  for (const { name } of guarded) {
    const plan = JSON.stringify(await rows(mineOnly, `explain (format json) select 1 from ${name}`));
    expect(plan, name).toContain('tian.scope_orgs');
    expect(plan, name).not.toContain('kernel.sees(');
  }
});

describe('the audit', () => {
  const audit = (who: Viewer, where = 'true') =>
    rows(who, `select object, actor, after from kernel.audit where ${where}`);

  test('keeps every change with its actor; auditors read all of it, administrators what is identity, others nothing', async () => {
    await asOwner((tx) =>
      sql`insert into kernel.audit (actor, action, object) values ('x', 'update', 'registry.elevator')`.execute(tx),
    );
    await scoped(mineOnly, (tx) => sql`update identity.org set address = '新址 1 号' where id = ${mine}`.execute(tx));
    const auditor = await audit(viewer('auditor', NOTHING), `object = 'identity.org' and action = 'update'`);
    expect(auditor).toMatchObject([{ actor: mineOnly.accountId, after: { address: '新址 1 号' } }]);
    expect(await audit(viewer('auditor', NOTHING), `object = 'registry.elevator'`)).toHaveLength(1);
    expect(await audit(viewer('administrator', NOTHING), `object = 'registry.elevator'`)).toHaveLength(0);
    expect(await audit(viewer('administrator', NOTHING), `object = 'identity.org'`)).not.toHaveLength(0);
    expect(await audit(viewer('city_regulator', EVERYTHING))).toHaveLength(0);
  });

  test('never holds a plain name, phone or password', async () => {
    const all = JSON.stringify(await audit(viewer('auditor', NOTHING)));
    expect(all).not.toMatch(/甲|乙|10000000001|argon2/);
  });

  test('a line about a look is kept in the name of who looked, whatever the request says', async () => {
    await scoped(mineOnly, (tx) =>
      sql`select kernel.keep_act('unmask', 'identity.person', 'p1', '{"reason":"call"}')`.execute(tx),
    );
    expect(await audit(viewer('auditor', NOTHING), `action = 'unmask'`)).toMatchObject([{ actor: mineOnly.accountId }]);
  });
});

test('accounts are the administrator’s; everybody else sees his own alone, and cannot raise himself', async () => {
  const [one, two] = [newId() as AccountId, newId() as AccountId];
  await asOwner((tx) =>
    sql`insert into identity.account (id, username, username_key, role, state)
      values (${one}, 'one', 'one', 'technician', 'active'), (${two}, 'two', 'two', 'technician', 'active')`.execute(
      tx,
    ),
  );
  const self = { ...mineOnly, accountId: one };
  expect(await seen(self, 'account')).toMatchObject([{ username: 'one' }]);
  expect(await seen(viewer('city_regulator', EVERYTHING), 'account')).toHaveLength(0);
  expect(await seen(viewer('administrator', NOTHING), 'account')).toHaveLength(2);
  await expect(rows(self, `update identity.account set role = 'administrator'`)).rejects.toThrow(/row-level security/);
  expect(await seen(self, 'client')).toHaveLength(0);
});

test('a person is found by exactly the same name or phone, and by no part of it', async () => {
  const found = (key: string) =>
    rows(
      viewer('agent', EVERYTHING),
      `select id from identity.person where name_key = '${key}' or phone_key = '${key}'`,
    );
  expect(await found(secret.lookup('identity.person.name', '甲'))).toEqual([{ id: myPerson }]);
  expect(await found(secret.lookup('identity.person.phone', '10000000001'))).toHaveLength(2);
  expect(await found(secret.lookup('identity.person.phone', '1000000000'))).toHaveLength(0);
});
