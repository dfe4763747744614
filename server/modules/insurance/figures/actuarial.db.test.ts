import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { fen } from '../../../kernel/money.ts';
import { type InsuranceHouse, openInsuranceHouse } from '../insurance.fixtures.ts';
import { claimDecided, claimPaid } from '../money/ledger.rules.ts';
import { book } from '../money/ledger.store.ts';
import { actuarialAt } from './actuarial.views.ts';

let house: InsuranceHouse;
let policyId: string;
const at = (text: string) => new Date(text);
const figures = (when: string, org = house.insurer) =>
  house.deps.scoped(house.viewer(org, 'underwriter'), (tx) => actuarialAt(tx, at(when)));

beforeAll(async () => {
  house = await openInsuranceHouse();
  const policy = await house.issued();
  policyId = policy.id;
  await claim(policy.elevators[0] ?? '', {
    happened: '2026-12-05T00:00:00Z',
    reserve: 5_000,
    paid: 2_000,
    on: '2026-12-20T00:00:00Z',
  });
});

type Loss = { happened: string; reserve: number; paid: number; on: string };

async function claim(elevatorId: string, { happened, reserve, paid, on }: Loss): Promise<void> {
  const claimId = newId();
  await sql`insert into insurance.claim (id, number, policy_id, elevator_id, kind, accident_key, happened_at, reported_at, channel,
      phase, body, lead_org_id, area_codes, org_ids)
    values (${claimId}, ${claimId}, ${policyId}, ${elevatorId}, 'other', ${claimId}, ${happened}, ${happened}, 'desk', 'accepted',
      ${JSON.stringify({ reserve })}, ${house.insurer}, '{}', ${[house.insurer]}::uuid[])`.execute(house.db);
  const ref = { policyId, claimId };
  await house.db.transaction().execute(async (tx) => {
    const entry = { leadOrgId: house.insurer, note: '', at: at(on) };
    await book(tx, { ...entry, id: newId(), kind: 'claim_decided', postings: claimDecided(ref, 'v', fen(paid)) });
    await book(tx, { ...entry, id: newId(), kind: 'claim_paid', postings: claimPaid(ref, 'v', fen(paid)) });
  });
}

test('premium earns by the day: nothing before the first day, half the year’s at its middle, all at 24:00 of the last', async () => {
  expect((await figures('2026-11-30T10:00:00Z')).premium).toMatchObject({
    written: 10_230,
    earned: 0,
    unearned: 10_230,
  });
  expect((await figures('2026-12-31T10:00:00Z')).premium).toMatchObject({
    earned: 869,
    unearned: 9_361,
    unearned24: 9_804,
  });
  expect((await figures('2027-11-30T10:00:00Z')).premium).toMatchObject({ earned: 10_230, unearned: 0 });
});

test('losses stand beside what was earned, paid and outstanding apart, under the product’s own threshold', async () => {
  const [before] = (await figures('2026-12-19T00:00:00Z')).products;
  expect(before).toMatchObject({ claims: 1, paid: 0, outstanding: 5_000, thresholdSeconds: 7_200 });
  const [after] = (await figures('2026-12-31T10:00:00Z')).products;
  expect(after).toMatchObject({ paid: 2_000, outstanding: 3_000, earned: 869, lossRatioPercent: 575.4 });
});

test('development is by accident quarter; too little to learn from gives no reserve and no advice', async () => {
  const told = await figures('2027-02-01T00:00:00Z');
  expect(told.triangle).toEqual([
    { origin: '2026 Q4', cumulative: [2_000, 2_000] },
    { origin: '2027 Q1', cumulative: [0] },
  ]);
  expect(told.reserve).toBeUndefined();
  expect(told.advice).toEqual([]);
});

test('another insurer has nothing to reckon with', async () => {
  expect(await figures('2026-12-31T10:00:00Z', house.other)).toMatchObject({ premium: { written: 0 }, products: [] });
});
