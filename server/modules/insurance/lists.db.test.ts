import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { readPlace } from '../../kernel/page.ts';
import type { Day } from '../../kernel/time.ts';
import { listPayables, sumPayables } from './money/bank.views.ts';
import { listRates } from './money/commission.views.ts';
import { listNotices } from './policy/notice.store.ts';
import { anElevator, boundPolicy, type InsuredCity, insuredCity, viewerOf } from './policy/policy.fixtures.ts';
import { listRenewals } from './policy/renewal.store.ts';
import { viewAdmissions } from './product/admission.views.ts';
import { viewEvidence } from './product/evidence.views.ts';

const today = '2026-11-21' as Day;
let city: InsuredCity;

beforeAll(async () => {
  city = await insuredCity();
});

/** Read a list to its end by its own cursors. */
async function whole<Item>(
  page: (after: string | undefined) => Promise<{ items: readonly Item[]; next: string | null }>,
): Promise<Item[]> {
  const all: Item[] = [];
  for (let after: string | undefined; ; ) {
    const { items, next } = await page(after);
    all.push(...items);
    if (next === null) return all;
    after = next;
  }
}

test('records of evidence are read to their end, also those of one instant, and by what they are now', async () => {
  const ids = Array.from({ length: 7 }, () => newId());
  for (const [i, id] of ids.entries())
    await sql`insert into insurance.evidence (id, subject_kind, subject_id, kind, key, source, as_of_on, valid_to, recorded_by,
        recorded_at, needs_second, withdrawn_at, area_codes, org_ids)
      values (${id}, 'org', ${city.useUnit}, 'unit_losses', 'none', '赔案查询', '2026-01-01', ${i === 0 ? '2026-06-30' : null}, 'test',
        ${`2026-11-20T01:00:00.0000${i}Z`}, ${i === 1}, ${i === 2 ? new Date() : null}, '{}', '{}')`.execute(city.db);
  const viewer = viewerOf(city.useUnit, 'use_unit_head');
  const read = (state?: 'waiting' | 'counting' | 'over' | 'withdrawn') =>
    whole((after) =>
      viewEvidence(city.db, viewer, { asked: { kind: 'unit_losses', state, after, limit: 2 }, on: today }),
    );
  const all = await read();
  expect(all.map((e) => e.id).toSorted()).toEqual(ids.toSorted());
  for (const state of ['waiting', 'counting', 'over', 'withdrawn'] as const)
    expect((await read(state)).map((e) => e.id)).toEqual(all.filter((e) => e.state === state).map((e) => e.id));
  expect(all.filter((e) => e.state === 'counting')).toHaveLength(4);
});

test('policies to renew are read to their end, the most pressing first', async () => {
  for (const id of [city.useUnit, city.insurer])
    await sql`insert into identity.org (id, name, name_key, kinds, area_codes, org_ids)
      values (${id}, ${`示例 ${id}`}, ${id}, '{use_unit}', '{}', ${[id]}::uuid[])`.execute(city.db);
  const from = '2026-06-02' as Day;
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) ids.push(await boundPolicy(city, [await anElevator(city)], from));
  await sql`update insurance.policy set state = 'issued', to_on = case when id = ${ids[3]} then date '2026-11-25' else '2026-12-01' end`.execute(
    city.db,
  );
  const seen = await whole(async (after) => {
    const asked = { today, within: 60, now: city.clock.at, limit: 2 };
    const rows = await listRenewals(city.db, { ...asked, after: readPlace(after, () => true) });
    const shown = rows.slice(0, 2);
    const last = shown.at(-1);
    return { items: shown, next: rows.length > 2 && last ? `${last.to_on}_${last.id}` : null };
  });
  expect(seen.map((r) => r.id)).toEqual([ids[3], ...ids.filter((id) => id !== ids[3]).toSorted()]);
});

test('what is owed is read to its end, and its count and sum are of all heads', async () => {
  const owed = [100, 200, 300, 400, 500];
  for (const amount of owed) {
    const entry = newId();
    await city.db.transaction().execute(async (tx) => {
      await sql`insert into insurance.entry (id, kind, at, lead_org_id, area_codes, org_ids)
        values (${entry}, 'test', '2026-11-01T00:00:00Z', ${city.insurer}, '{}', '{}')`.execute(tx);
      await sql`insert into insurance.posting (entry_id, line, account, party, amount)
        values (${entry}, 0, 'bank', null, ${amount}), (${entry}, 1, 'premium_refundable', ${`payer ${amount}`}, ${-amount})`.execute(
        tx,
      );
    });
  }
  const seen = await whole((after) => listPayables(city.db, { after: readPlace(after, () => true), limit: 2 }));
  expect(seen.map((h) => h.owed).toSorted((a, b) => a - b)).toEqual(owed);
  expect(await sumPayables(city.db)).toEqual({ count: 5, sum: 1_500 });
  expect((await listPayables(city.db, { owed: 300, limit: 2 })).items.map((h) => h.party)).toEqual(['payer 300']);
});

test('the register of admissions is read to its end, what waits only by whom it concerns', async () => {
  const scheme = await sql<{ id: string }>`select id from insurance.scheme limit 1`.execute(city.db);
  const ids = Array.from({ length: 7 }, () => newId());
  for (const [i, id] of ids.entries()) {
    const insurer = newId();
    await sql`insert into identity.org (id, name, name_key, kinds, area_codes, org_ids)
      values (${insurer}, ${`示例保险 ${i}`}, ${insurer}, '{insurer}', '{}', ${[insurer]}::uuid[])`.execute(city.db);
    const decided = i === 0 ? null : '2026-11-20T03:00:00Z';
    await sql`insert into insurance.admission (id, scheme_id, insurer_org_id, asked_at, decide_by_on, decided_at, admitted, reason,
        appealed_at, area_codes, org_ids)
      values (${id}, ${scheme.rows[0]?.id}, ${insurer}, '2026-11-20T01:00:00Z', '2026-12-20', ${decided}, ${i === 0 ? null : i > 2}, '',
        ${i === 1 ? '2026-11-20T04:00:00Z' : null}, '{}', ${[insurer]}::uuid[])`.execute(city.db);
  }
  const read = (role: string, state?: 'waiting' | 'admitted' | 'refused') =>
    whole((after) =>
      viewAdmissions(city.db, viewerOf(city.useUnit, role), { asked: { state, after, limit: 2 }, today }),
    );
  const seen = async (...asked: Parameters<typeof read>) => (await read(...asked)).map((a) => a.id).toSorted();
  expect(await seen('city_regulator')).toEqual(ids.toSorted());
  expect(await seen('broker')).toEqual(ids.slice(1).toSorted());
  expect(await seen('city_regulator', 'waiting')).toEqual(ids.slice(0, 2).toSorted());
  expect(await seen('city_regulator', 'refused')).toEqual([ids[2]]);
  expect(await seen('city_regulator', 'admitted')).toEqual(ids.slice(3).toSorted());
});

test('filed commission rates are read to their end, also those of one day', async () => {
  const { rows: schemes } = await sql<{ id: string }>`select id from insurance.scheme`.execute(city.db);
  const ids = Array.from({ length: 5 }, () => newId());
  for (const [i, id] of ids.entries())
    await sql`insert into insurance.commission_rate (id, scheme_id, insurer_org_id, rate, filing_no, from_on, recorded_at,
        recorded_by, area_codes, org_ids)
      values (${id}, ${schemes[0]?.id}, ${newId()}, '0.05', ${`备案 ${i}`}, ${i < 4 ? '2026-03-01' : '2026-01-01'}, now(), 'test',
        '{}', '{}')`.execute(city.db);
  const seen = await whole((after) => listRates(city.db, { after, limit: 2 }));
  expect(seen.map((r) => r.id)).toEqual([...ids.slice(0, 4).toSorted().toReversed(), ids[4]]);
});

test('the notices of a policy are read to their end, the newest first', async () => {
  const policyId = await boundPolicy(city, [await anElevator(city)], '2026-12-02' as Day);
  const content = {
    number: 'N',
    no: 1,
    product: '',
    holder: '',
    insurer: '',
    payer: 'owner',
    payerName: '示例物业',
    amount: 1,
    dueOn: '2026-12-01',
    from: '2026-12-02',
    to: '2027-12-01',
    elevators: 1,
    account: { bank: '', holder: '', number: '' },
    on: '2026-11-21',
  };
  for (let no = 1; no <= 12; no++)
    await sql`insert into insurance.pay_notice (id, policy_id, no, payer, payer_org_id, amount, due_on, content, hash, made_at,
        made_by, area_codes, org_ids)
      values (${newId()}, ${policyId}, ${no}, 'owner', ${city.useUnit}, 1, '2026-12-01', ${JSON.stringify(content)},
        ${'0'.repeat(64)}, now(), 'test', '{}', '{}')`.execute(city.db);
  const seen = await whole((after) => listNotices(city.db, policyId, { after, limit: 5 }));
  expect(seen.map((n) => n.no)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
});
