import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { reconcileAt } from '../../modules/insurance/money/reconcile.views.ts';
import { type ClaimHouse, claimActs, openDecidingHouse } from './claims.fixtures.ts';

let house: ClaimHouse;
const START = Date.parse('2026-11-23T02:00:00Z');
const at = (minute: number) => new Date(START + minute * 60_000);

beforeAll(async () => {
  house = await openDecidingHouse();
});

const { text, act, party, order, word } = claimActs(() => house);

/** A claim with two people, each accepted for ten times 100 fen, to be paid part by part. */
async function accepted() {
  house.setNow(new Date('2026-11-20T02:00:00Z'));
  const elevatorId = await house.covered();
  house.setNow(at(0));
  const report = { key: newId(), elevatorId, kind: 'injury', happenedAt: '2026-11-23T01:00:00Z', said: '急停' };
  const id = text((await house.ask('POST', '/claims', { as: 'handler', payload: report })).body['claimId']);
  const parties = [await party(id, '示例甲'), await party(id, '示例乙')] as const;
  const losses = parties.map((partyId, i) => ({ id: `item${i}`, partyId, kind: 'person', medical: 1_000, other: 0 }));
  await act(id, 'handler', { do: 'assess', losses });
  await act(id, 'approver', { do: 'set_reserve', amount: 2_000, reason: '初估' });
  expect((await act(id, 'approver', { do: 'decide' })).status).toBe(200);
  return { id, parties };
}

type Course = readonly { payee: 0 | 1; back: boolean }[];

/** Pay 100 fen a minute to one of the two, and let some of it come back later; the payments that stand at the end. */
async function run({ id, parties }: Awaited<ReturnType<typeof accepted>>, course: Course): Promise<number> {
  const payments: string[] = [];
  for (const [i, { payee }] of course.entries()) {
    house.setNow(at(10 + i));
    const ordered = await order({ id, item: `item${payee}`, partyId: parties[payee], amount: 100 });
    const payment = text(ordered.body['paymentId']);
    const told = await house.ask('POST', `/claim-payments/${payment}/arrival`, { as: 'cashier2', payload: word(100) });
    expect(told.status).toBe(200);
    payments.push(payment);
  }
  for (const [i, { back }] of course.entries()) {
    if (!back) continue;
    house.setNow(at(40 + i));
    const payload = word(100, { reason: '账号已注销' });
    expect((await house.ask('POST', `/claim-payments/${payments[i]}/return`, { as: 'cashier2', payload })).status).toBe(
      200,
    );
  }
  return course.filter((c) => !c.back).length * 100;
}

const arrivals = async (claimId: string, until: Date) => {
  const { rows } = await sql<{
    amount: number;
    at: Date;
  }>`select x.amount, x.arrived_at as at from insurance.claim_payments(
    (select array_agg(policy_id) from insurance.claim where id = ${claimId}), '-infinity', ${until}) x order by 2`.execute(
    house.db,
  );
  return rows.map((r) => [r.amount, (r.at.getTime() - START) / 60_000]);
};

test('two equal payments to one person, the first comes back: the second stays paid, at its own time', async () => {
  const claim = await accepted();
  await run(claim, [
    { payee: 0, back: true },
    { payee: 0, back: false },
  ]);
  expect(await arrivals(claim.id, at(39))).toEqual([
    [100, 10],
    [100, 11],
  ]);
  expect(await arrivals(claim.id, at(60))).toEqual([[100, 11]]);
});

test('whatever comes back of equal payments, register and books tie at every instant', {
  timeout: 120_000,
}, async () => {
  const course = fc.array(fc.record({ payee: fc.constantFrom<0 | 1>(0, 1), back: fc.boolean() }), {
    minLength: 2,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(course, async (steps) => {
      const claim = await accepted();
      const stands = await run(claim, steps);
      const left = await arrivals(claim.id, at(60));
      expect(left.reduce((sum, [amount]) => sum + (amount ?? 0), 0)).toBe(stands);
      expect(left.map(([, minute]) => minute)).toEqual(steps.flatMap((s, i) => (s.back ? [] : [10 + i])));
      for (const minute of [9, 10, 12, 39, 40, 41, 43, 60]) {
        const { claims } = await house.deps.scoped(house.viewer(house.insurer), (tx) => reconcileAt(tx, at(minute)));
        expect(claims).toMatchObject({ differing: 0, ledger: claims.register });
      }
    }),
    { numRuns: 12, seed: 20_261_121 },
  );
});
