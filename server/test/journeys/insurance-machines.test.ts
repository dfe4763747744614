import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '../../kernel/ids.ts';
import { openPolicyHouse, type PolicyHouse, text } from './insurance.fixtures.ts';

/** An insurer's and a broker's own systems act by REST, in the roles their administrator named. */
let house: PolicyHouse;
beforeEach(async () => {
  house = await openPolicyHouse(new Date('2026-06-20T10:00:00+08:00'));
  house.machine('core', house.insurer, ['role:underwriter', 'role:cashier']);
  house.machine('cash', house.insurer, ['role:cashier']);
  house.machine('feed', house.insurer, ['bank:write']);
  house.machine('brokerage', house.broker, ['role:broker']);
});

const refused = (status: number, code: string) => ({ status, body: { code } });

test('from the broker’s quote to the issued and endorsed policy without a person, each act once per key', async () => {
  const { id } = await house.elevator();
  await house.giveMandate({ agentOrgId: house.broker });
  const products = await house.ask('GET', '/products', { as: 'brokerage' });
  expect(z.array(z.unknown()).parse(products.body['items']).length).toBeGreaterThan(0);
  const quoted = await house.quote([id], {}, { as: 'brokerage', key: 'quote-00000001' });
  expect(quoted).toMatchObject({ status: 201, body: { total: 10_230 } });
  expect(await house.quote([id], {}, { as: 'brokerage', key: 'quote-00000001' })).toEqual(quoted);
  expect(await house.quote([id], { from: '2026-07-02' }, { as: 'brokerage', key: 'quote-00000001' })).toMatchObject(
    refused(409, 'insurance.key_used'),
  );
  const number = `P-${newId()}`;
  const bind = (over: object = {}) =>
    house.bind(quoted.body['quoteId'], { number, ...over }, { as: 'brokerage', key: 'bind-000000001' });
  const bound = await bind();
  expect(bound).toMatchObject({ status: 201 });
  expect(await bind()).toEqual(bound);
  expect(await bind({ number: 'another' })).toMatchObject(refused(409, 'insurance.key_used'));
  const policyId = text(bound.body['policyId']);

  const line = (as: string) =>
    house.ask('POST', '/bank-lines', {
      as,
      payload: {
        leadOrgId: house.insurer,
        account: '****1234',
        bankRef: newId(),
        at: '2026-06-20T10:00:00+08:00',
        amount: 5_580,
        byHand: false,
        allocations: [
          { policyId, payer: 'owner', amount: 2_790 },
          { policyId, payer: 'maintenance', amount: 2_790 },
        ],
      },
    });
  expect(await line('brokerage')).toMatchObject({ status: 403 }); // no role of its own
  expect(await house.issue(policyId, { as: 'core', key: 'issue-00000001' })).toMatchObject(
    refused(409, 'insurance.cash_missing'),
  );
  expect((await line('core')).status).toBe(201);
  expect(await house.issue(policyId, { as: 'cash' })).toMatchObject({ status: 403 });
  const issued = await house.issue(policyId, { as: 'core', key: 'issue-00000001' });
  expect(issued).toMatchObject({ status: 200 });
  expect(await house.issue(policyId, { as: 'core', key: 'issue-00000001' })).toEqual(issued);
  expect(await house.policy(policyId, 'core')).toMatchObject({ state: 'issued', agent: '示例经纪' });
  const { id: second } = await house.elevator();
  const wish = { ask: { kind: 'add', on: '2026-07-15', elevatorIds: [second] }, note: '新增' };
  const asked = await house.endorse(policyId, wish, 'use_unit');
  const decide = (as: string) =>
    house.ask('POST', `/endorsements/${text(asked.body['id'])}/decision`, { as, payload: { decision: 'accept' } });
  expect(await decide('cash')).toMatchObject({ status: 403 });
  expect(await decide('core')).toMatchObject({ status: 200, body: { state: 'awaiting_cash' } });
  const { rows } = await sql<{ actor: string }>`select distinct actor from kernel.audit
    where object = 'insurance.policy' and row_id = ${policyId}`.execute(house.db);
  expect(rows.map((r) => r.actor).toSorted()).toEqual([house.idOf('brokerage'), house.idOf('core')].toSorted());
});

test('a grant opens its own route and no role; a second pair of eyes is a person’s', async () => {
  const { id } = await house.elevator();
  const { body } = await house.quote([id]);
  expect(await house.bind(body['quoteId'], {}, { as: 'feed' })).toMatchObject({ status: 403 });
  expect(await house.ask('GET', '/products', { as: 'feed' })).toMatchObject({ status: 403 });
  const person = refused(403, 'kernel.person_needed');
  const say = { approve: true, note: '同意' };
  expect(
    await house.ask('POST', `/quotes/${text(body['quoteId'])}/referral`, { as: 'core', payload: say }),
  ).toMatchObject(person);
  const account = { bank: '示例银行示例支行', holder: '示例财险甲', number: '0000 0000 0001' };
  const recorded = await house.ask('POST', '/premium-accounts', { as: 'core', payload: account });
  expect(recorded).toMatchObject({ status: 201 });
  const confirm = (as: string) =>
    house.ask('POST', `/premium-accounts/${text(recorded.body['accountId'])}/confirmation`, { as });
  expect(await confirm('cash')).toMatchObject(person);
  expect(await confirm('approver')).toMatchObject({ status: 204 });
  expect(await house.ask('POST', `/evidence/${newId()}/confirmation`, { as: 'core' })).toMatchObject(person);
});
