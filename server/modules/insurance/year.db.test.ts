import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type ElevatorId, newId } from '../../kernel/ids.ts';
import { fen, sum } from '../../kernel/money.ts';
import { addDays, type Day, startOf } from '../../kernel/time.ts';
import { countAnnex } from './figures/annex.service.ts';
import { openInsuranceHouse } from './insurance.fixtures.ts';
import { claimDecided, claimPaid } from './money/ledger.rules.ts';
import { book } from './money/ledger.store.ts';
import { closePoolMonth } from './money/pool.service.ts';
import { poolMonths } from './money/pool.store.ts';
import { reconcileAt } from './money/reconcile.views.ts';
import { submitBatch } from './money/subsidy.service.ts';

const POLICIES = 20;
const ELEVATORS_EACH = 10;

test('a year of 200 elevators: policies, bank, bordereaux, subsidy and annexes say the same, month by month', async () => {
  const house = await openInsuranceHouse(new Date('2026-01-02T02:00:00Z'));
  const shares = [
    { insurer: house.insurer, shareBp: 4_500 },
    { insurer: house.other, shareBp: 3_500 },
    { insurer: newId(), shareBp: 2_000 },
  ];
  await sql`update insurance.scheme set members = ${JSON.stringify(shares)}::jsonb`.execute(house.db);
  const lead = house.viewer(house.insurer);
  let [premium, paid, cash] = [0, 0, 0];
  for (let month = 1; month <= 12; month += 1) {
    const first = `2026-${String(month).padStart(2, '0')}-01` as Day;
    for (let i = 0; i < POLICIES; i += 1) {
      if (i % 12 !== month - 1) continue;
      house.setNow(new Date(startOf(addDays(first, 1)).getTime() + 3_600_000));
      const elevators: ElevatorId[] = [];
      for (let e = 0; e < ELEVATORS_EACH; e += 1)
        elevators.push(await house.elevator({ placeClass: e === 0 ? 'school' : 'residence' }));
      const policy = await house.issued({ elevators, from: addDays(first, 5) });
      premium += policy.total;
      const amount = 20_000 + 7 * i; // a trapped person, now and then
      await settleClaim(policy.id, elevators[0] ?? '', { amount, on: addDays(first, 20) });
      paid += amount;
    }
    const end = new Date(startOf(addDays(`2026-${String(month).padStart(2, '0')}-28` as Day, 5)).getTime());
    house.setNow(end);
    await closePoolMonth(house.deps, lead, { month: first.slice(0, 7), feeBp: 300 });
    const at = await house.deps.scoped(lead, (tx) => reconcileAt(tx, end));
    expect(at.balance).toBe(0);
    expect(at.policies).toMatchObject({ differing: 0, register: premium, ledger: premium });
    cash = at.bank.register;
  }
  const months = await house.deps.scoped(lead, (tx) => poolMonths(tx, 20));
  expect(sum(months.map((m) => fen(m.premium)))).toBe(premium);
  expect(sum(months.map((m) => fen(m.claims)))).toBe(paid);
  const parts = months.flatMap((m) => m.content.totals);
  expect(sum(parts.map((p) => fen(p.premium)))).toBe(premium);
  expect(sum(parts.map((p) => fen(p.claims)))).toBe(paid);
  const { rows } = await sql<{ members: number }>`select -sum(amount)::bigint as members from insurance.posting
    where account = 'member_payable'`.execute(house.db);
  expect(rows[0]?.members).toBe(sum(parts.map((p) => fen(p.net))));
  const batch = await submitBatch(house.deps, lead, { schemeId: await schemeId(), untilOn: '2026-12-31' as Day });
  expect(batch).toMatchObject({ ok: true, value: { elevators: 200, net: premium - cash } }); // the purse owes what nobody paid
  const annex = await house.deps.scoped(house.official(['320205']), (tx) =>
    countAnnex(tx, {
      of: { areaCode: '320205', kind: 'liability', year: 2026 },
      now: new Date('2027-01-05T00:00:00Z'),
      leastAnswers: 10,
    }),
  );
  expect(annex.disagreements).toEqual([]);
  expect(annex.one.find((r) => r.source === 'total')).toMatchObject({ elevators: 200, paid });

  async function schemeId(): Promise<string> {
    return (await house.db.selectFrom('insurance.scheme').select('id').executeTakeFirstOrThrow()).id;
  }

  /** A claim decided and paid: what registers and forms read is the books. */
  async function settleClaim(
    policyId: string,
    elevatorId: string,
    { amount, on }: { amount: number; on: Day },
  ): Promise<void> {
    const [claimId, at] = [newId(), startOf(on)];
    await sql`insert into insurance.claim (id, number, policy_id, elevator_id, kind, accident_key, happened_at, reported_at, channel,
        phase, body, lead_org_id, area_codes, org_ids)
      values (${claimId}, ${claimId}, ${policyId}, ${elevatorId}, 'entrapment', ${claimId}, ${at}, ${at}, 'rescue', 'closed', '{}',
        ${house.insurer}, '{320205}', ${[house.insurer]}::uuid[])`.execute(house.db);
    const ref = { policyId, claimId };
    await house.db.transaction().execute(async (tx) => {
      const entry = { leadOrgId: house.insurer, note: '', at };
      await book(tx, {
        ...entry,
        id: newId(),
        kind: 'claim_decided',
        postings: claimDecided(ref, 'person', fen(amount)),
      });
      await book(tx, { ...entry, id: newId(), kind: 'claim_paid', postings: claimPaid(ref, 'person', fen(amount)) });
    });
  }
});
