import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { type Answer, type ClaimHouse, claimActs, openDecidingHouse } from './claims.fixtures.ts';

let house: ClaimHouse;
const START = new Date('2026-11-23T02:00:00Z');

beforeAll(async () => {
  house = await openDecidingHouse();
});

const { text, act, file, party, order, word } = claimActs(() => house);
const states = (answers: readonly Answer[]) => answers.map((a) => a.status).sort((a, b) => a - b);
const codesIn = (answers: readonly Answer[]) => answers.flatMap((a) => (a.status < 400 ? [] : [a.body['code']]));

async function covered(): Promise<string> {
  house.setNow(new Date('2026-11-20T02:00:00Z'));
  const elevator = await house.covered();
  house.setNow(START);
  return elevator;
}
const accident = (elevatorId: string, over: object = {}) => ({
  key: newId(),
  elevatorId,
  kind: 'injury',
  happenedAt: '2026-11-23T01:00:00Z',
  said: '轿厢急停，有人摔倒',
  ...over,
});
const tell = (payload: object, as = 'handler') => house.ask('POST', '/claims', { as, payload });
async function opened() {
  const id = text((await tell(accident(await covered()))).body['claimId']);
  return { id, victim: await party(id, '示例伤者') };
}
/** A claim accepted for one person, by two. */
async function accepted(amount = 10_000) {
  const claim = await opened();
  const losses = [{ id: 'a', partyId: claim.victim, kind: 'person', medical: amount, other: 0 }];
  await act(claim.id, 'handler', { do: 'assess', losses });
  await act(claim.id, 'approver', { do: 'set_reserve', amount, reason: '初估' });
  expect((await act(claim.id, 'approver', { do: 'decide' })).status).toBe(200);
  return claim;
}
const pay = (claim: { id: string; victim: string }, amount: number, key = newId()) =>
  order({ id: claim.id, partyId: claim.victim, amount, key });

test('one report sent five times at once is one report and one claim, and everybody is told the same', async () => {
  const report = accident(await covered());
  const answers = await Promise.all(Array.from({ length: 5 }, () => tell(report)));
  expect(states(answers)).toEqual([200, 200, 200, 200, 200]);
  expect(new Set(answers.map((a) => a.body['claimId'])).size).toBe(1);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from insurance.claim_report
    where elevator_id = ${report.elevatorId}`.execute(house.db);
  expect(rows).toEqual([{ n: 1 }]);
});

test('five people tell of one accident at once: one claim, five words', async () => {
  const elevator = await covered();
  const answers = await Promise.all(Array.from({ length: 5 }, () => tell(accident(elevator))));
  expect(states(answers)).toEqual([200, 200, 200, 200, 200]);
  expect(answers.filter((a) => a.body['outcome'] === 'opened')).toHaveLength(1);
  expect(new Set(answers.map((a) => a.body['claimId'])).size).toBe(1);
});

test('a form at the public door pressed twice at once is taken once, and never answered with a fault of ours', async () => {
  const { rows } = await sql<{
    code: string;
  }>`select rescue_code as code from registry.elevator where id = ${await covered()}`.execute(house.db);
  const { elevatorId: _, ...said } = accident('');
  const report = { ...said, code: rows[0]?.code, name: '示例人', phone: '10000000001' };
  const answers = await Promise.all([1, 2, 3].map(() => house.ask('POST', '/reports', { payload: report })));
  expect(states(answers)).toEqual([200, 409, 409]);
  expect(codesIn(answers)).toEqual(['insurance.key_reused', 'insurance.key_reused']);
});

test('paid twice at once: the same key pays once, other keys never more than was accepted', async () => {
  const claim = await accepted();
  const key = newId();
  const same = await Promise.all([pay(claim, 6_000, key), pay(claim, 6_000, key), pay(claim, 6_000, key)]);
  expect(states(same)).toEqual([200, 200, 200]);
  expect(new Set(same.map((a) => a.body['paymentId'])).size).toBe(1);
  const more = await Promise.all([pay(claim, 4_000), pay(claim, 4_000), pay(claim, 4_000)]);
  expect(states(more)).toEqual([200, 400, 400]);
  expect(codesIn(more)).toEqual(['insurance.more_than_accepted', 'insurance.more_than_accepted']);
  const other = await accepted();
  const across = newId();
  const both = await Promise.all([pay(claim, 1, across), pay(other, 10_000, across), pay(other, 10_000, across)]);
  expect(states(both).every((status) => status < 500)).toBe(true);
  expect((await file(claim.id))['payments']).toHaveLength(2);
  expect((await file(other.id))['payments']).toHaveLength(1);
});

test('the bank’s word about one payment, said three times at once, counts once', async () => {
  const claim = await accepted();
  const id = text((await pay(claim, 10_000)).body['paymentId']);
  const told = [1, 2, 3].map(() =>
    house.ask('POST', `/claim-payments/${id}/arrival`, { as: 'cashier2', payload: word(10_000) }),
  );
  expect(states(await Promise.all(told))).toEqual([200, 409, 409]);
  expect((await file(claim.id))['paid']).toBe(10_000);
});

test('amounts that are no amounts are refused where they are typed, and change nothing', async () => {
  const claim = await accepted();
  for (const amount of [0, -1, 0.5, 1e15, Number.MAX_SAFE_INTEGER + 2, '100', null])
    expect((await pay(claim, amount as number)).status, String(amount)).toBe(400);
  const loss = (medical: unknown) => [{ id: 'a', partyId: claim.victim, kind: 'person', medical, other: 0 }];
  for (const medical of [-1, 1.1, 1e300])
    expect((await act(claim.id, 'handler', { do: 'assess', losses: loss(medical) })).status).toBe(400);
  expect((await act(claim.id, 'approver', { do: 'set_reserve', amount: -1, reason: '错' })).status).toBe(400);
  expect(await file(claim.id)).toMatchObject({ payments: [], decided: 10_000, reserve: 10_000 });
});

test('days that are no days, and accidents that have not happened', async () => {
  const elevator = await covered();
  const at = async (happenedAt: string) => (await tell(accident(elevator, { happenedAt }))).status;
  expect(await at('2027-02-29T00:00:00Z')).toBe(400);
  expect(await at('2026-11-31T00:00:00Z')).toBe(400);
  expect(await at('2026-11-23T24:00:01Z')).toBe(400);
  expect(await at('0000-00-00T00:00:00Z')).toBe(400);
  const later = await tell(accident(elevator, { happenedAt: '2028-02-29T15:59:59Z' })); // a real day, not yet
  expect(later.body['code']).toBe('insurance.happened_in_future');
  const before = await tell(accident(elevator, { happenedAt: '2024-02-29T15:59:59Z' }), 'use_unit'); // a real day
  expect(before.body).toMatchObject({ outcome: 'no_cover' }); // kept all the same
});

test('who assessed does not decide, by no way round; who refuses says why', async () => {
  const { id, victim } = await opened();
  const losses = [{ id: 'a', partyId: victim, kind: 'person', medical: 100, other: 0 }];
  await house.ask('POST', '/claim-authorities', { as: 'underwriter', payload: { role: 'handler', amount: 1_000 } });
  await act(id, 'handler', { do: 'assess', losses });
  expect((await act(id, 'handler', { do: 'decide' })).body['code']).toBe('insurance.four_eyes');
  const both = await Promise.all([act(id, 'handler', { do: 'decide' }), act(id, 'handler2', { do: 'decide' })]);
  expect(both.map((a) => a.status < 400)).toEqual([false, true]);
  const refusing = await opened();
  const refuse = (more: object) => act(refusing.id, 'approver', { do: 'refuse', ...more });
  expect((await refuse({ reason: 'fraud' })).status).toBe(400);
  expect((await refuse({ reason: 'fraud', text: '　　　　　　　　　　　　' })).status).toBe(400);
  expect((await refuse({ reason: 'because', text: '不愿意赔付给这个人' })).status).toBe(400);
  expect(await file(refusing.id)).toMatchObject({ phase: 'reported' });
});

test('an account that was decided on is not changed under the cashier’s hands; one that failed at the bank may be', async () => {
  const claim = await accepted();
  const swap = (number: string) =>
    house.ask('POST', `/claims/${claim.id}/parties/${claim.victim}`, {
      as: 'handler',
      payload: { account: { bank: '示例银行', number, holder: '示例伤者' } },
    });
  expect(await swap('6222000000009999')).toMatchObject({ status: 409, body: { code: 'insurance.account_stands' } });
  const id = text((await pay(claim, 10_000)).body['paymentId']);
  expect((await swap('6222000000009999')).status).toBe(409);
  const back = { ...word(10_000), reason: '账号已注销' };
  expect((await house.ask('POST', `/claim-payments/${id}/return`, { as: 'cashier2', payload: back })).status).toBe(200);
  expect((await swap('6222000000009999')).status).toBe(200);
  expect(await file(claim.id)).toMatchObject({ parties: [{ account: '示例银行 ****9999' }] });
});

test('opened again after the money left: nothing that was paid is taken back, and nobody refuses what is on its way', async () => {
  const claim = await accepted();
  const id = text((await pay(claim, 10_000)).body['paymentId']);
  expect((await act(claim.id, 'approver', { do: 'reopen', reason: '还没结案' })).status).toBe(409);
  expect((await act(claim.id, 'handler', { do: 'close' })).body['code']).toBe('insurance.payment_under_way');
  await house.ask('POST', `/claim-payments/${id}/arrival`, { as: 'cashier2', payload: word(10_000) });
  expect((await act(claim.id, 'handler', { do: 'close' })).status).toBe(200);
  expect((await act(claim.id, 'handler', { do: 'reopen', reason: '自己来' })).status).toBe(403);
  expect((await act(claim.id, 'approver', { do: 'reopen', reason: '后续治疗' })).status).toBe(200);
  const losses = (medical: number) => [{ id: 'a', partyId: claim.victim, kind: 'person', medical, other: 0 }];
  expect(await act(claim.id, 'handler', { do: 'assess', losses: losses(9_999) })).toMatchObject({
    status: 409,
    body: { code: 'insurance.assessed_below_paid' },
  });
  await act(claim.id, 'handler', { do: 'assess', losses: losses(12_000) });
  const interim = { item: 'a', partyId: claim.victim, amount: 500, kind: 'interim' };
  const ask = { as: 'cashier', payload: interim, key: newId() };
  expect((await house.ask('POST', `/claims/${claim.id}/payments`, ask)).status).toBe(200);
  const refusal = { do: 'refuse', reason: 'fraud', text: '后续治疗与本次事故无关' };
  expect(await act(claim.id, 'approver', refusal)).toMatchObject({
    status: 409,
    body: { code: 'insurance.payment_under_way' },
  });
});

test('a letter is not sent tomorrow, and recovered money does not arrive tomorrow', async () => {
  const { id } = await opened();
  await act(id, 'approver', { do: 'refuse', reason: 'excluded', text: '超载使用属于责任免除' });
  const tomorrow = new Date(START.getTime() + 86_400_000).toISOString();
  expect(await act(id, 'handler', { do: 'send_refusal', at: tomorrow })).toMatchObject({
    status: 400,
    body: { code: 'insurance.sent_in_future' },
  });
  const claim = await accepted();
  const payment = text((await pay(claim, 10_000)).body['paymentId']);
  await house.ask('POST', `/claim-payments/${payment}/arrival`, { as: 'cashier2', payload: word(10_000) });
  const recovery = { kind: 'subrogation', debtor: '示例配件公司', amount: 100 };
  const open = await house.ask('POST', `/claims/${claim.id}/recoveries`, { as: 'handler', payload: recovery });
  const receipt = `/claims/${claim.id}/recoveries/${text(open.body['id'])}/receipt`;
  const early = await house.ask('POST', receipt, { as: 'cashier', payload: { ...word(100), at: tomorrow } });
  expect(early).toMatchObject({ status: 400, body: { code: 'insurance.bank_time_future' } });
});

test('everybody a mediation is about hears that it began and ended, without a word of what it is about', async () => {
  const { id, victim } = await opened();
  await house.ask('POST', `/claims/${id}/parties/${victim}`, { as: 'handler', payload: { phone: '13900004444' } });
  await sql`update insurance.claim set org_ids = org_ids || ${house.broker}::uuid where id = ${id}`.execute(house.db);
  const subject = '对定损金额有异议';
  const begun = await house.ask('POST', `/claims/${id}/mediations`, { as: 'broker', payload: { subject } });
  expect(begun.status).toBe(201);
  const outcome = `/claims/${id}/mediations/${text(begun.body['id'])}/outcome`;
  const end = () => house.ask('POST', outcome, { as: 'broker', payload: { outcome: '双方同意按一万元赔付' } });
  expect(states(await Promise.all([end(), end()]))).toEqual([200, 404]);
  await house.passRelay();
  const { rows: told } = await sql<{ code: string; params: unknown }>`select code, params from kernel.notification
    where link = ${`/claims/${id}`} and code like '%mediation%' order by code`.execute(house.db);
  expect(told.map((t) => t.code)).toEqual([
    'insurance.notice.mediation_ended',
    'insurance.notice.mediation_ended',
    'insurance.notice.mediation_opened',
    'insurance.notice.mediation_opened',
  ]);
  const { rows: texts } = await sql<{ code: string; params: unknown; recipient: string }>`select code, params, recipient
    from kernel.delivery where subject = ${id} and code like '%mediation%' order by code`.execute(house.db);
  expect(texts).toHaveLength(2);
  for (const secret of [subject, '一万元', '13900004444']) expect(JSON.stringify([told, texts])).not.toContain(secret);
});
