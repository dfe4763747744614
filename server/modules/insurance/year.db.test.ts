import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { openDb } from '../../kernel/db.ts';
import { newId, type OrgId } from '../../kernel/ids.ts';
import { keysForTest } from '../../kernel/keys.ts';
import { pass as relay } from '../../kernel/relay.ts';
import { EVERYTHING } from '../../kernel/scope.ts';
import { secretData } from '../../kernel/secret-data.ts';
import type { Day } from '../../kernel/time.ts';
import { commandDeps, settingsFrom } from '../rescue/rescue.fixtures.ts';
import type { RescueTables } from '../rescue/tables.ts';
import { statutoryClocks } from './claim/claim.deps.ts';
import { claimModuleOn } from './claim/claim.module.ts';
import { countAnnex } from './figures/annex.service.ts';
import { type InsuranceHouse, openInsuranceHouse } from './insurance.fixtures.ts';
import { reconcileAt } from './money/reconcile.views.ts';
import { payBatch, stepBatch, submitBatch } from './money/subsidy.service.ts';
import { bankLine, type Fleet, must, total, type YearCity } from './year.fixtures.ts';
import { annexByHand, checkYear, differ } from './year-check.fixtures.ts';
import { liveYear, renewAll } from './year-course.fixtures.ts';

const FLEETS = 24;
const ELEVATORS_EACH = 9;
const DISTRICTS = ['320205', '320211'];
const rescuePack = () => settingsFrom(JSON.parse(readFileSync('packs/000000-national/rescue.json', 'utf8')));

/** Twenty-four use units, half in each of two districts, and a pool of three insurers. */
async function openYear(house: InsuranceHouse): Promise<YearCity> {
  const third = newId() as OrgId;
  const members = [house.insurer, house.other, third].map((insurer, i) => ({
    insurer,
    shareBp: [4_500, 3_500, 2_000][i],
  }));
  await sql`update insurance.scheme set members = ${JSON.stringify(members)}::jsonb`.execute(house.db);
  const fleets: Fleet[] = [];
  for (let f = 0; f < FLEETS; f += 1) {
    const holder = newId() as OrgId;
    await sql`insert into identity.org (id, name, name_key, kinds, area_codes, org_ids)
      values (${holder}, ${`示例物业${f}`}, ${`示例物业${f}`}, '{property_company}', '{}', ${[holder]}::uuid[])`.execute(
      house.db,
    );
    const elevators = [];
    for (let e = 0; e < ELEVATORS_EACH; e += 1) {
      const code = String(100_000 + f * ELEVATORS_EACH + e);
      const where = { district: DISTRICTS[f % 2] ?? '', useUnit: holder, placeClass: e === 0 ? 'school' : 'residence' };
      const id = await house.elevator(where);
      await sql`update registry.elevator set rescue_code = ${code}, address = '示例路 1 号', lng = 120.3, lat = 31.5 where id = ${id}`.execute(
        house.db,
      );
      elevators.push({ id, code });
    }
    fleets.push({ holder, agent: house.maintenance, elevators });
  }
  const calendar = { holidays: new Set<never>(), workdays: new Set<never>() };
  const secret = secretData(keysForTest(), 'aes');
  const deps = { ...house.deps, secret, calendar, clocks: statutoryClocks(house.settings) };
  const module = { name: 'insurance', ...claimModuleOn(deps) };
  const whole = openDb(house.pool);
  const log = pino({ level: 'silent' });
  const rescue = commandDeps(openDb<RescueTables>(house.pool), rescuePack()).deps;
  return {
    deps,
    rescue: { ...rescue, now: house.deps.now },
    setNow: house.setNow,
    viewer: house.viewer,
    relay: () =>
      relay({ db: whole, pool: house.pool, log, modules: [module], heard: () => undefined }).then(() => undefined),
    lead: house.insurer,
    productId: house.productId,
    fleets,
  };
}

test('a year of 216 elevators, lived through the services: books, registers, bordereaux, forms and subsidy agree to the fen', {
  timeout: 300_000,
}, async () => {
  const house = await openInsuranceHouse(new Date('2026-01-01T01:00:00Z'));
  const city = await openYear(house);
  const diary = await liveYear(city);
  expect(diary.claims.size).toBeGreaterThan(FLEETS / 2);
  expect(diary.cancelled.size).toBeGreaterThan(0);
  expect(await checkYear({ db: house.db, diary })).toEqual([]);

  const official = { ...house.official([]), scope: EVERYTHING };
  // As of an instant between a payment and its return: the money was there.
  const { rows: returns } = await sql<{ at: Date }>`select paid_at + (returned_at - paid_at) / 2 as at
    from insurance.claim_payment where paid_at is not null and returned_at is not null`.execute(house.db);
  expect(returns.length).toBeGreaterThan(0);
  for (const { at } of returns) {
    const then = await house.deps.scoped(official, (tx) => reconcileAt(tx, at));
    expect(then).toMatchObject({ balance: 0, policies: { differing: 0 }, claims: { differing: 0 } });
  }
  const end = new Date('2026-12-31T15:59:59Z');
  const books = await house.deps.scoped(official, (tx) => reconcileAt(tx, end));
  expect(books).toMatchObject({
    balance: 0,
    policies: { count: FLEETS, differing: 0, register: total(diary.written) },
    claims: { differing: 0, register: total(diary.claims) },
  });
  expect(books.bank).toEqual({ register: diary.bank, ledger: diary.bank });

  for (const areaCode of DISTRICTS) {
    const of = { areaCode, kind: 'liability' as const, year: 2026 };
    const draft = await house.deps.scoped(official, (tx) =>
      countAnnex(tx, { of, now: house.deps.now(), leastAnswers: 10 }),
    );
    const byHand = await annexByHand(house.db, areaCode);
    const of2 = (pick: 'premium' | 'paid') =>
      new Map(draft.two.filter((r) => r[pick] !== 0).map((r): [string, number] => [r.elevatorId, r[pick]]));
    expect(draft.disagreements).toEqual([]);
    expect(differ(`annex 2 of ${areaCode}: premium`, of2('premium'), byHand.annual)).toEqual([]);
    expect(differ(`annex 2 of ${areaCode}: paid`, of2('paid'), byHand.paid)).toEqual([]);
    const paid = [...byHand.paid.values()].reduce((a, b) => a + b, 0);
    expect(draft.one.find((r) => r.source === 'total')).toMatchObject({ elevators: byHand.annual.size, paid });
  }

  await settlePublicPart(house, city, diary);
  expect(await checkYear({ db: house.db, diary })).toEqual([]);
  const { rows } = await sql<{
    policy: string;
    amount: number;
  }>`select policy_id::text as policy, sum(amount)::bigint as amount
    from insurance.posting where account in ('premium_receivable', 'subsidy_receivable') group by 1 having sum(amount) <> 0`.execute(
    house.db,
  );
  expect(rows).toEqual([]); // every payer of every policy has paid what he owed, the purse too

  house.setNow(new Date('2026-12-20T02:00:00Z'));
  const ending = await house.db
    .selectFrom('insurance.policy')
    .select(['id', 'holder_org_id'])
    .where('to_on', '<', '2027-02-10')
    .where('state', '=', 'issued')
    .execute();
  await renewAll(city, diary, ending);
  const next = await house.db.selectFrom('insurance.quote').selectAll().where('renewed_from', 'is not', null).execute();
  expect(next).toHaveLength(ending.length);
  expect(new Set(next.map((q) => q.from_on))).toEqual(new Set(['2027-01-06', '2027-02-06']));
});

/** The purse pays its part of the year by insured volume: asked, verified, approved by another, and the money arrives. */
async function settlePublicPart(house: InsuranceHouse, city: YearCity, diary: Parameters<typeof bankLine>[1]) {
  const { id: schemeId } = await house.db.selectFrom('insurance.scheme').select('id').executeTakeFirstOrThrow();
  const cashier = house.viewer(house.insurer);
  const batch = must(await submitBatch(house.deps, cashier, { schemeId, untilOn: '2026-12-31' as Day }));
  const { rows } = await sql<{ part: number }>`select sum((x ->> 'amount')::bigint)::bigint as part from (
      select parts from insurance.policy_line union all select kept from insurance.policy) l, jsonb_array_elements(l.parts) x
    where x ->> 'payer' = 'inspection'`.execute(house.db);
  expect(batch.net).toBe(rows[0]?.part);
  await sql`insert into insurance.subsidy_budget (id, scheme_id, year, amount, reason, set_at, set_by)
    values (${newId()}, ${schemeId}, 2027, 100000000, '示例预算', now(), 'test')`.execute(house.db);
  const purse = () => ({ ...house.official([]), scope: EVERYTHING });
  for (const act of ['verify', 'approve'] as const)
    must(await stepBatch(house.deps, purse(), { id: batch.id, do: act, reason: '' }));
  const line = await bankLine(city, diary, batch.net);
  must(await payBatch(house.deps, cashier, { id: batch.id, bankLineId: line.id }));
}
