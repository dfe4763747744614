import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { type ElevatorId, newId, type OrgId } from '../../../kernel/ids.ts';
import type { Day } from '../../../kernel/time.ts';
import { accountBalances } from '../money/ledger.store.ts';
import { once } from '../once.service.ts';
import { documentPdf } from './document.pdf.ts';
import { findDocument } from './document.store.ts';
import type { Ask } from './endorsement.ask.ts';
import { decideEndorsement, endorse, issueEndorsement } from './endorsement.service.ts';
import { anElevator, type InsuredCity, insuredCity, issuedPolicy, pay, stars, viewerOf } from './policy.fixtures.ts';
import { policiesFor } from './policy.store.ts';
import { viewSettlements } from './settlement.views.ts';
import { positionsOf } from './standing.store.ts';

const day = (text: string) => text as Day;
const at = (text: string) => new Date(`${text}:00+08:00`);
let city: InsuredCity;
let elevator: ElevatorId;
let policyId: string;
beforeAll(async () => {
  city = await insuredCity();
});
beforeEach(async () => {
  city.clock.at = at('2026-06-20T10:00');
  elevator = await anElevator(city);
  policyId = await issuedPolicy(city, [elevator], day('2026-07-01'));
});

const insurerAsks = (ask: Ask, dry = false) =>
  endorse(city.deps, viewerOf(city.insurer, 'underwriter'), { policyId, ask, note: '', dry });
const holderAsks = (ask: Ask) =>
  endorse(city.deps, viewerOf(city.useUnit, 'use_unit_head'), { policyId, ask, note: '请办理', dry: false });
const stored = async () => {
  const [policy] = await policiesFor(city.db, [policyId]);
  if (!policy) throw new Error('the policy stands');
  return policy;
};
const lines = async () =>
  (
    await city.db
      .selectFrom('insurance.policy_line')
      .select(['elevator_id', 'from_on', 'to_on', 'premium', 'endorsement'])
      .where('policy_id', '=', policyId)
      .orderBy('from_on')
      .orderBy('endorsement')
      .execute()
  ).map((l) => [l.from_on, l.to_on, l.premium, l.endorsement]);

test('W4 through the service: an elevator asked for by the holder joins once the insurer has its 62.50, and not before', async () => {
  city.clock.at = at('2026-11-10T10:00');
  const second = await anElevator(city);
  const asked = await holderAsks({ kind: 'add', on: day('2026-11-20'), elevatorIds: [second] });
  expect(asked).toMatchObject({ ok: true, value: { state: 'asked', delta: 6_250, no: 1 } });
  const id = asked.ok ? (asked.value.id ?? '') : '';
  const underwriter = viewerOf(city.insurer, 'underwriter');
  expect(await issueEndorsement(city.deps, underwriter, id)).toMatchObject({
    refusal: { code: 'insurance.endorsement_state', state: 'asked' },
  });
  const accepted = await decideEndorsement(city.deps, underwriter, { id, decision: 'accept', note: '' });
  expect(accepted).toMatchObject({ ok: true, value: { state: 'awaiting_cash', premium: 16_480 } });
  expect(await lines()).toEqual([['2026-07-01', '2027-06-30', 10_230, 0]]);
  expect(await issueEndorsement(city.deps, underwriter, id)).toMatchObject({
    refusal: { code: 'insurance.cash_missing' },
  });
  await pay(city, policyId, { owner: 1_705, maintenance: 1_704 });
  expect(await issueEndorsement(city.deps, underwriter, id)).toMatchObject({ ok: true, value: { state: 'issued' } });
  expect(await lines()).toEqual([
    ['2026-07-01', '2027-06-30', 10_230, 0],
    ['2026-11-20', '2027-06-30', 6_250, 1],
  ]);
  expect((await stored()).premium).toBe(16_480);
});

test('money that comes on the day an elevator was to join is too late for that day', async () => {
  city.clock.at = at('2026-11-10T10:00');
  const asked = await holderAsks({ kind: 'add', on: day('2026-11-20'), elevatorIds: [await anElevator(city)] });
  const id = asked.ok ? (asked.value.id ?? '') : '';
  const underwriter = viewerOf(city.insurer, 'underwriter');
  await decideEndorsement(city.deps, underwriter, { id, decision: 'accept', note: '' });
  city.clock.at = at('2026-11-20T00:00');
  await pay(city, policyId, { owner: 1_705, maintenance: 1_704 });
  expect(await issueEndorsement(city.deps, underwriter, id)).toMatchObject({
    refusal: { code: 'insurance.cash_after_start', arrivedOn: '2026-11-20', earliest: '2026-11-21' },
  });
});

test('W16 through the service: a third star from 2026-10-01 gives 6.96 back to the owner, whenever it is told', async () => {
  city.clock.at = at('2026-12-01T10:00');
  await stars(city.db, city.maintenance, { key: '3', on: '2026-10-01' });
  const done = await insurerAsks({ kind: 'change', on: day('2026-10-01'), elevatorIds: null });
  expect(done).toMatchObject({
    ok: true,
    value: { state: 'issued', delta: -696, owed: [{ payer: 'owner', amount: -696 }] },
  });
  expect(await positionsOf(city.db, policyId)).toEqual(
    new Map([
      ['inspection', { receivable: 4_650, refundable: 0 }],
      ['maintenance', { receivable: 0, refundable: 0 }],
      ['owner', { receivable: 0, refundable: 696 }],
    ]),
  );
  await sql`delete from insurance.evidence where as_of_on = '2026-10-01'`.execute(city.db);
});

test('a dry run tells what it would do and does nothing', async () => {
  city.clock.at = at('2026-12-01T10:00');
  const done = await insurerAsks({ kind: 'cancel', lastOn: day('2026-12-31'), reason: 'by_policyholder' }, true);
  expect(done).toMatchObject({ ok: true, value: { state: 'dry', id: null, premium: 5_157 } });
  expect(await stored()).toMatchObject({ state: 'issued', premium: 10_230 });
  expect(
    await city.db.selectFrom('insurance.endorsement').select('id').where('policy_id', '=', policyId).execute(),
  ).toEqual([]);
});

test('cancelled and reinstated, the policy and the books stand as before; nobody was given back what he had not paid', async () => {
  city.clock.at = at('2026-12-01T10:00');
  const before = await accountBalances(city.db);
  const ended = await insurerAsks({ kind: 'cancel', lastOn: day('2026-12-31'), reason: 'by_policyholder' });
  expect(ended).toMatchObject({ ok: true, value: { state: 'issued', premium: 5_157 } });
  expect(await stored()).toMatchObject({ state: 'cancelled', premium: 5_157 });
  expect(await lines()).toEqual([['2026-07-01', '2026-12-31', 5_157, 0]]);
  const positions = await positionsOf(city.db, policyId);
  expect(positions.get('inspection')).toEqual({ receivable: 2_344, refundable: 0 }); // it had paid nothing yet
  expect(positions.get('owner')).toEqual({ receivable: 0, refundable: 1_383 });
  const again = await insurerAsks({ kind: 'reinstate' });
  // The money that was to go back is still here, but the purse's part is owed again: it waits like any other premium.
  expect(again).toMatchObject({ ok: true, value: { state: 'awaiting_cash', delta: 5_073 } });
  const id = again.ok ? (again.value.id ?? '') : '';
  expect(await issueEndorsement(city.deps, viewerOf(city.insurer, 'underwriter'), id)).toMatchObject({ ok: true });
  expect(await stored()).toMatchObject({ state: 'issued', premium: 10_230 });
  expect(await lines()).toEqual([['2026-07-01', '2027-06-30', 10_230, 0]]);
  expect(await accountBalances(city.db)).toEqual(expect.arrayContaining([...before]));
});

test('接续: another unit takes the policy over, sees it, and the money does not move', async () => {
  const next = newId() as OrgId;
  city.clock.at = at('2026-12-01T10:00');
  const ask: Ask = { kind: 'takeover', on: day('2027-01-01'), toOrgId: next, reasonCode: 'PROPERTY_EXIT' };
  expect(await insurerAsks(ask)).toMatchObject({ ok: true, value: { state: 'issued', delta: 0, owed: [] } });
  const seen = await city.deps.scoped(viewerOf(next, 'use_unit_head'), (tx) => policiesFor(tx, [policyId]));
  expect(seen).toMatchObject([{ holderOrgId: next, premium: 10_230 }]);
});

test('the same key does an act once, also when it is sent twice at the same moment; with another body it is an error', async () => {
  city.clock.at = at('2026-12-01T10:00');
  const who = viewerOf(city.insurer, 'underwriter');
  const ask: Ask = { kind: 'cancel', lastOn: day('2026-12-31'), reason: 'redeemed', reasonCode: 'OWNER_REQUEST' };
  const send = (body: unknown) =>
    once({ deps: city.deps, viewer: who }, { key: 'the-same-key', act: 'endorse', body }, (deps) =>
      endorse(deps, who, { policyId, ask, note: '', dry: false }),
    );
  const [one, two] = await Promise.all([send({ a: 1 }), send({ a: 1 })]);
  expect([one.ok, two.ok]).toEqual([true, true]);
  expect(one.ok && two.ok && one.value.id).toBe(two.ok && two.value.id);
  expect(await send({ a: 2 })).toMatchObject({ refusal: { code: 'insurance.key_used' } });
});

test('an insurer that has nothing to do with the policy finds none', async () => {
  const stranger = viewerOf(newId() as OrgId, 'underwriter');
  const wish = { policyId, ask: { kind: 'reinstate' } as Ask, note: '', dry: false };
  expect(await endorse(city.deps, stranger, wish)).toMatchObject({ refusal: { code: 'insurance.policy_not_found' } });
});

test('赎回 leaves a sheet that says what the books say: what was not used goes back, and 接续 moves nothing', async () => {
  for (const [org, name] of [
    [city.useUnit, '示例物业'],
    [city.insurer, '示例财险'],
  ] as const)
    await sql`insert into identity.org (id, name, name_key, kinds, area_codes, org_ids)
      values (${org}, ${name}, ${org}, '{use_unit}', '{}', ${[org]}::uuid[]) on conflict do nothing`.execute(city.db);
  city.clock.at = at('2026-10-01T10:00');
  const asked = { kind: 'cancel' as const, lastOn: day('2026-12-31'), reason: 'redeemed' as const };
  const done = await insurerAsks({ ...asked, reasonCode: 'OWNER_REQUEST' });
  expect(done).toMatchObject({ ok: true, value: { state: 'issued' } });
  const [sheet] = await viewSettlements(city.db, policyId);
  const positions = await positionsOf(city.db, policyId);
  expect(sheet).toMatchObject({
    kind: 'redeemed',
    on: '2027-01-01',
    usedDays: 184,
    termDays: 365,
    premium: 10_230,
    used: 5_157, // 102.30 × 184 ÷ 365
    left: 5_073,
    written: 5_157,
    ties: true,
    from: '示例物业',
    reasonCode: 'OWNER_REQUEST',
  });
  for (const p of sheet?.payers ?? [])
    expect({ refundable: p.refund, receivable: p.receivable }).toEqual(positions.get(p.payer));
  const { rows } = await sql<{ id: string }>`select id from insurance.document where kind = 'settlement'
    and policy_id = ${policyId}`.execute(city.db);
  const paper = await findDocument(city.db, { id: rows[0]?.id ?? '' });
  if (!paper) throw new Error('the sheet is kept');
  const pdf = await documentPdf({ ...paper, verifyUrl: 'https://example.cn/x' }, 'zh');
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  await sql`insert into insurance.entry (id, kind, at, lead_org_id, area_codes, org_ids)
    values ('00000000-0000-7000-8000-00000000dead', 'premium_changed', ${at('2026-09-01T10:00')}, ${city.insurer}, '{}', '{}')`.execute(
    city.db,
  );
  await sql`insert into insurance.posting (entry_id, line, account, amount, policy_id)
    values ('00000000-0000-7000-8000-00000000dead', 0, 'premium_written', -1, ${policyId}),
      ('00000000-0000-7000-8000-00000000dead', 1, 'suspense', 1, null)`.execute(city.db);
  expect((await viewSettlements(city.db, policyId))[0]?.ties).toBe(false); // a fen in the books that no sheet knows is seen
});
