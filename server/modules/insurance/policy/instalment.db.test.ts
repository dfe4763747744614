import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import type { ElevatorId } from '../../../kernel/ids.ts';
import { type Day, dayOf } from '../../../kernel/time.ts';
import { coverAt } from '../claim/cover.rules.ts';
import { coverLines } from '../claim/cover.store.ts';
import { accountBalances } from '../money/ledger.store.ts';
import { bind } from './bind.service.ts';
import { decideEndorsement, endorse, issueEndorsement } from './endorsement.service.ts';
import { noticeUnpaid } from './instalment.service.ts';
import { viewInstalments } from './instalment.views.ts';
import { remindOfInstalments } from './instalment-reminder.service.ts';
import { issue } from './issue.service.ts';
import { anElevator, type InsuredCity, insuredCity, pay, viewerOf } from './policy.fixtures.ts';
import { policiesFor } from './policy.store.ts';
import { quote } from './quote.service.ts';

const day = (text: string) => text as Day;
const at = (text: string) => new Date(`${text}+08:00`);
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
let city: InsuredCity;
let elevator: ElevatorId;

beforeEach(async () => {
  city = await insuredCity();
  city.clock.at = at('2026-06-20T10:00:00');
  elevator = await anElevator(city);
});

/** The contract on file allows parts on these terms; nobody has used it before. */
const allow = async (terms: object | null) => {
  await sql`update insurance.product set used_at = null`.execute(city.db);
  const text = JSON.stringify(terms);
  await sql`update insurance.product set body = jsonb_set(body, '{instalments}', ${text}::jsonb)`.execute(city.db);
};
const underwriter = () => viewerOf(city.insurer, 'underwriter');

/** A policy of 102.30 from 2026-07-01, 55.80 of it cash, bound in two parts. */
async function bound() {
  const who = viewerOf(city.useUnit, 'use_unit_head');
  const asked = { productId: city.productId, holderOrgId: city.useUnit, leadOrgId: city.insurer };
  const quoted = await quote(city.deps, who, { ...asked, elevatorIds: [elevator], from: day('2026-07-01') });
  if (!quoted.ok) throw new Error(quoted.refusal.code);
  const binding = { number: null, leadOrgId: city.insurer, doubleCoverDisclosed: false, instalments: true };
  return bind(city.deps, who, { quoteId: quoted.value.quoteId, ...binding, number: `P-${quoted.value.quoteId}` });
}

async function inForce() {
  await allow(PARTS);
  const done = await bound();
  if (!done.ok) throw new Error(done.refusal.code);
  await pay(city, done.value.policyId, { owner: 1_395, maintenance: 1_395 });
  expect(await issue(city.deps, underwriter(), done.value.policyId)).toMatchObject({ ok: true });
  return done.value.policyId;
}

const shown = async (id: string) => {
  const [policy] = await policiesFor(city.db, [id]);
  return policy && viewInstalments(city.db, policy, dayOf(city.deps.now()));
};
const told = async (code: string) => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from kernel.notification
    where code = ${`insurance.notify.${code}`}`.execute(city.db);
  return rows[0]?.n;
};
const covered = async (instant: string) => {
  const moment = at(instant);
  const lines = await coverLines(city.db, elevator, instant.slice(0, 10) as Day);
  return coverAt(lines, { at: moment, kind: 'injury' }) !== undefined;
};
const end = (policyId: string, lastOn: string) => {
  const ask = { kind: 'cancel' as const, lastOn: day(lastOn), reason: 'instalment_unpaid' as const };
  return endorse(city.deps, underwriter(), { policyId, ask, note: '', dry: false });
};

test('a contract that names no parts is paid at once, and a refusal leaves nothing behind', async () => {
  expect(await bound()).toMatchObject({ refusal: { code: 'insurance.instalments_not_filed' } });
  await allow({ ...PARTS, least: 10_231 });
  expect(await bound()).toMatchObject({ refusal: { code: 'insurance.instalments_below_least', total: 10_230 } });
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from insurance.policy`.execute(city.db);
  expect(rows[0]?.n).toBe(0);
});

test('见费出单 holds for the first part of every payer; the whole premium is written and the rest is receivable', async () => {
  await allow(PARTS);
  const done = await bound();
  if (!done.ok) throw new Error(done.refusal.code);
  const id = done.value.policyId;
  await pay(city, id, { owner: 2_790 }); // one payer's whole does not stand for the other's first
  expect(await issue(city.deps, underwriter(), id)).toMatchObject({ refusal: { code: 'insurance.cash_missing' } });
  await pay(city, id, { maintenance: 1_394 });
  expect(await issue(city.deps, underwriter(), id)).toMatchObject({ refusal: { code: 'insurance.cash_missing' } });
  await pay(city, id, { maintenance: 1 });
  expect(await issue(city.deps, underwriter(), id)).toMatchObject({ ok: true });
  const balances = new Map((await accountBalances(city.db)).map((b) => [b.account, b.amount]));
  expect(balances.get('premium_written')).toBe(-10_230);
  expect(balances.get('premium_receivable')).toBe(4_650 + 1_395);
  expect((await shown(id))?.items.map((i) => [i.no, i.payer, i.dueOn, i.amount, i.unpaid])).toEqual(
    [
      [1, 'maintenance', '2026-06-30', 1_395, 0],
      [1, 'owner', '2026-06-30', 1_395, 0],
      [2, 'maintenance', '2026-09-29', 1_395, 1_395],
      [2, 'owner', '2026-09-29', 1_395, 0],
    ].sort((a, b) => Number(a[0]) - Number(b[0])),
  );
});

test('reminded, in grace, overdue: each told once; cover stands until the contract ends after its notice', async () => {
  const id = await inForce();
  city.clock.at = at('2026-09-18T09:00:00');
  expect(await remindOfInstalments(city.deps)).toBe(0);
  city.clock.at = at('2026-09-19T09:00:00');
  await remindOfInstalments(city.deps);
  await remindOfInstalments(city.deps);
  expect(await told('instalment_due')).toBe(1);
  city.clock.at = at('2026-09-30T09:00:00');
  await remindOfInstalments(city.deps);
  expect(await told('instalment_grace')).toBe(1);
  expect(await noticeUnpaid(city.deps, underwriter(), id)).toMatchObject({
    refusal: { code: 'insurance.instalment_not_overdue', graceUntil: '2026-10-29' },
  });
  expect(await end(id, '2026-09-30')).toMatchObject({ refusal: { code: 'insurance.instalment_notice_missing' } });
  city.clock.at = at('2026-10-30T09:00:00');
  await remindOfInstalments(city.deps);
  expect(await told('instalment_overdue')).toBe(2); // who pays, and the insurer
  expect(await noticeUnpaid(city.deps, underwriter(), id)).toEqual({ ok: true, value: { endsOn: '2026-11-14' } });
  expect(await told('instalment_notice')).toBe(1);
  expect(await end(id, '2026-11-14')).toMatchObject({ refusal: { code: 'insurance.instalment_notice_first' } });
  city.clock.at = at('2026-11-16T09:00:00');
  expect(await end(id, '2026-11-16')).toMatchObject({ ok: true, value: { state: 'issued' } });

  // Nothing suspended it: a loss during grace and notice is covered, up to the last second of the last day.
  expect(
    await Promise.all(
      ['2026-10-15T12:00:00', '2026-11-10T12:00:00', '2026-11-16T23:59:59', '2026-11-17T00:00:00'].map(covered),
    ),
  ).toEqual([true, true, true, false]);
  // 139 of 365 days of 102.30 are earned: what the payers owe beyond their first part stays receivable, nothing goes back.
  const { rows } = await sql<{ premium: number }>`select premium from insurance.policy where id = ${id}`.execute(
    city.db,
  );
  expect(rows[0]?.premium).toBe(3_896);
  const balances = new Map((await accountBalances(city.db)).map((b) => [b.account, b.amount]));
  expect(balances.get('premium_written')).toBe(-3_896);
  expect((balances.get('premium_receivable') ?? 0) + (balances.get('premium_refundable') ?? 0)).toBe(3_896 - 2_790);
});

test('money that comes during the notice cures it: the policy cannot be ended any more', async () => {
  const id = await inForce();
  city.clock.at = at('2026-10-30T09:00:00');
  await noticeUnpaid(city.deps, underwriter(), id);
  expect((await shown(id))?.notice).toMatchObject({ endsOn: '2026-11-14', unpaid: 2_790 });
  await pay(city, id, { owner: 1_395 });
  expect((await shown(id))?.notice).not.toBeNull();
  await pay(city, id, { maintenance: 1_395 });
  expect((await shown(id))?.notice).toBeNull();
  city.clock.at = at('2026-11-16T09:00:00');
  expect(await end(id, '2026-11-16')).toMatchObject({ refusal: { code: 'insurance.instalment_paid' } });
  expect(await pay(city, id, { owner: 1 }).catch(() => 'refused')).toBe('refused');
});

test('an elevator that joins is paid for at once, the later parts are not asked for before their day', async () => {
  const id = await inForce();
  city.clock.at = at('2026-07-10T09:00:00');
  const second = await anElevator(city);
  const ask = { kind: 'add' as const, on: day('2026-08-01'), elevatorIds: [second] };
  const holder = viewerOf(city.useUnit, 'use_unit_head');
  const asked = await endorse(city.deps, holder, { policyId: id, ask, note: '', dry: false });
  const wish = asked.ok ? (asked.value.id ?? '') : '';
  const done = await decideEndorsement(city.deps, underwriter(), { id: wish, decision: 'accept', note: '' });
  if (!done.ok) throw new Error(done.refusal.code);
  const owed = new Map(done.value.owed.map((o) => [o.payer, o.amount]));
  const issueIt = () => issueEndorsement(city.deps, underwriter(), done.value.id ?? '');
  expect(await issueIt()).toMatchObject({ refusal: { code: 'insurance.cash_missing' } });
  await pay(city, id, { owner: owed.get('owner') ?? 0, maintenance: owed.get('maintenance') ?? 0 });
  expect(await issueIt()).toMatchObject({ ok: true });
  expect((await shown(id))?.items.filter((i) => i.no === 2).map((i) => i.unpaid)).toEqual([1_395, 1_395]);
});

test('the reminder asks for the part by its numbered notice, once, and again only when its amount changed', async () => {
  const id = await inForce();
  await sql`insert into insurance.premium_account (id, insurer_org_id, bank, holder, number, recorded_at, recorded_by,
      confirmed_at, confirmed_by, org_ids) values (gen_random_uuid(), ${city.insurer}, '示例银行', '示例财险', '0000 1111', now(),
      'one', now(), 'two', ${[city.insurer]}::uuid[])`.execute(city.db);
  const asked = async () =>
    (
      await sql<{ no: number; part: number; payer: string; amount: number }>`
        select no, part, payer, amount from insurance.pay_notice where policy_id = ${id} order by no`.execute(city.db)
    ).rows;
  city.clock.at = at('2026-09-18T09:00:00');
  await remindOfInstalments(city.deps);
  expect(await asked()).toEqual([]); // its day is not near
  city.clock.at = at('2026-09-19T09:00:00');
  await Promise.all([remindOfInstalments(city.deps), remindOfInstalments(city.deps)]);
  const both = [
    { no: 1, part: 2, payer: 'maintenance', amount: 1_395 },
    { no: 2, part: 2, payer: 'owner', amount: 1_395 },
  ];
  expect(await asked()).toEqual(both);
  await pay(city, id, { owner: 395 });
  city.clock.at = at('2026-09-30T09:00:00');
  await remindOfInstalments(city.deps);
  expect(await asked()).toEqual([...both, { no: 3, part: 2, payer: 'owner', amount: 1_000 }]);
});
