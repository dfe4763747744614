import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { fen } from '../../../kernel/money.ts';
import { type InsuranceHouse, openInsuranceHouse } from '../insurance.fixtures.ts';
import { settle, takeStatement, undo } from './bank.service.ts';
import { hold } from './holding.service.ts';
import { listHoldings } from './holding.views.ts';
import { accountBalances } from './ledger.store.ts';

let house: InsuranceHouse;
beforeEach(async () => {
  house = await openInsuranceHouse(new Date('2026-11-20T02:00:00Z'));
});
const cashier = () => house.viewer(house.insurer);

async function line(amount: string, at: string): Promise<string> {
  const ref = newId();
  const rows = [{ row: 1, cells: { ref, at, amount } }];
  await takeStatement(house.deps, cashier(), { fileHash: null, fileName: 'x', account: '****1234', rows });
  const { rows: found } = await sql<{ id: string }>`select id from insurance.bank_line where bank_ref = ${ref}`.execute(
    house.db,
  );
  return found[0]?.id ?? '';
}
const kindOf = async (kind: string) =>
  (await house.deps.scoped(cashier(), (tx) => listHoldings(tx, house.deps.now()))).kinds.find((k) => k.kind === kind);
const subsidy = (amount: number) => ({
  kind: 'held_subsidy' as const,
  owner: house.useUnit,
  record: '',
  amount: fen(amount),
});

test('received, held under its owner, passed on by another person; no income ever moves', async () => {
  const lineId = await line('1000.00', '2026-10-10 10:00:00');
  const who = cashier();
  expect(await hold(house.deps, who, { lineId, holdings: [subsidy(100_001)] })).toMatchObject({
    refusal: { code: 'insurance.allocation_too_much' },
  });
  expect(await hold(house.deps, who, { lineId, holdings: [subsidy(60_000)] })).toMatchObject({
    value: { left: 40_000 },
  });
  const seen = await house.deps.scoped(who, (tx) => listHoldings(tx, house.deps.now()));
  expect(seen.items).toMatchObject([{ owner: '示例物业', received: 60_000, passed: 0, held: 60_000, days: 41 }]);
  expect(await kindOf('held_subsidy')).toMatchObject({ held: 60_000, ledger: 60_000, over30: 60_000, over90: 0 });
  const out = await line('-250.00', '2026-11-19 10:00:00');
  const head = { account: 'held_subsidy' as const, party: house.useUnit, policyId: null, claimId: null };
  const pass = (by: typeof who, amount: number) =>
    settle(house.deps, by, { lineId: out, settlements: [{ ...head, amount: fen(amount) }] });
  expect(await pass(who, 25_000)).toMatchObject({ refusal: { code: 'insurance.same_person' } });
  expect(await pass(cashier(), 25_000)).toMatchObject({ ok: true });
  expect(await kindOf('held_subsidy')).toMatchObject({
    received: 60_000,
    passed: 25_000,
    held: 35_000,
    ledger: 35_000,
  });
  const balances = new Map((await accountBalances(house.db)).map((b) => [b.account, b.amount]));
  expect([balances.get('held_subsidy'), balances.get('suspense'), balances.get('bank')]).toEqual([
    -35_000, -40_000, 75_000,
  ]);
  expect(balances.get('premium_written')).toBeUndefined();
});

test('never more is passed on than is held for that owner, and what was recorded wrongly is undone by a counter-entry', async () => {
  const lineId = await line('100.00', '2026-11-10 10:00:00');
  const done = await hold(house.deps, cashier(), { lineId, holdings: [subsidy(10_000)] });
  if (!done.ok) throw new Error(done.refusal.code);
  const out = await line('-200.00', '2026-11-19 10:00:00');
  const head = { account: 'held_subsidy' as const, party: house.useUnit, policyId: null, claimId: null };
  expect(
    await settle(house.deps, cashier(), { lineId: out, settlements: [{ ...head, amount: fen(10_001) }] }),
  ).toMatchObject({ refusal: { code: 'insurance.payable_too_much', owed: 10_000 } });
  expect(await undo(house.deps, cashier(), done.value.entryId)).toMatchObject({ ok: true, value: { left: 10_000 } });
  expect(await kindOf('held_subsidy')).toMatchObject({ received: 0, held: 0, ledger: 0 });
});

test('money of victims names its claim, a person’s name is kept masked, and another insurer sees nothing of it', async () => {
  const lineId = await line('100.00', '2026-11-10 10:00:00');
  const victim = { kind: 'held_for_victims' as const, owner: '张示例', amount: fen(10_000) };
  for (const record of ['', 'P-unknown'])
    expect(await hold(house.deps, cashier(), { lineId, holdings: [{ ...victim, record }] })).toMatchObject({
      refusal: { code: 'insurance.holding_record', record },
    });
  const policy = await house.issued();
  await sql`insert into insurance.claim (id, number, policy_id, elevator_id, kind, accident_key, happened_at, reported_at, channel,
      phase, body, lead_org_id, area_codes, org_ids)
    values (${newId()}, 'C-1', ${policy.id}, ${policy.elevators[0]}, 'other', 'a', now(), now(), 'desk', 'accepted', '{}',
      ${house.insurer}, '{}', ${[house.insurer]}::uuid[])`.execute(house.db);
  expect(await hold(house.deps, cashier(), { lineId, holdings: [{ ...victim, record: 'C-1' }] })).toMatchObject({
    ok: true,
  });
  const seen = await house.deps.scoped(cashier(), (tx) => listHoldings(tx, house.deps.now()));
  expect(seen.items).toMatchObject([{ owner: '张**', claim: 'C-1', held: 10_000 }]);
  const other = await house.deps.scoped(house.viewer(house.other), (tx) => listHoldings(tx, house.deps.now()));
  expect(other.items).toEqual([]);
});
