import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Db, openDb } from '../../kernel/db.ts';
import { newId, type OrgId } from '../../kernel/ids.ts';
import { keysForTest } from '../../kernel/keys.ts';
import { plainOf } from '../../kernel/packs.ts';
import { EVERYTHING, NOTHING, scopedOn, type Viewer } from '../../kernel/scope.ts';
import { secretData } from '../../kernel/secret-data.ts';
import type { MarketDeps } from '../../modules/market/deps.ts';
import { marketModuleOn, marketPack } from '../../modules/market/index.ts';
import type { MarketTables } from '../../modules/market/tables.ts';
import { addElevator, addOrg, addPolicy, viewerIn } from '../../modules/prevention/prevention.fixtures.ts';
import type { PreventionTables } from '../../modules/prevention/tables.ts';
import { testDb } from '../db.ts';
import { namedIn, testSite } from '../site.ts';

let deps: MarketDeps;
let site: FastifyInstance;
let insurer: OrgId;
let unit: OrgId;
const policies: string[] = [];
const people = new Map<string, Viewer>();

beforeAll(async () => {
  const { db, pool } = await testDb<MarketTables>();
  const settings = plainOf(marketPack.parse(JSON.parse(readFileSync('packs/000000-national/market.json', 'utf8'))));
  const calendar = { holidays: new Set<never>(), workdays: new Set<never>() };
  const secret = secretData(keysForTest(), 'aes');
  const now = () => new Date('2026-11-20T02:00:00Z');
  deps = { db, scoped: scopedOn(db), now, newId, secret, calendar, settings };
  const place: Db<PreventionTables> = openDb(pool);
  insurer = await addOrg(place, '示例财险一', 'insurer');
  unit = await addOrg(place, '示例维保一', 'maintenance_unit');
  for (let n = 0; n < 6; n += 1) {
    const holder = await addOrg(place, `示例物业${n}`, 'property_company');
    const elevator = await addElevator(place, { use: holder, maintenance: unit, rescueCode: `32000${n}` });
    policies.push(await addPolicy(place, { insurer, holder, elevators: [elevator] }));
  }
  people.set('underwriter', viewerIn('underwriter', insurer));
  people.set('rival', viewerIn('underwriter', await addOrg(place, '示例财险二', 'insurer')));
  people.set('maintenance', viewerIn('maintenance_manager', unit));
  people.set('owner', viewerIn('owner', null));
  people.set('city', viewerIn('city_regulator', null, { scope: EVERYTHING }));
  people.set('district', viewerIn('district_regulator', null, { scope: { ...NOTHING, areas: ['320205'] } }));
  people.set('elsewhere', viewerIn('district_regulator', null, { scope: { ...NOTHING, areas: ['320213'] } }));
  site = await testSite({
    authenticate: namedIn(people),
    routes: [marketModuleOn(deps).routes ?? (async () => undefined)],
  });
});

async function ask([method, url]: readonly ['GET' | 'POST', string], as: string, payload?: object) {
  const answer = await site.inject({
    method,
    url: `/api/v1/market${url}`,
    headers: { 'x-as': as },
    ...(payload ? { payload } : {}),
  });
  const body: unknown = answer.body ? answer.json() : {};
  return { status: answer.statusCode, body: z.looseObject({}).parse(body) };
}
const text = (value: unknown): string => z.string().parse(value);
const items = (body: Record<string, unknown>) =>
  z.array(z.looseObject({ id: z.string(), version: z.int() })).parse(body['items']);
const states = (answers: readonly { status: number }[]) => answers.map((a) => a.status).sort((a, b) => a - b);

test('from the register of salespeople to a tie that an official decides on with a reason', async () => {
  const seller = {
    name: '示例业务员',
    phone: '10000000077',
    account: '6222000000007777',
    licenceNo: 'ZY-77',
    fromOn: '2026-01-01',
    areas: ['320205'],
  };
  expect((await ask(['POST', '/salespeople'], 'maintenance', seller)).status).toBe(403);
  const both = await Promise.all([1, 2].map(() => ask(['POST', '/salespeople'], 'underwriter', seller)));
  expect(states(both)).toEqual([201, 409]); // typed in two tabs at once: one person
  const salespersonId = text(both.find((a) => a.status === 201)?.body['salespersonId']);
  const [listed] = items((await ask(['GET', '/salespeople'], 'underwriter')).body);
  expect(listed).toMatchObject({ name: '示***', phone: '100****0077', accountTail: '7777' });
  expect(items((await ask(['GET', '/salespeople'], 'rival')).body)).toEqual([]);
  const unmask = `/salespeople/${salespersonId}/unmasking`;
  expect((await ask(['POST', unmask], 'rival', { reason: '想看看' })).status).toBe(404);
  expect((await ask(['POST', unmask], 'city', { reason: '' })).status).toBe(400);
  expect((await ask(['POST', unmask], 'city', { reason: '核查线索' })).body).toEqual({
    name: '示例业务员',
    phone: '10000000077',
  });

  for (const policyId of policies) {
    const placed = { salespersonId, policyId, on: '2026-06-20' };
    const twice = await Promise.all([1, 2].map(() => ask(['POST', '/placements'], 'underwriter', placed)));
    expect(twice.every((a) => a.status === 201)).toBe(true);
    expect(new Set(twice.map((a) => a.body['placementId'])).size).toBe(1);
  }
  const fact = {
    kind: 'account',
    orgId: unit,
    account: '6222000000007777',
    source: '企业信用信息公示',
    on: '2026-11-01',
  };
  expect((await ask(['POST', '/unit-facts'], 'underwriter', fact)).status).toBe(403);
  expect((await ask(['POST', '/unit-facts'], 'city', fact)).status).toBe(201);
  expect((await ask(['POST', '/ties/runs'], 'district')).status).toBe(403);
  expect((await ask(['POST', '/ties/runs'], 'city')).body).toMatchObject({ fresh: 1 });
  const ties = async (as: string) => items((await ask(['GET', '/ties'], as)).body);
  expect(await ties('elsewhere')).toEqual([]);
  const [tie] = await ties('district');
  expect(tie).toMatchObject({
    unit: '示例维保一',
    salesperson: '示***',
    state: 'open',
    method: '2026-2',
    motifs: [{ kind: 'account' }],
  });
  expect((await ask(['GET', '/ties'], 'underwriter')).status).toBe(403); // who is suspected does not read of it
  const decision = `/ties/${tie?.id}/decision`;
  const said = { version: tie?.version, state: 'confirmed', reason: '同一账户收款属实，已移交' };
  expect((await ask(['POST', decision], 'district', { ...said, reason: '' })).status).toBe(400);
  expect(states(await Promise.all([1, 2].map(() => ask(['POST', decision], 'district', said))))).toEqual([200, 409]);
  expect((await ask(['POST', '/ties/runs'], 'city')).body).toMatchObject({ fresh: 0, risen: 0 });
  expect(await ties('district')).toEqual([]); // off the work list, and it stays decided
});

test('a complaint is answered once within its clock, and whom it names never reads it', async () => {
  const said = { topic: 'designation', aboutOrgId: insurer, areas: ['320205'], text: '被要求只能选一家保险公司' };
  expect((await ask(['POST', '/complaints'], 'owner', { ...said, text: '短' })).status).toBe(400);
  const made = await ask(['POST', '/complaints'], 'owner', said);
  expect(made).toMatchObject({ status: 201, body: { dueOn: '2026-12-04' } });
  expect(items((await ask(['GET', '/complaints'], 'underwriter')).body)).toEqual([]); // it names his own house
  expect(items((await ask(['GET', '/complaints'], 'maintenance')).body)).toEqual([]);
  expect(items((await ask(['GET', '/complaints'], 'owner')).body)).toHaveLength(1);
  const path = `/complaints/${text(made.body['complaintId'])}/answer`;
  const answer = { version: 0, outcome: 'founded', answer: '已责令改正' };
  expect((await ask(['POST', path], 'elsewhere', answer)).status).toBe(404);
  expect(states(await Promise.all([1, 2].map(() => ask(['POST', path], 'district', answer))))).toEqual([200, 409]);
  expect((await ask(['GET', '/fair'], 'owner')).body).toMatchObject({
    complaints: { received: 1, answered: 1, founded: 1 },
  });
});

test('a programme goes from pilot to rollout only with every item done and what was learned', async () => {
  const phase = (name: string, year: number, targetBp: number) => ({
    phase: name,
    from: `${year}-01-01`,
    to: `${year}-12-31`,
    targetBp,
  });
  const plan = {
    name: '示例区试点',
    kind: 'liability',
    areaCode: '320205',
    marks: [],
    aim: '',
    phases: [phase('pilot', 2026, 2_000), phase('rollout', 2027, 6_000), phase('routine', 2028, 9_500)],
  };
  expect((await ask(['POST', '/programmes'], 'underwriter', plan)).status).toBe(403);
  expect((await ask(['POST', '/programmes'], 'elsewhere', plan)).status).toBe(403);
  const overlapping = plan.phases.map((p) => ({ ...p, from: '2026-01-01' }));
  expect((await ask(['POST', '/programmes'], 'district', { ...plan, phases: overlapping })).body['code']).toBe(
    'market.phase_order',
  );
  expect((await ask(['POST', '/programmes'], 'district', plan)).status).toBe(201);
  const phases = z.array(
    z.looseObject({
      id: z.string(),
      version: z.int(),
      state: z.string(),
      items: z.array(z.looseObject({ id: z.string() })),
    }),
  );
  const read = async () =>
    phases.parse(
      z.array(z.looseObject({ phases })).parse((await ask(['GET', '/programmes'], 'district')).body['items'])[0]
        ?.phases,
    );
  const [pilot] = await read();
  const close = { version: pilot?.version, evaluation: '达到目标', lessons: '先培训后签单' };
  const path = `/programme-phases/${pilot?.id}/close`;
  expect((await ask(['POST', path], 'district', close)).body['code']).toBe('market.items_open');
  for (const item of pilot?.items ?? [])
    expect(
      (
        await ask(['POST', `/programme-items/${item.id}/done`], 'district', {
          version: 0,
          on: '2026-03-01',
          note: '已完成',
        })
      ).status,
    ).toBe(200);
  expect((await ask(['POST', path], 'district', { ...close, lessons: '' })).status).toBe(400);
  expect(states(await Promise.all([1, 2].map(() => ask(['POST', path], 'district', close))))).toEqual([200, 409]);
  expect((await read()).map((p) => p.state)).toEqual(['closed', 'running', 'planned']);
});
