import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { fen, sum } from '../../../kernel/money.ts';
import { type InsuranceHouse, openInsuranceHouse } from '../insurance.fixtures.ts';
import { claimDecided, claimPaid, commissionAccrued } from './ledger.rules.ts';
import { book } from './ledger.store.ts';
import { closePoolMonth } from './pool.service.ts';
import { appointBroker, findPoolMonth, poolMonths } from './pool.store.ts';
import { journal, reconcileAt, underwritingDatabase } from './reconcile.views.ts';

let house: InsuranceHouse;
const issuedAt = new Date('2026-11-20T02:00:00Z');
beforeAll(async () => {
  house = await openInsuranceHouse(issuedAt);
});

const reconcile = (at: Date, who = house.viewer(house.insurer)) => house.deps.scoped(who, (tx) => reconcileAt(tx, at));

test('policies, bank and books tie to the fen, one instant before and at the moment a policy is issued', async () => {
  await house.issued();
  const before = await reconcile(new Date(issuedAt.getTime() - 1));
  expect(before).toMatchObject({ balance: 0, policies: { count: 0, differing: 0 }, bank: { register: 0, ledger: 0 } });
  const at = await reconcile(issuedAt);
  expect(at).toMatchObject({ balance: 0, policies: { count: 1, register: 10_230, ledger: 10_230, differing: 0 } });
  expect(at.bank).toEqual({ register: 5_580, ledger: 5_580 });
  expect(sum(at.accounts.map((a) => a.amount))).toBe(0);
});

test('a register that was tampered with shows the policy and the amount', async () => {
  const policy = await house.issued();
  await sql`update insurance.policy set premium = premium + 1 where id = ${policy.id}`.execute(house.db);
  const { policies } = await reconcile(issuedAt);
  expect(policies.differences).toEqual([
    { id: policy.id, number: policy.number, left: 10_231, right: 10_230, difference: 1 },
  ]);
  await sql`update insurance.policy set premium = premium - 1 where id = ${policy.id}`.execute(house.db);
  expect((await reconcile(issuedAt)).policies.differing).toBe(0);
});

test('an official ties the policies of his district without seeing the books; another insurer sees nothing', async () => {
  const official = await reconcile(issuedAt, house.official(['320205']));
  expect(official).toMatchObject({ accounts: [], policies: { differing: 0 } });
  expect(official.policies.count).toBeGreaterThan(0);
  expect(await reconcile(issuedAt, house.viewer(house.other))).toMatchObject({ accounts: [], policies: { count: 0 } });
});

test('a balance opens into its entries', async () => {
  const page = await house.deps.scoped(house.viewer(house.insurer), (tx) =>
    journal(tx, { account: 'premium_written', until: issuedAt, limit: 1 }),
  );
  expect(page.items).toMatchObject([{ kind: 'premium_written' }]);
  expect(page.next).not.toBeNull();
});

test('a co-insurers’ month is shared once, to the fen, and what each is owed stands among the payments', async () => {
  const shares = [
    { insurer: house.insurer, shareBp: 4_500 },
    { insurer: house.other, shareBp: 5_500 },
  ];
  const policy = await house.issued();
  await sql`update insurance.policy set members = ${JSON.stringify(shares)}::jsonb where id = ${policy.id}`.execute(
    house.db,
  );
  const claimId = newId();
  await sql`insert into insurance.claim (id, number, policy_id, elevator_id, kind, accident_key, happened_at, reported_at, channel,
      phase, body, lead_org_id, area_codes, org_ids)
    values (${claimId}, 'C-1', ${policy.id}, ${policy.elevators[0]}, 'other', 'a', now(), now(), 'desk', 'accepted', '{}',
      ${house.insurer}, '{}', ${[house.insurer]}::uuid[])`.execute(house.db);
  await house.db.transaction().execute((tx) =>
    book(tx, {
      id: newId(),
      kind: 'claim_decided',
      at: issuedAt,
      leadOrgId: house.insurer,
      note: '',
      postings: claimDecided({ policyId: policy.id, claimId }, 'victim', fen(1_001)),
    }),
  );
  await house.db.transaction().execute((tx) =>
    book(tx, {
      id: newId(),
      kind: 'commission_accrued',
      at: issuedAt,
      leadOrgId: house.insurer,
      note: '',
      postings: commissionAccrued(policy.id, house.broker, fen(870)),
    }),
  );
  expect((await reconcile(issuedAt)).claims).toEqual({ count: 0, register: 0, ledger: 0, differing: 0 });
  const cashier = house.viewer(house.insurer);
  const close = (month: string) => closePoolMonth(house.deps, cashier, { month, feeBp: 300 });
  expect(await close('2026-11')).toMatchObject({ refusal: { code: 'insurance.pool_month_not_over' } });
  house.setNow(new Date('2026-12-02T02:00:00Z'));
  const done = await close('2026-11');
  if (!done.ok) throw new Error(done.refusal.code);
  const [lead, follower] = done.value.content.totals;
  expect(done.value).toMatchObject({ premium: 10_230, claims: 1_001 });
  expect([lead?.premium, follower?.premium, lead?.claims, follower?.claims]).toEqual([4_604, 5_626, 450, 551]);
  // By share and not by the lead alone: the lowest filed rate binds because every member pays his part.
  expect([lead?.commission, follower?.commission]).toEqual([392, 478]);
  expect(follower).toMatchObject({ fee: 169, net: 5_626 - 551 - 478 - 169 });
  expect(await close('2026-11')).toMatchObject({ refusal: { code: 'insurance.pool_month_closed' } });
  house.setNow(new Date('2027-01-02T02:00:00Z'));
  expect(await close('2026-12')).toMatchObject({ refusal: { code: 'insurance.pool_month_empty' } });
  const { rows } = await sql<{ owed: number }>`select -sum(p.amount)::bigint as owed from insurance.posting p
    where p.account = 'member_payable' and p.party = ${house.other}`.execute(house.db);
  expect(rows[0]?.owed).toBe(follower?.net);
  expect((await reconcile(new Date('2027-01-02T02:00:00Z'))).policies.differing).toBe(0); // the whole stays the lead's
  const seen = await house.deps.scoped(house.viewer(house.other), (tx) => poolMonths(tx, 10));
  expect(seen.map((m) => m.id)).toEqual([done.value.id]);
  const stranger = await house.deps.scoped(house.viewer(house.useUnit), (tx) => findPoolMonth(tx, done.value.id));
  expect(stranger).toBeUndefined();
});

test('the scheme’s broker reads every insurer’s policies from his appointment on, and before', async () => {
  const broker = house.viewer(house.broker, 'broker');
  const read = () => house.deps.scoped(broker, (tx) => underwritingDatabase(tx, issuedAt));
  expect(await read()).toEqual([]);
  const { id: schemeId } = await house.db.selectFrom('insurance.scheme').select('id').executeTakeFirstOrThrow();
  await house.db
    .transaction()
    .execute((tx) =>
      appointBroker(tx, { id: newId(), schemeId, brokerOrgId: house.broker, from: '2026-11-20' as never, by: 'test' }),
    );
  house.setNow(issuedAt);
  await house.issued({ lead: house.other });
  const after = await read();
  expect(after.map((r) => [r.name, r.policies])).toEqual([
    ['示例财险乙', 1],
    ['示例财险甲', 3],
  ]);
  expect(after[1]).toMatchObject({ kind: 'liability', claims: 1, openClaims: 1, paid: 0, premium: 30_690 });
});

test('a payment that only the books know of is a difference of its whole amount, from its instant on', async () => {
  const { rows } = await sql<{ claimId: string; policyId: string }>`
    select id as "claimId", policy_id as "policyId" from insurance.claim`.execute(house.db);
  const [ref] = rows;
  if (!ref) throw new Error('the claim was made above');
  await house.db.transaction().execute((tx) =>
    book(tx, {
      id: newId(),
      kind: 'claim_paid',
      at: issuedAt,
      leadOrgId: house.insurer,
      note: '',
      postings: claimPaid(ref, 'victim', fen(1_001)),
    }),
  );
  expect((await reconcile(new Date(issuedAt.getTime() - 1))).claims.differing).toBe(0);
  expect((await reconcile(issuedAt)).claims).toEqual({ count: 1, register: 0, ledger: 1_001, differing: 1 });
});
