import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '../../kernel/ids.ts';
import { reconcileAt } from '../../modules/insurance/money/reconcile.views.ts';
import { type ClaimHouse, claimActs, openDecidingHouse } from './claims.fixtures.ts';

let house: ClaimHouse;
const accident = new Date('2026-11-23T01:00:00Z');
const minutes = (n: number) => new Date(accident.getTime() + n * 60_000);

beforeAll(async () => {
  house = await openDecidingHouse();
});

const { text, file, order, word, ...acts } = claimActs(() => house);
const act = async (id: string, as: string, what: object) => {
  expect(await acts.act(id, as, what)).toMatchObject({ status: 200 });
};

/** Somebody who fell reports on his phone and says who he is; his token and his claim. */
async function hurt() {
  house.setNow(new Date('2026-11-20T02:00:00Z'));
  const elevator = await house.covered();
  house.setNow(minutes(60));
  const { rows } = await sql<{
    code: string;
  }>`select rescue_code as code from registry.elevator where id = ${elevator}`.execute(house.db);
  const said = {
    kind: 'injury',
    happenedAt: accident.toISOString(),
    said: '急停摔倒',
    name: '示例伤者',
    phone: '13800000001',
  };
  const report = await house.ask('POST', '/reports', { payload: { ...said, key: newId(), code: rows[0]?.code } });
  const session = await house.ask('POST', '/claimant/session', { payload: { code: report.body['code'] } });
  const token = text(session.body['token']);
  const account = { bank: '示例银行', number: '6222000000000012', holder: '示例伤者' };
  const person = { name: '示例伤者', idKind: 'other', idNumber: 'E12345678', phone: '13800000001', account };
  expect((await house.ask('POST', `/claimant/${token}/person`, { payload: person })).status).toBe(200);
  const found = await sql<{ id: string; party: string }>`select c.id, p.id as party from insurance.claim c
    join insurance.claim_party p on p.claim_id = c.id where c.elevator_id = ${elevator}`.execute(house.db);
  const [row] = found.rows;
  if (!row) throw new Error('the claim was just opened');
  return { token, id: row.id, party: row.party };
}

type Hurt = Awaited<ReturnType<typeof hurt>>;
const page = async ({ token }: Hurt) =>
  (await house.site.inject({ url: `/~/claim/t/${token}`, remoteAddress: '10.2.0.1' })).body;
const view = async ({ token }: Hurt) => (await house.ask('GET', `/claimant/${token}`)).body;

async function assessed({ id, party }: Hurt, medical: number): Promise<void> {
  await act(id, 'handler', { do: 'assess', losses: [{ id: 'a', partyId: party, kind: 'person', medical, other: 0 }] });
  await act(id, 'approver', { do: 'set_reserve', amount: medical, reason: '初估' });
}

/** Order an amount and let it arrive; the payment's id. */
async function paid({ id, party }: Hurt, amount: number, kind = 'final'): Promise<string> {
  const payment = text((await order({ id, partyId: party, amount, kind })).body['paymentId']);
  const told = await house.ask('POST', `/claim-payments/${payment}/arrival`, { as: 'cashier2', payload: word(amount) });
  expect(told.status).toBe(200);
  return payment;
}

const giveBack = (payment: string, amount: number, as = 'cashier2') =>
  house.ask('POST', `/claim-payments/${payment}/return`, { as, payload: word(amount, { reason: '账号已注销' }) });

test('an advance is told as an advance; paid is said only when all that was decided has arrived', async () => {
  const claim = await hurt();
  expect(await page(claim)).toContain('保险公司正在核定');
  await assessed(claim, 80_000);
  await paid(claim, 40_000, 'advance');
  const half = await page(claim);
  expect(half).toContain('2026-11-23 预付到账 ¥400.00');
  expect(half).toContain('保险公司正在核定');
  expect(half).not.toContain('class="done">已到账');
  await act(claim.id, 'approver', { do: 'decide' });
  const decided = await page(claim);
  expect(decided).toContain('¥800.00');
  expect(decided).toContain('正在付款');
  await paid(claim, 40_000);
  expect(await page(claim)).toContain('<li class="done">已到账</li>');
  expect(await view(claim)).toMatchObject({ accepted: 80_000, payments: [{ kind: 'advance' }, { kind: 'final' }] });
});

test('who is refused reads why, and still does once the file is closed: nobody tells him that money is on its way', async () => {
  const claim = await hurt();
  await act(claim.id, 'approver', { do: 'refuse', reason: 'excluded', text: '在检修围挡内翻越受伤' });
  const refused = await page(claim);
  expect(refused).toContain('<li class="done">未获赔付</li>');
  expect(refused).toContain('理由：事故属于责任免除范围');
  expect(refused).not.toContain('检修围挡'); // the letter says more; words about others stay out of an open page
  await act(claim.id, 'handler', { do: 'close' });
  const closed = await page(claim);
  expect(closed).toContain('<li class="done">未获赔付</li>');
  expect(closed).not.toMatch(/正在付款|已核定|已到账/);
});

test('a refusal whose letter has left waits for nobody: neither counted as open nor sent a second time', async () => {
  const list = async () => {
    const { body } = await house.ask('GET', '/claims?limit=100', { as: 'handler' });
    const { items, counts } = z
      .object({ items: z.array(z.unknown()), counts: z.looseObject({ open: z.int() }) })
      .parse(body);
    return { listed: items.length, open: counts.open };
  };
  const claim = await hurt();
  await act(claim.id, 'approver', { do: 'refuse', reason: 'excluded', text: '在检修围挡内翻越受伤' });
  expect((await file(claim.id))['can']).toMatchObject({ send_refusal: true });
  const before = await list();
  expect(before.open).toBe(before.listed);
  await act(claim.id, 'handler', { do: 'send_refusal', at: house.deps.now().toISOString() });
  expect((await file(claim.id))['can']).not.toHaveProperty('send_refusal');
  expect(await list()).toEqual({ listed: before.listed - 1, open: before.open - 1 });
});

test('a file in which money is still owed says so beside the button that would close it', async () => {
  const claim = await hurt();
  await assessed(claim, 30_000);
  await act(claim.id, 'approver', { do: 'decide' });
  const owed = { code: 'insurance.unpaid_items', amount: 30_000, amountYuan: '300.00' };
  expect((await file(claim.id))['can']).toMatchObject({ close: owed });
  await paid(claim, 30_000);
  expect((await file(claim.id))['can']).toMatchObject({ close: true });
});

test('money that comes back after the file was closed is owed again: the file opens, its people are told, and it is paid once more', async () => {
  const claim = await hurt();
  await assessed(claim, 30_000);
  await act(claim.id, 'approver', { do: 'decide' });
  const payment = await paid(claim, 30_000);
  await act(claim.id, 'handler', { do: 'close' });
  house.setNow(minutes(100));
  expect(await giveBack(payment, 30_000, 'cashier')).toMatchObject({
    status: 403,
    body: { code: 'insurance.four_eyes' }, // who ordered it could have it paid twice
  });
  expect(await file(claim.id)).toMatchObject({ phase: 'closed', paid: 30_000 });
  expect((await giveBack(payment, 30_000)).status).toBe(200);
  expect(await file(claim.id)).toMatchObject({ phase: 'accepted', paid: 0 });
  const told = await sql<{ n: number }>`select count(*)::int as n from kernel.notification
    where code = 'insurance.notice.payment_returned' and link = ${`/claims/${claim.id}`}`.execute(house.db);
  expect(told.rows[0]?.n).toBe(1);
  const now = await page(claim);
  expect(now).toContain('付款被银行退回');
  expect(now).toContain('钱仍归您');
  expect(now).not.toContain('已到账');
  expect((await giveBack(payment, 30_000)).body['code']).toBe('insurance.payment_state'); // told twice it is once
  await paid(claim, 30_000);
  expect(await page(claim)).toContain('<li class="done">已到账</li>');
  await act(claim.id, 'handler', { do: 'close' });
  const { claims } = await house.deps.scoped(house.viewer(house.insurer), (tx) => reconcileAt(tx, minutes(100)));
  expect(claims).toMatchObject({ differing: 0, ledger: claims.register });
});

test('a refused file that was paid in advance stays refused when the advance comes back', async () => {
  const claim = await hurt();
  await assessed(claim, 10_000);
  const payment = await paid(claim, 5_000, 'advance');
  await act(claim.id, 'approver', { do: 'refuse', reason: 'fraud', text: '监控显示事故并未发生' });
  await act(claim.id, 'handler', { do: 'close' });
  expect((await giveBack(payment, 5_000)).status).toBe(200);
  expect(await file(claim.id)).toMatchObject({ phase: 'closed', paid: 0 });
});

test('the clock of the payment runs again for what a re-opened claim adds, and stands when nothing is added', async () => {
  const payClock = async (id: string) =>
    z
      .array(z.object({ id: z.string(), stoppedAt: z.string().nullable() }))
      .parse((await file(id))['clocks'])
      .find((c) => c.id === 'pay');
  const claim = await hurt();
  await assessed(claim, 20_000);
  await act(claim.id, 'approver', { do: 'decide' });
  await paid(claim, 20_000);
  await act(claim.id, 'handler', { do: 'close' });
  await act(claim.id, 'approver', { do: 'reopen', reason: '后续治疗' });
  await assessed(claim, 26_000);
  await paid(claim, 1_000, 'interim');
  await act(claim.id, 'approver', { do: 'decide' });
  expect(await payClock(claim.id)).toMatchObject({ stoppedAt: null }); // 5,000 are still owed
  await paid(claim, 5_000);
  expect((await payClock(claim.id))?.stoppedAt).not.toBeNull();
  await act(claim.id, 'handler', { do: 'close' });
  await act(claim.id, 'approver', { do: 'reopen', reason: '复核' });
  await assessed(claim, 26_000);
  await act(claim.id, 'approver', { do: 'decide' });
  expect((await payClock(claim.id))?.stoppedAt).not.toBeNull(); // all of it was paid before
});

test('who is not among those that were accepted reads that nothing is due to him, never a sum of nought on its way', async () => {
  const claim = await hurt();
  const insured = {
    kind: 'victim',
    name: '示例另一人',
    account: { bank: '示例银行', number: '6222000000000099', holder: '示例另一人' },
  };
  const other = await house.ask('POST', `/claims/${claim.id}/parties`, { as: 'handler', payload: insured });
  await assessed({ ...claim, party: text(other.body['partyId']) }, 10_000);
  await act(claim.id, 'approver', { do: 'decide' });
  const read = await page(claim);
  expect(read).toContain('没有应付给您的赔款');
  expect(read).not.toMatch(/¥0\.00|正在付款|已到账/);
});

test('a picture of thirty megabytes, a HEIC, a name with a way: the page says what to do and keeps the rest of the file', async () => {
  const claim = await hurt();
  const send = (name: string, bytes: Buffer) => {
    const boundary = 'example-boundary';
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: image/jpeg\r\n\r\n`;
    return house.site.inject({
      method: 'POST',
      url: `/~/claim/t/${claim.token}/photos`,
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    });
  };
  const heic = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic', 'latin1'), Buffer.alloc(2_000)]);
  const refusedBy = async (name: string, bytes: Buffer) => {
    const answer = await send(name, bytes);
    expect(String(answer.headers['content-type'])).toContain('text/html');
    return [answer.statusCode, /role="alert">([^<]*)/.exec(answer.body)?.[1]];
  };
  expect(await refusedBy('IMG_0001.JPG', Buffer.alloc(30_000_000, 1))).toEqual([400, expect.stringContaining('8 MB')]);
  expect(await refusedBy('IMG_0002.HEIC', heic)).toEqual([400, expect.stringContaining('另存为 JPEG')]);
  const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
  expect((await send('../../x.jpg', jpeg)).statusCode).toBe(303);
  expect((await file(claim.id))['papers']).toMatchObject([{ name: 'x.jpg' }]);
});
