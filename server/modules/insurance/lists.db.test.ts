import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { readPlace } from '../../kernel/page.ts';
import type { Day } from '../../kernel/time.ts';
import { listPayables, sumPayables } from './money/bank.views.ts';
import { anElevator, boundPolicy, type InsuredCity, insuredCity, viewerOf } from './policy/policy.fixtures.ts';
import { listRenewals } from './policy/renewal.store.ts';
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
