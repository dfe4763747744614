import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '../../kernel/ids.ts';
import { type Asking, type ClaimHouse, openClaimHouse } from './claims.fixtures.ts';

/** An insurer's own system handles and pays a claim by REST, in named roles. What a second person must say stays a person's. */
let house: ClaimHouse;
const text = (value: unknown): string => z.string().parse(value);
const refused = (status: number, code: string) => ({ status, body: { code } });
const person = refused(403, 'kernel.person_needed');

beforeAll(async () => {
  house = await openClaimHouse();
  const machine = (name: string, grants: readonly string[]) =>
    house.viewers.set(name, { ...house.viewer(house.insurer, 'machine'), displayName: name, grants });
  machine('core', ['claims:write', 'role:handler', 'role:surveyor', 'role:approver', 'role:cashier']);
  machine('reader', ['elevators:read']);
  const authority = (role: string) =>
    house.ask('POST', '/claim-authorities', { as: 'underwriter', payload: { role, amount: 1_000_000 } });
  await authority('approver');
  await authority('handler');
});

const act = (id: string, what: object, { as = 'core', key = newId() }: Asking = {}) =>
  house.ask('POST', `/claims/${id}/acts`, { as, key, payload: { act: what } });

/** Reported by the insurer's system; the same key with another word is an error, and opens nothing. */
async function reported(): Promise<string> {
  house.setNow(new Date('2026-11-20T02:00:00Z'));
  const elevatorId = await house.covered();
  house.setNow(new Date('2026-11-23T02:00:00Z'));
  const report = { key: newId(), elevatorId, kind: 'injury', happenedAt: '2026-11-23T01:00:00Z', said: '急停摔倒' };
  const tell = (over: object = {}, as = 'core') =>
    house.ask('POST', '/claims', { as, payload: { ...report, ...over } });
  expect(await tell({}, 'reader')).toMatchObject({ status: 403 });
  const told = await tell();
  expect(told.body).toMatchObject({ outcome: 'opened' });
  expect((await tell()).body).toMatchObject({ claimId: told.body['claimId'] });
  expect(await tell({ kind: 'property' })).toMatchObject(refused(409, 'insurance.key_reused'));
  return text(told.body['claimId']);
}

/** The victim, once per key. */
async function victimOf(id: string): Promise<string> {
  const party = {
    kind: 'victim',
    name: '示例伤者',
    account: { bank: '示例银行', number: '6222000000000012', holder: '示例伤者' },
  };
  const key = newId();
  const add = (over: object = {}) =>
    house.ask('POST', `/claims/${id}/parties`, { as: 'core', key, payload: { ...party, ...over } });
  const added = await add();
  expect(added).toMatchObject({ status: 201 });
  expect(await add()).toEqual(added);
  expect(await add({ name: '示例他人' })).toMatchObject(refused(409, 'insurance.key_used'));
  const file = await house.ask('GET', `/claims/${id}`, { as: 'core' });
  expect(z.array(z.unknown()).parse(file.body['parties'])).toHaveLength(1);
  return text(added.body['partyId']);
}

const bankWord = (amount: number, over: object = {}) => ({
  at: '2026-11-23T03:30:00Z',
  account: '****1234',
  bankRef: newId(),
  amount,
  byHand: false,
  proof: null,
  ...over,
});

test('from the report to the bank’s time by the insurer’s system; only the decision is a person’s', async () => {
  const id = await reported();
  const partyId = await victimOf(id);
  const losses = [{ id: 'a', partyId, kind: 'person', medical: 50_000, other: 0 }];
  const key = newId();
  const assess = (given: object) => act(id, { do: 'assess', losses: [given] }, { key });
  const assessed = await assess(losses[0] ?? {});
  expect(assessed).toMatchObject({ status: 200, body: { phase: 'assessing' } });
  expect(await assess(losses[0] ?? {})).toEqual(assessed); // sent again: nothing happens twice
  expect(await assess({ ...losses[0], medical: 60_000 })).toMatchObject(refused(409, 'insurance.key_used'));
  expect(await act(id, { do: 'set_reserve', amount: 50_000, reason: '初估' })).toMatchObject({ status: 200 });

  expect(await act(id, { do: 'decide' })).toMatchObject(person);
  expect(await act(id, { do: 'refuse', reason: 'not_in_force', text: '不属于保险责任范围内的损失' })).toMatchObject(
    person,
  );
  expect(await act(id, { do: 'decide' }, { as: 'approver' })).toMatchObject({
    status: 200,
    body: { phase: 'accepted' },
  });

  house.setNow(new Date('2026-11-23T03:00:00Z'));
  const order = { item: 'a', partyId, amount: 50_000, kind: 'final' };
  const payKey = newId();
  const pay = (over: object = {}) =>
    house.ask('POST', `/claims/${id}/payments`, { as: 'core', key: payKey, payload: { ...order, ...over } });
  const ordered = await pay();
  expect(await pay()).toMatchObject({ body: { paymentId: ordered.body['paymentId'], repeated: true } });
  expect(await pay({ amount: 49_999 })).toMatchObject(refused(409, 'insurance.key_reused'));

  house.setNow(new Date('2026-11-23T04:00:00Z'));
  const arrival = `/claim-payments/${text(ordered.body['paymentId'])}/arrival`;
  const word = bankWord(50_000);
  expect(await house.ask('POST', arrival, { as: 'core', payload: bankWord(49_999) })).toMatchObject(
    refused(400, 'insurance.bank_amount_differs'),
  );
  expect(await house.ask('POST', arrival, { as: 'core', payload: word })).toEqual({
    status: 200,
    body: { paidAt: '2026-11-23T03:30:00.000Z' },
  });
  expect(await house.ask('POST', arrival, { as: 'core', payload: word })).toMatchObject({ status: 409 });
  const done = (await house.ask('GET', `/claims/${id}`, { as: 'core' })).body;
  expect(done).toMatchObject({ paid: 50_000, decided: 50_000 });
  expect(await act(id, { do: 'close' })).toMatchObject({ body: { phase: 'closed' } });
});

test('what a person says of the bank is typed: it needs a proof and another’s order, whatever he calls it', async () => {
  const id = await reported();
  const partyId = await victimOf(id);
  await act(id, { do: 'assess', losses: [{ id: 'a', partyId, kind: 'person', medical: 8_000, other: 0 }] });
  await act(id, { do: 'set_reserve', amount: 8_000, reason: '初估' });
  await act(id, { do: 'decide' }, { as: 'approver' });
  house.setNow(new Date('2026-11-23T03:00:00Z'));
  const order = { item: 'a', partyId, amount: 8_000, kind: 'final' };
  const ordered = await house.ask('POST', `/claims/${id}/payments`, { as: 'cashier', key: newId(), payload: order });
  house.setNow(new Date('2026-11-23T04:00:00Z'));
  const arrival = `/claim-payments/${text(ordered.body['paymentId'])}/arrival`;
  const tell = (as: string, over: object = {}) => house.ask('POST', arrival, { as, payload: bankWord(8_000, over) });
  expect(await tell('cashier')).toMatchObject(refused(403, 'insurance.four_eyes'));
  expect(await tell('cashier2')).toMatchObject(refused(400, 'insurance.proof_missing'));
  expect(await tell('cashier2', { proof: 'c'.repeat(64) })).toMatchObject({ status: 200 });
  expect(await house.ask('POST', '/claim-payments/release', { as: 'core', payload: { ids: [newId()] } })).toMatchObject(
    person,
  );
});
