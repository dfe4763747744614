import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '../../kernel/ids.ts';
import { openPolicyHouse, type PolicyHouse, text } from './insurance.fixtures.ts';

/** 养老险 over HTTP: a programme over annual policies, from its first year to the renewal of the elevator. */
let house: PolicyHouse;
beforeEach(async () => {
  house = await openPolicyHouse(new Date('2026-06-20T10:00:00+08:00'));
});

const terms = {
  startAgeYears: 12,
  plannedYears: 10,
  scale: { version: '1', filingNo: '示例备案9号', steps: [{ fromYears: 1, shareBp: 1_000 }], most: null },
  lapse: { graceDays: 30, reinstateDays: 180, afterwards: 'lost' },
};
const part = (kind: string, amount: number, source = 'self') => ({
  part: kind,
  name: kind,
  upkeep: kind === 'service',
  premium: amount,
  funding: [{ source, amount }],
});
const refused = (status: number, code: string) => ({ status, body: { code: `insurance.${code}` } });

type Paying = { file: (as: string) => Promise<{ body: Record<string, unknown> }>; amount: number };

/** The benefit is owed under the programme's number, and paid when the bank says so, by another than who ended it. */
async function payBenefit({ file, amount }: Paying): Promise<void> {
  house.machine('feed', house.insurer, ['bank:write']);
  const end = async (as = 'use_unit') => (await file(as)).body['end'];
  expect(await end()).toMatchObject({ benefit: amount, paid: 0, paidAt: null });
  const number = text((await file('use_unit')).body['number']);
  const payables = async () => (await house.ask('GET', '/payables', { as: 'cashier' })).body;
  const head = { account: 'benefit_payable', party: number, policyId: null, claimId: null };
  expect(await payables()).toMatchObject({
    items: [{ ...head, programme: number, partyName: '示例物业', owed: amount }],
  });
  const row = { bankRef: 'P-1', at: '2027-07-12 15:00:00', amount: '-32000.00', counterparty: '示例物业', remark: '' };
  house.setNow(new Date('2027-07-13T10:00:00+08:00'));
  await house.ask('POST', '/bank-feeds', { as: 'feed', payload: { account: '****0001', lines: [row] } });
  const lines = await house.ask('GET', '/bank-lines?open=true', { as: 'cashier' });
  const [line] = z.array(z.object({ id: z.uuid() })).parse(lines.body['items']);
  const settle = (sum: number, as = 'cashier') =>
    house.ask('POST', `/bank-lines/${line?.id}/settlements`, {
      as,
      payload: { settlements: [{ ...head, amount: sum }] },
    });
  expect(await settle(amount + 1)).toMatchObject(refused(400, 'allocation_too_much'));
  expect(await settle(amount - 1)).toMatchObject({ status: 201 });
  expect(await end()).toMatchObject({ paid: amount - 1, paidAt: null });
  expect(await settle(1)).toMatchObject({ status: 201, body: { left: 0 } });
  expect(await end()).toMatchObject({ paid: amount, paidAt: '2027-07-12T07:00:00.000Z' });
  expect(await end('underwriter')).toMatchObject({ paid: amount });
  expect(await payables()).toMatchObject({ items: [], sum: 0 });
}

test('from the first year on a policy, by services owed and their cost, to the renewal and what it brings', async () => {
  const { id: elevator, code } = await house.elevator();
  const policyId = await house.inForce([elevator]);
  const begin = (as: string) => house.ask('POST', '/pensions', { as, payload: { rescueCode: code, terms } });
  expect(await begin('cashier')).toMatchObject({ status: 403 });
  const pensionId = text((await begin('underwriter')).body['pensionId']);
  expect(await begin('third_underwriter')).toMatchObject(refused(409, 'pension_running'));

  const year = {
    from: '2026-07-01',
    to: '2027-06-30',
    policyId,
    parts: [part('liability', 10_230), part('repair', 90_000, 'repair_fund'), part('service', 240_000)],
    services: [{ code: 'upkeep', name: '维护保养', times: 24 }],
  };
  const add = (payload: object, as = 'underwriter') =>
    house.ask('POST', `/pensions/${pensionId}/years`, { as, payload });
  expect(await add({ ...year, parts: [part('liability', 10_230, 'repair_fund')] })).toMatchObject(
    refused(400, 'pension_source'),
  );
  const { id: foreign } = await house.elevator();
  const wrong = await house.inForce([foreign]);
  expect(await add({ ...year, policyId: wrong })).toMatchObject(refused(409, 'pension_policy')); // insures another elevator
  const yearId = text((await add(year)).body['yearId']);

  house.setNow(new Date('2026-09-01T10:00:00+08:00'));
  const cost = { id: newId(), yearId, service: 'upkeep', on: '2026-08-31', amount: 20_000, times: 4, voucher: 'FP-1' };
  const book = (payload: object, as = 'cashier') => house.ask('POST', '/pension-costs', { as, payload });
  expect(await book(cost)).toMatchObject({ status: 201 });
  expect(await book(cost)).toMatchObject({ status: 201 }); // sent again: booked once
  expect(await book({ ...cost, id: newId() })).toMatchObject(refused(409, 'pension_voucher'));
  expect(
    await house.ask('POST', `/pension-costs/${cost.id}/reversal`, {
      as: 'cashier',
      payload: { id: newId(), reason: '错' },
    }),
  ).toMatchObject({ status: 201 });
  expect(await book({ ...cost, id: newId(), amount: 21_000 })).toMatchObject({ status: 201 });
  const file = async (as: string) => house.ask('GET', `/pensions/${pensionId}`, { as });
  expect((await file('use_unit')).body).toMatchObject({
    state: 'running',
    cost: 21_000,
    policies: [], // the insurer's to choose from
    can: { act: false },
    years: [
      { policy: { id: policyId }, serviceFee: 240_000, cost: 21_000, services: [{ times: 24, done: 4, cost: 21_000 }] },
    ],
  });
  expect(await file('third_underwriter')).toMatchObject({ status: 404 });
  const ledger = await house.ask('GET', `/pensions/${pensionId}/costs`, { as: 'use_unit' });
  const amounts = z.array(z.object({ amount: z.int() })).parse(ledger.body['items']);
  expect(amounts.map((e) => e.amount).toSorted((a, b) => a - b)).toEqual([-20_000, 20_000, 21_000]);
  expect(await house.ask('GET', `/pensions/${pensionId}/costs`, { as: 'third_underwriter' })).toMatchObject({
    status: 404,
  });

  house.setNow(new Date('2027-07-10T10:00:00+08:00'));
  const end = (payload: object) => house.ask('POST', `/pensions/${pensionId}/end`, { as: 'underwriter', payload });
  expect(await end({ on: '2027-07-10', reason: 'renewed', note: '整机更新' })).toMatchObject({ status: 400 });
  const renewed = { on: '2027-07-10', reason: 'renewed', note: '整机更新', renewalCost: 32_000_001 };
  expect(await end(renewed)).toEqual({ status: 200, body: { benefit: 3_200_000 } });
  expect(await end(renewed)).toMatchObject(refused(409, 'pension_ended'));
  expect((await file('use_unit')).body).toMatchObject({
    state: 'ended',
    end: { benefit: 3_200_000, reason: 'renewed' },
  });
  await payBenefit({ file, amount: 3_200_000 });
  const shown = async (show: string) =>
    z
      .array(z.object({ id: z.uuid() }))
      .parse((await house.ask('GET', `/pensions?show=${show}`, { as: 'use_unit' })).body['items']);
  expect(await shown('open')).toEqual([]);
  expect(await shown('ended')).toHaveLength(1);
});
