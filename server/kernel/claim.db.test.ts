import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { askHolder, claimDataFolder } from './claim.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tian-claim-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('a data folder is held once, and the second program learns who holds it and where its database is', async () => {
  const first = await claimDataFolder(dir, 'npm start');
  if (!first.ok) throw new Error('the folder was free');
  first.value.tell({ databaseUrl: 'postgres://tian:x@localhost/tian' });
  const second = await claimDataFolder(dir, 'tian backup');
  expect(second).toEqual({
    ok: false,
    refusal: {
      what: 'npm start',
      pid: process.pid,
      databaseUrl: 'postgres://tian:x@localhost/tian',
      address: null,
      processes: {},
    },
  });
  await first.value.release();
  expect(await askHolder(dir)).toBeUndefined();
});

test('what a killed holder left does not lock the folder', async () => {
  writeFileSync(join(dir, 'tian.sock'), '');
  const claim = await claimDataFolder(dir, 'npm start');
  expect(claim.ok).toBe(true);
  if (claim.ok) await claim.value.release();
});
