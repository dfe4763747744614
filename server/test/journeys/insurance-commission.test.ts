import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { newId, type OrgId } from '../../kernel/ids.ts';
import { openPolicyHouse, type PolicyHouse, text } from './insurance.fixtures.ts';

/** Commission over HTTP: only a licensed payee, at most at the pool's lowest filed rate, on cash that came, paid by the bank. */
let house: PolicyHouse;
let schemeId: string;
const refused = (status: number, code: string) => ({ status, body: { code: `insurance.${code}` } });

beforeEach(async () => {
  house = await openPolicyHouse(new Date('2026-06-20T10:00:00+08:00'));
  house.person('cashier2', house.viewer(house.insurer, 'cashier'));
  house.machine('feed', house.insurer, ['bank:write']);
  house.machine('core', house.insurer, ['role:approver']);
  const members = JSON.stringify([
    { insurer: house.insurer, shareBp: 6_000 },
    { insurer: house.other, shareBp: 4_000 },
  ]);
  const { rows } = await sql<{
    id: string;
  }>`update insurance.scheme set members = ${members}::jsonb returning id`.execute(house.db);
  schemeId = text(rows[0]?.id);
});

const license = (org: OrgId) =>
  sql`insert into identity.licence (id, org_id, kind, number, issued_on, expires_on, area_codes, org_ids)
    values (${newId()}, ${org}, 'broking', '示例许可0001', '2024-01-01', '2026-12-31', '{}', ${[org]}::uuid[])`.execute(
    house.db,
  );
const fileRate = (as: string, rate: string) =>
  house.ask('POST', '/commissions/rates', {
    as,
    payload: { schemeId, rate, filingNo: `示例费用备案${rate}`, from: '2026-01-01' },
  });

/** A policy of 102.30, 55.80 of it in cash, agreed with the broker and issued; its id. */
async function earning(): Promise<string> {
  const { id } = await house.elevator();
  const bound = await house.bind((await house.quote([id])).body['quoteId']);
  const policyId = text(bound.body['policyId']);
  const agree = (rate: string | null = null, payeeOrgId: string = house.broker) =>
    house.ask('POST', `/policies/${policyId}/commission`, { as: 'underwriter', payload: { payeeOrgId, rate } });
  expect(await agree()).toMatchObject(refused(409, 'commission_unlicensed'));
  await license(house.broker);
  expect(await fileRate('underwriter', '0.1')).toMatchObject({ status: 201 });
  expect(await agree()).toMatchObject(refused(409, 'commission_rate_missing'));
  expect(await fileRate('other_underwriter', '0.085')).toMatchObject({ status: 201 });
  expect(await agree('0.09')).toMatchObject(refused(409, 'commission_above_filed'));
  expect(await agree(null, house.useUnit)).toMatchObject(refused(409, 'commission_to_holder'));
  expect(await agree()).toEqual({ status: 201, body: { rate: '0.085' } });
  await house.pay(policyId, { owner: 2_790, maintenance: 2_790 });
  expect(await house.issue(policyId)).toMatchObject({ status: 200 });
  const deal = await house.ask('GET', `/policies/${policyId}/commission`, { as: 'underwriter' });
  expect(deal.body).toMatchObject({ deal: { rate: '0.085', accrued: 474 } }); // of 55.80, not of 102.30
  return policyId;
}

/** What the bank says left the account; the id of the line. */
async function left(amount: string): Promise<string> {
  const row = { bankRef: newId(), at: '2026-07-02 10:00:00', amount, counterparty: '示例经纪', remark: '' };
  await house.ask('POST', '/bank-feeds', { as: 'feed', payload: { account: '****0001', lines: [row] } });
  const lines = await house.ask('GET', '/bank-lines?open=true&direction=out', { as: 'cashier' });
  return text(z.array(z.looseObject({ id: z.uuid() })).parse(lines.body['items'])[0]?.id);
}

test('agreed before the issue, earned on cash, a month closed by one, released by another person, paid when the bank says so', async () => {
  const policyId = await earning();
  expect(
    await house.ask('POST', `/policies/${policyId}/commission`, {
      as: 'underwriter',
      payload: { payeeOrgId: house.broker },
    }),
  ).toMatchObject({ status: 409 }); // stands once
  house.setNow(new Date('2026-07-01T10:00:00+08:00'));
  const close = (as: string) =>
    house.ask('POST', '/commissions/statements', { as, payload: { payeeOrgId: house.broker, month: '2026-06' } });
  expect(await close('underwriter')).toMatchObject({ status: 403 });
  const closed = await close('cashier');
  expect(closed).toMatchObject({ status: 201 });
  expect(await close('cashier')).toMatchObject(refused(409, 'commission_month_closed'));
  const path = `/commissions/statements/${text(closed.body['id'])}/release`;
  expect(await house.ask('POST', path, { as: 'core' })).toMatchObject({
    status: 403,
    body: { code: 'kernel.person_needed' },
  });

  house.setNow(new Date('2026-07-03T10:00:00+08:00'));
  const lineId = await left('-4.74');
  const head = { account: 'commission_payable', party: house.broker, policyId: null, claimId: null };
  const settle = (amount: number, key = newId()) =>
    house.ask('POST', `/bank-lines/${lineId}/settlements`, {
      as: 'cashier2',
      key,
      payload: { settlements: [{ ...head, amount }] },
    });
  expect(await settle(474)).toMatchObject(refused(409, 'payable_too_much')); // closed is not released
  expect(await house.ask('POST', path, { as: 'approver' })).toMatchObject({ status: 200 });
  const key = newId();
  const paid = await settle(474, key);
  expect(paid).toMatchObject({ status: 201, body: { left: 0 } });
  expect(await settle(474, key)).toEqual(paid);
  expect(await settle(473, key)).toMatchObject(refused(409, 'key_used'));
  const payables = await house.ask('GET', '/payables', { as: 'cashier' });
  expect(z.array(z.looseObject({ account: z.string() })).parse(payables.body['items'])).not.toContainEqual(
    expect.objectContaining({ account: 'commission_payable' }),
  );
  const stated = await house.ask('GET', '/commissions/statements?limit=1', { as: 'broker' });
  expect(stated.body).toMatchObject({ items: [{ total: 474, state: 'released' }], next: null });
});
