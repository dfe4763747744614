import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { pass as relay } from '../../kernel/relay.ts';
import { invariant } from '../../kernel/result.ts';
import { addDays, dayOf } from '../../kernel/time.ts';
import { type Asker, openWholeHouse, type WholeHouse } from '../scope/house.ts';

let house: WholeHouse;
let manager: Asker;
let agent: Asker;
let orgId: string;

beforeAll(async () => {
  house = await openWholeHouse();
  [manager, agent] = [asker('maintenance_manager'), asker('agent')];
  orgId = String(manager.viewer?.orgId);
}, 120_000);

function asker(name: string): Asker {
  const found = house.askers.find((one) => one.name === name);
  invariant(found, `the demo has a ${name}`);
  return found;
}

type Answer = { status: number; body: Record<string, unknown> };
const ask = async (
  as: Asker,
  [method, path]: readonly ['GET' | 'POST' | 'PUT', string],
  payload?: object,
): Promise<Answer> => {
  const url = `/api/v1/rescue${path}`;
  const answer = await house.site.inject({ method, url, headers: as.headers, ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, body: answer.body ? answer.json() : {} };
};
const items = (answer: Answer): Record<string, unknown>[] => answer.body['items'] as Record<string, unknown>[];
const one = async (text: string, values: unknown[] = []) =>
  (await house.kernel.pool.query<Record<string, unknown>>(text, values)).rows[0];

test('a unit opens a station, changes it, and a second change of the old one is refused', async () => {
  const facts = { name: '示例城东值班点', address: '示例路 8 号', kind: 'maintenance', lng: 120.31, lat: 31.57 };
  const made = await ask(manager, ['POST', '/stations'], { ...facts, orgId });
  expect(made.status).toBe(200);
  const id = String(made.body['id']);
  const change = { ...facts, name: '示例城东二点', version: 0 };
  expect((await ask(manager, ['PUT', `/stations/${id}`], change)).status).toBe(204);
  expect(await ask(manager, ['PUT', `/stations/${id}`], change)).toMatchObject({
    status: 409,
    body: { code: 'rescue.station_changed' },
  });
  // The divisions come from the nearest elevator, so that the district's officials see the station too.
  const kept = await one('select area_codes from rescue.station where id = $1', [id]);
  expect(kept?.['area_codes']).not.toEqual([]);
  const half = await ask(manager, ['POST', '/stations'], { ...facts, orgId, lat: null });
  expect(half.status).toBe(400);
  expect((await ask(manager, ['POST', `/stations/${id}/close`])).status).toBe(204);
  expect(items(await ask(manager, ['GET', '/stations'])).some((s) => s['id'] === id)).toBe(false);
});

test('only people of one’s own organisation become rescuers, under the organisation the register names', async () => {
  const choice = await ask(manager, ['GET', `/rescuers/choice?org=${orgId}`]);
  const person = String(items(choice)[0]?.['id']);
  const facts = { stationId: null, label: '示例夜班组', kind: 'maintenance', certifiedUntil: '2030-01-01' };
  expect((await ask(manager, ['POST', '/rescuers'], { ...facts, personId: person })).status).toBe(204);
  const listed = items(await ask(manager, ['GET', '/rescuers'])).find((r) => r['personId'] === person);
  expect(listed).toMatchObject({ label: '示例夜班组', orgId, onDuty: false });
  expect(String(listed?.['name'])).toMatch(/^.\*+$/);
  const foreign = await one(
    `select id from identity.person where org_id <> $1 and 'rescuer' = any (duties) order by id limit 1`,
    [orgId],
  );
  const refused = await ask(manager, ['POST', '/rescuers'], { ...facts, personId: String(foreign?.['id']) });
  expect(refused).toMatchObject({ status: 404, body: { code: 'rescue.no_person' } });
  expect((await ask(manager, ['POST', `/rescuers/${String(foreign?.['id'])}/leave`])).status).toBe(404);
  const byNobody = await ask(manager, ['POST', '/rescuers'], { ...facts, personId: newId() });
  expect(byNobody.status).toBe(404);
  // The desk keeps everybody's; the rescuer still belongs to his own unit.
  expect((await ask(agent, ['POST', '/rescuers'], { ...facts, label: '示例早班组', personId: person })).status).toBe(
    204,
  );
  const kept = await one('select org_id, label from rescue.rescuer where person_id = $1', [person]);
  expect(kept).toEqual({ org_id: orgId, label: '示例早班组' });
});

test('a roster takes its good lines and names every bad one; a line can be ended', async () => {
  const choice = items(await ask(manager, ['GET', '/rescuers']));
  const person = String(choice.find((r) => r['label'] === '示例早班组')?.['personId']);
  const day = addDays(dayOf(house.kernel.now()), 3);
  const line = (from: string, to: string, personId = person) => ({
    personId,
    fromAt: `${day}T${from}:00+08:00`,
    toAt: `${day}T${to}:00+08:00`,
  });
  const entries = [
    line('08:00', '20:00'),
    line('19:00', '21:00'),
    line('22:00', '21:00'),
    line('08:00', '20:00', newId()),
  ];
  const taken = await ask(manager, ['POST', '/roster'], { entries });
  expect(taken.body).toEqual({
    taken: 1,
    faults: [
      { line: 2, code: 'rescue.on_duty_already' },
      { line: 3, code: 'rescue.ends_before' },
      { line: 4, code: 'rescue.no_rescuer' },
    ],
  });
  const listed = items(await ask(manager, ['GET', `/roster?from=${day}&to=${day}`])).find(
    (d) => d['personId'] === person,
  );
  expect((await ask(manager, ['POST', `/roster/${String(listed?.['id'])}/end`])).status).toBe(204);
  const after = items(await ask(manager, ['GET', `/roster?from=${day}&to=${day}`]));
  expect(after.some((d) => d['personId'] === person)).toBe(false);
  expect((await ask(manager, ['POST', `/rescuers/${person}/leave`])).status).toBe(204);
});

test('a drill is planned, begun, measured and ended; another is called off; units arrange only their own', async () => {
  const elevator = await one(
    `select e.id from registry.elevator e where e.maintenance_org_id = $1 and not exists (select from rescue.incident i
       where i.elevator_id = e.id) and not exists (select from rescue.drill d where d.elevator_id = e.id) order by id limit 1`,
    [orgId],
  );
  const elevatorId = String(elevator?.['id']);
  const plannedOn = dayOf(house.kernel.now());
  const planned = await ask(manager, ['POST', '/drills/plan'], { orgId, elevatorId, plannedOn });
  const id = String(planned.body['id']);
  expect((await ask(manager, ['POST', `/drills/${id}/end`], { summary: '太早' })).body['code']).toBe(
    'rescue.drill_over',
  );
  expect((await ask(manager, ['POST', `/drills/${id}/begin`])).status).toBe(204);
  const again = await ask(manager, ['POST', '/drills'], { orgId, elevatorId });
  expect(again).toMatchObject({ status: 409, body: { code: 'rescue.elevator_busy' } });
  await passRelay();
  const { rows: texts } = await house.kernel.pool.query(
    `select code from kernel.delivery where subject = (select incident_id::text from rescue.drill where id = $1)`,
    [id],
  );
  expect(texts).toEqual([]); // a drill is told in the product alone
  const asked = await one(
    `select count(*)::int as n from rescue.offer where incident_id = (select incident_id from rescue.drill where id = $1)`,
    [id],
  );
  expect(asked?.['n']).toBeGreaterThan(0); // it was offered all the same
  expect((await ask(manager, ['POST', `/drills/${id}/end`], { summary: '到场 9 分钟' })).status).toBe(204);
  const board = await ask(manager, ['GET', '/drills']);
  expect(items(board).find((d) => d['id'] === id)).toMatchObject({ outcome: 'done', summary: '到场 9 分钟' });
  const past = { orgId, elevatorId, plannedOn: addDays(plannedOn, -1) };
  expect((await ask(manager, ['POST', '/drills/plan'], past)).body['code']).toBe('rescue.drill_in_past');
  const off = await ask(manager, ['POST', '/drills/plan'], { orgId, elevatorId, plannedOn });
  const reason = { reason: '台风' };
  expect((await ask(manager, ['POST', `/drills/${String(off.body['id'])}/call-off`], reason)).status).toBe(204);
  const foreign = await one('select id from identity.org where id <> $1 order by id limit 1', [orgId]);
  const theirs = { orgId: String(foreign?.['id']), elevatorId, plannedOn };
  expect((await ask(manager, ['POST', '/drills/plan'], theirs)).body['code']).toBe('rescue.not_your_unit');
});

test('a caller is rung back by the number in full, and who looked stays in the audit', async () => {
  const payload = { key: newId(), kind: 'fault', said: '异响', caller: '10012345678', callBackWanted: true };
  const taken = await ask(agent, ['POST', '/calls'], payload);
  const id = String(taken.body['callId']);
  const waiting = items(await ask(agent, ['GET', '/calls?callBack=wanted']));
  expect(waiting.find((c) => c['id'] === id)).toMatchObject({ caller: '100****5678', kind: 'fault' });
  const shown = await ask(agent, ['POST', `/calls/${id}/unmasking`], { reason: '回访' });
  expect(shown.body).toEqual({ caller: '10012345678' });
  const line = await one(`select actor, after from kernel.audit where object = 'rescue.call' and row_id = $1`, [id]);
  expect(line).toMatchObject({ actor: agent.viewer?.accountId, after: { reason: '回访' } });
  expect((await ask(manager, ['POST', `/calls/${id}/unmasking`], { reason: '好奇' })).status).toBe(403);
  expect((await ask(agent, ['POST', `/calls/${id}/call-back`], { said: '已修好' })).status).toBe(204);
  const done = items(await ask(agent, ['GET', '/calls?callBack=done']));
  expect(done.find((c) => c['id'] === id)).toMatchObject({ callBackSaid: '已修好' });
  expect((await ask(agent, ['POST', `/calls/${id}/call-back`], { said: '再来' })).body['code']).toBe(
    'rescue.no_call_back',
  );
});

test('a rescuer is told of an offer by text and in the product, once, and of standing down; demo phones get nothing', async () => {
  const free = await one(
    `select e.id from registry.elevator e where e.maintenance_org_id = $1 and not exists (select from rescue.incident i
       where i.elevator_id = e.id) order by id limit 1`,
    [orgId],
  );
  const taken = await ask(agent, ['POST', '/calls'], { key: newId(), elevatorId: String(free?.['id']) });
  const id = String(taken.body['incidentId']);
  await passRelay();
  await passRelay();
  const told = await house.kernel.pool.query<{ code: string; recipient: string }>(
    'select code, recipient from kernel.delivery where subject = $1 order by code',
    [id],
  );
  expect(told.rows.map((r) => r.code)).toEqual(['rescue.tell.offered']);
  expect(told.rows[0]?.recipient).not.toMatch(/\d{11}/);
  const shown = await ask(agent, ['GET', `/incidents/${id}`]);
  const [offer] = shown.body['offers'] as { id: string; state: string }[];
  await ask(agent, ['POST', `/incidents/${id}/orders`], { do: 'withdraw', offerId: offer?.id });
  await passRelay();
  const after = await one(
    `select count(*) filter (where code = 'rescue.tell.withdrawn')::int as down from kernel.delivery where subject = $1`,
    [id],
  );
  expect(after).toEqual({ down: 1 });
});

test('who calls for help is told on his phone at each stage that matters, once, however often he calls', async () => {
  const free = await one(
    `select e.id from registry.elevator e where e.maintenance_org_id = $1 and not exists (select from rescue.incident i
       where i.elevator_id = e.id) order by id limit 1`,
    [orgId],
  );
  const call = (caller: string) =>
    ask(agent, ['POST', '/calls'], { key: newId(), elevatorId: String(free?.['id']), caller });
  const id = String((await call('139 0000 1234')).body['incidentId']);
  await passRelay();
  await call('+86 13900001234'); // the same person again
  await call('0510-81234567'); // a landline reads no texts
  await passRelay();
  const told = async () => {
    const { rows } = await house.kernel.pool.query<{
      code: string;
      params: Record<string, unknown>;
      recipient: string;
    }>(
      `select code, params, recipient from kernel.delivery where subject = $1 and code like 'rescue.caller.%' order by id`,
      [id],
    );
    return rows;
  };
  expect((await told()).map((t) => t.code)).toEqual(['rescue.caller.received']);
  const incident = await ask(agent, ['GET', `/incidents/${id}`]);
  const [offer] = incident.body['offers'] as { crewId: string }[];
  const report = async (payload: object) => {
    const answer = await ask(agent, ['POST', `/incidents/${id}/reports`], { key: newId(), ...payload });
    expect(answer.status).toBe(200);
    await passRelay();
  };
  await report({ do: 'accept', crewId: offer?.crewId });
  await report({ do: 'arrive', crewId: offer?.crewId });
  await report({ do: 'release', people: 1 });
  const all = await told();
  expect(all.map((t) => t.code).sort((a, b) => a.localeCompare(b))).toEqual([
    'rescue.caller.after',
    'rescue.caller.coming',
    'rescue.caller.on_site',
    'rescue.caller.received',
  ]);
  expect(JSON.stringify(all)).not.toContain('13900001234');
});

const passRelay = async () => {
  const { db, pool, log } = house.kernel;
  const { modules } = house.app;
  while ((await relay({ db, pool, log, modules, heard: () => undefined })) > 0);
};

test('a list that is longer than a page is read to its end: nobody is left out, nobody stands twice', async () => {
  for (let n = 0; n < 3; n += 1)
    await ask(agent, ['POST', '/calls'], {
      key: newId(),
      kind: 'question',
      said: `第 ${n} 问`,
      callBackWanted: n === 1,
    });
  const day = dayOf(house.kernel.now());
  const lists: readonly [string, string][] = [
    ['/rescuers?', 'personId'],
    [`/roster?from=${day}&to=${day}&`, 'id'],
    ['/drills?', 'id'],
    ['/calls?', 'id'],
    ['/volunteers?', 'id'],
    ['/incidents?state=open&', 'id'],
    ['/incidents?state=all&', 'id'],
  ];
  for (const [path, key] of lists) {
    const reader = path.startsWith('/volunteers') ? asker('shift_leader') : agent;
    const whole = items(await ask(reader, ['GET', `${path}limit=200`])).map((row) => row[key]);
    expect(whole.length, path).toBeGreaterThan(path.startsWith('/incidents') || path.startsWith('/volunteers') ? 0 : 2);
    const read: unknown[] = [];
    for (let after = ''; ; ) {
      const page = await ask(reader, ['GET', `${path}limit=2${after && `&after=${encodeURIComponent(after)}`}`]);
      expect(page.status, path).toBe(200);
      read.push(...items(page).map((row) => row[key]));
      const { next } = page.body;
      if (typeof next !== 'string' || read.length >= whole.length) break;
      after = next;
    }
    expect(read.slice(0, whole.length), path).toEqual(whole);
  }
});
