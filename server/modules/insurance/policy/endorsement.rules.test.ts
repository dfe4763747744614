import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Fen, fen, sum } from '../../../kernel/money.ts';
import { addDays, type Day } from '../../../kernel/time.ts';
import { checkEntry, premiumChanged } from '../money/ledger.rules.ts';
import { actOf, type Change, effectOf, fallsOn, type PolicyAsHeld } from './endorsement.rules.ts';
import { type Act, type Rated, standingOf } from './standing.rules.ts';

const day = (text: string) => text as Day;
const rated = (elevatorId: string, annual = 10_230): Rated => ({
  elevatorId,
  code: elevatorId,
  address: '',
  areaCodes: [],
  orgIds: [],
  annual: fen(annual),
  parts: [{ payer: 'owner', amount: fen(annual) }],
  working: null,
});
const policy = (over: Partial<PolicyAsHeld> = {}): PolicyAsHeld => ({
  state: 'issued',
  base: { term: { from: day('2026-07-01'), to: day('2027-06-30') }, lines: [rated('a'), rated('b')] },
  acts: [],
  holderOrgId: 'one',
  ending: { feePercent: 5, shortRate: null },
  ...over,
});
const today = day('2026-11-20');
const ask = (change: Change, over: Partial<PolicyAsHeld> = {}, on = today) => actOf(policy(over), change, on);
const code = (done: ReturnType<typeof ask>) => (done.ok ? 'accepted' : done.refusal.code);

test('an elevator joins from tomorrow on, within the term, and never twice', () => {
  const add = (on: string, id = 'c') => ask({ kind: 'add', on: day(on), elevators: [rated(id)] });
  expect(add('2026-11-21')).toMatchObject({ ok: true, value: { no: 1, kind: 'add' } });
  expect(add('2026-11-20')).toEqual({
    ok: false,
    refusal: { code: 'insurance.endorsement_in_the_past', earliest: '2026-11-21' },
  });
  expect(code(add('2027-07-01'))).toBe('insurance.endorsement_outside_term');
  expect(code(add('2026-11-21', 'a'))).toBe('insurance.already_covered');
});

test('an elevator leaves also from a day past, but only one that is covered, and never the last one', () => {
  const remove = (...ids: string[]) => ask({ kind: 'remove', on: day('2026-09-01'), elevatorIds: ids });
  expect(code(remove('b'))).toBe('accepted');
  expect(code(remove('x'))).toBe('insurance.not_covered');
  expect(remove('a', 'b')).toEqual({ ok: false, refusal: { code: 'insurance.nothing_left', remedy: 'cancel' } });
});

test('a policyholder leaves from today on; the insurer may end it for fraud from a day past', () => {
  const end = (lastOn: string, reason: (Change & { kind: 'cancel' })['reason'], on = today) =>
    ask({ kind: 'cancel', lastOn: day(lastOn), reason }, {}, on);
  expect(code(end('2026-11-19', 'by_policyholder'))).toBe('insurance.endorsement_in_the_past');
  expect(code(end('2026-11-19', 'redeemed'))).toBe('insurance.endorsement_in_the_past');
  expect(end('2026-11-20', 'by_policyholder')).toMatchObject({
    value: { on: '2026-11-21', keeps: { method: 'by_day' } },
  });
  expect(end('2026-08-01', 'fraud')).toMatchObject({ value: { keeps: { method: 'none' } } });
  expect(code(end('2027-07-01', 'by_policyholder'))).toBe('insurance.cancel_outside_term');
  expect(code(end('2026-11-20', 'before_start'))).toBe('insurance.cancel_not_before_start');
  expect(end('2026-06-01', 'before_start', day('2026-06-30'))).toMatchObject({
    value: { on: '2026-07-01', keeps: { method: 'fee', percent: 5 } },
  });
});

test('the short rate holds only against a policyholder who leaves, and only where the clause has one', () => {
  const table = [10, 20, 30, 40, 50, 60, 70, 80, 85, 90, 95, 100];
  const over = { ending: { feePercent: 5, shortRate: table } };
  const end = (reason: (Change & { kind: 'cancel' })['reason']) => ask({ kind: 'cancel', lastOn: today, reason }, over);
  expect(end('by_policyholder')).toMatchObject({ value: { keeps: { method: 'short_rate' } } });
  expect(end('redeemed')).toMatchObject({ value: { keeps: { method: 'by_day' } } });
  expect(end('insurer_risk_increase')).toMatchObject({ value: { keeps: { method: 'by_day' } } });
});

test('what was cancelled may be reinstated while its term runs, unless it was ended for cause', () => {
  const cancel = (method: 'by_day' | 'none'): Act => ({
    no: 3,
    on: day('2026-10-01'),
    kind: 'cancel',
    keeps: { method },
  });
  const again = (acts: readonly Act[], on = today, state = 'cancelled') =>
    ask({ kind: 'reinstate' }, { acts, state }, on);
  expect(again([cancel('by_day')])).toMatchObject({ value: { no: 4, kind: 'reinstate', cancels: 3 } });
  expect(code(again([cancel('none')]))).toBe('insurance.ended_for_cause');
  expect(code(again([cancel('by_day')], day('2027-07-01')))).toBe('insurance.term_over');
  expect(code(again([], today, 'issued'))).toBe('insurance.not_cancelled');
});

test('nothing but a reinstatement is done to a policy that is not in force', () => {
  for (const state of ['awaiting_cash', 'cancelled', 'void'])
    expect(ask({ kind: 'takeover', on: today, toOrgId: 'two' }, { state })).toEqual({
      ok: false,
      refusal: { code: 'insurance.policy_state', state },
    });
  expect(code(ask({ kind: 'takeover', on: today, toOrgId: 'one' }))).toBe('insurance.same_holder');
});

test('a star change of October that is told in December prices the later one anew, and says so', () => {
  const later: Act = { no: 1, on: day('2026-12-01'), kind: 'change', elevators: [rated('a', 11_160)] };
  const late: Act = { no: 2, on: day('2026-10-01'), kind: 'change', elevators: [rated('a', 9_300)] };
  const { delta, replayed } = effectOf({ base: policy().base, acts: [later] }, late);
  // Alone the later one added 9.30 for 212 of 365 days; after the late one it adds 18.60 for them.
  expect(replayed).toEqual([{ no: 1, before: 540, after: 1_080 }]);
  expect(delta).toBe(-696 + 540);
});

const aDelta = fc.integer({ min: -1_000_000, max: 1_000_000 });
test('however a premium moves, nobody gets back more than he paid, and every entry balances', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(1_000_000), fc.array(aDelta, { maxLength: 12 }), (first, paid, deltas) => {
      let owed = first;
      const arrived = Math.min(paid, first);
      let at = { receivable: fen(first - arrived), refundable: fen(0) };
      for (const wish of deltas) {
        const delta = fen(Math.max(wish, -owed)); // a premium does not fall below nothing
        owed += delta;
        const falls = fallsOn(delta, at);
        const postings = premiumChanged('p', [{ payer: 'owner', ...falls }]);
        expect(postings.length === 0 || checkEntry(postings).ok).toBe(true);
        at = { receivable: fen(at.receivable + falls.receivable), refundable: fen(at.refundable + falls.refundable) };
        expect(at.receivable).toBeGreaterThanOrEqual(0);
        expect(at.refundable).toBeGreaterThanOrEqual(0);
        expect(at.refundable).toBeLessThanOrEqual(arrived);
        expect(owed - at.receivable + at.refundable).toBe(arrived);
      }
    }),
  );
});

test('what acts add, one by one as recorded, makes what the policy ends up with', () => {
  const acts = fc.array(
    fc.record({ offset: fc.integer({ min: 0, max: 364 }), annual: fc.nat(50_000), who: fc.constantFrom('a', 'b') }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(acts, (drafts) => {
      const { base } = policy();
      const done: Act[] = [];
      const deltas: Fen[] = [];
      for (const [i, { offset, annual, who }] of drafts.entries()) {
        const on = addDays(base.term.from, offset);
        const act: Act = { no: i + 1, on, kind: 'change', elevators: [rated(who, annual)] };
        deltas.push(effectOf({ base, acts: done }, act).delta);
        done.push(act);
      }
      expect(standingOf(base, []).premium + sum(deltas)).toBe(standingOf(base, done).premium);
    }),
  );
});
