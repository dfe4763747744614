import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Fen, fen, sum } from '../../../kernel/money.ts';
import { type Claim, type ClaimActor, type ClaimCommand, type ClaimItem, decideClaim } from './claim.rules.ts';

const fresh: Claim = {
  phase: 'reported',
  liability: true,
  papersAskedOn: null,
  papersMissing: [],
  reserve: null,
  assessment: null,
  decision: null,
  refusal: null,
  payments: [],
};
const handler: ClaimActor = { id: 'handler', authority: fen(1_000_000) };
const approver: ClaimActor = { id: 'approver', authority: fen(5_000_000) };
const cashier: ClaimActor = { id: 'cashier', authority: fen(0) };
const victim: ClaimItem = { id: 'a', payee: 'rider', payeeKind: 'victim', amount: fen(50_000) };
const insured: ClaimItem = { id: 'b', payee: 'use unit', payeeKind: 'insured', amount: fen(20_000) };
const payment = (
  item: string,
  amount: number,
  over: Partial<Extract<ClaimCommand, { do: 'pay' }>> = {},
): ClaimCommand => ({
  do: 'pay',
  item,
  amount: fen(amount),
  kind: 'final',
  insuredPaidVictimProof: null,
  ...over,
});

/** What a run of commands leaves, or the first refusal's code. */
function run(...steps: readonly (readonly [ClaimActor, ClaimCommand])[]): Claim | string {
  let claim = fresh;
  for (const [actor, command] of steps) {
    const done = decideClaim(claim, command, actor);
    if (!done.ok) return done.refusal.code;
    claim = done.value;
  }
  return claim;
}
const assessed: readonly (readonly [ClaimActor, ClaimCommand])[] = [
  [handler, { do: 'set_reserve', amount: fen(70_000) }],
  [handler, { do: 'assess', items: [victim, insured] }],
];
const accepted: typeof assessed = [...assessed, [approver, { do: 'decide' }]];

test('assessed by one, decided by another, paid by a third, closed when all is paid', () => {
  const proof = { insuredPaidVictimProof: 'receipt-1' };
  const done = run(
    ...accepted,
    [cashier, payment('a', 50_000)],
    [cashier, payment('b', 20_000, proof)],
    [handler, { do: 'close' }],
  );
  expect(done).toMatchObject({ phase: 'closed', decision: { amount: 70_000, round: 1 } });
});

test('the same person never does two of assess, decide and pay', () => {
  expect(run(...assessed, [handler, { do: 'decide' }])).toBe('insurance.four_eyes');
  expect(run(...accepted, [approver, payment('a', 50_000)])).toBe('insurance.four_eyes');
  expect(run(...assessed, [handler, { do: 'refuse', reason: 'excluded' }])).toBe('insurance.four_eyes');
});

test('the insured of a liability claim is not paid before he has paid the victim (保险法 65)', () => {
  expect(run(...accepted, [cashier, payment('b', 20_000)])).toBe('insurance.victim_first');
});

test('papers are asked for once, and the claim waits until all have come (保险法 22)', () => {
  const ask: ClaimCommand = { do: 'ask_papers', papers: ['病历', '身份证'], on: '2026-11-01' };
  expect(run([handler, ask], [handler, ask])).toBe('insurance.papers_asked_once');
  const waiting = [
    [handler, ask],
    [handler, { do: 'assess', items: [victim] }],
    [handler, { do: 'receive_papers', papers: ['病历'] }],
  ] as const;
  expect(run(...waiting, [approver, { do: 'decide' }])).toBe('insurance.papers_missing');
  expect(
    run(...waiting, [handler, { do: 'receive_papers', papers: ['身份证'] }], [approver, { do: 'decide' }]),
  ).toMatchObject({ phase: 'accepted' });
});

test('no payment without a reserve, above what was accepted, or beyond the decider’s authority', () => {
  expect(
    run([handler, { do: 'assess', items: [victim] }], [approver, { do: 'decide' }], [cashier, payment('a', 1)]),
  ).toBe('insurance.reserve_first');
  expect(run(...accepted, [cashier, payment('a', 50_001)])).toBe('insurance.more_than_accepted');
  expect(run(...assessed, [{ id: 'junior', authority: fen(69_999) }, { do: 'decide' }])).toBe(
    'insurance.above_authority',
  );
  expect(run(...accepted, [cashier, payment('zzz', 1)])).toBe('insurance.unknown_item');
});

test('before the decision only an advance or the certain part leaves the house', () => {
  expect(run(...assessed, [cashier, payment('a', 10)])).toBe('insurance.claim_phase');
  expect(run(...assessed, [cashier, payment('a', 10, { kind: 'advance' })])).toMatchObject({
    payments: [{ amount: 10, kind: 'advance' }],
  });
});

test('a refused claim that is re-opened keeps its first decision’s number going', () => {
  const again = run(
    ...accepted,
    [cashier, payment('a', 50_000)],
    [cashier, payment('b', 20_000, { insuredPaidVictimProof: 'x' })],
    [handler, { do: 'close' }],
    [handler, { do: 'reopen' }],
  );
  expect(again).toMatchObject({ phase: 'assessing', decision: { round: 1 } });
  expect(
    run([handler, { do: 'refuse', reason: 'duplicate' }], [handler, { do: 'reopen' }], ...assessed, [
      approver,
      { do: 'decide' },
    ]),
  ).toMatchObject({ decision: { round: 1 } });
});

test('whatever is done in whatever order, never more is paid on an item than was accepted, and never without a reserve', () => {
  const actor = fc.constantFrom(handler, approver, cashier);
  const amount = fc.nat(60_000).map(fen);
  const command: fc.Arbitrary<ClaimCommand> = fc.oneof(
    fc.constantFrom<ClaimCommand>(
      { do: 'decide' },
      { do: 'close' },
      { do: 'reopen' },
      { do: 'assess', items: [victim, insured] },
      { do: 'refuse', reason: 'excluded' },
    ),
    amount.map((a): ClaimCommand => ({ do: 'set_reserve', amount: a })),
    fc.record({
      do: fc.constant('pay' as const),
      item: fc.constantFrom('a', 'b'),
      amount,
      kind: fc.constantFrom('final' as const, 'advance' as const),
      insuredPaidVictimProof: fc.option(fc.constant('proof')),
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(actor, command), { maxLength: 25 }), (steps) => {
      let claim = fresh;
      for (const [who, what] of steps) {
        const done = decideClaim(claim, what, who);
        if (done.ok) claim = done.value;
      }
      const on = (id: string): Fen => sum(claim.payments.filter((p) => p.id === id).map((p) => p.amount));
      expect(on('a')).toBeLessThanOrEqual(50_000);
      expect(on('b')).toBeLessThanOrEqual(20_000);
      expect(claim.payments.length > 0 && claim.reserve === null).toBe(false);
    }),
  );
});
