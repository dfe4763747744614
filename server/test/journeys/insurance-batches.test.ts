import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '../../kernel/ids.ts';
import { openPolicyHouse, type PolicyHouse } from './insurance.fixtures.ts';

let house: PolicyHouse;

beforeEach(async () => {
  house = await openPolicyHouse(new Date('2026-06-20T10:00:00+08:00'));
  await house.elevator(); // whom it maintains for may let it act
  await house.giveMandate();
  const run = { prefix: 'WX2026-', first: 1, count: 20, digits: 4 };
  await house.ask('POST', '/policy-numbers', { as: 'underwriter', payload: run });
});

const boundMany = z.object({
  bound: z.int(),
  items: z.array(z.object({ quoteId: z.string(), policyId: z.string().nullable(), why: z.string().nullable() })),
});
const quoteOf = async (): Promise<string> => {
  const { id } = await house.elevator();
  const done = await house.quote([id], {}, { as: 'maintenance' });
  return z.string().parse(done.body['quoteId']);
};

test('a maintenance unit takes out all it quoted in one act; the underwriter issues all that is paid in one act', async () => {
  const quotes = [await quoteOf(), await quoteOf(), await quoteOf()];
  const unknown = newId();
  const bindings = [...quotes.slice(0, 2), unknown, ...quotes.slice(2)].map((quoteId) => ({ quoteId }));
  const key = newId();
  const sent = { as: 'maintenance', payload: { bindings }, key } as const;
  const first = await house.ask('POST', '/policies/binding', sent);
  const bound = boundMany.parse(first.body);
  expect(bound.bound).toBe(3);
  expect(bound.items.map((i) => i.quoteId)).toEqual(bindings.map((b) => b.quoteId));
  expect(bound.items.filter((i) => i.policyId === null)).toEqual([
    expect.objectContaining({ quoteId: unknown, why: expect.stringMatching(/\p{Script=Han}/u) }),
  ]);
  expect((await house.ask('POST', '/policies/binding', sent)).body).toEqual(first.body); // sent twice, done once

  const ids = bound.items.flatMap((i) => i.policyId ?? []);
  const issue = (payload: object = {}) => house.ask('POST', '/policies/issue', { as: 'underwriter', payload });
  expect(await issue()).toMatchObject({ status: 200, body: { issued: 0, left: 0, items: [] } }); // nothing is paid
  const [one = '', two = '', three = ''] = ids;
  for (const id of [one, two]) await house.pay(id, { owner: 2_790, maintenance: 2_790 });
  await house.pay(three, { owner: 2_790 }); // a part is missing
  expect(await house.ask('POST', '/policies/issue', { as: 'maintenance', payload: {} })).toMatchObject({ status: 403 });
  expect(await issue()).toMatchObject({ status: 200, body: { issued: 2, left: 0 } });
  for (const id of [one, two]) expect(await house.policy(id)).toMatchObject({ state: 'issued', documents: [{}, {}] });
  expect(await house.policy(three)).toMatchObject({ state: 'awaiting_cash' });
  expect(await issue({ policyIds: [three, newId()] })).toMatchObject({
    status: 200,
    body: {
      issued: 0,
      items: [
        { policyId: three, issued: false, refusal: { code: 'insurance.cash_missing' } },
        { number: null, issued: false, refusal: { code: 'insurance.policy_not_found' } },
      ],
    },
  });
});

test('another insurer issues nothing of this one’s, and who books money takes out nothing', async () => {
  const quoteId = await quoteOf();
  const asked = { as: 'other_underwriter', payload: { bindings: [{ quoteId }] } } as const;
  const answer = await house.ask('POST', '/policies/issue', { as: 'other_underwriter', payload: {} });
  expect(answer).toMatchObject({ status: 200, body: { issued: 0, items: [] } });
  expect(await house.ask('POST', '/policies/binding', { ...asked, as: 'cashier' })).toMatchObject({ status: 403 });
  expect((await house.ask('GET', `/quotes/${quoteId}`, { as: 'maintenance' })).body).toMatchObject({
    state: 'offered',
  });
});
