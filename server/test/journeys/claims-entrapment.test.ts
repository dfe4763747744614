import { sql } from 'kysely';
import { pino } from 'pino';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openDb } from '../../kernel/db.ts';
import { deliverDue } from '../../kernel/deliver.ts';
import { newId } from '../../kernel/ids.ts';
import type { Adapter } from '../../kernel/notify.ts';
import { shownCover } from '../../modules/insurance/index.ts';
import { type ClaimHouse, openClaimHouse } from './claims.fixtures.ts';

let house: ClaimHouse;
const released = new Date('2026-11-22T04:00:00Z');

beforeAll(async () => {
  house = await openClaimHouse();
});

const claims = async (as = 'handler', query = '') =>
  z
    .array(z.looseObject({ id: z.string(), number: z.string() }))
    .parse((await house.ask('GET', `/claims?state=all${query}`, { as })).body['items']);
const fileOf = async (id: string, as = 'handler') => (await house.ask('GET', `/claims/${id}`, { as })).body;
const codesOf = async (incidentId: string) =>
  z
    .array(z.object({ code: z.string(), head: z.int() }).loose())
    .parse((await house.ask('GET', `/claim-codes/${incidentId}`, { as: 'use_unit' })).body['items']);

/** A person as the public page takes him. The identity number is invented and has a right check sign. */
const person = (n: number) => ({
  name: `示例人${n}`,
  idNumber: ['11010519491231002X', '110101199001010015', '53010219200508011X'][n] ?? '',
  phone: `1000000000${n}`,
  account: { bank: '示例银行', number: `62220000000000${n}0`, holder: `示例人${n}` },
});
const fill = async (code: string, claimant: object) => {
  const session = await house.ask('POST', '/claimant/session', { payload: { code } });
  return house.ask('POST', `/claimant/${String(session.body['token'])}/person`, { payload: claimant });
};

/** What a person reads with his code, on the page and through the interface. */
async function reads(code: string) {
  const session = await house.ask('POST', '/claimant/session', { payload: { code } });
  const token = String(session.body['token']);
  const page = await house.site.inject({ url: `/~/claim/t/${token}`, remoteAddress: '10.2.0.9' });
  return { page: page.body, view: (await house.ask('GET', `/claimant/${token}`)).body };
}

/** A covered elevator whose people have just been let out after three hours. */
async function letOut(over: Parameters<ClaimHouse['release']>[1] = {}) {
  house.setNow(new Date('2026-11-20T02:00:00Z'));
  const elevator = await house.covered();
  house.setNow(new Date(released.getTime() + 5_000));
  const incident = await house.release(elevator, over);
  await house.passRelay();
  return { elevator, incident };
}
const claimOf = async (elevator: string) => (await claims('handler', `&elevatorId=${elevator}`))[0]?.id ?? '';

test('from the release to the money: drafted by itself, filled in by the people, decided by a rule, let go by a second person', async () => {
  const { elevator, incident } = await letOut();
  const id = await claimOf(elevator);
  const drafted = await fileOf(id);
  expect(drafted).toMatchObject({
    phase: 'assessing',
    kind: 'entrapment',
    reserve: 40_000,
    release: { seconds: 10_800, from: 'reported', people: 2 },
    heads: [
      { head: 1, due: 20_000, state: 'waiting' },
      { head: 2, due: 20_000, state: 'waiting' },
    ],
  });
  expect(
    await house.ask('POST', '/clean-rules', { as: 'approver', payload: { mostPerHead: 50_000, mostHeads: 10 } }),
  ).toMatchObject({
    status: 201,
  });
  const codes = await codesOf(incident);
  expect(codes).toHaveLength(2);
  expect(await fill(codes[0]?.code ?? '', person(0))).toMatchObject({ status: 200, body: { state: 'clean' } });
  const decided = await fileOf(id);
  expect(decided).toMatchObject({ phase: 'accepted', decision: { amount: 40_000, byRule: true } });
  const [payment] = z.array(z.looseObject({ id: z.string() })).parse(decided['payments']);
  expect(payment).toMatchObject({ state: 'proposed', amount: 20_000, kind: 'final' });
  const release = { ids: [payment?.id ?? ''] };
  expect((await house.ask('POST', '/claim-payments/release', { as: 'cashier', payload: release })).body).toEqual({
    released: [payment?.id],
    refused: [],
  });
  const word = { at: '2026-11-22T04:00:06Z', account: '****1234', bankRef: newId(), amount: 20_000, byHand: true };
  const arrival = `/claim-payments/${payment?.id}/arrival`;
  house.setNow(new Date(released.getTime() + 60_000));
  expect(await house.ask('POST', arrival, { as: 'cashier2', payload: word })).toMatchObject({
    status: 400,
    body: { code: 'insurance.proof_missing', faults: [{ field: 'proof' }] },
  });
  const proof = 'a'.repeat(64);
  expect(
    await house.ask('POST', arrival, { as: 'cashier2', payload: { ...word, proof, amount: 20_001 } }),
  ).toMatchObject({
    body: { code: 'insurance.bank_amount_differs' },
  });
  expect(await house.ask('POST', arrival, { as: 'cashier2', payload: { ...word, proof } })).toMatchObject({
    status: 200,
  });
  expect(await fill(codes[1]?.code ?? '', person(1))).toMatchObject({ body: { state: 'clean' } });
  const { rows } = await sql<{ account: string; amount: number }>`select account, sum(amount)::bigint as amount
    from insurance.posting where claim_id = ${id} group by 1 order by 1`.execute(house.db);
  expect(rows).toEqual([
    { account: 'bank', amount: -20_000 },
    { account: 'claims_paid', amount: 20_000 },
    { account: 'claims_payable', amount: 0 },
  ]);
});

test('one of two never comes: the insurer who paid the other is not late, and his time runs again when the second comes', async () => {
  const { elevator, incident } = await letOut();
  const id = await claimOf(elevator);
  const [one, two] = await codesOf(incident);
  const payClock = async () =>
    z
      .array(z.looseObject({ id: z.string(), state: z.string(), dueAt: z.string().nullable() }))
      .parse((await fileOf(id))['clocks'])
      .find((clock) => clock.id === 'pay');
  const pay = async (head: number, on: Date) => {
    house.setNow(on);
    const payments = z
      .array(z.looseObject({ id: z.string(), state: z.string() }))
      .parse((await fileOf(id))['payments']);
    const [payment] = payments.filter((p) => p.state === 'proposed');
    await house.ask('POST', '/claim-payments/release', { as: 'cashier', payload: { ids: [payment?.id] } });
    const word = { account: '****1234', bankRef: newId(), amount: 20_000, byHand: true, proof: 'a'.repeat(64) };
    const told = { ...word, at: on.toISOString() };
    const arrival = `/claim-payments/${payment?.id}/arrival`;
    expect([head, await house.ask('POST', arrival, { as: 'cashier2', payload: told })]).toMatchObject([
      head,
      { status: 200 },
    ]);
  };
  await fill(one?.code ?? '', person(0));
  expect(await payClock()).toMatchObject({ state: 'running', dueAt: '2026-12-02T15:59:59.999Z' });
  await pay(1, new Date('2026-11-23T02:00:00Z'));
  house.setNow(new Date('2027-02-01T02:00:00Z'));
  expect(await payClock()).toMatchObject({ state: 'paused', dueAt: null });
  expect((await claims('handler', `&elevatorId=${elevator}`))[0]).toMatchObject({ phase: 'accepted', dueAt: null });
  const second = await reads(two?.code ?? '');
  expect(second.page).toContain('¥200.00');
  expect(second.page).not.toContain('没有应付给您');
  expect(second.view).toMatchObject({ accepted: 20_000, payments: [] });
  await fill(two?.code ?? '', person(1));
  expect(await payClock()).toMatchObject({ state: 'running', dueAt: '2027-02-10T15:59:59.999Z' });
  await pay(2, new Date('2027-02-02T02:00:00Z'));
  expect(await fileOf(id)).toMatchObject({ phase: 'closed', paid: 40_000 });
  expect(await payClock()).toMatchObject({ state: 'in_time' });
  // The yearly forms name him who is owed and waits, not him who never came.
  const waitingSince = async (until: string) =>
    (
      await sql<{ since: Date }>`select u.since from insurance.claim c,
        insurance.claims_unpaid(array[c.policy_id], ${until}) u where c.id = ${id}`.execute(house.db)
    ).rows.map((r) => r.since.toISOString());
  expect(await waitingSince('2026-11-22T12:00:00Z')).toEqual(['2026-11-22T04:00:05.000Z']);
  expect(await waitingSince('2026-12-31T12:00:00Z')).toEqual([]);
  expect(await waitingSince('2027-02-01T12:00:00Z')).toEqual(['2027-02-01T02:00:00.000Z']);
  expect(await waitingSince('2027-02-02T12:00:00Z')).toEqual([]);
});

test('each person, phone and account counts once in one accident, and a code is used once', async () => {
  const { incident } = await letOut();
  const [one, two] = await codesOf(incident);
  expect(await fill(one?.code ?? '', person(0))).toMatchObject({ status: 200 });
  expect(await fill(one?.code ?? '', person(1))).toMatchObject({ body: { code: 'insurance.draft_filled' } });
  const again = { ...person(1), idNumber: person(0).idNumber };
  expect(await fill(two?.code ?? '', again)).toMatchObject({ status: 409, body: { faults: [{ field: 'idNumber' }] } });
  const samePhone = { ...person(1), phone: person(0).phone };
  expect(await fill(two?.code ?? '', samePhone)).toMatchObject({ body: { faults: [{ field: 'phone' }] } });
  const sameAccount = { ...person(1), account: { ...person(1).account, number: person(0).account.number } };
  expect(await fill(two?.code ?? '', sameAccount)).toMatchObject({ body: { faults: [{ field: 'account' }] } });
  const anothers = { ...person(1), account: { ...person(1).account, holder: '示例别人' } };
  expect(await fill(two?.code ?? '', anothers)).toMatchObject({ body: { code: 'insurance.account_not_own' } });
  expect(await fill(two?.code ?? '', { ...person(1), idNumber: '110105194912310021' })).toMatchObject({
    body: { code: 'insurance.id_number_wrong' },
  });
  expect(await fill(two?.code ?? '', person(1))).toMatchObject({ status: 200 });
});

test('the same release heard twice drafts once, a drill drafts nothing, and below the table’s first step nothing is due', async () => {
  const { elevator, incident } = await letOut();
  await house.release(elevator, { incidentId: incident });
  await house.passRelay();
  expect(await codesOf(incident)).toHaveLength(2);
  const drill = await letOut({ drill: true });
  expect(await claimOf(drill.elevator)).toBe('');
  // Exactly two hours: the filed text says "more than two hours".
  const two = await letOut({ reportedAt: '2026-11-22T02:00:00.000Z' });
  expect(await claimOf(two.elevator)).toBe('');
  const more = await letOut({ reportedAt: '2026-11-22T01:59:59.000Z' });
  expect(await fileOf(await claimOf(more.elevator))).toMatchObject({ release: { seconds: 7_201 } });
});

const correct = async (elevator: string, over: Parameters<ClaimHouse['release']>[1]) => {
  await house.release(elevator, over, 'release_corrected');
  await house.passRelay();
};
const noticesOf = async (claimId: string) =>
  (
    await sql<{ params: { heads: number } }>`select params from kernel.notification
      where link = ${`/claims/${claimId}`} and code = 'insurance.notice.release_corrected' order by at`.execute(
      house.db,
    )
  ).rows.map(({ params }) => params.heads);

test('more people than were counted first: one draft more for each, once, and those who have theirs keep it', async () => {
  const { elevator, incident } = await letOut();
  const first = await codesOf(incident);
  for (let heard = 0; heard < 2; heard += 1) await correct(elevator, { incidentId: incident, people: 3 });
  const codes = await codesOf(incident);
  expect(codes).toHaveLength(3);
  expect(codes.slice(0, 2).map((c) => c.code)).toEqual(first.map((c) => c.code));
  const id = await claimOf(elevator);
  expect(await fileOf(id)).toMatchObject({ reserve: 60_000, release: { people: 3 }, heads: [{}, {}, { due: 20_000 }] });
  expect(await noticesOf(id)).toEqual([1]);
  expect(await fill(codes[2]?.code ?? '', person(2))).toMatchObject({ body: { state: 'clean' } });
  expect(await fileOf(id)).toMatchObject({ decision: { amount: 60_000, byRule: true } });
});

test('a head that is told of after the rule decided is drafted and goes to a handler; what was decided stands', async () => {
  const { elevator, incident } = await letOut();
  const [one] = await codesOf(incident);
  expect(await fill(one?.code ?? '', person(0))).toMatchObject({ body: { state: 'clean' } });
  await correct(elevator, { incidentId: incident, people: 3 });
  const [, two, three] = await codesOf(incident);
  expect(await fill(three?.code ?? '', person(2))).toMatchObject({ body: { state: 'to_handler' } });
  const late = await reads(three?.code ?? '');
  expect(late.view).toMatchObject({ accepted: null, head: { state: 'to_handler' } }); // nobody decided on him
  expect(late.page).not.toContain('没有应付给您');
  expect(await fill(two?.code ?? '', person(1))).toMatchObject({ body: { state: 'clean' } });
  const file = await fileOf(await claimOf(elevator));
  expect(file).toMatchObject({ decision: { amount: 40_000 }, payments: [{ amount: 20_000 }, { amount: 20_000 }] });
});

test('an injury told of afterwards, or a time that changes the sum, ends the quick way; seconds that change nothing do not', async () => {
  const hurt = await letOut();
  await correct(hurt.elevator, { incidentId: hurt.incident, injuries: true });
  const [code] = await codesOf(hurt.incident);
  expect(await fill(code?.code ?? '', person(0))).toMatchObject({ body: { state: 'to_handler' } });
  const hurtFile = await claimOf(hurt.elevator);
  expect(await noticesOf(hurtFile)).toEqual([0]);
  expect(await codesOf(hurt.incident)).toHaveLength(2);

  const short = await letOut();
  await correct(short.elevator, { incidentId: short.incident, releasedAt: '2026-11-22T02:30:00.000Z' });
  const [late] = await codesOf(short.incident);
  expect(await fill(late?.code ?? '', person(0))).toMatchObject({ body: { state: 'to_handler' } });

  const same = await letOut();
  await correct(same.elevator, { incidentId: same.incident, releasedAt: '2026-11-22T04:00:12.000Z' });
  expect(await noticesOf(await claimOf(same.elevator))).toEqual([]);
  const [clean] = await codesOf(same.incident);
  expect(await fill(clean?.code ?? '', person(0))).toMatchObject({ body: { state: 'clean' } });
});

test('nobody said how many: the count that comes later drafts the heads', async () => {
  const { elevator, incident } = await letOut({ people: null });
  expect(await codesOf(incident)).toEqual([]);
  await correct(elevator, { incidentId: incident, people: 1 });
  expect(await codesOf(incident)).toHaveLength(1);
  expect(await fileOf(await claimOf(elevator))).toMatchObject({ phase: 'assessing', reserve: 20_000 });
});

test('an injury, an uncounted head or a clock nobody trusts goes to a handler, never by rule', async () => {
  const hurt = await letOut({ injuries: true });
  expect(await fileOf(await claimOf(hurt.elevator))).toMatchObject({ kind: 'injury', coverage: '第三者责任' });
  const [code] = await codesOf(hurt.incident);
  expect(await fill(code?.code ?? '', person(0))).toMatchObject({ body: { state: 'to_handler' } });
  const doubtful = await letOut({ releasedTrusted: false });
  const [late] = await codesOf(doubtful.incident);
  expect(await fill(late?.code ?? '', person(0))).toMatchObject({ body: { state: 'to_handler' } });
  const file = await fileOf(await claimOf(doubtful.elevator));
  expect(file).toMatchObject({ payments: [], decision: null, heads: [{ reasons: ['clock_untrusted'] }, {}] });
});

test('a limit that a second person set lets small sums go alone; who approved the rule cannot set it; a withdrawn rule decides nothing', async () => {
  expect(
    await house.ask('POST', '/clean-rules/release-limit', { as: 'approver', payload: { limit: 20_000 } }),
  ).toMatchObject({
    status: 403,
    body: { code: 'insurance.four_eyes' },
  });
  await house.ask('POST', '/clean-rules/release-limit', { as: 'cashier2', payload: { limit: 20_000 } });
  const { elevator, incident } = await letOut();
  const [one, two] = await codesOf(incident);
  await fill(one?.code ?? '', person(0));
  await fill(two?.code ?? '', person(1));
  expect((await fileOf(await claimOf(elevator)))['payments']).toMatchObject([
    { state: 'ordered' },
    { state: 'proposed' },
  ]);
  await house.ask('POST', '/clean-rules/withdrawal', { as: 'handler' });
  const later = await letOut();
  const [code] = await codesOf(later.incident);
  expect(await fill(code?.code ?? '', person(0))).toMatchObject({ body: { state: 'to_handler' } });
});

test('the plate of an elevator tells by whom it is insured and until when, as long as it is', async () => {
  house.setNow(new Date('2026-11-20T02:00:00Z'));
  const elevatorId = await house.covered();
  const shown = await shownCover(house.db, { elevatorId, on: '2026-11-22' });
  expect(shown).toMatchObject({ insurer: expect.stringContaining('示例'), until: expect.stringMatching(/^2027-/) });
  expect(await shownCover(house.db, { elevatorId, on: shown?.until ?? '' })).toEqual(shown);
  expect(await shownCover(house.db, { elevatorId, on: '2028-01-01' })).toBeUndefined();
});

test('the other insurer sees neither claim, code nor payment', async () => {
  const { elevator } = await letOut();
  const id = await claimOf(elevator);
  expect(await claims('other_handler')).toEqual([]);
  expect(await house.ask('GET', `/claims/${id}`, { as: 'other_handler' })).toMatchObject({ status: 404 });
  expect((await house.ask('GET', '/claim-payments', { as: 'other_cashier' })).body['items']).toEqual([]);
});

test('the phone page leads from the code to the money, and an unknown code learns nothing', async () => {
  const { incident } = await letOut();
  const [code] = await codesOf(incident);
  const asked = await house.site.inject({
    method: 'POST',
    url: '/~/claim',
    payload: { code: code?.code.toLowerCase() ?? '' },
  });
  expect(asked.statusCode).toBe(303);
  const own = String(asked.headers['location']);
  const before = await house.site.inject({ url: own });
  expect(before.body).toContain('¥200.00');
  expect(String(before.headers['content-security-policy'])).toContain('frame-ancestors *');
  expect(before.headers['x-frame-options']).toBeUndefined();
  const { account, ...rest } = person(0);
  const form = { ...rest, idKind: 'resident', bank: account.bank, account: '12' };
  const wrong = await house.site.inject({ method: 'POST', url: own, payload: form });
  expect(wrong.statusCode).toBe(400);
  expect(wrong.body).toContain('「银行卡号」填写有误');
  expect(wrong.body).toContain('示例人0'); // what was typed is still there
  const sent = await house.site.inject({ method: 'POST', url: own, payload: { ...form, account: account.number } });
  expect(sent.statusCode).toBe(303);
  const after = await house.site.inject({ url: own });
  expect(after.body).toContain('示**');
  expect(after.body).not.toContain(account.number);
  const unknown = await house.site.inject({ method: 'POST', url: '/~/claim', payload: { code: 'AAAA-BBBB-CCCC' } });
  expect(unknown.statusCode).toBe(404);
});

/** An incident with the calls that opened it, as rescue keeps them. */
async function calledFor(elevator: string, calls: readonly { phone: string; agrees: boolean; channel?: string }[]) {
  const { secret } = house.deps;
  const incident = newId();
  await sql`insert into rescue.incident (id, number, elevator_id, version, phase, level, aware_at, clocks, timers, needs, confidence,
      by_person, danger, kind, area_codes, org_ids)
    values (${incident}, ${incident}, ${elevator}, 1, 'released', 1, ${released}, '{}', '[]', '{}', 1, true, 0, 'lift', '{}', '{}')`.execute(
    house.db,
  );
  for (const { phone, agrees, channel } of calls)
    await sql`insert into rescue.call (id, at, channel, kind, routed_to, incident_id, joined, caller, caller_key, caller_until,
        claim_text, needs, actor, area_codes, org_ids)
      values (${newId()}, ${released}, ${channel ?? 'qr'}, 'entrapment', '', ${incident}, false, ${secret.seal('rescue.call.caller', phone)},
        ${secret.lookup('rescue.call.caller', phone)}, '2027-01-01', ${agrees}, '{}', 'qr', '{}', '{}')`.execute(
      house.db,
    );
  return incident;
}

test('a code goes by text to who called and agreed, sealed while it waits, once; the use unit hands out the others', async () => {
  house.setNow(new Date('2026-11-20T02:00:00Z'));
  const elevator = await house.covered();
  house.setNow(new Date(released.getTime() + 5_000));
  const incidentId = await calledFor(elevator, [
    { phone: '139 0000 1111', agrees: true },
    { phone: '+86 13900001111', agrees: true }, // the same person again
    { phone: '13900002222', agrees: false }, // gave his number to be rescued, and for nothing else
    { phone: '13900003333', agrees: true, channel: 'partner' }, // a number that 110 passed on: he was not asked by us
    { phone: '0510-81234567', agrees: true }, // a landline reads no texts
  ]);
  for (let heard = 0; heard < 2; heard += 1) {
    await house.release(elevator, { incidentId });
    await house.passRelay();
  }
  const id = await claimOf(elevator);
  const { rows } = await sql<{
    id: string;
    params: unknown;
    recipient: string;
    sealed: string;
  }>`select id, params, recipient, sealed
    from kernel.delivery where subject = ${id} and code = 'insurance.text.claim_code'`.execute(house.db);
  expect(rows).toHaveLength(1);
  const listed = z
    .array(z.looseObject({ code: z.string(), textedTo: z.string().nullable() }))
    .parse((await house.ask('GET', `/claim-codes/${incidentId}`, { as: 'use_unit' })).body['items']);
  expect(listed.map((c) => c.textedTo)).toEqual(['139****1111', null]);
  const waiting = JSON.stringify(rows);
  for (const { code } of listed) expect(waiting).not.toContain(code);
  expect(waiting).not.toContain('13900001111');
  const { rows: told } = await sql<{ params: unknown }>`select params from kernel.notification
    where link = ${`/claims/${id}`} and code = 'insurance.notice.claim_codes'`.execute(house.db);
  expect(told).toMatchObject([{ params: { heads: 1 } }]);

  const sent: { to: string; text: string; hidden: string }[] = [];
  const sms: Adapter = async (message) => void sent.push(message);
  const adapters = { sms, voice: sms, mail: sms, webhook: sms };
  const { secret } = house.deps;
  await deliverDue({
    db: openDb(house.pool),
    secret,
    log: pino({ level: 'silent' }),
    now: house.deps.now,
    adapters,
  });
  const text = sent.find((m) => m.text.includes('理赔码'));
  expect(text).toMatchObject({ to: '13900001111', text: expect.stringContaining(listed[0]?.code ?? '?') });
  expect(text?.hidden).toContain('****');
  expect(text?.hidden).not.toContain(listed[0]?.code);
  const gone = await sql<{
    sealed: string | null;
  }>`select sealed from kernel.delivery where id = ${rows[0]?.id}`.execute(house.db);
  expect(gone.rows).toEqual([{ sealed: null }]); // what was sent is kept nowhere
});

test('where the city has a public address, the text leads straight to the door for claim codes', async () => {
  house.setNow(new Date('2026-11-20T02:00:00Z'));
  const elevator = await house.covered();
  house.setNow(new Date(released.getTime() + 5_000));
  const incidentId = await calledFor(elevator, [{ phone: '13900004444', agrees: true }]);
  Object.assign(house.deps, { publicUrl: 'https://dianti.example.cn' });
  await house.release(elevator, { incidentId });
  await house.passRelay();
  Object.assign(house.deps, { publicUrl: null });
  const { rows } = await sql<{ code: string; params: unknown }>`select code, params from kernel.delivery
    where subject = ${await claimOf(elevator)}`.execute(house.db);
  expect(rows).toMatchObject([
    { code: 'insurance.text.claim_code_link', params: { link: 'https://dianti.example.cn/~/claim' } },
  ]);
});
