import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Db } from '../../kernel/db.ts';
import { newId, type OrgId, type PersonId } from '../../kernel/ids.ts';
import { keysForTest } from '../../kernel/keys.ts';
import { secretData } from '../../kernel/secret-data.ts';
import { testDb } from '../../test/db.ts';
import { contactsOf, peopleOf, personCards } from './person.views.ts';
import { retain } from './retention.views.ts';
import { seedDirectory } from './seed.service.ts';
import { tellExpiry } from './start.ts';
import type { IdentityTables } from './tables.ts';

let db: Db<IdentityTables>;
const secret = secretData(keysForTest(), 'aes');
const now = new Date('2026-11-21T01:00:00Z');
const org = newId() as OrgId;
const [stays, left, gone] = [newId() as PersonId, newId() as PersonId, newId() as PersonId];

beforeAll(async () => {
  db = (await testDb()).db.withTables<IdentityTables>();
  const paper = (number: string, expiresOn: string) => ({
    id: newId(),
    kind: 'elevator_work',
    number,
    issuer: '',
    issuedOn: null,
    expiresOn,
  });
  const person = (id: PersonId, certificates: ReturnType<typeof paper>[]) => ({
    id,
    orgId: org,
    name: '演甲',
    phone: '10000000001',
    duties: ['technician'],
    certificates,
  });
  await db.transaction().execute(async (tx) => {
    await seedDirectory(tx, secret, {
      orgs: [
        {
          id: org,
          name: '示例维保',
          kinds: ['maintenance_unit'],
          uscc: null,
          address: '',
          dutyPhone: '',
          seatAreas: ['320205'],
          workAreas: [],
          licences: [
            {
              id: newId(),
              kind: 'maintenance',
              number: 'L1',
              scope: '',
              issuer: '',
              issuedOn: null,
              expiresOn: '2026-12-31',
            },
          ],
        },
      ],
      people: [
        person(stays, [paper('A1', '2026-12-01'), paper('A2', '2030-01-01')]), // renewed already
        person(left, [paper('B1', '2026-12-01')]),
        person(gone, [paper('C1', '2027-06-01')]), // not soon
      ],
    });
    await sql`update identity.person set left_on = '2024-01-01' where id = ${left}`.execute(tx);
    await sql`update identity.person set left_on = '2022-01-01' where id = ${gone}`.execute(tx);
  });
});

test('an organisation is told once of what ends soon: not of what was renewed, nor of people who left', async () => {
  const notices = () =>
    sql<{ params: unknown; org_ids: string[] }>`select params, org_ids from kernel.notification`.execute(db);
  expect(await tellExpiry({ db, now: () => now })).toBe(1);
  await tellExpiry({ db, now: () => now });
  expect((await notices()).rows).toEqual([{ params: { count: 1 }, org_ids: [org] }]); // the licence alone
});

test('names and phones of people who left go after three years, the person stays in the records', async () => {
  await sql`insert into identity.sign_in (id, at, username_key, address, agent, outcome)
    values (${newId()}, '2025-01-01', 'old', '', '', 'refused'), (${newId()}, '2026-11-01', 'new', '', '', 'refused')`.execute(
    db,
  );
  const done = await db.transaction().execute((tx) => retain(tx, now));
  expect(done).toEqual({ signIns: 1, sessions: 0, people: 1, flats: 0 });
  const cards = await personCards({ db, secret }, [stays, left, gone]);
  const shown = (id: PersonId) => [cards.get(id)?.name, cards.get(id)?.phone];
  expect(shown(stays)).toEqual(['演*', '100****0001']);
  expect(shown(left)).toEqual(['演*', '100****0001']);
  expect(shown(gone)).toEqual(['', '']);
  expect((await contactsOf({ db, secret }, [stays])).get(stays)).toEqual({
    id: stays,
    name: '演甲',
    phone: '10000000001',
  });
  expect(await db.transaction().execute((tx) => retain(tx, now))).toEqual({
    signIns: 0,
    sessions: 0,
    people: 0,
    flats: 0,
  });
});

test('the people of an organisation are those with the duty who have not left', async () => {
  const found = await peopleOf(db, { orgIds: [org], duties: ['technician', 'head'] });
  expect(found).toEqual([{ id: stays, orgId: org, duties: ['technician'], accountId: null }]);
  expect(await peopleOf(db, { orgIds: [org], duties: ['head'] })).toEqual([]);
});
