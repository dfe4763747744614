import { beforeAll, expect, test } from 'vitest';
import type { ElevatorFileView } from '../../../contract/registry.ts';
import type { SearchHit } from '../../../contract/registry-search.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { type House, openTestHouse } from '../../modules/registry/house.fixtures.ts';
import { insurable } from '../../modules/registry/index.ts';
import { building, code, file, party, putFiles, technical } from '../../modules/registry/registry.fixtures.ts';

let house: House;
let [use, other, maintenance]: OrgId[] = [];
const place = building();
const east = file({
  building: place,
  identifiers: [code('registration_code', '31103202112017060001'), code('rescue_code', '320001')],
});
const west = file({
  building: place,
  technical: technical({ unit: '2单元' }),
  identifiers: [code('rescue_code', '320002')],
});
const nobody = file({ building: building({ estate: '示例无主小区' }), identifiers: [code('rescue_code', '320003')] });

beforeAll(async () => {
  house = await openTestHouse();
  use = await house.org('示例物业一号公司', 'property_company');
  other = await house.org('示例物业二号公司', 'property_company');
  maintenance = await house.org('示例电梯维保一号公司', 'maintenance_unit');
  const parties = [party('use_unit', use), party('maintenance', maintenance)];
  await putFiles(house.db, [{ ...east, parties }, { ...west, parties }, nobody]);
  const none = { all: false, areas: [], orgs: [] };
  house.viewer('unit', { role: 'safety_director', orgId: use, scope: { ...none, orgs: [use] } });
  house.viewer('street', { role: 'street_office', scope: { ...none, areas: ['320211001'] } });
  house.viewer('technician', { role: 'technician', scope: { ...none, orgs: [maintenance] } });
  house.viewer('elsewhere', { role: 'district_regulator', scope: { ...none, areas: ['320205'] } });
});

const send = (...[method, url, payload, as = 'city']: ['POST' | 'PATCH', string, object, string?]) =>
  house.ask({ method, url: `/api/v1${url}`, payload, as });
const get = async <T>(url: string, as = 'city'): Promise<T> =>
  (await house.ask({ url: `/api/v1${url}`, as })).json<T>();
const read = (id: string, as?: string) => get<ElevatorFileView>(`/elevators/${id}`, as);
const traceOf = async (id: string) =>
  (await get<{ items: { code: string }[] }>(`/elevators/${id}/trace`)).items.map((l) => l.code);

test('a use unit asks, sees what would change, and a registrar approves; nobody approves his own', async () => {
  const { version } = await read(east.id, 'unit');
  const ask = { version, reason: '示例：更正额定载重量', edit: { technical: { loadKg: 1050 } } };
  const asked = await send('PATCH', `/elevators/${east.id}`, ask, 'unit');
  expect(asked.json()).toMatchObject({
    done: false,
    diff: [{ field: 'technical.loadKg', before: '1000', after: '1050' }],
  });
  expect((await read(east.id)).loadKg).toBe(1000);
  const { changeId } = asked.json<{ changeId: string }>();
  expect(
    (await send('POST', `/registry/changes/${changeId}/decision`, { decision: 'approve' }, 'unit')).statusCode,
  ).toBe(403);
  expect(
    (await send('POST', `/registry/changes/${changeId}/decision`, { decision: 'approve' }, 'elsewhere')).statusCode,
  ).toBe(404);
  expect((await get<{ items: unknown[] }>('/registry/changes')).items).toHaveLength(1);
  expect(
    (await send('POST', `/registry/changes/${changeId}/decision`, { decision: 'approve', note: '属实' })).statusCode,
  ).toBe(200);
  expect((await read(east.id)).loadKg).toBe(1050);
  expect((await send('POST', `/registry/changes/${changeId}/decision`, { decision: 'reject' })).json()).toMatchObject({
    code: 'registry.change_decided',
  });
  expect(await traceOf(east.id)).toEqual([
    'registry.trace.change_approved',
    'registry.trace.changed',
    'registry.trace.change_asked',
  ]);
});

test('a change that was overtaken is not written over the newer file', async () => {
  const { version } = await read(east.id);
  const edit = (model: string) => ({ version, reason: '示例', edit: { technical: { model } } });
  const { changeId } = (await send('PATCH', `/elevators/${east.id}`, edit('示例-旧'), 'technician')).json<{
    changeId: string;
  }>();
  expect((await send('PATCH', `/elevators/${east.id}`, edit('示例-新'))).json()).toMatchObject({ done: true });
  expect((await send('PATCH', `/elevators/${east.id}`, edit('示例-晚'))).json()).toMatchObject({
    code: 'registry.changed_meanwhile',
  });
  const late = await send('POST', `/registry/changes/${changeId}/decision`, { decision: 'approve' });
  expect(late.json()).toMatchObject({ code: 'registry.change_stale', title: '档案在申请之后已变更，请重新提交' });
  expect((await send('POST', `/registry/changes/${changeId}/decision`, { decision: 'reject' })).statusCode).toBe(200);
});

test('coordinates are kept as given and shown in WGS-84; neighbours in the building move along', async () => {
  const { version } = await read(east.id);
  const given = { lng: 120.305, lat: 31.497, crs: 'GCJ02' };
  const moved = await send('PATCH', `/elevators/${east.id}`, {
    version,
    reason: '示例',
    edit: { building: { estate: '示例兰亭公寓', given } },
  });
  expect(moved.statusCode).toBe(200);
  await house.settle();
  for (const id of [east.id, west.id]) {
    const shown = await read(id);
    expect(shown.building?.given).toEqual(given);
    expect(shown.lng).toBeCloseTo(120.3004, 3);
    expect(shown.lng).not.toBe(given.lng);
    expect(shown.address).toContain('示例兰亭公寓');
  }
  const found = async (q: string) =>
    (await get<{ items: SearchHit[] }>(`/search?q=${encodeURIComponent(q)}`)).items.map((h) => h.title);
  expect(await found('兰亭公寓')).toContain('示例兰亭公寓');
  expect(await found('翠湖花园')).not.toContain('示例翠湖花园');
});

test('a wrong digit warns and is kept; a code of another elevator is refused, a rescue code for ever', async () => {
  const { version } = await read(west.id);
  const add = (type: string, value: string, at = version) =>
    send('PATCH', `/elevators/${west.id}`, {
      version: at,
      reason: '示例',
      edit: { addIdentifiers: [{ type, value }] },
    });
  expect((await add('registration_code', '31103202112017060001')).json()).toMatchObject({
    code: 'registry.identifier_taken',
  });
  expect((await add('rescue_code', '320001')).statusCode).toBe(409);
  expect((await add('registration_code', '3110320211201706000')).statusCode).toBe(200);
  const shown = await read(west.id);
  expect(shown.identifiers.find((i) => i.type === 'registration_code')?.warnings).toEqual([
    'registry.code_registration_length',
  ]);
  const ended = {
    version: shown.version,
    reason: '示例',
    edit: { endIdentifiers: [{ type: 'rescue_code', value: '320002', on: '2026-11-20' }] },
  };
  expect((await send('PATCH', `/elevators/${west.id}`, ended)).statusCode).toBe(200);
  const again = { version: 0, reason: '示例', edit: { addIdentifiers: [{ type: 'rescue_code', value: '320002' }] } };
  expect((await send('PATCH', `/elevators/${nobody.id}`, again)).json()).toMatchObject({
    code: 'registry.identifier_taken',
  });
});

test('a role that passes on ends the day before, and the one who left no longer sees the file', async () => {
  const { version } = await read(west.id);
  const edit = { parties: [{ role: 'use_unit', orgId: other, fromOn: '2026-11-21', source: '示例移交单' }] };
  expect((await send('PATCH', `/elevators/${west.id}`, { version, reason: '示例', edit })).statusCode).toBe(200);
  expect((await read(west.id)).parties.filter((p) => p.role === 'use_unit').map((p) => [p.org?.name, p.toOn])).toEqual([
    ['示例物业二号公司', null],
    ['示例物业一号公司', '2026-11-20'],
  ]);
  expect((await house.ask({ url: `/api/v1/elevators/${west.id}`, as: 'unit' })).statusCode).toBe(404);
});

test('nobody answers for an elevator: a case with a clock, no insurance, and a use unit at the end', async () => {
  const { version } = await read(nobody.id);
  await send('PATCH', `/elevators/${nobody.id}`, {
    version,
    reason: '示例',
    edit: { technical: { model: '示例-L1' } },
  });
  await house.settle();
  type Page = { items: { id: string; elevatorId: string; dueOn: string; version: number }[] };
  const cases = await get<Page>('/registry/cases', 'street');
  expect(cases.items).toMatchObject([{ elevatorId: nobody.id, dueOn: '2026-12-06' }]);
  expect((await get<Page>('/registry/cases', 'elsewhere')).items).toEqual([]);
  const asked = async () => (await insurable(house.db, [nobody.id])).get(nobody.id);
  expect(await asked()).toEqual({ code: 'registry.use_unit_unknown' });
  const open = cases.items[0];
  const settle = (payload: object) => send('POST', `/registry/cases/${open?.id}/decision`, payload, 'street');
  expect(
    (await send('POST', `/registry/cases/${open?.id}/evidence`, { note: '示例：走访住户' }, 'street')).statusCode,
  ).toBe(200);
  const decision = { version: 1, outcome: 'use_unit_named', decision: '示例：业主大会选定', useOrgId: other };
  expect((await settle({ ...decision, version: 0 })).statusCode).toBe(409);
  expect((await settle({ ...decision, useOrgId: null })).json()).toMatchObject({ code: 'registry.org_unknown' });
  expect((await settle(decision)).statusCode).toBe(200);
  expect((await settle(decision)).statusCode).toBe(409);
  expect(await asked()).toBe(true);
  expect((await read(nobody.id)).useUnit?.id).toBe(other);
});

test('an elevator is stopped with its notice and runs again with its proof', async () => {
  const { version } = await read(nobody.id);
  const step = (at: number, what: string, kind?: string) =>
    send('POST', `/elevators/${nobody.id}/life-cycle`, {
      version: at,
      step: what,
      on: '2026-11-21',
      evidence: kind ? [{ kind, number: '示例-7' }] : [],
    });
  expect((await step(version, 'stop')).json()).toMatchObject({
    code: 'registry.evidence_missing',
    kind: 'stop_notice',
  });
  expect((await step(version, 'start')).json()).toMatchObject({ code: 'registry.state_step' });
  expect((await step(version, 'stop', 'stop_notice')).json()).toEqual({ state: 'stopped', version: version + 1 });
  expect((await step(version + 1, 'reopen', 'reopening_proof')).json()).toMatchObject({ state: 'in_use' });
  expect((await read(nobody.id)).state).toBe('in_use');
});

test('two files of one elevator become one: every code leads to it, both histories stand on its page', async () => {
  const before = (await traceOf(west.id)).length;
  expect((await send('POST', `/elevators/${east.id}/merge`, { gone: east.id, reason: '示例' })).json()).toMatchObject({
    code: 'registry.merge_same',
  });
  expect(
    (await send('POST', `/elevators/${east.id}/merge`, { gone: west.id, reason: '示例：重复建档' })).statusCode,
  ).toBe(200);
  for (const query of ['type=rescue_code&value=320001', 'type=rescue_code&value=320002', `type=id&value=${west.id}`]) {
    expect(await get(`/elevators/by-code?${query}`), query).toEqual({ id: east.id });
  }
  expect((await read(east.id)).rescueCode).toBe('320001');
  expect((await read(west.id)).mergedInto).toBe(east.id);
  type Line = { code: string; mergedFrom: string | null };
  const { items } = await get<{ items: Line[] }>(`/elevators/${east.id}/trace`);
  const brought = items.filter(({ mergedFrom }) => mergedFrom === west.id); // and every line of it says where it is from
  expect(brought).toHaveLength(before + 1);
  expect(brought.map((line) => line.code)).toContain('registry.trace.merged_away');
  expect(items.find((line) => line.code === 'registry.trace.merged')?.mergedFrom).toBeNull();
  expect((await get<{ items: { id: string }[] }>('/elevators')).items.map((l) => l.id)).not.toContain(west.id);
});

test('a new file opens with everything in it and is found by its name', async () => {
  const made = await send('POST', '/elevators', {
    kind: 'lift',
    variety: 'traction_passenger',
    source: '示例',
    state: 'in_use',
    edit: {
      building: {
        estate: '示例枫林名邸',
        road: '示范路8号',
        name: '1幢',
        districtCode: '320213',
        given: { lng: 120.3, lat: 31.57, crs: 'WGS84' },
      },
      addIdentifiers: [{ type: 'rescue_code', value: '320777' }],
      classes: [{ field: 'place_class', value: 'residence', source: '示例', asOfOn: '2026-11-21' }],
      parties: [{ role: 'use_unit', orgId: use, fromOn: '2026-11-21', source: '示例' }],
    },
  });
  expect(made.statusCode).toBe(201);
  await house.settle();
  const { items } = await get<{ items: SearchHit[] }>(`/search?q=${encodeURIComponent('枫林名底')}`);
  expect(items.map((h) => h.title)).toContain('示例枫林名邸');
  expect((await read(made.json<{ id: string }>().id)).address).toBe('梁溪区示范路8号示例枫林名邸1幢');
  const bad = { kind: 'lift', variety: 'escalator', source: '示例', state: 'in_use', edit: {} };
  expect((await send('POST', '/elevators', bad)).json()).toMatchObject({ code: 'registry.variety_kind' });
  const planned = { ...bad, variety: 'traction_passenger', edit: { technical: { inUseOn: '2100-01-01' } } };
  expect((await send('POST', '/elevators', planned)).json()).toMatchObject({ code: 'registry.use_planned' });
  expect((await send('POST', '/elevators', bad, 'unit')).statusCode).toBe(403);
});
