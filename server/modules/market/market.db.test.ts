import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { type AccountId, newId, type OrgId } from '../../kernel/ids.ts';
import { keysForTest } from '../../kernel/keys.ts';
import { plainOf } from '../../kernel/packs.ts';
import { invariant } from '../../kernel/result.ts';
import { EVERYTHING, NOTHING, scopedOn, type Viewer } from '../../kernel/scope.ts';
import { secretData } from '../../kernel/secret-data.ts';
import { testDb } from '../../test/db.ts';
import { answerComplaint, complain } from './complaint.service.ts';
import { fairMarket, listComplaints } from './complaint.views.ts';
import type { MarketDeps } from './deps.ts';
import { marketPack } from './pack.ts';
import { closeRunning, finishItem, openProgramme } from './programme.service.ts';
import { listProgrammes } from './programme.views.ts';
import { recordFact, recordPlacement, registerSeller, unmaskSeller } from './seller.service.ts';
import { listSellers } from './seller.views.ts';
import type { MarketTables } from './tables.ts';
import { decideTie, runTies } from './tie.service.ts';
import { listTies } from './tie.views.ts';

let deps: MarketDeps;
let insurer: OrgId;
let rival: OrgId;
let unit: OrgId;
let other: OrgId;
const secret = secretData(keysForTest(), 'aes');
const viewerOf = (role: string, over: Partial<Viewer> = {}): Viewer => ({
  accountId: newId() as AccountId,
  personId: null,
  orgId: null,
  role,
  displayName: role,
  scope: NOTHING,
  grants: [],
  ...over,
});
const own = (role: string, orgId: OrgId) => viewerOf(role, { orgId, scope: { ...NOTHING, orgs: [orgId] } });
const city = () => viewerOf('city_regulator', { scope: EVERYTHING });

async function addOrg(name: string, kind: string): Promise<OrgId> {
  const id = newId() as OrgId;
  await sql`insert into identity.org (id, name, name_key, kinds, area_codes, org_ids)
    values (${id}, ${name}, ${name}, ${[kind]}, '{320205}', ${[id]}::uuid[])`.execute(deps.db);
  return id;
}

/** A customer of one elevator that a unit maintains, insured by the first insurer. */
async function addPolicy(maintainer: OrgId): Promise<string> {
  const [elevator, policy, holder] = [newId(), newId(), await addOrg(`示例物业${newId()}`, 'property_company')];
  await sql`insert into registry.elevator (id, kind, variety, state, state_at, source, address, district_code, use_org_id,
      maintenance_org_id, area_codes, org_ids)
    values (${elevator}, 'lift', 'traction_passenger', 'in_use', now(), 'test', '示例路', '320205', ${holder}, ${maintainer},
      '{320205}', ${[holder, maintainer]}::uuid[])`.execute(deps.db);
  const parties = [insurer, holder];
  await sql`insert into insurance.policy (id, number, lead_org_id, holder_org_id, insured_org_id, kind, from_on, to_on, state,
      issued_at, premium, area_codes, org_ids)
    values (${policy}, ${policy}, ${insurer}, ${holder}, ${holder}, 'liability', '2026-07-01', '2027-06-30', 'issued', now(),
      10000, '{320205}', ${parties}::uuid[])`.execute(deps.db);
  await sql`insert into insurance.policy_line (id, policy_id, elevator_id, from_on, to_on, premium, annual, parts, area_codes, org_ids)
    values (${newId()}, ${policy}, ${elevator}, '2026-07-01', '2027-06-30', 1, 1, '[]', '{320205}', ${parties}::uuid[])`.execute(
    deps.db,
  );
  return policy;
}

beforeAll(async () => {
  const { db } = await testDb<MarketTables>();
  const settings = plainOf(marketPack.parse(JSON.parse(readFileSync('packs/000000-national/market.json', 'utf8'))));
  const calendar = { holidays: new Set<never>(), workdays: new Set<never>() };
  const now = () => new Date('2026-11-20T02:00:00Z');
  deps = { db, scoped: scopedOn(db), now, newId, secret, calendar, settings };
  insurer = await addOrg('示例财险一', 'insurer');
  rival = await addOrg('示例财险二', 'insurer');
  unit = await addOrg('示例维保一', 'maintenance_unit');
  other = await addOrg('示例维保二', 'maintenance_unit');
});

const seller = (over: object = {}) => ({
  name: '示例甲',
  phone: '10000000001',
  account: '6222000000001234',
  licenceNo: `ZY-${newId()}`,
  fromOn: '2026-01-01',
  areas: ['320205'],
  ...over,
});

test('the register keeps a person once, masked, and nothing of him in plain', async () => {
  const me = own('underwriter', insurer);
  const first = seller();
  const done = await registerSeller(deps, me, first);
  invariant(done.ok, 'a new licence is registered');
  expect(await registerSeller(deps, me, first)).toMatchObject({ refusal: { code: 'market.seller_known' } });
  const { items } = await deps.scoped(me, (tx) => listSellers(tx, deps, { limit: 10 }));
  expect(items).toMatchObject([{ name: '示**', phone: '100****0001', accountTail: '1234' }]);
  const { rows } = await sql<{ text: string }>`select t::text as text from market.salesperson t`.execute(deps.db);
  for (const plain of ['示例甲', '10000000001', '6222000000001234']) expect(rows[0]?.text).not.toContain(plain);
  const rivals = await deps.scoped(own('underwriter', rival), (tx) => listSellers(tx, deps, { limit: 10 }));
  expect(rivals.items).toEqual([]);
  const id = done.value.salespersonId;
  expect(await unmaskSeller(deps, city(), { id, reason: '核查线索' })).toEqual({
    ok: true,
    value: { name: '示例甲', phone: '10000000001' },
  });
  const kept = await sql<{
    n: number;
  }>`select count(*)::int as n from kernel.audit where action = 'unmask' and row_id = ${id}`.execute(deps.db);
  expect(kept.rows[0]?.n).toBe(1);
});

test('a policy is placed by one person, of its own insurer, while he sells', async () => {
  const me = own('underwriter', insurer);
  const [a, b] = [await registerSeller(deps, me, seller()), await registerSeller(deps, me, seller())];
  invariant(a.ok && b.ok, 'two sellers');
  const policyId = await addPolicy(other);
  const placed = { salespersonId: a.value.salespersonId, policyId, on: '2026-06-20' };
  const done = await recordPlacement(deps, me, placed);
  expect(done.ok).toBe(true);
  expect(await recordPlacement(deps, me, placed)).toEqual(done);
  expect(await recordPlacement(deps, me, { ...placed, salespersonId: b.value.salespersonId })).toMatchObject({
    refusal: { code: 'market.placement_known' },
  });
  expect(
    await recordPlacement(deps, me, { ...placed, policyId: await addPolicy(other), on: '2025-12-31' }),
  ).toMatchObject({
    refusal: { code: 'market.placement_before' },
  });
  expect(await recordPlacement(deps, own('underwriter', rival), placed)).toMatchObject({
    refusal: { code: 'market.policy_not_found' },
  });
});

test('a seller whose account is the unit’s, who is on its staff and holds its shares, comes first, explained', async () => {
  const me = own('underwriter', insurer);
  const done = await registerSeller(
    deps,
    me,
    seller({ name: '示例乙', phone: '10000000077', account: '6222000000007777' }),
  );
  invariant(done.ok, 'registered');
  const salespersonId = done.value.salespersonId;
  await sql`insert into identity.person (id, org_id, name, name_key, phone, phone_key, area_codes, org_ids)
    values (${newId()}, ${unit}, 'x', ${secret.lookup('identity.person.name', '示例乙')}, 'x',
      ${secret.lookup('identity.person.phone', '10000000077')}, '{320205}', ${[unit]}::uuid[])`.execute(deps.db);
  for (let i = 0; i < 6; i += 1)
    await recordPlacement(deps, me, {
      salespersonId,
      policyId: await addPolicy(i < 5 ? unit : other),
      on: '2026-06-20',
    });
  for (let i = 0; i < 60; i += 1) await addPolicy(other);
  const about = { orgId: unit, source: '企业信用信息公示', on: '2026-11-01' };
  expect((await recordFact(deps, city(), { ...about, kind: 'account', account: '6222000000007777' })).ok).toBe(true);
  expect((await recordFact(deps, city(), { ...about, kind: 'shareholding', salespersonId, shareBp: 1_000 })).ok).toBe(
    true,
  );
  expect(
    await recordFact(deps, city(), { ...about, orgId: insurer, kind: 'account', account: '6222000000007777' }),
  ).toMatchObject({
    refusal: { code: 'market.unit_not_found' },
  });
  expect(await runTies(deps, 'test')).toMatchObject({ fresh: 1 });
  const { items } = await deps.scoped(city(), (tx) => listTies(tx, deps, { limit: 10 }));
  expect(items[0]).toMatchObject({ unit: '示例维保一', insurer: '示例财险一', salesperson: '示**', state: 'open' });
  expect(items[0]?.motifs.map((m) => m.kind).toSorted()).toEqual([
    'account',
    'name',
    'phone',
    'referral',
    'shareholding',
  ]);
  const hidden = await deps.scoped(own('underwriter', insurer), (tx) => listTies(tx, deps, { limit: 10 }));
  expect(hidden.items).toEqual([]);
});

test('an official decides with a reason; a second run keeps it decided', async () => {
  const me = city();
  const list = () => deps.scoped(me, (tx) => listTies(tx, deps, { limit: 10 }));
  const tie = (await list()).items[0];
  invariant(tie, 'found by the test before');
  const said = { id: tie.id, version: tie.version, state: 'confirmed' as const, reason: '持股属实，已移交' };
  expect(await decideTie(deps, me, said)).toMatchObject({ ok: true, value: { state: 'confirmed' } });
  expect(await decideTie(deps, me, said)).toMatchObject({ refusal: { code: 'market.changed_meanwhile' } });
  expect(await runTies(deps, 'test')).toMatchObject({ fresh: 0, risen: 0 });
  expect((await list()).items).toEqual([]);
});

test('a complaint runs against its clock, is seen by its author and the offices, and not by whom it names', async () => {
  const author = own('use_unit_head', other);
  const said = { topic: 'designation', aboutOrgId: insurer, areas: ['320205'], text: '被要求只能选一家' };
  const done = await complain(deps, author, said);
  expect(done).toMatchObject({ ok: true, value: { dueOn: '2026-12-04' } }); // ten working days after Friday the 20th
  expect(await complain(deps, author, { ...said, topic: 'weather' })).toMatchObject({
    refusal: { code: 'market.complaint_topic' },
  });
  const read = (v: Viewer) => deps.scoped(v, (tx) => listComplaints(tx, { limit: 10 }, '2026-11-20'));
  expect((await read(author)).items).toHaveLength(1);
  expect((await read(own('handler', insurer))).items).toEqual([]);
  const district = viewerOf('district_regulator', { scope: { ...NOTHING, areas: ['320205'] } });
  const [seen] = (await read(district)).items;
  invariant(seen, 'the district sees it');
  const answer = { id: seen.id, version: 0, outcome: 'founded' as const, answer: '已责令改正' };
  expect((await answerComplaint(deps, district, answer)).ok).toBe(true);
  expect(await answerComplaint(deps, district, answer)).toMatchObject({
    refusal: { code: 'market.complaint_answered' },
  });
  expect((await fairMarket(deps)).complaints).toEqual({ received: 1, answered: 1, founded: 1 });
});

test('an owner without an organisation sees the complaint he made', async () => {
  const owner = viewerOf('owner');
  expect((await complain(deps, owner, { topic: 'forced', aboutOrgId: null, areas: [], text: '强制搭售' })).ok).toBe(
    true,
  );
  expect((await deps.scoped(owner, (tx) => listComplaints(tx, { limit: 10 }, '2026-11-20'))).items).toHaveLength(1);
  expect((await deps.scoped(viewerOf('owner'), (tx) => listComplaints(tx, { limit: 10 }, '2026-11-20'))).items).toEqual(
    [],
  );
});

test('a programme runs its pilot, closes it with what was learned and its figures, and goes on', async () => {
  const me = viewerOf('district_regulator', { scope: { ...NOTHING, areas: ['320205'] } });
  const plan = {
    name: '示例区试点',
    kind: 'liability' as const,
    areaCode: '320205',
    marks: [],
    aim: '',
    phases: [
      { phase: 'pilot' as const, from: '2026-01-01', to: '2026-12-31', targetBp: 2_000 },
      { phase: 'rollout' as const, from: '2027-01-01', to: '2027-12-31', targetBp: 6_000 },
      { phase: 'routine' as const, from: '2028-01-01', to: '2028-12-31', targetBp: 9_500 },
    ],
  };
  expect(await openProgramme(deps, me, { ...plan, areaCode: '320213' })).toMatchObject({
    refusal: { code: 'market.programme_area' },
  });
  expect((await openProgramme(deps, me, plan)).ok).toBe(true);
  const read = () => deps.scoped(me, (tx) => listProgrammes(tx, '2026-11-20'));
  const [programme] = await read();
  const pilot = programme?.phases[0];
  invariant(programme && pilot, 'it was just opened');
  expect(programme.inScope).toBeGreaterThan(60);
  expect(programme.insured).toBe(programme.inScope);
  const close = { id: pilot.id, version: pilot.version, evaluation: '达标', lessons: '先培训后签单' };
  expect(await closeRunning(deps, me, close)).toMatchObject({ refusal: { code: 'market.items_open', open: 7 } });
  for (const item of pilot.items)
    expect((await finishItem(deps, me, { id: item.id, version: 0, on: '2026-03-01', note: '已完成' })).ok).toBe(true);
  expect((await closeRunning(deps, me, close)).ok).toBe(true);
  const [after] = await read();
  expect(after?.phases.map((p) => p.state)).toEqual(['closed', 'running', 'planned']);
  expect(after?.phases[0]?.figures).toEqual({
    inScope: programme.inScope,
    insured: programme.insured,
    coverageBp: 10_000,
  });
  expect(
    await finishItem(deps, me, { id: pilot.items[0]?.id ?? '', version: 1, on: '2026-03-01', note: '改' }),
  ).toMatchObject({
    refusal: { code: 'market.phase_state' },
  });
});
