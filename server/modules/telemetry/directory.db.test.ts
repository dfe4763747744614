import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDb } from '../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import { testDb } from '../../test/db.ts';
import { type Directory, openDirectory } from './directory.service.ts';
import type { Source } from './source.store.ts';
import { city, elevator, sender } from './telemetry.fixtures.ts';

const { pool } = await testDb();
const { orgId, otherOrgId } = await city(pool);
const deps = { db: openDb<unknown>(pool), now: () => new Date() };

const source = (no: number): Source => ({
  id: '',
  no,
  clientId: '',
  name: '',
  orgId: null,
  codeSet: '',
  reach: 'parties',
  areaCodes: [],
  orgIds: [],
});

type Row = { id: ElevatorId; no: number; rescue_code: string | null };
const allRows = async (): Promise<Row[]> =>
  (await pool.query<Row>('select id, no, rescue_code from registry.elevator order by no')).rows;

/** All that a directory answers about these elevators: by number, by id, by code, and who may speak by binding. */
const told = (directory: Directory, rows: readonly Row[], senders: readonly number[]) =>
  rows.map(({ id, no, rescue_code }) => {
    const known = directory.byNo(no);
    return {
      known,
      byId: directory.find({ type: 'id', value: id }),
      byCode: rescue_code === null ? null : directory.find({ type: 'rescue_code', value: rescue_code }),
      speaks: known ? senders.filter((n) => directory.maySpeak(source(n), known)) : [],
    };
  });

const boxNo = async (): Promise<number> => {
  const { id: clientId } = await sender(pool, otherOrgId);
  const { rows } = await pool.query<{ no: number }>(
    `insert into telemetry.source (id, client_id, name, org_id, code_set, reach, org_ids)
     values (gen_random_uuid(), $1, '盒子', $2, 'gbt24476', 'parties', array[$2::uuid]) returning no`,
    [clientId, otherOrgId],
  );
  return rows[0]?.no ?? 0;
};

test('slices of any size give what one reading of the whole gives', async () => {
  const box = await boxNo();
  for (let i = 0; i < 23; i += 1) {
    const { id } = await elevator(pool, i % 3 === 0 ? otherOrgId : orgId);
    if (i % 4 === 0)
      await pool.query(`insert into telemetry.binding (source_no, elevator_id, bound_by) values ($1, $2, 'test')`, [
        box,
        id,
      ]);
    if (i % 5 === 0)
      await pool.query(
        `insert into telemetry.maintenance_window (id, elevator_id, org_id, reason, started_at, ends_at, area_codes, org_ids)
         values (gen_random_uuid(), $1, $2, '保养', now(), now() + interval '1 hour', '{}', '{}')`,
        [id, orgId],
      );
  }
  const rows = await allRows();
  const whole = told(await openDirectory({ ...deps, slice: 1_000 }), rows, [box]);
  expect(whole.every(({ known, byId, byCode }) => known && byId === known && byCode === known)).toBe(true);
  expect(whole.filter(({ speaks }) => speaks.length > 0)).toHaveLength(6);
  expect(whole.filter(({ known }) => known && known.workUntilMs > 0)).toHaveLength(5);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 30 }), async (slice) => {
      const directory = await openDirectory({ ...deps, slice });
      expect(told(directory, rows, [box])).toEqual(whole);
      await directory.refresh();
      expect(told(directory, rows, [box])).toEqual(whole);
      expect(directory.size()).toBe(rows.length);
    }),
    { numRuns: 12, examples: [[1], [rows.length], [rows.length - 1]] },
  );
});

test('an elevator opened behind the reading is let in between two slices and stays', async () => {
  const directory = await openDirectory({ ...deps, slice: 1 });
  const reading = directory.refresh();
  const { rows } = await pool.query<{ id: ElevatorId }>(
    // Its number is lower than all that were read: it stood in a transaction that took its time.
    `insert into registry.elevator (id, no, kind, variety, state, state_at, source, rescue_code, area_codes, org_ids)
     overriding system value
     values (gen_random_uuid(), -1, 'lift', 'traction_passenger', 'in_use', now(), 'test', '777001', '{}', '{}') returning id`,
  );
  await directory.refreshOnly(rows.map((row) => row.id));
  expect(directory.byNo(-1)).toBeDefined();
  await reading;
  expect(directory.byNo(-1)?.id).toBe(rows[0]?.id);
  expect(directory.find({ type: 'rescue_code', value: '777001' })).toBe(directory.byNo(-1));
  await pool.query('delete from registry.elevator where no = -1');
});

test('a code that goes from one elevator to another is never said of the former, whichever is read first', async () => {
  const one = await elevator(pool, orgId);
  const two = await elevator(pool, orgId);
  const directory = await openDirectory({ ...deps, slice: 1 });
  const says = (code: string) => directory.find({ type: 'rescue_code', value: code })?.no;
  const give = (no: number, code: string | null) =>
    pool.query('update registry.elevator set rescue_code = $2 where no = $1', [no, code]);
  for (const [from, to] of [
    [one, two],
    [two, one],
  ] as const) {
    await give(one.no, null);
    await give(two.no, null);
    await give(from.no, '777002');
    await directory.refresh();
    expect(says('777002')).toBe(from.no);
    await give(from.no, null);
    await give(to.no, '777002');
    await directory.refresh();
    expect(says('777002')).toBe(to.no);
    expect(says(one.rescueCode)).toBeUndefined();
  }
});

test('one that is gone is forgotten by the next reading, and by being named', async () => {
  const gone = [await elevator(pool, orgId), await elevator(pool, orgId)] as const;
  const stays = await elevator(pool, orgId);
  const directory = await openDirectory({ ...deps, slice: 2 });
  await pool.query('update registry.elevator set merged_into = $2 where no = $1', [gone[0].no, stays.id]);
  await directory.refreshOnly([gone[0].id as ElevatorId]);
  expect(directory.byNo(gone[0].no)).toBeUndefined();
  await pool.query('update registry.elevator set merged_into = $2 where no = $1', [gone[1].no, stays.id]);
  await directory.refresh();
  expect(directory.byNo(gone[1].no)).toBeUndefined();
  expect(directory.find({ type: 'rescue_code', value: gone[1].rescueCode })).toBeUndefined();
  expect(directory.byNo(stays.no)).toBeDefined();
});

test('an elevator opened since the reading is found by its first message', async () => {
  const directory = await openDirectory(deps);
  const fresh = await elevator(pool, orgId);
  const name = { type: 'id', value: fresh.id } as const;
  expect(directory.find(name)).toBeUndefined();
  await directory.look([name]);
  expect(directory.find(name)?.no).toBe(fresh.no);
  expect(directory.byNo(fresh.no)?.maintenanceOrgId).toBe(orgId as OrgId);
});

test('who asks for a name that is being looked up goes on behind who asked before', async () => {
  let isFirst = false;
  const connect = async () => {
    const wait = isFirst ? 100 : 0;
    isFirst = false;
    await new Promise((resolve) => setTimeout(resolve, wait));
    return pool.connect();
  };
  const db = openDb<unknown>(Object.assign(Object.create(pool), { connect }));
  const directory = await openDirectory({ ...deps, db });
  const fresh = await elevator(pool, orgId);
  const name = { type: 'id', value: fresh.id } as const;
  const order: number[] = [];
  isFirst = true; // the question of who asks first takes longest
  await Promise.all([1, 2, 3].map((n) => directory.look([name]).then(() => order.push(n))));
  expect(order).toEqual([1, 2, 3]);
  expect(directory.find(name)?.no).toBe(fresh.no);
});
