import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { openPolicyHouse, type PolicyHouse, text } from './insurance.fixtures.ts';

/** Money that is somebody else's, over HTTP: reported by the bank, held under its owner's name, apart from income. */
let house: PolicyHouse;
beforeEach(async () => {
  house = await openPolicyHouse(new Date('2026-06-20T10:00:00+08:00'));
  house.machine('feed', house.insurer, ['bank:write']);
  house.person('cashier2', house.viewer(house.insurer, 'cashier'));
});

const line = async (bankRef: string, amount: string) => {
  const row = { bankRef, at: '2026-06-19 10:00:00', amount, counterparty: '示例物业', remark: '' };
  const told = await house.ask('POST', '/bank-feeds', { as: 'feed', payload: { account: '****0001', lines: [row] } });
  expect(told).toMatchObject({ body: { rows: 1, taken: 1, faults: [] } });
  const { rows } = await sql<{ id: string }>`select id from insurance.bank_line where bank_ref = ${bankRef}`.execute(
    house.db,
  );
  return text(rows[0]?.id);
};

test('what passes through is held apart from income, kept once per key, and seen by its insurer’s people only, names masked', async () => {
  const lineId = await line('R-1', '600.00');
  const held = (amount: number) => ({ kind: 'held_subsidy', owner: '示例物业', record: '', amount });
  const hold = (amount: number, as = 'cashier') =>
    house.ask('POST', `/bank-lines/${lineId}/holdings`, {
      as,
      key: 'hold-00000001',
      payload: { holdings: [held(amount)] },
    });
  expect(await hold(60_000, 'underwriter')).toMatchObject({ status: 403 });
  const first = await hold(60_000);
  expect(first).toMatchObject({ status: 201, body: { left: 0 } });
  expect(await hold(60_000)).toEqual(first);
  expect(await hold(50_000)).toMatchObject({ status: 409, body: { code: 'insurance.key_used' } });
  const list = async (as: string) => house.ask('GET', '/holdings', { as });
  expect((await list('approver')).body).toMatchObject({
    items: [{ owner: '示***', received: 60_000, held: 60_000 }],
  });
  expect(await list('use_unit')).toMatchObject({ status: 403 });
  const foreign = z.array(z.unknown()).parse((await list('third_cashier')).body['items']);
  expect(foreign).toEqual([]);
});
