import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { type ElevatorId, newId, type OrgId } from '../../../kernel/ids.ts';
import type { Day } from '../../../kernel/time.ts';
import { bind } from './bind.service.ts';
import { quoteLines } from './line.views.ts';
import { anElevator, type InsuredCity, insuredCity, viewerOf } from './policy.fixtures.ts';
import { policiesFor } from './policy.store.ts';
import { quote } from './quote.service.ts';

const from = '2026-12-01' as Day;
let city: InsuredCity;

beforeAll(async () => {
  city = await insuredCity();
});

const viewer = (org: OrgId) => viewerOf(org, 'use_unit_head');

/** An elevator of the use unit in use since a day. */
async function elevator(since = '2018-05-20'): Promise<ElevatorId> {
  const id = await anElevator(city);
  await sql`update registry.elevator set in_use_on = ${since} where id = ${id}`.execute(city.db);
  return id;
}

/** The quote's id for these elevators. */
async function quoted(elevatorIds: readonly ElevatorId[]): Promise<string> {
  const { deps, useUnit, productId, insurer } = city;
  const wish = { productId, holderOrgId: useUnit, leadOrgId: insurer, elevatorIds, from };
  const done = await quote(deps, viewer(useUnit), wish);
  if (!done.ok) throw new Error(done.refusal.code);
  return done.value.quoteId;
}

const linesOf = async (quoteId: string) => (await quoteLines(city.db, quoteId, { limit: 10 })).items;

/** A working without what names the elevator. */
const plainWorking = (line: { working: readonly { factorId: string; key: string; exactYuan: string }[] } | undefined) =>
  line?.working.map(({ factorId, key, exactYuan }) => [factorId, key, exactYuan]);

test('elevators alike share one rating, and each prints its own file and day in its working', async () => {
  const days = ['2018-05-20', '2019-07-01', '2020-02-29'];
  const ids = await Promise.all(days.map((in_use_on) => elevator(in_use_on)));
  const old = await elevator('2001-01-01');
  const quoteId = await quoted([...ids, old]);
  const { rows } = await sql<{ ratings: number; lines: number }>`select count(distinct r.no)::int as ratings,
    count(*)::int as lines from insurance.quote_rating r join insurance.quote_line l on l.quote_id = r.quote_id and l.rating = r.no
    where r.quote_id = ${quoteId}::uuid`.execute(city.db);
  expect(rows).toEqual([{ ratings: 2, lines: 4 }]);
  const lines = await linesOf(quoteId);
  for (const [i, id] of ids.entries()) {
    const line = lines.find((l) => l.elevatorId === id);
    const own = line?.working.filter((w) => w.source.startsWith('registry'));
    expect(own?.map((w) => w.source)).toEqual([`registry:${id}`, `registry:${id}`]);
    expect(new Set(own?.map((w) => w.on))).toEqual(new Set([from, days[i]])); // place, and age
    expect(plainWorking(line)).toEqual(plainWorking(lines.find((l) => l.elevatorId === ids[0])));
  }
  expect(lines.find((l) => l.elevatorId === old)?.total).toBe(12_276);
});

test('an elevator of which something is recorded is rated by itself, the others alike as before', async () => {
  const [plain, recorded] = [await elevator(), await elevator()];
  const record = newId();
  await sql`insert into insurance.evidence (id, subject_kind, subject_id, kind, key, source, as_of_on, recorded_by, area_codes, org_ids)
    values (${record}, 'elevator', ${recorded}, 'unit_losses', 'free_1y', '赔案查询', '2026-01-01', 'test', '{}', '{}')`.execute(
    city.db,
  );
  const lines = await linesOf(await quoted([plain, recorded]));
  const recordsOf = (id: ElevatorId) => lines.find((l) => l.elevatorId === id)?.working.map((w) => w.record);
  expect(recordsOf(recorded)).toContain(record);
  expect(recordsOf(plain)).not.toContain(record);
  expect(lines.find((l) => l.elevatorId === plain)?.total).toBe(10_230);
  expect(lines.find((l) => l.elevatorId === recorded)?.total).toBeLessThan(10_230);
});

test('a quote from before ratings were shared still prints its working and can be bound', async () => {
  const { db, deps, useUnit } = city;
  const quoteId = await quoted([await elevator()]);
  const before = await linesOf(quoteId);
  await sql`update insurance.quote_line l set rating = null, in_use_on = null, risk = '{}', premium = jsonb_set(r.premium, '{working}',
      ${JSON.stringify(before[0]?.working)}::jsonb)
    from insurance.quote_rating r where r.quote_id = l.quote_id and l.quote_id = ${quoteId}::uuid`.execute(db);
  await sql`delete from insurance.quote_rating where quote_id = ${quoteId}::uuid`.execute(db);
  expect(await linesOf(quoteId)).toEqual(before);
  const binding = { quoteId, number: `P-${newId()}`, leadOrgId: null, doubleCoverDisclosed: false };
  const boundNow = await bind(deps, viewer(useUnit), binding);
  if (!boundNow.ok) throw new Error(boundNow.refusal.code);
  const [policy] = await policiesFor(db, [boundNow.value.policyId]);
  expect(policy?.owed).toEqual([...(before[0]?.parts ?? [])].toSorted((a, b) => a.payer.localeCompare(b.payer)));
});

test('nobody adds ratings or lines to a quote he does not see', async () => {
  const { deps, useUnit } = city;
  const stranger = newId() as OrgId;
  const quoteId = await quoted([await elevator()]);
  const as = (who: OrgId) =>
    deps.scoped(viewer(who), (tx) =>
      sql`select insurance.keep_quote_ratings(array[${quoteId}::uuid], '{7}', '{}', '{}')`.execute(tx),
    );
  await expect(as(stranger)).rejects.toThrow(/not seen/);
  await expect(as(useUnit)).resolves.toBeDefined();
  const seen = (who: OrgId) =>
    deps.scoped(viewer(who), (tx) =>
      sql`select 1 from insurance.quote_rating where quote_id = ${quoteId}::uuid`.execute(tx),
    );
  expect((await seen(stranger)).rows).toHaveLength(0);
  expect((await seen(useUnit)).rows).toHaveLength(2);
});
