import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Db } from '../../../kernel/db.ts';
import { type ElevatorId, newId, type OrgId } from '../../../kernel/ids.ts';
import { fen, sum } from '../../../kernel/money.ts';
import { plainOf } from '../../../kernel/packs.ts';
import { NOTHING, scopedOn, type Viewer } from '../../../kernel/scope.ts';
import type { Day } from '../../../kernel/time.ts';
import { testDb } from '../../../test/db.ts';
import type { InsuranceDeps } from '../deps.ts';
import { accountBalances } from '../money/ledger.store.ts';
import { insurancePack } from '../pack.ts';
import { fileSchemes } from '../product/scheme.store.ts';
import type { InsuranceTables } from '../tables.ts';
import { bind } from './bind.service.ts';
import { issue } from './issue.service.ts';
import { quoteLines } from './line.views.ts';
import { type BankLine, receive } from './policy.service.ts';
import { quote } from './quote.service.ts';

const now = new Date('2026-11-20T02:00:00Z');
const from = '2026-12-01' as Day;
const [useUnit, maintenance, stranger] = [newId(), newId(), newId()] as [OrgId, OrgId, OrgId];
let db: Db<InsuranceTables>;
let deps: InsuranceDeps;
let productId: string;
let elevators: ElevatorId[];

const read = (name: string): unknown => JSON.parse(readFileSync(`packs/${name}/insurance.json`, 'utf8'));

/** The default city's scheme as if it were on file: the pack itself names no filing number. */
const filed = () => {
  const text = JSON.stringify(Object.assign({}, read('000000-national'), read('320200-wuxi')));
  return plainOf(insurancePack.parse(JSON.parse(text.replaceAll('"filingNo":""', '"filingNo":"测试备案1号"'))));
};

const viewer = (org: OrgId): Viewer => ({
  accountId: newId() as Viewer['accountId'],
  personId: null,
  orgId: org,
  role: 'use_unit_head',
  displayName: '',
  scope: { ...NOTHING, orgs: [org] },
  grants: [],
});

/** An elevator of the use unit, with what the test says otherwise. */
async function elevator(
  over: { next_inspection_on?: string | null; in_use_on?: string; use_org_id?: OrgId | null } = {},
): Promise<ElevatorId> {
  const id = newId() as ElevatorId;
  const row = { next_inspection_on: '2027-05-31', in_use_on: '2018-05-20', use_org_id: useUnit, ...over };
  await sql`insert into registry.elevator (id, kind, variety, state, state_at, source, use_org_id, maintenance_org_id, place_class,
      in_use_on, next_inspection_on, district_code, area_codes, org_ids)
    values (${id}, 'lift', 'traction_passenger', 'in_use', ${now}, 'test', ${row.use_org_id}, ${maintenance}, 'residence',
      ${row.in_use_on}, ${row.next_inspection_on}, '320205', '{320205}', ${[useUnit, maintenance]}::uuid[])`.execute(
    db,
  );
  return id;
}

beforeAll(async () => {
  ({ db } = await testDb<InsuranceTables>());
  deps = {
    db,
    scoped: scopedOn(db),
    now: () => now,
    newId,
    sharesCommission: true,
    subsidisedPayers: () => ['inspection'],
  };
  await db.transaction().execute((tx) => fileSchemes(tx, filed(), newId));
  productId = (await db.selectFrom('insurance.product').select('id').executeTakeFirstOrThrow()).id;
  elevators = [
    await elevator(),
    await elevator({ in_use_on: '2005-01-01' }),
    await elevator({ next_inspection_on: '2026-11-30' }),
  ];
  await sql`insert into insurance.evidence (id, subject_kind, subject_id, kind, key, source, as_of_on, recorded_by, area_codes, org_ids)
    values (${newId()}, 'org', ${maintenance}, 'stars', '2', '星级通报一', '2026-07-01', 'test', '{}', '{}')`.execute(
    db,
  );
});

const ask = (over: Partial<Parameters<typeof quote>[2]> = {}, who: OrgId = useUnit) =>
  quote(deps, viewer(who), { productId, holderOrgId: useUnit, leadOrgId: null, elevatorIds: null, from, ...over });

test('every elevator of a use unit is rated with its working; the uninspected one says why not, and costs the others nothing', async () => {
  const done = await ask();
  expect(done).toMatchObject({ ok: true, value: { elevators: 2, refused: 1, total: 10_230 + 12_276 } });
  if (!done.ok) return;
  const { items: lines } = await quoteLines(db, done.value.quoteId, { limit: 10 });
  expect(sum(lines.map((l) => fen(l.total)))).toBe(done.value.total);
  expect(lines.find((l) => l.elevatorId === elevators[0])).toMatchObject({
    total: 10_230,
    base: 9_300,
    parts: [
      { payer: 'owner', amount: 2_790 },
      { payer: 'maintenance', amount: 2_790 },
      { payer: 'inspection', amount: 4_650 },
    ],
    working: expect.arrayContaining([
      expect.objectContaining({ factorId: 'stars', factor: '1.10', source: '星级通报一', on: '2026-07-01' }),
    ]),
  });
  expect(lines.find((l) => l.elevatorId === elevators[2])?.refusal).toMatchObject({ code: 'insurance.not_inspected' });
});

test('who has nothing to do with these elevators gets no quote for them', async () => {
  expect(await ask({}, stranger)).toEqual({ ok: false, refusal: { code: 'insurance.nothing_to_insure' } });
  expect(await ask({ elevatorIds: elevators }, stranger)).toMatchObject({ ok: false });
});

test('cover begins with a day that has not begun', async () => {
  expect(await ask({ from: '2026-11-20' as Day })).toEqual({
    ok: false,
    refusal: { code: 'insurance.starts_in_the_past', earliest: '2026-11-21' },
  });
});

test('a filed text that a quote used does not change any more', async () => {
  await ask();
  await expect(
    sql`update insurance.tariff set body = jsonb_set(body, '{bases,lift}', '1')`.execute(db),
  ).rejects.toThrow(/file a new version/);
});

test('a product without a filing number is not quoted', async () => {
  await db.transaction().execute((tx) =>
    fileSchemes(
      tx,
      {
        ...filed(),
        schemes: filed().schemes.map((s) => ({
          ...s,
          code: 'draft',
          products: s.products.map((p) => ({ ...p, tariff: { ...p.tariff, filingNo: '' } })),
        })),
      },
      newId,
    ),
  );
  const draft = await db
    .selectFrom('insurance.product as p')
    .innerJoin('insurance.scheme as s', 's.id', 'p.scheme_id')
    .select('p.id')
    .where('s.code', '=', 'draft')
    .executeTakeFirstOrThrow();
  expect(await ask({ productId: draft.id })).toMatchObject({ refusal: { code: 'insurance.not_filed' } });
});

const insurer = newId() as OrgId;
const bound = async (): Promise<string> => {
  const quoted = await ask({ elevatorIds: [await elevator()], leadOrgId: insurer });
  if (!quoted.ok) throw new Error(quoted.refusal.code);
  const done = await bind(deps, viewer(useUnit), {
    quoteId: quoted.value.quoteId,
    number: `P-${newId()}`,
    leadOrgId: insurer,
    doubleCoverDisclosed: false,
  });
  if (!done.ok) throw new Error(done.refusal.code);
  return done.value.policyId;
};
const money = (policyId: string, parts: Record<string, number>, over: Partial<BankLine> = {}): BankLine => ({
  leadOrgId: insurer,
  account: '****1234',
  bankRef: newId(),
  at: new Date('2026-11-20T01:30:00Z'),
  amount: fen(Object.values(parts).reduce((a, b) => a + b, 0)),
  counterparty: '',
  proof: null,
  byHand: false,
  allocations: Object.entries(parts).map(([payer, amount]) => ({ policyId, payer, amount: fen(amount) })),
  ...over,
});

test('a policy waits for its money, is issued once it is there, and the books balance', async () => {
  const policyId = await bound();
  const cashier = viewer(insurer);
  expect(await issue(deps, cashier, policyId)).toMatchObject({
    refusal: { code: 'insurance.cash_missing', due: 5_580 },
  });
  const line = money(policyId, { owner: 2_790, maintenance: 2_790 });
  expect(await receive(deps, cashier, line)).toMatchObject({ ok: true, value: { suspense: 0 } });
  expect(await receive(deps, cashier, line)).toMatchObject({ refusal: { code: 'insurance.bank_line_known' } });
  expect(await issue(deps, cashier, policyId)).toMatchObject({ ok: true });
  expect(await issue(deps, cashier, policyId)).toMatchObject({
    refusal: { code: 'insurance.policy_state', state: 'issued' },
  });
  const left = await accountBalances(db);
  expect(sum(left.map((b) => b.amount))).toBe(0);
  expect(left.find((b) => b.account === 'premium_receivable')?.amount).toBe(4_650); // the public purse's part
});

test('a part that nobody owes stays out of the books, and nothing changes', async () => {
  const policyId = await bound();
  const before = await accountBalances(db);
  expect(await receive(deps, viewer(insurer), money(policyId, { owner: 2_791 }))).toMatchObject({
    refusal: { code: 'insurance.payer_overpaid' },
  });
  expect(await receive(deps, viewer(insurer), money(policyId, { owner: 1 }, { byHand: true }))).toMatchObject({
    refusal: { code: 'insurance.proof_missing' },
  });
  expect(await accountBalances(db)).toEqual(before);
});

test('money of a payer who pays too much waits in suspense', async () => {
  const policyId = await bound();
  const done = await receive(deps, viewer(insurer), money(policyId, { owner: 2_790 }, { amount: fen(3_000) }));
  expect(done).toMatchObject({ ok: true, value: { suspense: 210 } });
});

test('a quote is bound once, its number used once, and double cover must be disclosed', async () => {
  const target = await elevator();
  const [one, two] = [await ask({ elevatorIds: [target] }), await ask({ elevatorIds: [target] })];
  if (!one.ok || !two.ok) throw new Error('both quotes stand');
  const binding = { number: `N-${newId()}`, leadOrgId: insurer, doubleCoverDisclosed: false };
  const who = viewer(useUnit);
  expect(await bind(deps, who, { ...binding, quoteId: one.value.quoteId })).toMatchObject({ ok: true });
  expect(await bind(deps, who, { ...binding, quoteId: one.value.quoteId })).toMatchObject({
    refusal: { code: 'insurance.quote_not_offered' },
  });
  expect(await bind(deps, who, { ...binding, quoteId: two.value.quoteId })).toMatchObject({
    refusal: { code: 'insurance.double_cover', elevators: 1 },
  });
  expect(await bind(deps, who, { ...binding, quoteId: two.value.quoteId, doubleCoverDisclosed: true })).toMatchObject({
    refusal: { code: 'insurance.number_taken' },
  });
  expect(
    await bind(deps, who, {
      ...binding,
      number: `N-${newId()}`,
      quoteId: two.value.quoteId,
      doubleCoverDisclosed: true,
    }),
  ).toMatchObject({ ok: true });
});

test('another insurer sees neither the policy nor the books', async () => {
  const policyId = await bound();
  expect(await issue(deps, viewer(stranger), policyId)).toMatchObject({
    refusal: { code: 'insurance.policy_not_found' },
  });
  const seen = await deps.scoped(viewer(stranger), (tx) => accountBalances(tx));
  expect(seen).toEqual([]);
});

test('the books are append only, and an entry that does not balance does not exist', async () => {
  await expect(sql`update insurance.posting set amount = 1`.execute(db)).rejects.toThrow(/append only/);
  const entry = newId();
  await expect(
    db.transaction().execute(async (tx) => {
      await sql`insert into insurance.entry (id, kind, at, lead_org_id, area_codes, org_ids) values (${entry}, 'x', now(), ${insurer}, '{}', '{}')`.execute(
        tx,
      );
      await sql`insert into insurance.posting (entry_id, line, account, amount) values (${entry}, 0, 'bank', 5)`.execute(
        tx,
      );
    }),
  ).rejects.toThrow(/does not balance/);
});
