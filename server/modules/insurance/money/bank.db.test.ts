import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { fen, sum } from '../../../kernel/money.ts';
import { type InsuranceHouse, openInsuranceHouse } from '../insurance.fixtures.ts';
import { issue } from '../policy/issue.service.ts';
import { allocate, settle, takeStatement, undo } from './bank.service.ts';
import { listBankLines, listPayables, viewBankLine } from './bank.views.ts';
import { claimDecided, premiumRefunded } from './ledger.rules.ts';
import { accountBalances, arrivedFor, book } from './ledger.store.ts';

let house: InsuranceHouse;
beforeAll(async () => {
  house = await openInsuranceHouse();
});

const row = (over: Record<string, string> = {}) => ({
  ref: newId(),
  at: '2026-11-18 10:00:00',
  amount: '100.00',
  counterparty: '示例物业',
  remark: '',
  ...over,
});
const take = (rows: Record<string, string>[], org = house.insurer) =>
  takeStatement(house.deps, house.viewer(org), {
    fileHash: null,
    fileName: 'x.csv',
    account: '****1234',
    rows: rows.map((cells, i) => ({ row: i + 2, cells })),
  });
const lineOf = async (ref: string, org = house.insurer) => {
  const found = await house.deps.scoped(house.viewer(org), (tx) =>
    listBankLines(tx, { open: false, direction: undefined, after: undefined, limit: 200 }),
  );
  const line = found.items.find((l) => l.bankRef === ref);
  if (!line) throw new Error(`no line ${ref}`);
  return line;
};
const books = () => house.deps.scoped(house.viewer(house.insurer), (tx) => accountBalances(tx));
const balance = async (account: string) => (await books()).find((b) => b.account === account)?.amount ?? 0;

test('a statement is taken once: good rows are booked, bad ones told, the same file again books nothing', async () => {
  const rows = [row(), row({ amount: 'viel' }), row({ amount: '-30.00' }), row({ at: '2026-13-01' })];
  const twice = [...rows, { ...rows[0] } as Record<string, string>];
  const bankBefore = await balance('bank');
  expect(await take(twice)).toMatchObject({
    rows: 5,
    taken: 2,
    known: 0,
    faults: [
      { row: 3, code: 'insurance.bank.amount_unreadable' },
      { row: 5, code: 'insurance.bank.time_unreadable' },
      { row: 6, code: 'insurance.bank.twice_in_file' },
    ],
  });
  expect(await take(rows)).toMatchObject({ taken: 0, known: 2 });
  expect((await balance('bank')) - bankBefore).toBe(7_000);
  expect(sum((await books()).map((b) => b.amount))).toBe(0);
});

test('a line that comes again with another amount changes nothing and is told', async () => {
  const first = row();
  await take([first]);
  const before = await books();
  expect(await take([{ ...first, amount: '100.01' }])).toMatchObject({
    taken: 0,
    known: 0,
    faults: [{ row: 2, value: first.ref, code: 'insurance.bank.known_differently' }],
  });
  expect(await books()).toEqual(before);
});

test('money waits in suspense, is given to its payer later, and counts from the bank’s time', async () => {
  const policy = await house.bound();
  const paid = row({ amount: '60.00', remark: `缴 ${policy.number} 保费` });
  await take([paid]);
  const line = await lineOf(paid.ref ?? '');
  expect(line.left).toBe(6_000);
  const seen = await house.deps.scoped(house.viewer(house.insurer), (tx) =>
    viewBankLine(tx, line.id, () => ['inspection']),
  );
  expect(seen?.premiums).toContainEqual(
    expect.objectContaining({ policyId: policy.id, payer: 'owner', due: 2_790, because: 'number' }),
  );
  expect(seen?.premiums.at(-1)).toMatchObject({ payer: 'inspection' }); // the public purse settles by volume
  const cashier = house.viewer(house.insurer);
  const give = (payer: string, amount: number) =>
    allocate(house.deps, cashier, {
      lineId: line.id,
      allocations: [{ policyId: policy.id, payer, amount: fen(amount) }],
    });
  expect(await give('owner', 2_790)).toMatchObject({ ok: true, value: { left: 3_210 } });
  expect(await give('owner', 1)).toMatchObject({ refusal: { code: 'insurance.payer_overpaid' } });
  expect(await give('nobody', 1)).toMatchObject({ refusal: { code: 'insurance.payer_unknown' } });
  expect(await give('maintenance', 3_211)).toMatchObject({ refusal: { code: 'insurance.allocation_too_much' } });
  expect(await give('maintenance', 2_790)).toMatchObject({ ok: true, value: { left: 420 } });
  const arrived = (await arrivedFor(house.db, [policy.id])).get(policy.id) ?? [];
  expect(arrived.map((a) => a.at.toISOString())).toEqual(['2026-11-18T02:00:00.000Z', '2026-11-18T02:00:00.000Z']);
  expect(await issue(house.deps, cashier, policy.id)).toMatchObject({ ok: true });
});

test('one payer named twice in one request cannot be overpaid by it', async () => {
  const policy = await house.bound();
  const paid = row();
  await take([paid]);
  const line = await lineOf(paid.ref ?? '');
  const part = { policyId: policy.id, payer: 'owner', amount: fen(2_000) };
  expect(
    await allocate(house.deps, house.viewer(house.insurer), { lineId: line.id, allocations: [part, part] }),
  ).toMatchObject({ refusal: { code: 'insurance.payer_overpaid', due: 2_790, paid: 4_000 } });
});

test('a wrong allocation is undone by a counter-entry, once, and not under an issued policy', async () => {
  const policy = await house.bound();
  const paid = row({ amount: '55.80' });
  await take([paid]);
  const line = await lineOf(paid.ref ?? '');
  const cashier = house.viewer(house.insurer);
  const both = ['owner', 'maintenance'].map((payer) => ({ policyId: policy.id, payer, amount: fen(2_790) }));
  const done = await allocate(house.deps, cashier, { lineId: line.id, allocations: both });
  if (!done.ok) throw new Error(done.refusal.code);
  expect(await undo(house.deps, cashier, done.value.entryId)).toMatchObject({ ok: true, value: { left: 5_580 } });
  expect(await undo(house.deps, cashier, done.value.entryId)).toMatchObject({
    refusal: { code: 'insurance.entry_reversed' },
  });
  expect(await issue(house.deps, cashier, policy.id)).toMatchObject({ refusal: { code: 'insurance.cash_missing' } });
  const again = await allocate(house.deps, cashier, { lineId: line.id, allocations: both });
  if (!again.ok) throw new Error(again.refusal.code);
  expect(await issue(house.deps, cashier, policy.id)).toMatchObject({ ok: true });
  expect(await undo(house.deps, cashier, again.value.entryId)).toMatchObject({
    refusal: { code: 'insurance.policy_state', state: 'issued' },
  });
});

test('money that left pays what is owed under a head, never more', async () => {
  const policy = await house.bound();
  const cashier = house.viewer(house.insurer);
  await house.db.transaction().execute((tx) =>
    book(tx, {
      id: newId(),
      kind: 'premium_refunded',
      at: house.now,
      leadOrgId: house.insurer,
      note: '',
      postings: premiumRefunded(policy.id, 'owner', fen(1_500)),
    }),
  );
  const out = row({ amount: '-20.00' });
  await take([out]);
  const line = await lineOf(out.ref ?? '');
  const head = { account: 'premium_refundable' as const, party: 'owner', policyId: policy.id, claimId: null };
  const pay = (amounts: number[]) =>
    settle(house.deps, cashier, { lineId: line.id, settlements: amounts.map((n) => ({ ...head, amount: fen(n) })) });
  expect(await pay([1_501])).toMatchObject({ refusal: { code: 'insurance.payable_too_much', owed: 1_500 } });
  expect(await pay([1_000, 1_000])).toMatchObject({ refusal: { code: 'insurance.payable_too_much', amount: 2_000 } });
  expect(await pay([1_500, 501])).toMatchObject({ ok: false });
  expect(await pay([1_500])).toMatchObject({ ok: true, value: { left: -500 } });
  const { items: open } = await house.deps.scoped(cashier, (tx) => listPayables(tx, { limit: 100 }));
  expect(open.filter((p) => p.policyId === policy.id)).toEqual([]);
});

test('a claim is not settled at the bank but at the claim, alone or among others, and nothing is booked', async () => {
  const policy = await house.bound();
  const cashier = house.viewer(house.insurer);
  const claimId = newId();
  const payee = newId();
  const entry = { at: house.now, leadOrgId: house.insurer, note: '' };
  await house.db.transaction().execute(async (tx) => {
    const decided = claimDecided({ policyId: policy.id, claimId }, payee, fen(900));
    await book(tx, { ...entry, id: newId(), kind: 'claim_decided', postings: decided });
    const owed = premiumRefunded(policy.id, 'owner', fen(1_100));
    await book(tx, { ...entry, id: newId(), kind: 'premium_refunded', postings: owed });
  });
  const out = row({ amount: '-20.00' });
  await take([out]);
  const line = await lineOf(out.ref ?? '');
  const claim = { account: 'claims_payable' as const, party: payee, policyId: policy.id, claimId, amount: fen(900) };
  const refund = {
    account: 'premium_refundable' as const,
    party: 'owner',
    policyId: policy.id,
    claimId: null,
    amount: fen(1_100),
  };
  for (const settlements of [[claim], [refund, claim]])
    expect(await settle(house.deps, cashier, { lineId: line.id, settlements })).toEqual({
      ok: false,
      refusal: { code: 'insurance.claim_settled_at_claim', bankRef: out.ref },
    });
  expect((await lineOf(out.ref ?? '')).left).toBe(-2_000);
  expect(await settle(house.deps, cashier, { lineId: line.id, settlements: [refund] })).toMatchObject({
    ok: true,
    value: { left: -900 },
  });
});

test('another insurer sees no line, and gives none of it away', async () => {
  const paid = row();
  await take([paid]);
  const line = await lineOf(paid.ref ?? '');
  const other = house.viewer(house.other);
  expect(await house.deps.scoped(other, (tx) => viewBankLine(tx, line.id, () => ['inspection']))).toBeUndefined();
  expect(await allocate(house.deps, other, { lineId: line.id, allocations: [] })).toMatchObject({
    refusal: { code: 'insurance.bank_line_not_found' },
  });
});

test('the bank’s account in the books is the sum of the bank’s lines, always', async () => {
  const { rows } = await sql<{ lines: number; ledger: number }>`select
    (select sum(amount) from insurance.bank_line)::bigint as lines,
    (select sum(amount) from insurance.posting where account = 'bank')::bigint as ledger`.execute(house.db);
  expect(rows[0]?.ledger).toBe(rows[0]?.lines);
});
