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
  const shown = async (show: string) =>
    z
      .array(z.object({ id: z.uuid() }))
      .parse((await house.ask('GET', `/pensions?show=${show}`, { as: 'use_unit' })).body['items']);
  expect(await shown('open')).toEqual([]);
  expect(await shown('ended')).toHaveLength(1);
});
