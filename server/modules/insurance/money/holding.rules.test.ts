import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fen, sum } from '../../../kernel/money.ts';
import { daysHeld, type HeldHead, heldKind } from './holding.rules.ts';
import { checkEntry, moneyHeld } from './ledger.rules.ts';

const now = new Date('2026-11-21T04:00:00Z');
const head = (over: Partial<HeldHead>): HeldHead => ({
  kind: 'held_subsidy',
  owner: '示例物业',
  policy: null,
  claim: null,
  received: fen(1_000),
  passed: fen(0),
  since: now,
  ...over,
});
const before = (days: number, seconds = 0) => new Date(now.getTime() - days * 86_400_000 - seconds * 1_000);

test('what waits is aged by whole days: 30 days is not over 30', () => {
  expect([daysHeld(before(30), now), daysHeld(before(31), now), daysHeld(before(0, -5), now)]).toEqual([30, 31, 0]);
  const kind = heldKind(
    'held_subsidy',
    [head({ since: before(30) }), head({ since: before(31) }), head({ since: before(91) })],
    now,
  );
  expect(kind).toMatchObject({ received: 3_000, held: 3_000, over30: 2_000, over90: 1_000 });
});

test('another kind is not counted, and what was passed on is not held', () => {
  const kind = heldKind('held_subsidy', [head({ passed: fen(400) }), head({ kind: 'held_for_victims' })], now);
  expect(kind).toMatchObject({ received: 1_000, passed: 400, held: 600 });
});

test('whatever is held for whom, the entry balances, touches no income and leaves each owner his own sum', () => {
  const accounts = fc.constantFrom('held_for_victims' as const, 'held_subsidy' as const, 'held_for_members' as const);
  const one = fc.record({
    account: accounts,
    owner: fc.constantFrom('甲', '乙'),
    amount: fc.integer({ min: 1, max: 1e9 }),
  });
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 20 }), (given) => {
      const postings = moneyHeld(given.map((g) => ({ ...g, amount: fen(g.amount), policyId: null, claimId: null })));
      expect(checkEntry(postings).ok).toBe(true);
      expect(postings.every((p) => p.account === 'suspense' || p.account.startsWith('held_'))).toBe(true);
      for (const owner of ['甲', '乙']) {
        const own = sum(given.filter((g) => g.owner === owner).map((g) => fen(g.amount)));
        expect(-sum(postings.filter((p) => p.party === owner).map((p) => p.amount))).toBe(own === 0 ? -0 : own);
      }
    }),
  );
});
