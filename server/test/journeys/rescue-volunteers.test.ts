import { beforeAll, expect, test } from 'vitest';
import { pass as relay } from '../../kernel/relay.ts';
import { invariant } from '../../kernel/result.ts';
import { addDays, dayOf } from '../../kernel/time.ts';
import { type Asker, openWholeHouse, type WholeHouse } from '../scope/house.ts';

let house: WholeHouse;
beforeAll(async () => {
  house = await openWholeHouse();
}, 300_000);

const asker = (name: string): Asker => {
  const found = house.askers.find((one) => one.name === name);
  invariant(found, `the demo has a ${name}`);
  return found;
};
const one = async (text: string, values: unknown[] = []) =>
  (await house.kernel.pool.query<Record<string, unknown>>(text, values)).rows[0];

/** A form as a browser without script sends it. */
const send = (url: string, fields: Readonly<Record<string, string>>) =>
  house.site.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  });
const ask = (as: Asker, [method, path]: readonly ['GET' | 'POST', string], payload?: object) =>
  house.site.inject({
    method,
    url: `/api/v1/rescue/volunteers${path}`,
    headers: as.headers,
    ...(payload ? { payload } : {}),
  });

const everyDay = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [`day${day}`, '1']));
let elevator: { id: string; rescue_code: string; district_code: string };
const team = (over: Readonly<Record<string, string>> = {}) => ({
  key: 'journey-volunteers-1',
  applicant: 'organisation',
  category: 'property_crew',
  name: '示例物业应急队',
  contact: '示例负责人',
  phone: '100 6666 0001',
  members: '示例队员甲 10066660011\n示例队员乙 10066660012',
  competence: '电梯维修十年，会手动盘车和开门',
  certificateKind: '特种设备作业人员证',
  certificateNumber: 'T100000001',
  certificateUntil: '',
  district: elevator.district_code,
  address: '示例花园物业中心',
  nearCode: elevator.rescue_code,
  fromTime: '00:00',
  toTime: '00:00',
  ...everyDay,
  ...over,
});
const cookieOf = (answer: { headers: Record<string, unknown> }) =>
  String(answer.headers['set-cookie']).split(';')[0] ?? '';
const codeIn = (body: string) => /<p class="code">([^<]+)</.exec(body)?.[1] ?? '';

let code = '';
let number = '';

test('a team applies on the public page, is told what was wrong, and sent twice it is one application', async () => {
  const found = await one(
    `select id, rescue_code, district_code from registry.elevator e where rescue_code is not null and lng is not null
       and district_code is not null and not exists (select from rescue.incident i where i.elevator_id = e.id) order by id limit 1`,
  );
  elevator = found as typeof elevator;
  expect((await house.site.inject({ url: '/~/volunteer/apply' })).body).toContain('name="competence"');

  for (const [field, value] of [
    ['phone', '12345'],
    ['competence', '会修'],
    ['members', '示例队员甲'],
    ['members', ''],
    ['nearCode', '999999'],
    ['certificateUntil', '2020-01-01'],
    ['district', '999999'],
  ] as const) {
    const answer = await send('/~/volunteer/apply', team({ [field]: value }));
    expect([field, answer.statusCode]).toEqual([field, 400]);
    expect(answer.body).toContain('role="alert"');
    expect(answer.body).toContain('示例花园物业中心'); // nothing that was typed is lost
  }
  expect(
    await one('select count(*)::int as n from rescue.volunteer_force where applicant = $1', ['organisation']),
  ).toEqual({ n: 0 });

  const first = await send('/~/volunteer/apply', team());
  expect(first.statusCode).toBe(200);
  const again = await send('/~/volunteer/apply', team());
  number = /SF-\d{6}/.exec(first.body)?.[0] ?? '';
  expect(/SF-\d{6}/.exec(again.body)?.[0]).toBe(number);
  code = codeIn(again.body);
  expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/);
  const other = await send('/~/volunteer/apply', team({ key: 'journey-volunteers-2' }));
  expect(other.statusCode).toBe(400); // the same phone does not apply twice
  expect(codeIn(other.body)).toBe('');
});

test('nothing personal lies open: not in the table, not in the audit, not in what officials list', async () => {
  const { rows } = await house.kernel.pool.query<{ text: string }>(
    `select f::text as text from rescue.volunteer_force f where number = $1
     union all select a::text from kernel.audit a where object = 'rescue.volunteer_force'`,
    [number],
  );
  expect(rows.length).toBeGreaterThan(1);
  for (const { text } of rows)
    for (const secret of ['10066660001', '10066660011', '示例队员甲', 'T100000001', code])
      expect(text).not.toContain(secret);
  const listed = await ask(asker('city_regulator'), ['GET', '']);
  for (const secret of ['10066660001', '示例队员甲', 'T100000001']) expect(listed.body).not.toContain(secret);
  expect(listed.body).toContain('示例物业应急队');
});

test('the applicant finds his application by the code, and sends a certificate', async () => {
  expect((await send('/~/volunteer', { code: 'AAAA-AAAA-AAAA' })).statusCode).toBe(404);
  const opened = await send('/~/volunteer', { code: code.toLowerCase().replaceAll('-', ' ') });
  expect(opened.statusCode).toBe(303);
  const own = String(opened.headers.location);
  expect(own).not.toContain(code);
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
  const upload = (bytes: Buffer) => {
    const head =
      '--x\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n';
    return house.site.inject({
      method: 'POST',
      url: `${own}/papers`,
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--x--\r\n')]),
    });
  };
  expect((await upload(png)).statusCode).toBe(303);
  expect((await upload(png)).statusCode).toBe(303); // the same bytes are one paper
  expect((await upload(Buffer.from('#!/bin/sh'))).statusCode).toBe(400);
  const page = await house.site.inject({ url: own });
  expect(page.body).toContain(number);
  expect(page.body).not.toContain('/account'); // nobody gets an account before the decision
  const force = await one('select id from rescue.volunteer_force where number = $1', [number]);
  const listed = (await ask(asker('shift_leader'), ['GET', '?state=waiting'])).json<{
    items: { id: string; papers: { id: string }[] }[];
  }>();
  const papers = listed.items.find((f) => f.id === force?.['id'])?.papers ?? [];
  expect(papers).toHaveLength(1);
  const paper = await ask(asker('shift_leader'), ['GET', `/${String(force?.['id'])}/papers/${papers[0]?.id}`]);
  expect(paper.rawPayload.equals(png)).toBe(true);
});

test('officials of another district do not find it; the shift leader approves, and the applicant is told', async () => {
  const force = await one('select id, version, district_code from rescue.volunteer_force where number = $1', [number]);
  const id = String(force?.['id']);
  const validUntil = addDays(dayOf(house.kernel.now()), 365);
  const decision = { do: 'approve', version: 0, validUntil };
  const district = asker('district_regulator');
  const foreign = await one(
    `select id from rescue.volunteer_force where not area_codes && $1::text[] order by id limit 1`,
    [district.viewer?.scope.areas],
  );
  expect((await ask(district, ['POST', `/${String(foreign?.['id'])}/decision`], decision)).json()).toMatchObject({
    code: 'rescue.no_volunteers',
  });
  expect((await ask(asker('agent'), ['POST', `/${id}/decision`], decision)).statusCode).toBe(403);
  const far = { ...decision, validUntil: '2099-01-01' };
  expect((await ask(asker('shift_leader'), ['POST', `/${id}/decision`], far)).json()).toMatchObject({
    code: 'rescue.volunteers_until_far',
  });
  expect((await ask(asker('shift_leader'), ['POST', `/${id}/decision`], decision)).statusCode).toBe(204);
  expect((await ask(asker('shift_leader'), ['POST', `/${id}/decision`], decision)).statusCode).toBe(409);
  const told = await one('select code, state from kernel.delivery where subject = $1', [id]);
  expect(told).toMatchObject({ code: 'rescue.volunteer.tell.approved' });
  const plain = await ask(asker('city_regulator'), ['POST', `/${id}/unmasking`], { reason: '电话核实' });
  expect(plain.json()).toMatchObject({
    phone: '10066660001',
    members: [{ name: '示例队员甲' }, { name: '示例队员乙' }],
  });
  expect(
    await one(`select count(*)::int as n from kernel.audit where action = 'unmask' and row_id = $1`, [id]),
  ).toEqual({
    n: 1,
  });
});

test('the approved team is on duty, is offered a job at level 2, and a member accepts it on his phone', async () => {
  const members = await house.kernel.pool.query<{ person_id: string; on_duty: boolean; kind: string }>(
    `select r.person_id, r.kind, exists (select from rescue.duty d where d.person_id = r.person_id
       and d.from_at <= now() and d.to_at > now()) as on_duty
     from rescue.rescuer r join rescue.volunteer_member m on m.person_id = r.person_id
     join rescue.volunteer_force f on f.id = m.force_id where f.number = $1 order by m.place`,
    [number],
  );
  expect(members.rows).toMatchObject([
    { kind: 'social', on_duty: true },
    { kind: 'social', on_duty: true },
  ]);

  const agent = asker('agent');
  const call = (url: string, payload: object) =>
    house.site.inject({ method: 'POST', url: `/api/v1/rescue${url}`, headers: agent.headers, payload });
  const taken = await call('/calls', { key: 'journey-volunteers-call', elevatorId: elevator.id, kind: 'entrapment' });
  const { incidentId } = taken.json<{ incidentId: string }>();
  await call(`/incidents/${incidentId}/orders`, { do: 'escalate' });
  const offered = await one(
    `select o.level, o.state from rescue.offer o where o.incident_id = $1 and o.person_id = any ($2::uuid[])`,
    [incidentId, members.rows.map((m) => m.person_id)],
  );
  // They stand beside the elevator: nobody is nearer, so the second level asks them by itself.
  expect(offered).toMatchObject({ level: 2, state: 'offered' });

  const own = String((await send('/~/volunteer', { code })).headers.location);
  const handed = await send(`${own}/account`, { place: '1' });
  const [, username = '', password = ''] = /<dd>(sf-[^<]+)<\/dd>\s*<dt>[^<]*<\/dt><dd>([^<]+)</.exec(handed.body) ?? [];
  expect(username).toBe(`${number.toLowerCase()}-1`);
  const session = await house.site.inject({ method: 'POST', url: '/api/v1/session', payload: { username, password } });
  const changed = await house.site.inject({
    method: 'POST',
    url: '/api/v1/session/password',
    headers: { cookie: cookieOf(session) },
    payload: { current: password, next: 'example-volunteer-2026' },
  });
  const headers = { cookie: cookieOf(changed) };
  const jobs = (await house.site.inject({ url: '/api/v1/rescue/jobs', headers })).json<{
    items: { incidentId: string }[];
  }>();
  const report = { do: 'accept', key: 'journey-volunteers-accept', happenedAt: house.kernel.now().toISOString() };
  const mine = jobs.items.map((j) => j.incidentId);
  const accepted = await house.site.inject({
    method: 'POST',
    url: `/api/v1/rescue/jobs/${mine[0]}/reports`,
    headers,
    payload: report,
  });
  expect([mine, accepted.statusCode]).toEqual([[incidentId], 200]);
  // He answers jobs; he decides on nobody.
  expect((await house.site.inject({ url: '/api/v1/rescue/volunteers', headers })).statusCode).toBe(403);
});

test('withdrawn by the applicant, they are asked no more, nobody signs in, and the phone may apply again', async () => {
  const own = String((await send('/~/volunteer', { code })).headers.location);
  expect((await send(`${own}/withdraw`, {})).statusCode).toBe(400); // without the tick nothing happens
  expect((await send(`${own}/withdraw`, { sure: '1' })).statusCode).toBe(303);
  const { db, pool, log } = house.kernel;
  const { modules } = house.app;
  while ((await relay({ db, pool, log, modules, heard: () => undefined })) > 0);
  const left = await one(
    `select bool_and(r.left_on is not null) as all_left, count(*) filter (where exists (select from rescue.duty d
       where d.person_id = r.person_id and d.to_at > now()))::int as on_duty
     from rescue.rescuer r join rescue.volunteer_member m on m.person_id = r.person_id
     join rescue.volunteer_force f on f.id = m.force_id where f.number = $1`,
    [number],
  );
  expect(left).toEqual({ all_left: true, on_duty: 0 });
  const account = await one('select state from identity.account where username = $1', [`${number.toLowerCase()}-1`]);
  expect(account).toEqual({ state: 'suspended' });
  const again = await send('/~/volunteer/apply', team({ key: 'journey-volunteers-3' }));
  expect(again.statusCode).toBe(200);
});

test('by night duty is written on, who ends soon is told once, who is over stands down, and old names are forgotten', async () => {
  const applied = await send(
    '/~/volunteer/apply',
    team({ key: 'journey-volunteers-4', applicant: 'person', phone: '10066660009', name: '示例志愿者', members: '' }),
  );
  const other = /SF-\d{6}/.exec(applied.body)?.[0] ?? '';
  const force = await one('select id from rescue.volunteer_force where number = $1', [other]);
  const id = String(force?.['id']);
  const today = dayOf(house.kernel.now());
  const validUntil = addDays(today, 20);
  const approve = { do: 'approve', version: 0, validUntil };
  expect((await ask(asker('city_regulator'), ['POST', `/${id}/decision`], approve)).statusCode).toBe(204);

  const night = async () => {
    const task = house.app.modules.find((m) => m.name === 'rescue')?.tasks?.['rescue_tend_volunteers'];
    invariant(task, 'rescue tends volunteers every night');
    await task.run({});
  };
  const told = () =>
    one(`select count(*)::int as n from kernel.delivery where subject = $1 and code like '%expiring'`, [id]);
  await night();
  await night();
  expect(await told()).toEqual({ n: 1 });
  const spans = await one(
    `select count(*)::int as n, count(distinct from_at)::int as begins, max(from_at) as last from rescue.duty d
     join rescue.volunteer_member m on m.person_id = d.person_id where m.force_id = $1`,
    [id],
  );
  expect(spans).toMatchObject({ n: 21, begins: 21 }); // every day to the last one, none twice, none after it

  await house.kernel.pool.query('update rescue.volunteer_force set valid_until = $2 where id = $1', [
    id,
    addDays(today, -1),
  ]);
  await night();
  expect(await one('select state, reason from rescue.volunteer_force where id = $1', [id])).toEqual({
    state: 'expired',
    reason: '',
  });
  expect(await one('select count(*)::int as n from kernel.delivery where subject = $1', [id])).toEqual({ n: 3 });

  await house.kernel.pool.query('update rescue.volunteer_force set ended_on = $2 where id = $1', [
    id,
    addDays(today, -366),
  ]);
  await night();
  expect(await one('select name, phone, phone_key, members from rescue.volunteer_force where id = $1', [id])).toEqual({
    name: null,
    phone: null,
    phone_key: null,
    members: null,
  });
});
