import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Db } from '../../kernel/db.ts';
import { newId, type OrgId } from '../../kernel/ids.ts';
import { EVERYTHING, type Viewer } from '../../kernel/scope.ts';
import type { PreventionDeps } from '../../modules/prevention/deps.ts';
import { preventionModuleOn } from '../../modules/prevention/index.ts';
import {
  addElevator,
  addOrg,
  addPhoto,
  addPolicy,
  preventionDeps,
  viewerIn,
} from '../../modules/prevention/prevention.fixtures.ts';
import type { PreventionTables } from '../../modules/prevention/tables.ts';
import { testDb } from '../db.ts';
import { namedIn, testSite } from '../site.ts';

let db: Db<PreventionTables>;
let deps: PreventionDeps;
let pass: (days: number) => void;
let site: FastifyInstance;
let insurer: OrgId;
const people = new Map<string, Viewer>();

beforeAll(async () => {
  ({ db } = await testDb<PreventionTables>());
  ({ deps, pass } = preventionDeps(db));
  insurer = await addOrg(db, '示例财险一', 'insurer');
  const rival = await addOrg(db, '示例财险二', 'insurer');
  const use = await addOrg(db, '示例物业', 'property_company');
  const unit = await addOrg(db, '示例维保', 'maintenance_unit');
  const elevator = await addElevator(db, { use, maintenance: unit, rescueCode: '320001' });
  await addPolicy(db, { insurer, holder: use, elevators: [elevator] });
  for (const role of ['surveyor', 'handler', 'approver']) people.set(role, viewerIn(role, insurer));
  people.set('rival', viewerIn('surveyor', rival));
  people.set('use_unit', viewerIn('use_unit_head', use));
  people.set('maintenance', viewerIn('maintenance_manager', unit));
  people.set('owner', viewerIn('owner', null));
  people.set('regulator', viewerIn('city_regulator', null, { scope: EVERYTHING }));
  site = await testSite({
    authenticate: namedIn(people),
    routes: [preventionModuleOn(deps).routes ?? (async () => undefined)],
  });
});

type Asking = { as: string; payload?: object };
async function ask(method: 'GET' | 'POST', url: string, { as, payload }: Asking) {
  const answer = await site.inject({
    method,
    url: `/api/v1/prevention${url}`,
    headers: { 'x-as': as },
    ...(payload ? { payload } : {}),
  });
  const isJson = String(answer.headers['content-type']).includes('json');
  return { status: answer.statusCode, body: isJson ? z.looseObject({}).parse(answer.json()) : {}, raw: answer };
}
const text = (value: unknown): string => z.string().parse(value);
const items = (body: Record<string, unknown>) =>
  z.array(z.looseObject({ id: z.string().optional() })).parse(body['items']);
const photo = async (as: string): Promise<string> => addPhoto(db, people.get(as) ?? viewerIn(as, null));
const now = () => deps.now().toISOString();

/** A visit as the surveyor's phone sends it. */
const visit = (over: object = {}) => ({
  id: newId(),
  kind: 'prevention_visit',
  rescueCode: '320001',
  startedAt: new Date(deps.now().getTime() - 1_800_000).toISOString(),
  endedAt: now(),
  position: { lng: 120.3, lat: 31.5, accuracyM: 12 },
  ...over,
});
const told = async (type: string) =>
  (
    await sql<{
      data: Record<string, unknown>;
    }>`select data from kernel.outbox where type = ${type} order by occurred_at, id`.execute(db)
  ).rows.map((r) => r.data);

test('a finding on its whole way: seen with a photo, told as an event, mended, sent back, mended again, gone', async () => {
  const finding = {
    id: newId(),
    category: 'door',
    severity: 'urgent',
    description: '层门锁啮合不足 7 毫米',
    ownerKind: 'maintenance_unit',
    files: [await photo('surveyor')],
  };
  const sent = visit({ findings: [finding] });
  expect((await ask('POST', '/visits', { as: 'use_unit', payload: sent })).status).toBe(403);
  expect((await ask('POST', '/visits', { as: 'surveyor', payload: { ...sent, rescueCode: '32' } })).status).toBe(400);
  const taken = await ask('POST', '/visits', { as: 'surveyor', payload: sent });
  expect(taken).toMatchObject({ status: 201, body: { remarks: [], findings: [{ dueOn: '2026-11-22' }] } });
  expect((await ask('POST', '/visits', { as: 'surveyor', payload: sent })).body).toEqual(taken.body); // the phone sent it twice
  expect(await told('prevention.finding_opened')).toMatchObject([{ findingId: finding.id, severity: 'urgent' }]);

  pass(1 / 24);
  const path = `/findings/${finding.id}`;
  expect((await ask('GET', path, { as: 'rival' })).status).toBe(404);
  expect((await ask('GET', path, { as: 'maintenance' })).body).toMatchObject({ state: 'open', can: { mend: true } });
  const step = (as: string, payload: object) => ask('POST', `${path}/steps`, { as, payload });
  const version = async () => z.int().parse((await ask('GET', path, { as: 'surveyor' })).body['version']);
  expect(await step('maintenance', { do: 'mend', version: await version(), note: '已调整', files: [] })).toMatchObject({
    status: 400,
    body: { code: 'prevention.finding_evidence' },
  });
  const mended = { do: 'mend', note: '已调整', files: [await photo('maintenance')] };
  expect((await step('surveyor', { ...mended, version: await version() })).status).toBe(403); // who found it does not mend it
  expect((await step('maintenance', { ...mended, version: await version() })).status).toBe(200);
  expect((await step('maintenance', { do: 'close', version: await version(), note: '' })).status).toBe(403);
  const stale = (await version()) - 1;
  expect((await step('surveyor', { do: 'close', version: stale, note: '' })).status).toBe(409);
  const back = { do: 'return', note: '仍不足 7 毫米', dueOn: '2026-11-25' };
  expect((await step('surveyor', { ...back, version: await version() })).status).toBe(200);
  const again = { do: 'mend', note: '更换锁钩', files: [await photo('maintenance')] };
  expect((await step('maintenance', { ...again, version: await version() })).status).toBe(200);
  expect((await step('surveyor', { do: 'close', version: await version(), note: '已复查' })).status).toBe(200);

  const closed = (await ask('GET', path, { as: 'use_unit' })).body;
  expect(closed).toMatchObject({ state: 'closed', returned: 1 });
  const steps = z.array(z.looseObject({ step: z.string() })).parse(closed['steps']);
  expect(steps.map((s) => s.step)).toEqual(['found', 'mend', 'return', 'mend', 'close']);
  expect(await told('prevention.finding_ended')).toMatchObject([{ findingId: finding.id }]);
  expect(items((await ask('GET', '/findings', { as: 'use_unit' })).body)).toEqual([]);
});

test('units are evaluated by method and sample; the result is public with both, and an upheld appeal takes it back', async () => {
  for (let n = 0; n < 3; n += 1) {
    const checks = [
      { code: 'door', result: 'pass' },
      { code: 'pit', result: n === 0 ? 'fail' : 'pass' },
    ];
    expect(
      (await ask('POST', '/visits', { as: 'surveyor', payload: visit({ kind: 'quality_check', checks }) })).status,
    ).toBe(201);
  }
  expect((await ask('POST', '/evaluations', { as: 'maintenance' })).status).toBe(403);
  const made = await ask('POST', '/evaluations', { as: 'surveyor' });
  expect(made).toMatchObject({ status: 201, body: { units: 1, shown: 1 } });
  const published = async () => items((await ask('GET', '/evaluations/published', { as: 'owner' })).body);
  expect(await published()).toEqual([]);
  const publication = `/evaluations/${text(made.body['evaluationId'])}/publication`;
  expect((await ask('POST', publication, { as: 'surveyor' })).status).toBe(403); // who evaluates does not publish
  expect((await ask('POST', publication, { as: 'approver' })).status).toBe(200);
  expect(await published()).toMatchObject([
    { unit: '示例维保', checks: 3, leastChecks: 3, method: '2026-1', withdrawn: false, appealUntil: '2026-12-11' },
  ]);
  const objection = { evaluation: text(made.body['number']), text: '许可证在有效期内，扣分有误' };
  const appeal = await ask('POST', '/appeals', { as: 'maintenance', payload: objection });
  expect(appeal.status).toBe(201);
  const answer = `/letters/${text(appeal.body['letterId'])}/answer`;
  const upheld = { version: 0, outcome: 'upheld', answer: '属实，撤回该结果' };
  expect((await ask('POST', answer, { as: 'maintenance', payload: upheld })).status).toBe(403);
  expect((await ask('POST', answer, { as: 'rival', payload: upheld })).status).toBe(404);
  expect((await ask('POST', answer, { as: 'handler', payload: upheld })).status).toBe(200);
  expect(await published()).toMatchObject([{ withdrawn: true }]);
});

test('a suggestion is answered within its clock, and everybody rates once a year', async () => {
  const payload = { rescueCode: '320001', text: '请增加夜间抽查' };
  const sent = await ask('POST', '/suggestions', { as: 'use_unit', payload });
  expect(sent).toMatchObject({ status: 201, body: { dueOn: '2026-12-04' } }); // ten working days
  const strange = { ...payload, rescueCode: '999999' };
  expect((await ask('POST', '/suggestions', { as: 'use_unit', payload: strange })).status).toBe(404);
  const answer = `/letters/${text(sent.body['letterId'])}/answer`;
  const adopted = { version: 0, outcome: 'adopted', answer: '自下月起每月夜间抽查一次' };
  const both = await Promise.all([1, 2].map(() => ask('POST', answer, { as: 'handler', payload: adopted })));
  expect(both.map((a) => a.status).sort((a, b) => a - b)).toEqual([200, 409]);
  const letters = items((await ask('GET', '/letters?show=answered', { as: 'use_unit' })).body);
  expect(letters).toMatchObject([{ kind: 'suggestion', outcome: 'adopted', late: false }]);
  const rating = { rescueCode: '320001', score: 4 };
  const votes = await Promise.all([1, 2].map(() => ask('POST', '/ratings', { as: 'owner', payload: rating })));
  expect(votes.map((a) => a.status).sort((a, b) => a - b)).toEqual([201, 409]);
});

test('履约检查: figures frozen with a hash, replied to by the insurer, printed the same for ever', async () => {
  const score = await ask('GET', '/scorecards?from=2026-11-01&to=2026-11-21', { as: 'regulator' });
  expect(score).toMatchObject({
    status: 200,
    body: { items: [{ insurer: '示例财险一', visits: 4, findings: { found: 1 } }] },
  });
  expect((await ask('GET', '/scorecards?from=2026-11-01&to=2026-11-21', { as: 'owner' })).status).toBe(403);
  const check = {
    insurerOrgId: insurer,
    from: '2026-11-01',
    to: '2026-11-21',
    opinion: '隐患整改跟踪及时',
    demands: '继续保持',
    replyDueOn: '2026-12-10',
  };
  expect((await ask('POST', '/performance-checks', { as: 'approver', payload: check })).status).toBe(403);
  expect(
    (await ask('POST', '/performance-checks', { as: 'regulator', payload: { ...check, to: '2026-11-22' } })).status,
  ).toBe(400);
  const made = await ask('POST', '/performance-checks', { as: 'regulator', payload: check });
  expect(made.status).toBe(201);
  const id = text(made.body['checkId']);
  const first = async () => items((await ask('GET', '/performance-checks', { as: 'approver' })).body)[0];
  const frozen = await first();
  await ask('POST', '/visits', { as: 'surveyor', payload: visit() });
  expect(await first()).toEqual(frozen); // five visits now, four then
  const reply = `/performance-checks/${id}/reply`;
  expect((await ask('POST', reply, { as: 'approver', payload: { version: 0, reply: '' } })).status).toBe(400);
  expect((await ask('POST', reply, { as: 'approver', payload: { version: 0, reply: '已知悉，将继续' } })).status).toBe(
    200,
  );
  expect((await ask('POST', reply, { as: 'approver', payload: { version: 1, reply: '又改主意' } })).status).toBe(409);
  for (const [format, sign] of [
    ['pdf', '%PDF-'],
    ['xlsx', 'PK'],
  ] as const) {
    const { raw } = await ask('GET', `/performance-checks/${id}/report?format=${format}`, { as: 'approver' });
    expect(raw.statusCode).toBe(200);
    expect(raw.rawPayload.subarray(0, sign.length).toString()).toBe(sign);
  }
  expect((await ask('GET', `/performance-checks/${id}/report?format=pdf`, { as: 'rival' })).status).toBe(404);
  pass(60);
  expect(await first()).toMatchObject({ late: false, reply: '已知悉，将继续' });
});
