import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fen, sum } from '../../../kernel/money.ts';
import {
  balances,
  checkEntry,
  claimDecided,
  claimPaid,
  moneyArrived,
  type Posting,
  premiumRefunded,
  premiumWritten,
  reversalOf,
} from './ledger.rules.ts';

const parts = [
  { payer: 'owner', amount: fen(2_790) },
  { payer: 'maintenance', amount: fen(2_790) },
  { payer: 'inspection', amount: fen(4_650) },
];

test('a policy written, paid, partly refunded and claimed leaves books that balance', () => {
  const entries = [
    premiumWritten('p1', parts),
    moneyArrived(fen(6_000), [{ policyId: 'p1', payer: 'owner', amount: fen(2_790) }]),
    premiumRefunded('p1', 'owner', fen(1_000)),
    claimDecided({ claimId: 'c1', policyId: 'p1' }, 'rider', fen(20_000)),
    claimPaid({ claimId: 'c1', policyId: 'p1' }, 'rider', fen(20_000)),
  ];
  for (const entry of entries) expect(checkEntry(entry).ok).toBe(true);
  const left = balances(entries.flat());
  expect(left.get('suspense')).toBe(-3_210);
  expect(left.get('claims_payable')).toBe(0);
  expect(left.get('premium_written')).toBe(-9_230);
  expect(sum([...left.values()])).toBe(0);
});

test('an entry that does not sum to zero, is empty or holds a zero is refused', () => {
  const one = premiumWritten('p', parts);
  expect(checkEntry(one.slice(1))).toMatchObject({ refusal: { code: 'insurance.entry_unbalanced' } });
  expect(checkEntry([])).toMatchObject({ refusal: { code: 'insurance.entry_empty' } });
  const zero: Posting = { account: 'bank', party: null, amount: fen(0), policyId: null, claimId: null };
  expect(checkEntry([...one, zero])).toMatchObject({ refusal: { code: 'insurance.posting_zero', account: 'bank' } });
});

test('a reversal leaves nothing, whatever was booked', () => {
  const amount = fc.integer({ min: 1, max: 1e9 }).map(fen);
  fc.assert(
    fc.property(fc.array(fc.record({ payer: fc.string(), amount }), { minLength: 1, maxLength: 8 }), (some) => {
      const entry = premiumWritten('p', some);
      expect([...balances([...entry, ...reversalOf(entry)]).values()].every((v) => v === 0)).toBe(true);
    }),
  );
});
