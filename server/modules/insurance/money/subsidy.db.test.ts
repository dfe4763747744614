import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { sum } from '../../../kernel/money.ts';
import type { Day } from '../../../kernel/time.ts';
import { type InsuranceHouse, openInsuranceHouse } from '../insurance.fixtures.ts';
import { takeStatement } from './bank.service.ts';
import { accountBalances } from './ledger.store.ts';
import { payBatch, stepBatch, submitBatch } from './subsidy.service.ts';
import { batchLines } from './subsidy.store.ts';

let house: InsuranceHouse;
let schemeId: string;
let purse: [ReturnType<InsuranceHouse['viewer']>, ReturnType<InsuranceHouse['viewer']>];
beforeAll(async () => {
  house = await openInsuranceHouse();
  schemeId = (await house.db.selectFrom('insurance.scheme').select('id').executeTakeFirstOrThrow()).id;
  const official = () => ({
    ...house.official([]),
    accountId: newId() as never,
    scope: { all: true, areas: [], orgs: [] },
  });
  purse = [official(), official()];
});

const ask = (untilOn = '2026-11-20') =>
  submitBatch(house.deps, house.viewer(house.insurer), { schemeId, untilOn: untilOn as Day });
const budget = (amount: number) =>
  house.db
    .insertInto('insurance.subsidy_budget')
    .values({
      id: newId(),
      scheme_id: schemeId,
      year: 2026,
      amount,
      reason: '示例预算',
      set_at: new Date(),
      set_by: 'test',
    })
    .execute();
const balance = async (account: string) => {
  const books = await house.deps.scoped(house.viewer(house.insurer), (tx) => accountBalances(tx));
  expect(sum(books.map((b) => b.amount))).toBe(0);
  return books.find((b) => b.account === account)?.amount ?? 0;
};
let batchId = '';
let clawed = '';

test('a batch asks for exactly the public parts of what was insured, once each', async () => {
  expect(await ask()).toMatchObject({ refusal: { code: 'insurance.subsidy_nothing' } });
  await house.issued({ elevators: [await house.elevator(), await house.elevator()] });
  clawed = (await house.issued()).id;
  await house.bound(); // waits for its cash: not insured, not asked for
  expect(await ask('2026-11-21')).toMatchObject({ refusal: { code: 'insurance.subsidy_day' } });
  const first = await ask();
  if (!first.ok) throw new Error(first.refusal.code);
  batchId = first.value.id;
  expect(first.value).toMatchObject({ no: 1, elevators: 3, gross: 13_950, clawBack: 0, net: 13_950 });
  expect(await balance('subsidy_receivable')).toBe(13_950);
  expect(await balance('premium_receivable')).toBe(0);
  expect(await ask()).toMatchObject({ refusal: { code: 'insurance.subsidy_nothing' } });
});

test('it is verified and approved by two, and only within the year’s budget', async () => {
  const step = (act: 'verify' | 'approve' | 'return', who = 0, reason = '') =>
    stepBatch(house.deps, purse[who] ?? purse[0], { id: batchId, do: act, reason });
  expect(await step('approve')).toMatchObject({ refusal: { code: 'insurance.subsidy_state' } });
  expect(await step('return')).toMatchObject({ refusal: { code: 'insurance.subsidy_reason_missing' } });
  expect(await step('verify')).toMatchObject({ ok: true });
  expect(await step('approve')).toMatchObject({ refusal: { code: 'insurance.subsidy_four_eyes' } });
  expect(await step('approve', 1)).toMatchObject({ refusal: { code: 'insurance.subsidy_no_budget', year: 2026 } });
  await budget(13_949);
  expect(await step('approve', 1)).toMatchObject({ refusal: { code: 'insurance.subsidy_over_budget', left: 13_949 } });
  await budget(13_950);
  expect(await step('approve', 1)).toMatchObject({ ok: true, value: { state: 'approved' } });
});

test('the purse’s money settles it at the bank’s time, and never by a smaller line', async () => {
  const cashier = house.viewer(house.insurer);
  const line = async (amount: string) => {
    const ref = newId();
    const rows = [{ row: 2, cells: { ref, at: '2026-11-19 09:00:00', amount } }];
    await takeStatement(house.deps, cashier, { fileHash: null, fileName: 'x', account: '****1234', rows });
    return (
      await house.db
        .selectFrom('insurance.bank_line')
        .select('id')
        .where('bank_ref', '=', ref)
        .executeTakeFirstOrThrow()
    ).id;
  };
  const pay = async (amount: string) => payBatch(house.deps, cashier, { id: batchId, bankLineId: await line(amount) });
  expect(await pay('139.49')).toMatchObject({ refusal: { code: 'insurance.subsidy_bank_amount' } });
  expect(await pay('139.50')).toMatchObject({ ok: true, value: { state: 'paid' } });
  expect(await pay('139.50')).toMatchObject({ refusal: { code: 'insurance.subsidy_state' } });
  expect(await balance('subsidy_receivable')).toBe(0);
});

test('a cover that ended early goes back by the day in the next batch, once', async () => {
  house.setNow(new Date('2027-03-20T02:00:00Z'));
  await sql`update insurance.policy set state = 'cancelled', ended_on = '2027-03-10' where id = ${clawed}`.execute(
    house.db,
  );
  const second = await ask('2027-03-20');
  if (!second.ok) throw new Error(second.refusal.code);
  expect(second.value).toMatchObject({ no: 2, gross: 0, clawBack: 3_376, net: -3_376 }); // 46.50 × 265/365, day 100 used
  const [back] = await batchLines(house.db, second.value.id);
  expect(back).toMatchObject({ kind: 'claw_back', daysUsed: 100, termDays: 365, premiumPart: 4_650 });
  expect(await ask('2027-03-20')).toMatchObject({ refusal: { code: 'insurance.subsidy_nothing' } });
});

test('a returned batch frees its lines for the next one, and the books go back', async () => {
  house.setNow(new Date('2026-11-20T02:00:00Z'));
  await house.issued();
  const before = await balance('subsidy_receivable');
  const batch = await ask();
  if (!batch.ok) throw new Error(batch.refusal.code);
  expect(await balance('subsidy_receivable')).toBe(before + batch.value.net);
  const back = await stepBatch(house.deps, purse[0], { id: batch.value.id, do: 'return', reason: '明细有误' });
  expect(back).toMatchObject({ ok: true, value: { state: 'returned' } });
  expect(await balance('subsidy_receivable')).toBe(before);
  expect(await ask()).toMatchObject({ ok: true, value: { gross: 4_650 } });
});
