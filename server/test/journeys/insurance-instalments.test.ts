import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { openPolicyHouse, type PolicyHouse, text } from './insurance.fixtures.ts';

/** Paying in parts over HTTP: the first part of every payer before the cover, later parts as the filed contract says. */
let house: PolicyHouse;
const refused = (status: number, code: string) => ({ status, body: { code: `insurance.${code}` } });
const PARTS = {
  least: 10_000,
  parts: [
    { weight: 1, afterDays: 0 },
    { weight: 1, afterDays: 90 },
  ],
  remindDays: 10,
  graceDays: 30,
  noticeDays: 15,
};

beforeEach(async () => {
  house = await openPolicyHouse(new Date('2026-06-20T10:00:00+08:00'));
});

const allow = async (terms: object) => {
  await sql`update insurance.product set used_at = null`.execute(house.db);
  await sql`update insurance.product set body = jsonb_set(body, '{instalments}', ${JSON.stringify(terms)}::jsonb)`.execute(
    house.db,
  );
};

/** A policy of 102.30 from 2026-07-01, 55.80 of it cash, in two parts, with both first parts there. */
async function inForce(): Promise<string> {
  const { id } = await house.elevator();
  const quoteId = (await house.quote([id])).body['quoteId'];
  expect(await house.bind(quoteId, { instalments: true })).toMatchObject(refused(409, 'instalments_not_filed'));
  await allow({ ...PARTS, least: 10_231 });
  expect(await house.bind(quoteId, { instalments: true })).toMatchObject(refused(409, 'instalments_below_least'));
  await allow(PARTS);
  const bound = await house.bind(quoteId, { instalments: true });
  expect(bound).toMatchObject({ status: 201 });
  const policyId = text(bound.body['policyId']);
  await house.pay(policyId, { owner: 2_790 }); // one payer's whole does not stand for the other's first
  expect(await house.issue(policyId)).toMatchObject(refused(409, 'cash_missing'));
  await house.pay(policyId, { maintenance: 1_395 });
  expect(await house.issue(policyId)).toMatchObject({ status: 200 });
  return policyId;
}

const schedule = async (policyId: string) => (await house.policy(policyId, 'use_unit'))['instalments'];
const notice = (policyId: string) =>
  house.ask('POST', `/policies/${policyId}/instalment-notice`, { as: 'underwriter' });
const end = (policyId: string, lastOn: string) =>
  house.endorse(policyId, { ask: { kind: 'cancel', lastOn, reason: 'instalment_unpaid' }, note: '', dry: false });

test('the first parts open the cover; the unpaid second one is noticed after its grace, and only then may end it', async () => {
  const policyId = await inForce();
  expect(await schedule(policyId)).toMatchObject({
    items: expect.arrayContaining([
      expect.objectContaining({ no: 2, payer: 'maintenance', dueOn: '2026-09-29', amount: 1_395, unpaid: 1_395 }),
      expect.objectContaining({ no: 2, payer: 'owner', dueOn: '2026-09-29', amount: 1_395, unpaid: 0 }),
    ]),
  });
  house.setNow(new Date('2026-10-15T10:00:00+08:00')); // in grace: nothing may end
  expect((await notice(policyId)).status).toBe(409);
  expect((await end(policyId, '2026-10-31')).status).toBe(409);
  house.setNow(new Date('2026-10-31T10:00:00+08:00'));
  expect((await end(policyId, '2026-11-30')).status).toBe(409); // no notice yet
  expect(await notice(policyId)).toMatchObject({ status: 201 });
  expect((await end(policyId, '2026-11-10')).status).toBe(409); // within the days of the notice
  expect((await house.policy(policyId))['state']).toBe('issued');
  house.setNow(new Date('2026-11-16T10:00:00+08:00')); // its days are over
  expect(await end(policyId, '2026-11-16')).toMatchObject({ status: 200, body: { state: 'issued' } });
  expect(await house.policy(policyId)).toMatchObject({ state: 'cancelled', endedOn: '2026-11-16' });
});

test('money that comes after the notice cures it: the contract goes on', async () => {
  const policyId = await inForce();
  house.setNow(new Date('2026-10-31T10:00:00+08:00'));
  expect(await notice(policyId)).toMatchObject({ status: 201 });
  expect(await house.pay(policyId, { maintenance: 1_395 })).toMatchObject({ status: 201 });
  expect((await end(policyId, '2026-11-30')).status).toBe(409);
  expect(await house.policy(policyId)).toMatchObject({ state: 'issued', endedOn: null });
});

test('a statement’s line of exactly one part finds its payer; one that two payers owe is left to a person', async () => {
  const { id } = await house.elevator();
  const quoteId = (await house.quote([id])).body['quoteId'];
  await allow(PARTS);
  const policyId = text((await house.bind(quoteId, { instalments: true, number: 'FQ-0001' })).body['policyId']);
  const bring = (ref: string, amount: string) =>
    house.roster(`流水号,交易时间,金额,对方户名,摘要\n${ref},2026-06-19 10:00:00,${amount},示例物业,缴FQ-0001`, '', {
      as: 'cashier',
      path: '/bank-statements?account=****1234',
    });
  const matches = (clear: boolean) => house.ask('GET', `/bank-matches?clear=${clear}`, { as: 'cashier' });
  await bring('L1', '13.95');
  expect((await matches(false)).body).toMatchObject({ items: [{ reason: 'part_unsure', numbers: ['FQ-0001'] }] });
  await house.pay(policyId, { maintenance: 1_395 });
  expect((await matches(true)).body).toMatchObject({
    items: [{ policy: 'FQ-0001', parts: [{ payer: 'owner', amount: 1_395 }] }],
  });
  expect(await house.ask('POST', '/bank-matches', { as: 'cashier', payload: {} })).toMatchObject({
    body: { allocated: 1, sum: 1_395 },
  });
  expect(await house.issue(policyId)).toMatchObject({ status: 200 }); // both first parts are there
});

const account = () =>
  sql`insert into insurance.premium_account (id, insurer_org_id, bank, holder, number, recorded_at, recorded_by,
      confirmed_at, confirmed_by, org_ids)
    values (${newId()}, ${house.insurer}, '示例银行', '示例财险甲', '0000 1111', now(), 'one', now(), 'two', ${[house.insurer]}::uuid[])`.execute(
    house.db,
  );

test('who pays in parts is asked for the first part before the cover, not for the whole', async () => {
  const { id } = await house.elevator();
  const quoteId = (await house.quote([id])).body['quoteId'];
  await allow(PARTS);
  const policyId = text((await house.bind(quoteId, { instalments: true })).body['policyId']);
  await account();
  expect(await house.ask('POST', `/policies/${policyId}/pay-notices`, { as: 'underwriter' })).toMatchObject({
    status: 201,
    body: { notices: 2 },
  });
  expect((await house.ask('GET', `/policies/${policyId}/pay-notices`, { as: 'underwriter' })).body).toMatchObject({
    items: [{ amount: 1_395 }, { amount: 1_395 }],
  });
});

test('each later part is asked for by its own numbered notice, once; the bank’s line that names it pays that part', async () => {
  const policyId = await inForce(); // the owner has paid his whole; the unit its first part
  const ask = (as = 'underwriter') => house.ask('POST', `/policies/${policyId}/part-notices`, { as });
  expect(await ask()).toMatchObject(refused(409, 'account_missing'));
  await account();
  expect((await ask('use_unit')).status).toBe(403);
  const both = await Promise.all([ask(), ask('cashier')]); // two who press at once ask once
  expect(both.map((a) => a.status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  expect(await ask()).toMatchObject(refused(409, 'notice_given'));
  const { items } = (await house.ask('GET', `/policies/${policyId}/pay-notices`, { as: 'underwriter' })).body as {
    items: { id: string; no: number; part: number; amount: number; dueOn: string }[];
  };
  expect(items).toMatchObject([{ no: 1, part: 2, amount: 1_395, dueOn: '2026-09-29', endorsement: null }]);
  const pdf = async () =>
    (
      await house.site.inject({
        url: `/api/v1/insurance/pay-notices/${items[0]?.id}/pdf`,
        headers: { 'x-as': 'underwriter' },
      })
    ).rawPayload;
  const first = await pdf();
  expect(first.subarray(0, 5).toString()).toBe('%PDF-');

  const { number } = await house.policy(policyId);
  const bring = (ref: string, amount: string) =>
    house.roster(
      `流水号,交易时间,金额,对方户名,摘要\n${ref},2026-06-20 09:00:00,${amount},示例维保,${text(number)}-1`,
      '',
      {
        as: 'cashier',
        path: '/bank-statements?account=****1234',
      },
    );
  await bring('P2', '13.95');
  expect(await house.ask('POST', '/bank-matches', { as: 'cashier', payload: {} })).toMatchObject({
    body: { allocated: 1, items: [{ notice: 1, amount: 1_395 }] },
  });
  await bring('P3', '13.95');
  expect((await house.ask('GET', '/bank-matches?clear=false', { as: 'cashier' })).body).toMatchObject({
    items: [{ reason: 'already_paid' }],
  });
  expect(await ask()).toMatchObject(refused(409, 'notice_nothing_due'));
  expect(Buffer.compare(await pdf(), first)).toBe(0); // what was written stays as it was written
});

test('premium of the days a cancelled policy covered is owed, and its payer’s money is matched', async () => {
  const policyId = await inForce();
  house.setNow(new Date('2026-11-20T10:00:00+08:00'));
  await notice(policyId);
  house.setNow(new Date('2027-03-01T10:00:00+08:00'));
  expect(await end(policyId, '2027-03-01')).toMatchObject({ status: 200 });
  const policy = await house.policy(policyId);
  expect(policy).toMatchObject({ state: 'cancelled', leavesOn: '2027-03-01' });
  const owed = policy['owed'] as { payer: string; amount: number; arrived: number }[];
  const open = owed
    .map((o) => ({ payer: o.payer, due: o.amount - o.arrived }))
    .filter((o) => o.due > 0 && o.payer !== 'inspection');
  expect(open).toMatchObject([{ payer: 'maintenance' }]);
  const yuan = ((open[0]?.due ?? 0) / 100).toFixed(2);
  await house.roster(
    `流水号,交易时间,金额,对方户名,摘要\nR1,2027-03-01 09:00:00,${yuan},示例维保,${text(policy['number'])}`,
    '',
    {
      as: 'cashier',
      path: '/bank-statements?account=****1234',
    },
  );
  expect(await house.ask('POST', '/bank-matches', { as: 'cashier', payload: {} })).toMatchObject({
    body: { allocated: 1, sum: open[0]?.due },
  });
});
