import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { openPolicyHouse, type PolicyHouse, text } from './insurance.fixtures.ts';

let house: PolicyHouse;

beforeEach(async () => {
  house = await openPolicyHouse(new Date('2026-06-20T02:00:00Z'));
});

/** A policy on one elevator that waits for its money: its owner and its maintenance unit owe 27.90 each. */
async function waiting(): Promise<string> {
  const { id } = await house.elevator();
  const bound = await house.bind((await house.quote([id])).body['quoteId']);
  return text(bound.body['policyId']);
}
const line = (policyId: string, over: object = {}) => ({
  leadOrgId: house.insurer,
  account: '****1234',
  bankRef: newId(),
  at: '2026-06-20T01:00:00Z',
  amount: 2_790,
  byHand: true,
  proof: 'a'.repeat(64),
  allocations: [{ policyId, payer: 'owner', amount: 2_790 }],
  ...over,
});
const send = (payload: object, as = 'cashier') => house.ask('POST', '/bank-lines', { as, payload });
/** Every posting there is: what a refusal must leave as it was. */
async function books(): Promise<readonly unknown[]> {
  return (await sql`select entry_id, line, account, amount from insurance.posting order by 1, 2`.execute(house.db))
    .rows;
}
const states = (answers: readonly { status: number }[]) => answers.map((a) => a.status).sort((a, b) => a - b);

test('two tabs issue one policy at once: it is issued once, the other is told, and its premium is written once', async () => {
  const id = await waiting();
  await house.pay(id, { owner: 2_790, maintenance: 2_790 });
  const answers = await Promise.all([house.issue(id), house.issue(id, { as: 'underwriter2' })]);
  expect(states(answers)).toEqual([200, 409]);
  expect(answers.find((a) => a.status === 409)?.body).toMatchObject({ code: 'insurance.policy_state' });
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from insurance.entry where kind = 'premium_written'`.execute(house.db);
  expect(rows[0]?.n).toBe(1);
});

test('two payments for the same part arrive at once: one is given to the payer, the other is told that he owes nothing', async () => {
  const id = await waiting();
  const answers = await Promise.all([send(line(id)), send(line(id)), send(line(id))]);
  expect(states(answers)).toEqual([201, 409, 409]);
  expect(answers.filter((a) => a.status === 409).map((a) => a.body['code'])).toEqual([
    'insurance.payer_overpaid',
    'insurance.payer_overpaid',
  ]);
});

test('one bank line typed in two tabs at once is booked once', async () => {
  const same = line(await waiting());
  const answers = await Promise.all([send(same), send(same)]);
  expect(states(answers)).toEqual([201, 409]);
  expect(answers.find((a) => a.status === 409)?.body).toMatchObject({ code: 'insurance.bank_line_known' });
});

test('a cashier books nothing for another insurer, and nothing that the bank has not had yet', async () => {
  const id = await waiting();
  const before = await books();
  expect(await send(line(id), 'third_cashier')).toMatchObject({
    status: 403,
    body: { code: 'insurance.not_the_lead' },
  });
  expect(await send(line(id, { at: '2062-06-20T01:00:00Z' }))).toMatchObject({
    status: 400,
    body: { code: 'insurance.bank_line_in_future' },
  });
  // Whatever he calls it: what a person types is his word, and needs the bank's paper.
  for (const byHand of [true, false])
    expect(await send(line(id, { byHand, proof: null }))).toMatchObject({
      status: 400,
      body: { code: 'insurance.proof_missing' },
    });
  expect(await books()).toEqual(before);
});

test('amounts that are negative, nought, parts of a fen, written as text or absurdly large are refused by name, and nothing moves', async () => {
  const id = await waiting();
  const before = await books();
  for (const amount of [-2_790, 0, 27.9, '2790', '27.90', 1e15, Number.MAX_SAFE_INTEGER, null, [2_790], true]) {
    const whole = await send(line(id, { amount }));
    expect([amount, whole.status]).toEqual([amount, 400]);
    const part = await send(line(id, { allocations: [{ policyId: id, payer: 'owner', amount }] }));
    expect([amount, part.status]).toEqual([amount, 400]);
  }
  expect(await books()).toEqual(before);
});

test('money is given to nobody who owes none: an unknown policy, a payer the policy has not, more than the line, a payer named twice', async () => {
  const id = await waiting();
  const before = await books();
  const give = (allocations: readonly object[], amount = 10_000) => send(line(id, { allocations, amount }));
  expect(await give([{ policyId: newId(), payer: 'owner', amount: 1 }])).toMatchObject({
    status: 400,
    body: { code: 'insurance.payer_unknown' },
  });
  expect(await give([{ policyId: id, payer: 'stranger', amount: 1 }])).toMatchObject({
    body: { code: 'insurance.payer_unknown' },
  });
  expect(await give([{ policyId: id, payer: 'owner', amount: 2_790 }], 2_789)).toMatchObject({
    body: { code: 'insurance.allocation_too_much' },
  });
  const twice = [1_395, 1_396].map((amount) => ({ policyId: id, payer: 'owner', amount }));
  expect(await give(twice)).toMatchObject({ status: 409, body: { code: 'insurance.payer_overpaid' } });
  expect(await books()).toEqual(before);
});

test('a mandate of one use unit insures no elevator of another, and an elevator named twice is insured once', async () => {
  const own = await house.elevator();
  await house.giveMandate();
  const neighbour = newId();
  await sql`insert into identity.org (id, name, name_key, kinds, area_codes, org_ids)
    values (${neighbour}, '示例邻居物业', '示例邻居物业', '{property_company}', '{}', ${[neighbour]}::uuid[])`.execute(
    house.db,
  );
  const foreign = await house.elevator({ useUnit: neighbour as typeof house.useUnit });
  const asked = await house.quote([own.id, own.id, foreign.id], {}, { as: 'maintenance' });
  expect(asked).toMatchObject({ status: 201, body: { elevators: 1, refused: 1 } });
  const view = await house.ask('GET', `/quotes/${text(asked.body['quoteId'])}`, { as: 'maintenance' });
  expect(JSON.stringify(view.body)).toContain('insurance.not_of_holder');
  expect(await house.quote([newId()], {}, { as: 'maintenance' })).toMatchObject({
    status: 404,
    body: { code: 'insurance.nothing_to_insure' },
  });
});

test('an insurer without a part in the scheme reads nothing of another’s policies, papers, quotes and books', async () => {
  const { id: elevator } = await house.elevator();
  const policyId = await house.inForce([elevator]);
  const quoteId = text((await house.quote([elevator])).body['quoteId']);
  expect(await house.policy(policyId)).toMatchObject({ id: policyId }); // the lead reads it
  const secret = [policyId, quoteId, '示例物业', '310001'];
  for (const path of [
    `/policies/${policyId}`,
    `/policies/${policyId}/endorsements`,
    `/quotes/${quoteId}`,
    '/quotes',
    '/policies',
    '/balances',
    '/bank-lines',
  ]) {
    const seen = await house.ask('GET', path, { as: 'third_underwriter' });
    const body = JSON.stringify(seen.body).replaceAll(path, '');
    expect([path, secret.filter((s) => body.includes(s))]).toEqual([path, []]);
  }
  for (const path of [`/policies/${policyId}/issue`, `/policies/${policyId}/endorsements`]) {
    const done = await house.ask('POST', path, {
      as: 'third_underwriter',
      payload: { kind: 'cancel', lastOn: '2026-08-01', reason: 'by_policyholder' },
    });
    expect([path, done.status >= 400 && done.status < 500]).toEqual([path, true]);
  }
});
