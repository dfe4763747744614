import { readXlsx } from 'hucre';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { type Db, openDb } from '../../../kernel/db.ts';
import { type ElevatorId, newId } from '../../../kernel/ids.ts';
import { fen } from '../../../kernel/money.ts';
import type { Day } from '../../../kernel/time.ts';
import { type InsuranceHouse, openInsuranceHouse } from '../insurance.fixtures.ts';
import { claimDecided, claimPaid } from '../money/ledger.rules.ts';
import { book } from '../money/ledger.store.ts';
import { remindOfAnnex } from './annex.routes.ts';
import { countAnnex, freezeAnnex, hashOf } from './annex.service.ts';
import { annexWorkbook } from './annex.sheet.ts';
import { recordResidents } from './annex.store.ts';
import { findReport, reportsOf } from './annex-report.store.ts';
import { coverageCube } from './coverage.views.ts';
import { surveyReactions } from './survey.reactions.ts';

let house: InsuranceHouse;
let one: ElevatorId;
const of = { areaCode: '320205', kind: 'liability' as const, year: 2026 };
const count = (now = house.now, over = {}) =>
  house.deps.scoped(house.official(['320205']), (tx) =>
    countAnnex(tx, { of: { ...of, ...over }, now, leastAnswers: 10 }),
  );
const december = new Date('2026-12-10T02:00:00Z');

beforeAll(async () => {
  house = await openInsuranceHouse();
  one = await house.elevator();
  const two = await house.elevator({ inUseOn: '2005-12-11' });
  const policy = await house.issued({ elevators: [one, two] });
  await house.issued({ elevators: [await house.elevator({ district: '320206' })] });
  await pay(policy.id, one, { amount: 183_450, complete: '2026-12-05T01:00:00Z', arrived: '2026-12-06T02:30:00Z' });
  await pay(policy.id, one, { amount: 62_000, complete: '2026-12-07T01:00:00Z', arrived: '2026-12-07T03:00:00Z' });
});

type Paying = { amount: number; complete: string; arrived: string };

/** A claim of the elevator, decided and paid: what the annex reads is the books. */
async function pay(policyId: string, elevatorId: string, { amount, complete, arrived }: Paying): Promise<string> {
  const claimId = newId();
  await sql`insert into insurance.claim (id, number, policy_id, elevator_id, kind, accident_key, happened_at, reported_at, channel,
      phase, body, moments, lead_org_id, area_codes, org_ids)
    values (${claimId}, ${claimId}, ${policyId}, ${elevatorId}, 'other', ${claimId}, ${complete}, ${complete}, 'desk', 'accepted', '{}',
      ${JSON.stringify({ papers_complete: complete, paid: arrived })}, ${house.insurer}, '{320205}', ${[house.insurer]}::uuid[])`.execute(
    house.db,
  );
  const ref = { policyId, claimId };
  await house.db.transaction().execute(async (tx) => {
    const entry = { leadOrgId: house.insurer, note: '', at: new Date(arrived) };
    await book(tx, {
      ...entry,
      id: newId(),
      kind: 'claim_decided',
      postings: claimDecided(ref, 'victim', fen(amount)),
    });
    await book(tx, { ...entry, id: newId(), kind: 'claim_paid', postings: claimPaid(ref, 'victim', fen(amount)) });
  });
  return claimId;
}

test('both forms are counted from the same lines, in the district alone, with payments by the bank’s time', async () => {
  const draft = await count(december);
  expect(draft.disagreements).toEqual([]);
  expect(draft.one.find((r) => r.source === 'total')).toMatchObject({
    elevators: 2,
    useUnits: 1,
    insurers: 1,
    lowestPremium: 10_230,
    highestPremium: 12_276,
    paid: 245_450,
    satisfactionPercent: null,
  });
  expect(draft.two.find((r) => r.elevatorId === one)).toMatchObject({
    useUnit: '示例物业',
    ageYears: 8,
    residents: null,
    insurer: '示例财险甲',
    premium: 10_230,
    paid: 245_450,
    shortestPaymentHours: 2,
    longestPaymentHours: 25.5,
  });
});

test('satisfaction is what people answered, heard once each, of this insurer and year, and held back while too few did', async () => {
  const answer = async (
    satisfied: number,
    over: { surveyId?: string; insurerOrgId?: string; closedAt?: string } = {},
  ) => {
    const data = {
      surveyId: newId(),
      useOrgId: house.useUnit,
      insurerOrgId: house.insurer,
      closedAt: '2026-12-01T02:00:00.000Z',
      valid: 1,
      satisfied,
      ...over,
    };
    const event = {
      id: newId(),
      type: 'prevention.survey_counted',
      v: 1,
      occurredAt: december,
      subject: data.surveyId,
      version: 1,
      audience: { areaCodes: ['320205'], orgIds: [data.insurerOrgId] },
      data,
    };
    const whole: Db<unknown> = openDb(house.pool);
    await whole.transaction().execute(async (tx) => surveyReactions[event.type]?.(tx, event));
    return data.surveyId;
  };
  const first = await answer(1);
  for (let n = 0; n < 8; n += 1) await answer(n < 6 ? 1 : 0);
  await answer(0, { surveyId: first }); // heard again
  await answer(0, { insurerOrgId: house.other }); // of another insurer
  await answer(0, { closedAt: '2025-12-01T02:00:00.000Z' }); // of another year
  const percent = async () => (await count(december)).one.find((r) => r.source === 'total')?.satisfactionPercent;
  expect(await percent()).toBeNull(); // nine answers, ten are needed
  await answer(1);
  expect(await percent()).toBe(80); // eight of ten, though two elevators of the unit are covered
  await sql`delete from insurance.survey_answer`.execute(house.db); // the forms below are counted without answers
});

test('a cover that has not begun is not in the year; age turns on its birthday', async () => {
  expect((await count(new Date('2026-11-30T15:59:59Z'))).two).toEqual([]); // cover begins on 1 December, 00:00
  expect((await count(new Date('2026-11-30T16:00:00Z'))).two).toHaveLength(2);
  const ages = async (now: string) =>
    (await count(new Date(now))).two.map((r) => r.ageYears).sort((a, b) => Number(a) - Number(b));
  expect(await ages('2026-12-10T15:59:59Z')).toEqual([8, 20]);
  expect(await ages('2026-12-10T16:00:00Z')).toEqual([8, 21]);
  expect((await count(december, { year: 2025 })).two).toEqual([]);
});

test('a payment counts from the instant the bank says, and no longer once it came back', async () => {
  const paid = async (now: string) => (await count(new Date(now))).one.find((r) => r.source === 'total')?.paid;
  expect(await paid('2026-12-06T02:29:59Z')).toBe(0);
  expect(await paid('2026-12-06T02:30:00Z')).toBe(183_450);
  expect(await paid('2026-12-07T03:00:00Z')).toBe(245_450);
});

/** A payment as the claim's own people ordered it, paired with its entry. */
async function orderedOn(claimId: string, { complete }: { complete: string | null }): Promise<void> {
  const party = newId();
  await sql`insert into insurance.claim_party (id, claim_id, kind, name, added_at, added_by)
    values (${party}, ${claimId}, 'victim', '', now(), 't')`.execute(house.db);
  await sql`insert into insurance.claim_payment (id, claim_id, item_id, party_id, payee_kind, amount, kind, state, key, body_hash,
      proposed_at, proposed_by, ordered_at, ordered_by, complete_at, reported_at, paid_at, bank_ref, entry_id, lead_org_id, policy_id,
      area_codes, org_ids)
    select ${newId()}, c.id, 'a', ${party}, 'victim', p.amount, 'final', 'paid', ${newId()}, '', c.reported_at, 't', c.reported_at, 't',
      ${complete}::timestamptz, c.reported_at, e.at, ${claimId}, e.id, c.lead_org_id, c.policy_id, c.area_codes, c.org_ids
    from insurance.claim c join insurance.posting p on p.claim_id = c.id and p.account = 'claims_payable' and p.amount > 0
    join insurance.entry e on e.id = p.entry_id and e.kind = 'claim_paid' where c.id = ${claimId}`.execute(house.db);
}

test('a claim opened again after its payment, and an advance before the papers, count no hours backwards', async () => {
  const elevator = await house.elevator({ district: '320214' });
  const policy = await house.issued({ elevators: [elevator] });
  const of14 = async (now = december) => {
    const official = house.official(['320214']);
    const counting = { of: { ...of, areaCode: '320214' }, now, leastAnswers: 10 };
    return (await house.deps.scoped(official, (tx) => countAnnex(tx, counting))).two[0];
  };
  const again = await pay(policy.id, elevator, {
    amount: 1_000,
    complete: '2026-12-03T00:00:00Z',
    arrived: '2026-12-03T05:00:00Z',
  });
  await orderedOn(again, { complete: '2026-12-03T00:00:00Z' });
  await sql`update insurance.claim set phase = 'assessing', moments = '{"papers_complete": "2026-12-08T00:00:00Z"}'
    where id = ${again}`.execute(house.db);
  expect(await of14()).toMatchObject({
    shortestPaymentHours: 5,
    longestPaymentHours: 5,
    unpaidSince: '2026-12-08T00:00:00.000Z', // what it will still come to waits
  });
  const advance = await pay(policy.id, elevator, {
    amount: 500,
    complete: '2026-12-04T00:00:00Z',
    arrived: '2026-12-04T02:00:00Z',
  });
  await orderedOn(advance, { complete: null });
  await sql`update insurance.claim set phase = 'closed', moments = '{"papers_complete": "2026-12-06T00:00:00Z", "paid": "2026-12-04T02:00:00Z"}'
    where id = ${advance}`.execute(house.db);
  expect(await of14()).toMatchObject({ paid: 1_500, shortestPaymentHours: 2 }); // from its report: the papers came later
});

test('an elevator that is not in use by the cut-off is named and left out; one whose first day nobody wrote down has a blank age', async () => {
  const area = { areaCode: '320213' };
  const [coming, unknown] = [
    await house.elevator({ district: '320213', inUseOn: '2026-12-11' }),
    await house.elevator({ district: '320213' }),
  ];
  await house.issued({ elevators: [coming, unknown] });
  await sql`update registry.elevator set in_use_on = null where id = ${unknown}`.execute(house.db);
  const official = house.official(['320213']);
  const countedAt = (now: string) =>
    house.deps.scoped(official, (tx) =>
      countAnnex(tx, { of: { ...of, ...area }, now: new Date(now), leastAnswers: 10 }),
    );
  const covered = (on: string) =>
    house.deps.scoped(official, async (tx) => (await coverageCube(tx, { on: on as Day }, 'district')).total);
  const before = await countedAt('2026-12-10T15:59:59Z');
  expect(before.two).toMatchObject([{ elevatorId: unknown, ageYears: null }]);
  expect([before.notInUse.length, before.withoutAge.length, before.disagreements]).toEqual([1, 1, []]);
  expect(await covered('2026-12-10')).toMatchObject({ should: 1, insured: 1 }); // the coverage counts it alike
  const after = await countedAt('2026-12-10T16:00:00Z');
  expect(after.two.map((r) => r.ageYears)).toEqual(expect.arrayContaining([0, null]));
  expect(after.notInUse).toEqual([]);
  expect(await covered('2026-12-11')).toMatchObject({ should: 2, insured: 2 });
});

test('residents are printed once they are recorded with their source', async () => {
  const official = house.official(['320205']);
  const record = { elevatorId: one, residents: 120, source: '物业登记表', asOf: '2026-12-01' };
  const by = () => ({ id: newId(), actor: 'test' });
  expect(await house.deps.scoped(house.official(['320206']), (tx) => recordResidents(tx, record, by()))).toBe(false);
  expect(await house.deps.scoped(official, (tx) => recordResidents(tx, record, by()))).toBe(true);
  expect((await count(december)).two.find((r) => r.elevatorId === one)?.residents).toBe(120);
});

test('what is handed in stays; a correction has a number, a reason and the hash of the one before', async () => {
  house.setNow(december);
  const official = house.official(['320205']);
  const freeze = (over = {}) =>
    freezeAnnex(house.deps, official, { ...of, reporter: '示例区市场监管局', reason: '', leastAnswers: 10, ...over });
  expect(await freeze({ year: 2027 })).toMatchObject({ refusal: { code: 'insurance.annex_year' } });
  expect(await freeze({ areaCode: '320206' })).toMatchObject({ refusal: { code: 'insurance.annex_area' } });
  const first = await freeze();
  if (!first.ok) throw new Error(first.refusal.code);
  expect(first.value).toMatchObject({ no: 0, previous: null });
  expect(first.value.hash).toBe(hashOf(first.value.content));
  expect(await freeze()).toMatchObject({ refusal: { code: 'insurance.annex_reason_missing' } });
  expect(await freeze({ reason: '再报一次' })).toMatchObject({ refusal: { code: 'insurance.annex_unchanged' } });
  await house.deps.scoped(official, (tx) =>
    recordResidents(
      tx,
      { elevatorId: one, residents: 90, source: '更正', asOf: '2026-12-02' },
      { id: newId(), actor: 't' },
    ),
  );
  const second = await freeze({ reason: '更正服务居民人数' });
  expect(second).toMatchObject({ ok: true, value: { no: 1, previous: first.value.hash } });
  const kept = await house.deps.scoped(official, (tx) => findReport(tx, first.value.id));
  expect(kept && hashOf(kept.content)).toBe(first.value.hash);
  await expect(sql`update insurance.annex_report set reason = 'x'`.execute(house.db)).rejects.toThrow();
  const foreign = house.official(['320206']);
  expect(await house.deps.scoped(foreign, (tx) => reportsOf(tx, of))).toEqual([]);
});

test('the export has the forms’ own columns; a blank stays a blank', async () => {
  const [report] = await reportsOf(house.db, of);
  if (!report) throw new Error('the report was handed in');
  const read = await readXlsx(
    await annexWorkbook(report, { city: '示例市', contact: '示例人', phone: '010-00000000' }),
  );
  const rows = read.sheets[0]?.rows ?? [];
  expect(rows[0]?.[0]).toBe('附件 1');
  expect(rows[1]?.[0]).toBe('示例市电梯安全责任保险试点推进表');
  expect(rows[2]?.[0]).toBe('填报单位：示例区市场监管局');
  expect(rows[3]).toEqual(
    expect.arrayContaining(['保费来源', '试点电梯（台）', '年度理赔金额（万元）', '群众满意度（%）']),
  );
  expect(rows.find((r) => r[0] === '合计')?.slice(0, 7)).toEqual(['合计', 2, 1, 1, 102.3, 122.76, 0.25]);
  expect(rows.find((r) => r[0] === '合计')?.[7] ?? null).toBeNull();
  expect(rows.find((r) => r[0] === '捐赠')?.[4] ?? null).toBeNull();
  const list = read.sheets[1]?.rows ?? [];
  expect(list.slice(0, 3).map((r) => r[0])).toEqual(['附件 2', '示例市电梯安全责任保险试点明细表', '使用单位']);
  expect(list[2]).toEqual([
    '使用单位',
    '电梯编号',
    '梯龄（年）',
    '服务居民人数（人/台）',
    '保险机构',
    '单台保费（元/年）',
    '年度理赔金额（万元）',
    '费用最短支付时间（小时）',
    '费用最长支付时间（小时）',
  ]);
  expect(list).toHaveLength(3 + 2 + 1);
  const contact = rows.findIndex((r) => r[0] === '联系人：示例人');
  expect(rows[contact - 1]?.[0]).toBe('合计'); // directly under the table, as in the notice
});

test('districts that owe the year’s report are reminded from two weeks before, once a day', async () => {
  await sql`update insurance.policy set kind = 'comprehensive'`.execute(house.db);
  const annex = { dueOn: '12-20', remindDays: 14 };
  const districts = ['320205', '320206', '320211'];
  const remind = (at: string) => remindOfAnnex({ db: house.db, now: () => new Date(at), annex, districts });
  expect(await remind('2026-12-05T15:59:59Z')).toEqual([]);
  expect(await remind('2026-12-05T16:00:00Z')).toEqual(['320205', '320206']);
  await remind('2026-12-06T01:00:00Z');
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from kernel.notification where code = 'insurance.notify.annex_due'`.execute(house.db);
  expect(rows[0]?.n).toBe(2);
  expect(await remind('2026-12-21T01:00:00Z')).toEqual(['320205', '320206']);
  const from = '2026-01-01' as Day;
  await sql`insert into insurance.annex_report (id, area_code, kind, year, no, from_on, until_at, frozen_at, frozen_by, reporter, content, hash, area_codes, org_ids)
    values (${newId()}, '320206', 'comprehensive', 2026, 0, ${from}, now(), now(), 't', 't', '{}', repeat('0', 64), '{320206}', '{}')`.execute(
    house.db,
  );
  expect(await remind('2026-12-22T01:00:00Z')).toEqual(['320205']);
});
