import { expect, test } from 'vitest';
import { testDb } from '../../test/db.ts';
import { holdSlots } from './slots.service.ts';

const { pool } = await testDb();
const holders = async (): Promise<number> =>
  (
    await pool.query(
      "select from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())",
    )
  ).rows.length;

test('slots are held by one process; another gets those that are free, and waits for the rest', async () => {
  const letGo = await holdSlots({ pool, slots: [0, 2] });
  const letOtherGo = await holdSlots({ pool, slots: [1, 3] });
  let got = false;
  const third = holdSlots({ pool, slots: [2, 4] }).then((free) => {
    got = true;
    return free;
  });
  await expect.poll(holders).toBeGreaterThanOrEqual(4);
  expect(got).toBe(false);
  letGo();
  (await third)();
  letOtherGo();
  await expect.poll(holders).toBe(0);
});

test('a hold that the database lost is taken again', async () => {
  const letGo = await holdSlots({ pool, slots: [5] });
  await pool.query(
    "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
  );
  await expect.poll(holders).toBe(1);
  letGo();
});
