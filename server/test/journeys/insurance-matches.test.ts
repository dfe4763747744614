import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '../../kernel/ids.ts';
import { openPolicyHouse, type PolicyHouse, text } from './insurance.fixtures.ts';

/** A city's renewals are paid: one statement of hundreds of lines, matched to what is owed in one act. */
let house: PolicyHouse;
beforeAll(async () => {
  house = await openPolicyHouse(new Date('2026-11-20T10:00:00+08:00'));
  house.machine('core', house.insurer, ['role:cashier']);
  house.person('cashier2', house.viewer(house.insurer, 'cashier'));
  await sql`insert into insurance.premium_account (id, insurer_org_id, bank, holder, number, recorded_at, recorded_by, confirmed_at,
      confirmed_by, org_ids)
    values (${newId()}, ${house.insurer}, '示例银行', '示例财险甲', '0000 1111', now(), 'one', now(), 'two', ${[house.insurer]}::uuid[])`.execute(
    house.db,
  );
});

const HEAD = '流水号,交易时间,金额,对方户名,摘要';
const row = (amount: string, remark: string, at = '2026-11-18 10:00:00') =>
  [newId(), at, amount, '示例物业一号公司', remark].join(',');
const bring = (rows: readonly string[]) =>
  house.roster([HEAD, ...rows].join('\n'), '', { as: 'cashier', path: '/bank-statements?account=****1234' });
const many = <T>(n: number, make: (i: number) => Promise<T>) =>
  Array.from({ length: n }).reduce<Promise<T[]>>(
    async (all, _, i) => [...(await all), await make(i)],
    Promise.resolve([]),
  );
const list = async (clear: boolean, after = '') =>
  (await house.ask('GET', `/bank-matches?clear=${clear}&limit=150&after=${after}`, { as: 'cashier' })).body;
const press = (as: string, key = '') => house.ask('POST', '/bank-matches', { as, key, payload: {} });
const entries = async () =>
  (
    await sql<{ n: number }>`select count(*)::int as n from insurance.entry where kind = 'suspense_allocated'`.execute(
      house.db,
    )
  ).rows[0]?.n;
const items = z.array(z.looseObject({ lineId: z.string(), reason: z.string().nullable() }));

test('hundreds of lines: what is clear is allocated once, by whoever presses; the rest stays with its reason', async () => {
  const whole = await many(160, (i) => house.bound(i % 2 ? {} : { number: `示例ZR${2026000000 + i}` }));
  const apart = await many(20, () => house.bound());
  for (const { id } of apart)
    expect(await house.ask('POST', `/policies/${id}/pay-notices`, { as: 'underwriter' })).toMatchObject({
      status: 201,
    });
  const foreign = await house.bound();
  await sql`update insurance.policy set lead_org_id = ${house.other} where id = ${foreign.id}`.execute(house.db);
  const [twice, short, wholly] = [await house.bound(), await house.bound(), await house.bound()];
  const rows = [
    ...whole.map((p) => row('55.80', `缴${p.number}保费`)),
    ...apart.flatMap((p) => [1, 2].map((no) => row('27.90', `${p.number}-${no}`))),
    row('55.80', wholly.number, '2026-11-17 09:00:00'),
    row('55.80', wholly.number, '2026-11-19 09:00:00'), // the same again
    row('55.79', short.number),
    row('111.60', `${twice.number}、${short.number}`),
    row('55.80', '电梯保险费'),
    row('55.80', foreign.number),
    row('-55.80', twice.number), // money out is nobody's premium
  ];
  expect(await bring(rows)).toMatchObject({ status: 201, body: { taken: 207, faults: [] } });

  const before = await list(true);
  expect(before).toMatchObject({
    clear: { count: 201, sum: 161 * 5_580 + 40 * 2_790 },
    unclear: { count: 5 },
    reasons: [
      { reason: 'number_unknown', count: 1 },
      { reason: 'names_two', count: 1 },
      { reason: 'other_insurer', count: 1 },
      { reason: 'already_paid', count: 1 },
      { reason: 'amount_short', count: 1 },
    ],
  });
  const pages = [before, await list(true, text(before['next']))].map((page) => items.parse(page['items']));
  expect(pages.map((page) => page.length)).toEqual([150, 51]);
  expect(new Set(pages.flat().map((i) => i.lineId)).size).toBe(201);
  expect(await entries()).toBe(0); // looking books nothing

  expect(await press('underwriter')).toMatchObject({ status: 403 });
  expect(await press('third_cashier')).toMatchObject({ status: 200, body: { allocated: 0, unclear: 0 } });
  const answers = await Promise.all([
    press('cashier', 'match-000001'),
    press('cashier2'),
    press('core', 'match-000002'),
  ]);
  expect(answers.map((a) => a.status)).toEqual([200, 200, 200]);
  expect(answers.map((a) => Number(a.body['allocated'])).toSorted((a, b) => a - b)).toEqual([0, 0, 201]);
  expect(answers.every((a) => a.body['unclear'] === 5 && a.body['left'] === 0)).toBe(true);
  expect(await press('cashier', 'match-000001')).toEqual(answers[0]);
  expect(await entries()).toBe(201);

  const after = await list(false);
  expect(after).toMatchObject({ clear: { count: 0, sum: 0 }, next: null });
  expect(items.parse(after['items']).find((i) => i.reason === 'amount_short')).toMatchObject({
    numbers: [short.number],
    open: 5_580,
    difference: 1,
  });
  const { rows: sums } = await sql<{ all: number; over: number }>`select sum(amount)::bigint as all,
      (select count(*) from (select from insurance.posting where account = 'premium_receivable'
        group by policy_id, party having -sum(amount) > 2790) o)::int as over from insurance.posting`.execute(house.db);
  expect(sums).toEqual([{ all: 0, over: 0 }]);
  const issued = await house.ask('POST', '/policies/issue', { as: 'underwriter', payload: {} });
  expect(issued.body).toMatchObject({ issued: 181, left: 0 });
});

test('an allocation made this way is undone like any other, and is clear again', async () => {
  const policy = await house.bound();
  await bring([row('55.80', policy.number)]);
  const done = await press('core');
  const [made] = z.array(z.looseObject({ entryId: z.string() })).parse(done.body['items']);
  expect(made).toMatchObject({ policyId: policy.id, amount: 5_580 });
  expect(await house.ask('POST', `/entries/${text(made?.entryId)}/reversal`, { as: 'cashier' })).toMatchObject({
    status: 201,
    body: { left: 5_580 },
  });
  expect(await list(true)).toMatchObject({ clear: { count: 1, sum: 5_580 } });
});
