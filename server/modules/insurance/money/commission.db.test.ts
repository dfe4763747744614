import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { newId, type OrgId } from '../../../kernel/ids.ts';
import { factor, fen } from '../../../kernel/money.ts';
import type { Day } from '../../../kernel/time.ts';
import { type InsuranceHouse, openInsuranceHouse } from '../insurance.fixtures.ts';
import { endorse } from '../policy/endorsement.service.ts';
import { issue } from '../policy/issue.service.ts';
import { receive } from '../policy/policy.service.ts';
import { settle, takeStatement } from './bank.service.ts';
import { agree, closeMonth, fileRate, releaseStatement } from './commission.service.ts';
import { accountBalances } from './ledger.store.ts';

let house: InsuranceHouse;
let schemeId: string;
const day = (text: string) => text as Day;
const now = new Date('2026-11-20T02:00:00Z');

beforeEach(async () => {
  house = await openInsuranceHouse(now);
  const row = await house.db.selectFrom('insurance.scheme').select('id').executeTakeFirstOrThrow();
  schemeId = row.id;
  const members = JSON.stringify([
    { insurer: house.insurer, shareBp: 6_000 },
    { insurer: house.other, shareBp: 4_000 },
  ]);
  await sql`update insurance.scheme set members = ${members}::jsonb`.execute(house.db);
});

const underwriter = (org = house.insurer) => house.viewer(org, 'underwriter');
const license = (org: OrgId, { kind = 'broking', to = '2026-12-31' } = {}) =>
  sql`insert into identity.licence (id, org_id, kind, number, issued_on, expires_on, area_codes, org_ids)
    values (${newId()}, ${org}, ${kind}, '示例许可0001', '2024-01-01', ${to}, '{}', ${[org]}::uuid[])`.execute(
    house.db,
  );
const file = (org: OrgId, rate: string, from = '2026-01-01') =>
  fileRate(house.deps, underwriter(org), { schemeId, rate: factor(rate), filingNo: `备${rate}`, from: day(from) });
const agreeOn = (policyId: string, payeeOrgId: OrgId = house.broker, rate: string | null = null) =>
  agree(house.deps, underwriter(), { policyId, payeeOrgId, rate: rate === null ? null : factor(rate) });
const refusal = (code: string) => ({ ok: false, refusal: { code: `insurance.${code}` } });

/** Two members filed, the broker is licensed, the policy of 102.30 is paid in cash of 55.80 and issued. */
async function earning() {
  await license(house.broker);
  await file(house.insurer, '0.1');
  await file(house.other, '0.085');
  const policy = await house.bound();
  expect(await agreeOn(policy.id)).toEqual({ ok: true, value: { rate: '0.085' } });
  const allocations = ['owner', 'maintenance'].map((payer) => ({ policyId: policy.id, payer, amount: fen(2_790) }));
  const line = { account: '****1234', bankRef: newId(), at: house.deps.now(), amount: fen(5_580), counterparty: '' };
  const money = { ...line, leadOrgId: house.insurer, proof: null, byHand: false, allocations };
  expect(await receive(house.deps, house.viewer(house.insurer), money)).toMatchObject({ ok: true });
  expect(await balance('commission_expense')).toBe(0); // money without a policy earns nothing
  expect(await issue(house.deps, underwriter(), policy.id)).toMatchObject({ ok: true });
  return policy;
}

const balance = async (account: string) =>
  (await accountBalances(house.db)).find((b) => b.account === account)?.amount ?? 0;

/** A payment of the bank, on its day, for the broker's commission. */
async function payOut(amount: number, at = '2026-12-02 10:00:00') {
  const cashier = house.viewer(house.insurer);
  const ref = newId();
  const cells = { ref, at, amount: (-amount / 100).toFixed(2) };
  const rows = [{ row: 1, cells }];
  await takeStatement(house.deps, cashier, { fileHash: null, fileName: 'x', account: '****1234', rows });
  const { rows: lines } = await sql<{
    id: string;
  }>`select id from insurance.bank_line where bank_ref = ${ref}`.execute(house.db);
  const head = { account: 'commission_payable' as const, party: house.broker, policyId: null, claimId: null };
  return settle(house.deps, cashier, {
    lineId: lines[0]?.id ?? '',
    settlements: [{ ...head, amount: fen(amount) }],
  });
}

test('without a licence, above the filed rate, to the holder or after the issue nothing is agreed', async () => {
  const policy = await house.bound();
  expect(await agreeOn(policy.id, house.maintenance)).toMatchObject(refusal('commission_unlicensed'));
  await license(house.maintenance, { kind: 'maintenance' }); // a licence, and not one to sell insurance
  expect(await agreeOn(policy.id, house.maintenance)).toMatchObject(refusal('commission_unlicensed'));
  await license(house.broker);
  await file(house.insurer, '0.1');
  expect(await agreeOn(policy.id)).toMatchObject({
    refusal: { code: 'insurance.commission_rate_missing', insurer: '示例财险乙' },
  });
  await file(house.other, '0.085');
  expect(await agreeOn(policy.id, house.broker, '0.09')).toMatchObject({
    refusal: { code: 'insurance.commission_above_filed', rate: '9 %', filed: '8.5 %', insurer: '示例财险乙' },
  });
  expect(await agreeOn(policy.id, house.useUnit)).toMatchObject(refusal('commission_to_holder'));
  expect(await agreeOn(policy.id, newId() as OrgId)).toMatchObject(refusal('commission_payee_unknown'));
  expect(
    await agree(house.deps, underwriter(house.other), { policyId: policy.id, payeeOrgId: house.broker, rate: null }),
  ).toMatchObject(refusal('policy_not_found'));
  expect(await agreeOn(policy.id, house.broker, '0.08')).toMatchObject({ ok: true });
  expect(await agreeOn(policy.id)).toMatchObject(refusal('commission_agreed'));
  const issued = await house.issued();
  expect(await agreeOn(issued.id)).toMatchObject(refusal('commission_too_late'));
});

test('earned on the cash that came, clawed back on a refund, stated, released by another and paid by the bank', async () => {
  const policy = await earning();
  expect(await balance('commission_expense')).toBe(474); // 8.5 % of 55.80, the public purse's part earns nothing
  house.setNow(new Date('2026-12-01T02:00:00Z'));
  const [cashier, approver] = [house.viewer(house.insurer), house.viewer(house.insurer, 'approver')];
  const close = (month: string) => closeMonth(house.deps, cashier, { payeeOrgId: house.broker, month });
  expect(await close('2026-12')).toMatchObject(refusal('commission_month_not_over'));
  const done = await close('2026-11');
  if (!done.ok) throw new Error(done.refusal.code);
  expect(await close('2026-11')).toMatchObject(refusal('commission_month_closed'));
  expect(await payOut(474, '2026-12-01 09:00:00')).toMatchObject(refusal('payable_too_much')); // closed is not released
  expect(await releaseStatement(house.deps, cashier, done.value.id)).toMatchObject(refusal('commission_four_eyes'));
  expect(await releaseStatement(house.deps, approver, done.value.id)).toMatchObject({ ok: true });
  expect(await releaseStatement(house.deps, approver, done.value.id)).toMatchObject(
    refusal('commission_statement_state'),
  );
  expect(await balance('commission_payable')).toBe(-474);
  house.setNow(new Date('2026-12-03T02:00:00Z'));
  expect(await payOut(475)).toMatchObject({ refusal: { code: 'insurance.payable_too_much', owed: 474 } });
  expect(await payOut(474)).toMatchObject({ ok: true });
  expect(await balance('commission_payable')).toBe(0);

  // Half a year later the policy ends: what the refund earned goes back, and stands apart on the next statement.
  house.setNow(new Date('2027-06-01T02:00:00Z'));
  const ask = { kind: 'cancel' as const, lastOn: day('2027-06-01'), reason: 'insurer_transfer' as const };
  const ended = await endorse(house.deps, underwriter(), { policyId: policy.id, ask, note: '', dry: false });
  expect(ended).toMatchObject({ ok: true, value: { state: 'issued' } });
  const { rows } = await sql<{ refund: number }>`select -sum(amount)::bigint as refund from insurance.posting
    where account = 'premium_refundable'`.execute(house.db);
  const stays = Math.round((5_580 - (rows[0]?.refund ?? 0)) * 0.085);
  expect(await balance('commission_expense')).toBe(stays);
  house.setNow(new Date('2027-07-01T02:00:00Z'));
  const back = await close('2027-06');
  if (!back.ok) throw new Error(back.refusal.code);
  const row = await house.db
    .selectFrom('insurance.commission_statement')
    .select(['accrued', 'clawed_back', 'carried'])
    .where('id', '=', back.value.id)
    .executeTakeFirst();
  expect(row).toEqual({ accrued: 0, clawed_back: 474 - stays, carried: 0 });
});

test('a licence that ran out before the day of the payment stops it, though the statement was released in time', async () => {
  await earning();
  house.setNow(new Date('2026-12-31T02:00:00Z'));
  const done = await closeMonth(house.deps, house.viewer(house.insurer), {
    payeeOrgId: house.broker,
    month: '2026-11',
  });
  if (!done.ok) throw new Error(done.refusal.code);
  const approver = house.viewer(house.insurer, 'approver');
  expect(await releaseStatement(house.deps, approver, done.value.id)).toMatchObject({ ok: true });
  house.setNow(new Date('2027-01-05T02:00:00Z'));
  expect(await payOut(474, '2027-01-01 00:00:00')).toMatchObject({
    refusal: { code: 'insurance.commission_unlicensed', payee: '示例经纪', on: '2027-01-01' },
  });
  expect(await balance('commission_payable')).toBe(-474);
  expect(await payOut(474, '2026-12-31 23:59:59')).toMatchObject({ ok: true });
});

test('a licence that ran out stops the release', async () => {
  await earning();
  house.setNow(new Date('2027-01-05T02:00:00Z'));
  const done = await closeMonth(house.deps, house.viewer(house.insurer), {
    payeeOrgId: house.broker,
    month: '2026-11',
  });
  if (!done.ok) throw new Error(done.refusal.code);
  const approver = house.viewer(house.insurer, 'approver');
  expect(await releaseStatement(house.deps, approver, done.value.id)).toMatchObject(refusal('commission_unlicensed'));
  expect(await balance('commission_payable')).toBe(0);
});

test('a new filing begins after the last one, and what was agreed under the old one stays within it', async () => {
  expect(await file(house.insurer, '0.1', '2026-01-01')).toMatchObject({ ok: true });
  expect(await file(house.insurer, '0.05', '2026-01-01')).toMatchObject(refusal('commission_rate_order'));
  expect(await file(house.insurer, '0.05', '2026-12-01')).toMatchObject({ ok: true });
  const { rows } = await sql<{ from: string; to: string | null }>`select from_on as "from", to_on as "to"
    from insurance.commission_rate order by from_on`.execute(house.db);
  expect(rows).toEqual([
    { from: '2026-01-01', to: '2026-11-30' },
    { from: '2026-12-01', to: null },
  ]);
});
