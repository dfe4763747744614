import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '../../kernel/ids.ts';
import { addDays, dayOf } from '../../kernel/time.ts';
import { reconcileAt } from '../../modules/insurance/money/reconcile.views.ts';
import { type Answer, type ClaimHouse, openClaimHouse } from './claims.fixtures.ts';

let house: ClaimHouse;
const accident = new Date('2026-11-23T01:00:00Z');

beforeAll(async () => {
  house = await openClaimHouse();
  await house.ask('POST', '/claim-authorities', {
    as: 'underwriter',
    payload: { role: 'approver', amount: 600_000_000 },
  });
  await house.ask('POST', '/claim-authorities', { as: 'underwriter', payload: { role: 'handler', amount: 1_000_000 } });
});

const text = (value: unknown): string => z.string().parse(value);
const act = (id: string, as: string, what: object) =>
  house.ask('POST', `/claims/${id}/acts`, { as, payload: { act: what } });
const file = async (id: string, as = 'handler') => (await house.ask('GET', `/claims/${id}`, { as })).body;

/** A receipt that a handler keeps with the claim. */
const proofPaper = async (id: string): Promise<string> => {
  const boundary = 'proof';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="receipt.jpg"\r\n\r\n`;
  const answer = await house.site.inject({
    method: 'POST',
    url: `/api/v1/insurance/claims/${id}/papers`,
    headers: { 'x-as': 'handler', 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([
      Buffer.from(head),
      Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
      Buffer.from(`\0\x10JFIF\0${id}\r\n--${boundary}--\r\n`),
    ]),
  });
  return text(answer.json<{ id: unknown }>().id);
};

/** A report of an accident on a covered elevator. */
async function reported(over: Record<string, unknown> = {}): Promise<{ id: string; elevator: string; answer: Answer }> {
  house.setNow(new Date('2026-11-20T02:00:00Z'));
  const elevator = await house.covered();
  house.setNow(new Date(accident.getTime() + 3_600_000));
  const answer = await house.ask('POST', '/claims', {
    as: 'handler',
    payload: {
      key: newId(),
      elevatorId: elevator,
      kind: 'injury',
      happenedAt: accident.toISOString(),
      said: '轿厢急停，有人摔倒',
      ...over,
    },
  });
  return { id: text(answer.body['claimId']), elevator, answer };
}

const account = (holder: string) => ({ bank: '示例银行', number: '6222000000000012', holder });
const party = async (id: string, kind: 'victim' | 'insured' | 'service', name: string): Promise<string> => {
  const payload = { kind, name, account: account(name) };
  return text((await house.ask('POST', `/claims/${id}/parties`, { as: 'handler', payload })).body['partyId']);
};
const word = (amount: number, over: object = {}) => ({
  at: house.deps.now().toISOString(),
  account: '****1234',
  bankRef: newId(),
  amount,
  byHand: true,
  proof: 'b'.repeat(64),
  ...over,
});

test('from the report to the money: one assesses, another decides, a third pays, and it counts when the bank says so', async () => {
  const { id, answer } = await reported();
  expect(answer.body).toMatchObject({ outcome: 'opened', number: expect.stringMatching(/^LP20261123\d{6}$/) });
  const victim = await party(id, 'victim', '示例伤者');
  const insured = await party(id, 'insured', '示例物业');
  const losses = [
    { id: 'a', partyId: victim, kind: 'person', medical: 50_000, other: 0 },
    { id: 'b', partyId: insured, kind: 'property', amount: 20_000 },
  ];
  expect(await act(id, 'handler', { do: 'assess', losses })).toMatchObject({
    status: 200,
    body: { phase: 'assessing' },
  });
  expect(await act(id, 'handler', { do: 'decide' })).toMatchObject({
    status: 403,
    body: { code: 'insurance.four_eyes' },
  });
  expect(await act(id, 'approver', { do: 'set_reserve', amount: 70_000, reason: '初估' })).toMatchObject({
    status: 200,
  });
  expect(await act(id, 'approver', { do: 'decide' })).toMatchObject({ status: 200, body: { phase: 'accepted' } });
  const pay = (payload: object, key: string, as = 'cashier') =>
    house.ask('POST', `/claims/${id}/payments`, { as, payload, key });
  const order = { item: 'a', partyId: victim, amount: 50_000, kind: 'final' };
  expect(await pay(order, '')).toMatchObject({ body: { code: 'insurance.key_missing' } });
  expect(await pay({ ...order, partyId: insured }, newId())).toMatchObject({
    status: 400,
    body: { code: 'insurance.payee_mismatch', faults: [{ field: 'partyId' }] },
  });
  expect(await pay({ ...order, amount: 50_001 }, newId())).toMatchObject({
    body: { code: 'insurance.more_than_accepted' },
  });
  const toInsured = { item: 'b', partyId: insured, amount: 20_000, kind: 'final' };
  expect(await pay(toInsured, newId())).toMatchObject({ status: 409, body: { code: 'insurance.victim_first' } });
  const paperId = await proofPaper(id);
  const proof = { paperId, victimId: victim, paidOn: dayOf(house.deps.now()) };
  const foreign = await proofPaper((await reported()).id);
  for (const [wrong, code, field] of [
    [{ paperId: newId() }, 'victim_proof_unknown', 'paperId'],
    [{ paperId: foreign }, 'victim_proof_unknown', 'paperId'], // kept with another claim
    [{ victimId: insured }, 'victim_proof_whom', 'victimId'],
    [{ paidOn: addDays(dayOf(accident), -1) }, 'victim_proof_day', 'paidOn'],
    [{ paidOn: addDays(dayOf(house.deps.now()), 1) }, 'victim_proof_day', 'paidOn'],
  ] as const)
    expect(await pay({ ...toInsured, victimPaidProof: { ...proof, ...wrong } }, newId())).toMatchObject({
      status: 400,
      body: { code: `insurance.${code}`, faults: [{ field: `victimPaidProof.${field}` }] },
    });
  expect(await pay({ ...toInsured, victimPaidProof: '收据 1' }, newId())).toMatchObject({ status: 400 }); // a word is no proof
  expect((await file(id))['payments']).toEqual([]); // every refusal changed nothing
  const key = newId();
  const first = await pay(order, key);
  expect(await pay(order, key)).toMatchObject({ body: { paymentId: first.body['paymentId'], repeated: true } });
  expect(await pay({ ...order, amount: 40_000 }, key)).toMatchObject({
    status: 409,
    body: { code: 'insurance.key_reused' },
  });
  const second = await pay({ ...toInsured, victimPaidProof: proof }, newId());
  for (const [{ body }, amount] of [
    [first, 50_000],
    [second, 20_000],
  ] as const) {
    const told = { as: 'cashier2', payload: word(amount) }; // 双人: not who ordered it
    const path = `/claim-payments/${text(body['paymentId'])}/arrival`;
    expect(await house.ask('POST', path, { ...told, as: 'cashier' })).toMatchObject({
      body: { code: 'insurance.four_eyes' },
    });
    expect((await house.ask('POST', path, told)).status).toBe(200);
  }
  const done = await file(id);
  expect(done).toMatchObject({ paid: 70_000, decided: 70_000 });
  expect(done['clocks']).toMatchObject([
    { id: 'assess', state: 'in_time' },
    { id: 'pay', state: 'in_time' },
    { id: 'interim', state: 'in_time' },
    { id: 'advance', state: 'in_time' },
  ]);
  expect(await act(id, 'handler', { do: 'close' })).toMatchObject({ body: { phase: 'closed' } });
});

test('W9: seven victims and a property under five million, to the fen, and half of it in advance rounded down', async () => {
  const { id } = await reported();
  const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
  const parties = new Map<string, string>();
  for (const name of [...names, 'P']) parties.set(name, await party(id, 'victim', `示例${name}`));
  const person = (name: string, medical: number, other: number) => ({
    id: name,
    partyId: parties.get(name),
    kind: 'person',
    medical: medical * 100,
    other: other * 100,
  });
  const losses = [
    person('A', 95_000, 925_000),
    ...names.slice(1).map((name) => person(name, 60_000, 690_000)),
    { id: 'P', partyId: parties.get('P'), kind: 'property', amount: 2_650_000 },
  ];
  expect(await act(id, 'handler', { do: 'assess', losses, note: '' })).toMatchObject({ status: 200 });
  const seen = z
    .object({
      working: z.looseObject({
        rows: z.array(z.looseObject({ id: z.string(), payable: z.int() })),
        payable: z.int(),
        afterOwnLimits: z.int(),
      }),
    })
    .loose()
    .parse((await file(id))['assessment']);
  expect(seen.working.afterOwnLimits).toBe(532_000_000);
  expect(seen.working.rows.map((r) => r.payable)).toEqual([
    75_187_970, 70_488_722, 70_488_722, 70_488_722, 70_488_722, 70_488_722, 70_488_721, 1_879_699,
  ]);
  expect(seen.working.payable).toBe(500_000_000);
});

test('papers are asked for once; the clock stands still meanwhile, and a letter prints the same for ever', async () => {
  const { id } = await reported();
  expect(await act(id, 'handler', { do: 'ask_papers', papers: ['病历', '身份证'] })).toMatchObject({ status: 200 });
  expect(await act(id, 'handler2', { do: 'ask_papers', papers: ['发票'] })).toMatchObject({
    status: 409,
    body: { code: 'insurance.papers_asked_once' },
  });
  const victim = await party(id, 'victim', '示例伤者');
  await act(id, 'handler', {
    do: 'assess',
    losses: [{ id: 'a', partyId: victim, kind: 'person', medical: 100, other: 0 }],
  });
  expect(await act(id, 'approver', { do: 'decide' })).toMatchObject({ body: { code: 'insurance.papers_missing' } });
  await act(id, 'surveyor', { do: 'receive_papers', papers: ['病历'] });
  await act(id, 'surveyor', { do: 'receive_papers', papers: ['身份证'] });
  expect((await file(id))['clocks']).toMatchObject([
    { id: 'assess', state: 'running', dueAt: '2026-12-23T15:59:59.999Z' },
    { id: 'interim', state: 'running' },
  ]);
  const [, request] = z.array(z.looseObject({ id: z.string(), kind: z.string() })).parse((await file(id))['documents']);
  expect(request?.kind).toBe('paper_request');
  const print = () =>
    house.site.inject({
      url: `/api/v1/insurance/claims/${id}/documents/${request?.id}`,
      headers: { 'x-as': 'use_unit' },
    });
  const [one, two] = [await print(), await print()];
  expect(one.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  expect(one.rawPayload.equals(two.rawPayload)).toBe(true);
});

test('two words about one accident are one claim, also around midnight; the next day’s accident is another', async () => {
  const { id, elevator } = await reported({ happenedAt: '2026-11-22T15:59:59Z' });
  const again = (happenedAt: string) =>
    house.ask('POST', '/claims', {
      as: 'use_unit',
      payload: { key: newId(), elevatorId: elevator, kind: 'property', happenedAt, said: '同一事故' },
    });
  expect((await again('2026-11-22T16:00:01Z')).body).toMatchObject({ outcome: 'joined', claimId: id });
  expect((await again('2026-11-23T01:30:00Z')).body).toMatchObject({ outcome: 'opened' });
});

test('cover is asked for at the instant of the loss: the first and the last second count, the ones beside them do not', async () => {
  const at = async (happenedAt: string) => {
    house.setNow(new Date('2026-11-20T02:00:00Z'));
    const elevator = await house.covered(); // from 2026-11-21 to 2027-11-20
    house.setNow(new Date('2027-12-01T00:00:00Z'));
    const payload = { key: newId(), elevatorId: elevator, kind: 'injury', happenedAt, said: '边界' };
    return (await house.ask('POST', '/claims', { as: 'use_unit', payload })).body['outcome'];
  };
  expect(await at('2026-11-20T15:59:59Z')).toBe('no_cover'); // 23:59:59 the day before
  expect(await at('2026-11-20T16:00:00Z')).toBe('opened'); // 00:00:00 of the first day
  expect(await at('2027-11-20T15:59:59Z')).toBe('opened'); // 23:59:59 of the last day
  expect(await at('2027-11-20T16:00:00Z')).toBe('no_cover'); // 24:00
});

test('the year’s limit is eroded by the first accident, and nothing beyond it is decided', async () => {
  const { id, elevator } = await reported();
  const victims = await Promise.all(
    ['甲', '乙', '丙', '丁', '戊', '己', '庚'].map((n) => party(id, 'victim', `示例${n}`)),
  );
  const losses = victims.map((partyId, i) => ({ id: `v${i}`, partyId, kind: 'person', medical: 0, other: 90_000_000 }));
  await act(id, 'handler', { do: 'assess', losses: losses.slice(0, 4) });
  expect(await act(id, 'approver', { do: 'decide' })).toMatchObject({ body: { phase: 'accepted' } });
  house.setNow(new Date('2026-12-10T00:00:00Z'));
  const payload = {
    key: newId(),
    elevatorId: elevator,
    kind: 'injury',
    happenedAt: '2026-12-09T00:00:00Z',
    said: '第二次',
  };
  const next = text((await house.ask('POST', '/claims', { as: 'handler', payload })).body['claimId']);
  const again = await Promise.all(['辛', '壬', '癸'].map((n) => party(next, 'victim', `示例${n}`)));
  const more = again.map((partyId, i) => ({ id: `w${i}`, partyId, kind: 'person', medical: 0, other: 80_000_000 }));
  await act(next, 'handler', { do: 'assess', losses: more });
  expect((await file(next))['assessment']).toMatchObject({
    working: { aggregateLeft: 180_000_000, payable: 180_000_000 },
  });
});

test('a refusal says its reason, its letter has three days, and an opened claim keeps its first decision', async () => {
  const { id } = await reported();
  expect(await act(id, 'handler', { do: 'refuse', reason: 'excluded', text: '超载使用属于责任免除' })).toMatchObject({
    status: 403,
    body: { code: 'insurance.act_of_another_role' },
  });
  await act(id, 'approver', { do: 'refuse', reason: 'excluded', text: '超载使用属于责任免除' });
  expect(await file(id)).toMatchObject({
    phase: 'refused',
    dueClock: 'refusal_notice',
    dueAt: '2026-11-26T15:59:59.999Z',
  });
  expect(await act(id, 'handler', { do: 'send_refusal', at: house.deps.now().toISOString() })).toMatchObject({
    status: 200,
  });
  await act(id, 'approver', { do: 'reopen', reason: '新证据' });
  const steps = z.array(z.looseObject({ step: z.string() })).parse((await file(id))['steps']);
  expect(steps.map((s) => s.step)).toEqual(['report', 'refuse', 'send_refusal', 'reopen']);
});

test('who is not the lead insurer reads or does not see, and acts never', async () => {
  const { id } = await reported();
  expect((await house.ask('GET', `/claims/${id}`, { as: 'other_handler' })).status).toBe(404);
  expect((await house.ask('GET', `/claims/${id}`, { as: 'use_unit' })).body).toMatchObject({ can: {} });
  expect(await act(id, 'other_approver', { do: 'decide' })).toMatchObject({ status: 404 });
  expect(
    await house.ask('POST', '/claims', {
      as: 'other_handler',
      payload: { key: newId(), elevatorId: newId(), kind: 'injury', happenedAt: accident.toISOString(), said: '陌生' },
    }),
  ).toMatchObject({
    status: 404,
    body: { code: 'insurance.elevator_unknown', faults: [{ field: 'elevatorId' }] },
  });
});

test('plain data is opened for a reason that stays, and what is recovered never exceeds what was paid', async () => {
  const { id } = await reported();
  const victim = await party(id, 'victim', '示例伤者');
  const masked = z.array(z.looseObject({ name: z.string() })).parse((await file(id))['parties']);
  expect(masked[0]).toMatchObject({ name: '示***', account: '示例银行 ****0012' });
  const opened = await house.ask('POST', `/claims/${id}/parties/${victim}/unmasking`, {
    as: 'handler',
    payload: { reason: '核对账户' },
  });
  expect(opened.body).toMatchObject({ name: '示例伤者' });
  const audit = await house.pool.query(`select after from kernel.audit where action = 'unmask' and row_id = $1`, [
    victim,
  ]);
  expect(audit.rows).toEqual([{ after: { reason: '核对账户' } }]);
  const recovery = { kind: 'subrogation', debtor: '示例配件公司', amount: 100 };
  await act(id, 'handler', {
    do: 'assess',
    losses: [{ id: 'a', partyId: victim, kind: 'person', medical: 100, other: 0 }],
  });
  await act(id, 'approver', { do: 'set_reserve', amount: 100, reason: '初估' });
  await act(id, 'approver', { do: 'decide' });
  expect(await house.ask('POST', `/claims/${id}/recoveries`, { as: 'handler', payload: recovery })).toMatchObject({
    status: 409,
    body: { code: 'insurance.recovery_above_paid' },
  });
  const order = { item: 'a', partyId: victim, amount: 100, kind: 'final' };
  const paid = await house.ask('POST', `/claims/${id}/payments`, { as: 'cashier', payload: order, key: newId() });
  await house.ask('POST', `/claim-payments/${text(paid.body['paymentId'])}/arrival`, {
    as: 'cashier2',
    payload: word(100),
  });
  const open = await house.ask('POST', `/claims/${id}/recoveries`, { as: 'handler', payload: recovery });
  const receipt = `/claims/${id}/recoveries/${text(open.body['id'])}/receipt`;
  expect(await house.ask('POST', receipt, { as: 'cashier', payload: word(101) })).toMatchObject({ status: 400 });
  expect(await house.ask('POST', receipt, { as: 'cashier', payload: word(100) })).toMatchObject({ status: 200 });
  const { rows } = await house.pool.query(
    `select account, sum(amount)::int as amount from insurance.posting where claim_id = $1 group by 1 order by 1`,
    [id],
  );
  expect(rows.filter((r: { amount: number }) => r.amount !== 0)).toEqual([]); // all of it came back
});

test('a payment that came back was paid until it did: the books tie before, between and after, and it is owed again', async () => {
  const { id } = await reported();
  const victim = await party(id, 'victim', '示例伤者');
  await act(id, 'handler', { do: 'accept_papers' });
  await act(id, 'handler', {
    do: 'assess',
    losses: [{ id: 'a', partyId: victim, kind: 'person', medical: 100, other: 0 }],
  });
  await act(id, 'approver', { do: 'set_reserve', amount: 100, reason: '初估' });
  await act(id, 'approver', { do: 'decide' });
  const order = { item: 'a', partyId: victim, amount: 100, kind: 'final' };
  const paid = await house.ask('POST', `/claims/${id}/payments`, { as: 'cashier', payload: order, key: newId() });
  const path = `/claim-payments/${text(paid.body['paymentId'])}`;
  const start = house.deps.now().getTime();
  const later = (minutes: number) => new Date(start + minutes * 60_000);
  house.setNow(later(10));
  expect((await house.ask('POST', `${path}/arrival`, { as: 'cashier2', payload: word(100) })).status).toBe(200);
  house.setNow(later(30));
  const early = word(100, { at: later(5).toISOString(), reason: '户名不符' });
  expect(await house.ask('POST', `${path}/return`, { as: 'cashier2', payload: early })).toMatchObject({
    body: { code: 'insurance.bank_time_wrong' }, // it cannot come back before it arrived
  });
  const back = word(100, { at: later(20).toISOString(), reason: '户名不符' });
  expect((await house.ask('POST', `${path}/return`, { as: 'cashier2', payload: back })).status).toBe(200);
  const claimsAt = async (minutes: number) =>
    (await house.deps.scoped(house.viewer(house.insurer), (tx) => reconcileAt(tx, later(minutes)))).claims;
  const others = (await claimsAt(9)).register; // what other claims of this city were paid
  const tied = (register: number) => ({ register, ledger: register, differing: 0 });
  expect(await claimsAt(9)).toMatchObject(tied(others));
  expect(await claimsAt(10)).toMatchObject(tied(others + 100));
  expect(await claimsAt(19)).toMatchObject(tied(others + 100));
  expect(await claimsAt(20)).toMatchObject(tied(others));
  const list = await house.ask('GET', '/claim-payments?state=returned', { as: 'cashier' });
  expect(list.body['items']).toMatchObject([
    { paidAt: later(10).toISOString(), returnedAt: later(20).toISOString(), returnedReason: '户名不符' },
  ]);
  expect((await file(id))['paid']).toBe(0);
  const again = await house.ask('POST', `/claims/${id}/payments`, { as: 'cashier', payload: order, key: newId() });
  expect(again).toMatchObject({ status: 200, body: { state: 'ordered' } });
});

test('the same part of one elevator twice within thirty days says why, and the file shows it; another elevator’s does not count', async () => {
  const { id, elevator } = await reported({ kind: 'property' });
  const list = (claim: string, reason = '') => {
    const lines = [{ code: 'DOOR-ROLLER', name: '层门挂板滚轮', quantity: 2, unitPrice: 8_000, reason }];
    return house.ask('POST', `/claims/${claim}/repair`, { as: 'handler', payload: { lines } });
  };
  expect((await list(id)).status).toBe(201);
  const elsewhere = await reported({ kind: 'property' });
  expect((await list(elsewhere.id)).status).toBe(201);
  const days = 86_400_000;
  const again = async (after: number) => {
    house.setNow(new Date(accident.getTime() + 3_600_000 + after * days));
    const happenedAt = new Date(accident.getTime() + after * days).toISOString();
    const payload = { key: newId(), elevatorId: elevator, kind: 'property', happenedAt, said: '滚轮再次脱落' };
    return text((await house.ask('POST', '/claims', { as: 'handler', payload })).body['claimId']);
  };
  const second = await again(30);
  expect(await list(second)).toMatchObject({
    status: 400,
    body: { code: 'insurance.part_repeated', faults: [{ field: 'lines' }] },
  });
  expect((await file(second))['repair']).toEqual([]); // a refusal keeps nothing
  expect((await list(second, '更换的滚轮有质量缺陷，供应商已换货')).status).toBe(201);
  expect(await file(second)).toMatchObject({ repair: [{ repeatedOn: '2026-11-23' }] });
  expect((await list(await again(61))).status).toBe(201); // thirty-one days after the second
});

test('a sample of what was decided is drawn again by its seed; who decided does not look at his own work, and another insurer sees none', async () => {
  const { id } = await reported();
  const victim = await party(id, 'victim', '示例伤者');
  const losses = [{ id: 'a', partyId: victim, kind: 'person', medical: 100, other: 0 }];
  await act(id, 'handler', { do: 'assess', losses });
  await act(id, 'approver', { do: 'set_reserve', amount: 100, reason: '初估' });
  await act(id, 'approver', { do: 'decide' });
  const day = '2026-11-23';
  const draw = async (more = '', as = 'approver2') =>
    (await house.ask('GET', `/claim-reviews?from=${day}&to=${day}&seed=s1${more}`, { as })).body;
  const ids = (body: Record<string, unknown>) =>
    z
      .array(z.looseObject({ id: z.string() }))
      .parse(body['items'])
      .map((c) => c.id);
  const all = await draw('&percent=100');
  expect(ids(all)).toContain(id);
  expect(ids(all)).toHaveLength(z.int().parse(all['decided']));
  expect(await draw('&percent=50')).toEqual(await draw('&percent=50'));
  expect(ids(await draw('&percent=0&above=100'))).toContain(id); // of at least this sum
  expect(ids(await draw('&percent=0&above=10000000000000'))).toEqual([]);
  expect(await draw('&percent=100', 'other_approver')).toMatchObject({ decided: 0, items: [] });
  const review = (as: string) =>
    house.ask('POST', `/claims/${id}/reviews`, { as, payload: { outcome: 'doubtful', note: '缺诊断证明' } });
  expect(await review('approver')).toMatchObject({ status: 403, body: { code: 'insurance.four_eyes' } });
  expect((await review('handler2')).status).toBe(403);
  expect((await review('other_approver')).status).toBe(404);
  expect((await review('approver2')).status).toBe(201);
  const [found] = z
    .array(z.looseObject({ id: z.string(), review: z.unknown() }))
    .parse((await draw('&percent=100'))['items'])
    .filter((c) => c.id === id);
  expect(found?.review).toMatchObject({ outcome: 'doubtful', note: '缺诊断证明' });
  expect(await file(id)).toMatchObject({ phase: 'accepted' }); // a second look changes nothing by itself
});
