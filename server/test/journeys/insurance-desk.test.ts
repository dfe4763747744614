import { writeXlsx } from 'hucre/xlsx';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { newId, type OrgId } from '../../kernel/ids.ts';
import { invariant } from '../../kernel/result.ts';
import type { Day } from '../../kernel/time.ts';
import { filedSettings } from '../../modules/insurance/insurance.fixtures.ts';
import { quote } from '../../modules/insurance/policy/quote.service.ts';
import { openPolicyHouse, type PolicyHouse, text } from './insurance.fixtures.ts';

let house: PolicyHouse;
const at = (local: string) => new Date(`${local}+08:00`);
const refused = (status: number, code: string) => ({ status, body: { code: `insurance.${code}` } });

beforeEach(async () => {
  house = await openPolicyHouse(at('2026-06-20T10:00:00'));
});

const items = (body: Record<string, unknown>) => z.array(z.looseObject({ id: z.uuid() })).parse(body['items']);

const listed = (body: Record<string, unknown>) => z.array(z.record(z.string(), z.unknown())).parse(body['items']);

/** The scheme as an open market with two published criteria. */
async function openMarket(): Promise<string> {
  const terms = { days: 20, criteria: [{ id: 'service', name: '本地服务网点' }] };
  const { rows } = await sql<{ id: string }>`update insurance.scheme set market = 'open', members = '[]'::jsonb,
    admission = ${JSON.stringify(terms)}::jsonb returning id`.execute(house.db);
  return text(rows[0]?.id);
}

const product = (over: object = {}) => ({
  ...filedSettings().schemes[0]?.products[0],
  filingNo: '示例备案8号',
  from: '2026-06-21',
  to: null,
  ...over,
});

test('an insurer is admitted after an appeal, files a product, and a quote uses it; the text then only can be followed', async () => {
  const schemeId = await openMarket();
  const file = (body: object, dry = '0', as = 'underwriter') =>
    house.ask('POST', `/schemes/${schemeId}/products?dry=${dry}`, { as, payload: body });
  expect(await file(product())).toMatchObject(refused(403, 'filing_not_admitted'));

  const ask = (answers: object[]) =>
    house.ask('POST', `/schemes/${schemeId}/admissions`, { as: 'underwriter', payload: { answers } });
  expect(await ask([])).toMatchObject(refused(422, 'criteria_unanswered'));
  const asked = await ask([{ criterion: 'service', answer: '示例区设有网点一处' }]);
  const id = text(asked.body['admissionId']);
  const register = async (as: string) => items((await house.ask('GET', '/admissions', { as })).body);
  expect(await ask([{ criterion: 'service', answer: '再申请一次' }])).toMatchObject(refused(409, 'admission_open'));
  expect(await register('broker')).toEqual([]); // what waits is nobody else's
  expect(await register('regulator')).toMatchObject([
    {
      id,
      decideBy: '2026-07-17',
      answers: [{ name: '本地服务网点', answer: '示例区设有网点一处' }],
      can: { decide: true },
    },
  ]);
  const decide = (payload: object) => house.ask('POST', `/admissions/${id}/decision`, { as: 'regulator', payload });
  expect(await decide({ admitted: false, criterion: 'other', reason: '无' })).toMatchObject(
    refused(422, 'criterion_unknown'),
  );
  expect(await decide({ admitted: false, criterion: 'service', reason: '网点未备案' })).toMatchObject({ status: 204 });
  expect(await register('broker')).toMatchObject([
    { admitted: false, criterion: '本地服务网点', answers: [], appeal: '' },
  ]);
  house.setNow(at('2026-06-22T10:00:00'));
  const appeal = () =>
    house.ask('POST', `/admissions/${id}/appeal`, { as: 'underwriter', payload: { appeal: '网点已备案' } });
  expect(await appeal()).toMatchObject({ status: 204 });
  expect(await appeal()).toMatchObject(refused(409, 'admission_not_refused'));
  expect(await register('regulator')).toMatchObject([
    { appealed: true, decideBy: '2026-07-20', can: { decide: true } },
  ]);
  expect(await ask([{ criterion: 'service', answer: '绕过申诉' }])).toMatchObject(refused(409, 'admission_open'));
  const only = async (state: string) =>
    items((await house.ask('GET', `/admissions?state=${state}`, { as: 'broker' })).body);
  expect([(await only('waiting')).length, (await only('refused')).length]).toEqual([1, 0]);
  expect(await decide({ admitted: true })).toMatchObject({ status: 204 });
  expect([(await only('admitted')).length, (await only('waiting')).length]).toEqual([1, 0]);
  const told = await sql<{
    code: string;
  }>`select code from kernel.notification where code like 'insurance.notice.admission%'
    order by at, code`.execute(house.db);
  expect(told.rows.map((r) => r.code.slice('insurance.notice.admission_'.length))).toEqual([
    'asked',
    'denied',
    'appealed',
    'granted',
  ]);

  const body = product({ from: '2026-06-23' });
  expect(await file({ ...body, from: '2026-06-22' }, '1')).toMatchObject({
    status: 422,
    body: { code: 'insurance.filing_faults', faults: [{ field: 'from', message: '新版本最早从 2026-06-23 起销售' }] },
  });
  expect(await file(body, '1')).toMatchObject({ status: 200, body: { productId: null, version: 1 } });
  const filed = await file(body);
  expect(filed).toMatchObject({ status: 201, body: { version: 1 } });
  const productId = text(filed.body['productId']);
  const { id: elevator } = await house.elevator();
  expect(await house.quote([elevator], { productId })).toMatchObject({ status: 201, body: { total: 10_230 } });
  const read = async (of: string) => (await house.ask('GET', `/products/${of}`, { as: 'underwriter' })).body;
  expect(await read(productId)).toMatchObject({ used: true, version: 1, mayFile: true, insurer: '示例财险甲' });
  const next = {
    ...body,
    code: text(z.looseObject({ code: z.string() }).parse((await read(productId))['body']).code),
    from: '2026-07-05',
  };
  const second = await file(next);
  expect(second).toMatchObject({ status: 201, body: { version: 2 } });
  expect((await read(text(second.body['productId'])))['versions']).toMatchObject([
    { version: 2, from: '2026-07-05', to: null },
    { version: 1, from: '2026-06-23', to: '2026-07-04' },
  ]);
  // A third that begins before the second takes its place: never are two versions sold on one day.
  expect(await file({ ...next, from: '2026-07-03' })).toMatchObject({ status: 201, body: { version: 3 } });
  const sold = async (on: string) => {
    const made = await Promise.all(
      [productId, text(second.body['productId'])].map((one) => house.quote([elevator], { productId: one, from: on })),
    );
    return made.map((m) => m.status);
  };
  expect(await sold('2026-07-02')).toEqual([201, 409]);
  expect(await sold('2026-07-05')).toEqual([409, 409]);
});

test('numbers: blocks as they were allotted, low below a tenth, refused when none is left', async () => {
  const give = (payload: object) => house.ask('POST', '/policy-numbers', { as: 'underwriter', payload });
  const numbers = async () => (await house.ask('GET', '/policy-numbers', { as: 'underwriter' })).body;
  expect(await numbers()).toMatchObject({ free: 0, standing: 'none', blocks: [] });
  await give({ prefix: 'A-', first: 1, count: 2, digits: 3 });
  house.setNow(at('2026-06-20T11:00:00'));
  expect((await give({ numbers: ['A-002', 'B-1'] })).body).toEqual({ added: 1, known: ['A-002'] });
  const quoteId = (await house.quote([(await house.elevator()).id])).body['quoteId'];
  expect(await house.bind(quoteId, { number: null })).toMatchObject({ status: 201 });
  expect(await numbers()).toMatchObject({
    free: 2,
    used: 1,
    standing: 'enough',
    next: ['A-002', 'B-1'],
    blocks: [
      { first: 'B-1', last: 'B-1', count: 1, used: 0 },
      { first: 'A-001', last: 'A-002', count: 2, used: 1 },
    ],
  });
});

test('a broker takes out cover for who appointed him, and for nobody else', async () => {
  const { id } = await house.elevator();
  const quoted = () => house.quote([id], {}, { as: 'broker' });
  expect(await quoted()).toMatchObject(refused(404, 'nothing_to_insure')); // nobody's elevators are his to see
  const partners = async (as: string) => (await house.ask('GET', '/partners', { as })).body['items'];
  expect(await partners('broker')).toEqual([]);
  expect(await partners('use_unit')).toMatchObject([{ name: '示例维保', elevators: 1 }, { name: '示例经纪' }]);
  expect(await house.giveMandate({ agentOrgId: house.broker })).toMatchObject({ status: 201 });
  await house.giveMandate({ to: '2027-12-31' });
  const page = async (after = '') =>
    (await house.ask('GET', `/mandates?limit=1${after && `&after=${after}`}`, { as: 'use_unit' })).body;
  const first = await page();
  expect(first).toMatchObject({ items: [{ agent: '示例经纪', mine: 'giver' }], next: expect.any(String) });
  expect(await page(text(first['next']))).toMatchObject({ items: [{ agent: '示例维保' }], next: null });
  expect(await partners('broker')).toMatchObject([{ name: '示例物业', elevators: 1 }]);
  const made = await quoted();
  expect(made).toMatchObject({ status: 201, body: { total: 10_230 } });
  const bound = await house.bind(made.body['quoteId'], {}, { as: 'broker' });
  expect(bound).toMatchObject({ status: 201 });
  expect(await house.policy(bound.body['policyId'])).toMatchObject({ agent: '示例经纪', holder: '示例物业' });
  const own = await house.quote([(await house.elevator()).id]);
  house.setNow(at('2029-01-01T10:00:00'));
  expect(await partners('broker')).toEqual([]);
  expect((await house.bind(own.body['quoteId'], {}, { as: 'broker' })).status).not.toBe(201);
});

test('a notice tells each payer how much, to which account and by when; one person alone does not change the account', async () => {
  const bound = await house.bind((await house.quote([(await house.elevator()).id])).body['quoteId']);
  const path = `/policies/${text(bound.body['policyId'])}/pay-notices`;
  const write = () => house.ask('POST', path, { as: 'underwriter' });
  expect(await write()).toMatchObject(refused(409, 'account_missing'));
  const account = { bank: '示例银行示例支行', holder: '示例财险甲', number: '0000 0000 0001' };
  const recorded = await house.ask('POST', '/premium-accounts', { as: 'cashier', payload: account });
  const confirm = (as: string) =>
    house.ask('POST', `/premium-accounts/${text(recorded.body['accountId'])}/confirmation`, { as });
  expect(await confirm('cashier')).toMatchObject(refused(403, 'account_four_eyes'));
  expect(await confirm('other_underwriter')).toMatchObject(refused(404, 'account_not_found'));
  expect(await write()).toMatchObject(refused(409, 'account_missing')); // recorded is not confirmed
  expect(await confirm('approver')).toMatchObject({ status: 204 });
  expect(await confirm('approver')).toMatchObject(refused(409, 'account_confirmed'));
  expect(await write()).toMatchObject({ status: 201, body: { notices: 2 } });
  const seen = async (as: string) => items((await house.ask('GET', path, { as })).body);
  const [owner, maintenance] = await seen('underwriter');
  expect([owner, maintenance]).toMatchObject([
    { no: 2, payer: 'owner', payerName: '示例物业', amount: 2_790, dueOn: '2026-06-30' },
    { no: 1, payer: 'maintenance', payerName: '示例维保', amount: 2_790, dueOn: '2026-06-30' },
  ]);
  expect(await seen('maintenance')).toMatchObject([{ payer: 'maintenance' }]); // his own and no other's
  expect(await seen('stranger')).toEqual([]);
  const pdf = await house.site.inject({
    url: `/api/v1/insurance/pay-notices/${text(owner?.id)}/pdf`,
    headers: { 'x-as': 'use_unit' },
  });
  expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  await house.pay(bound.body['policyId'], { owner: 2_790 });
  expect(await write()).toMatchObject({ status: 201, body: { notices: 1 } });
  await house.pay(bound.body['policyId'], { maintenance: 2_790 });
  expect(await write()).toMatchObject(refused(409, 'notice_nothing_due'));

  // In force, an elevator joins: what it costs is asked for under the endorsement, until the eve of its first day.
  expect(await house.issue(bound.body['policyId'])).toMatchObject({ status: 200 });
  const add = { ask: { kind: 'add', on: '2026-07-15', elevatorIds: [(await house.elevator()).id] }, note: '新增' };
  const asked = await house.endorse(bound.body['policyId'], add, 'use_unit');
  const endorsement = `/endorsements/${text(asked.body['id'])}`;
  const ask = (as = 'underwriter') => house.ask('POST', `${endorsement}/pay-notices`, { as });
  expect(await ask()).toMatchObject(refused(409, 'endorsement_state'));
  await house.ask('POST', `${endorsement}/decision`, { as: 'underwriter', payload: { decision: 'accept' } });
  expect(await ask('use_unit')).toMatchObject({ status: 403 });
  expect(await ask()).toMatchObject({ status: 201, body: { notices: 2 } });
  const owed = z.array(z.object({ payer: z.string(), amount: z.int() })).parse(asked.body['owed']);
  const due = (payer: string) => owed.find((o) => o.payer === payer)?.amount;
  const told = (await seen('underwriter'))
    .slice(0, 2)
    .toSorted((a, b) => (String(a['payer']) < String(b['payer']) ? -1 : 1));
  expect(told).toMatchObject([
    { payer: 'maintenance', endorsement: 1, amount: due('maintenance'), dueOn: '2026-07-14' },
    { payer: 'owner', endorsement: 1, amount: due('owner'), dueOn: '2026-07-14' },
  ]);
  await house.pay(bound.body['policyId'], { owner: due('owner') ?? 0, maintenance: due('maintenance') ?? 0 });
  expect(await ask()).toMatchObject(refused(409, 'notice_nothing_due'));
});

test('policies from elsewhere by table: good rows stand, bad ones are named by row and column, the same file records nothing twice', async () => {
  const codes = [(await house.elevator()).code, (await house.elevator()).code, (await house.elevator()).code] as const;
  const head = ['保险公司', '保单号', '险种', '起期', '止期', '本台保费（元）', '电梯编号'];
  const line = (code: string, over: Partial<Record<number, string>> = {}) =>
    ['示例财险乙', 'W-1', '安全责任保险', '2026-01-01', '2026-12-31', '102.30', code].map((cell, i) => over[i] ?? cell);
  const send = async (rows: string[][], dry = '0', as = 'maintenance') => {
    const file = Buffer.from(await writeXlsx({ sheets: [{ name: '保单', rows: [head, ...rows] }] }));
    return house.roster(file, '', { as, path: `/policies/elsewhere/table?dry=${dry}` });
  };
  const rows = [
    line(codes[0]),
    line('999999'),
    line(codes[1], { 0: '无名财险', 3: '昨天' }),
    line(codes[2], { 1: 'W-2', 5: '0' }),
  ];
  const told = {
    rows: 4,
    taken: 2,
    known: 0,
    policies: 2,
    faults: [
      { row: 3, column: '电梯编号', value: '999999', code: 'insurance.elsewhere_unknown' },
      { row: 4, column: '保险公司', value: '无名财险' },
      { row: 4, column: '起期', value: '昨天' },
    ],
  };
  expect(await send(rows, '1')).toMatchObject({ status: 200, body: { ...told, dry: true } });
  const list = async (as: string) => listed((await house.ask('GET', '/policies/elsewhere', { as })).body);
  expect(await list('maintenance')).toEqual([]); // looked at, nothing kept
  expect(await send(rows)).toMatchObject({ status: 200, body: { ...told, dry: false } });
  expect(await send(rows)).toMatchObject({ body: { taken: 0, known: 2, policies: 0, faults: told.faults } });
  const mended = [line(codes[0]), line(codes[1], { 3: '2026/1/1' })];
  expect(await send(mended)).toMatchObject({ body: { taken: 1, known: 1, policies: 0, faults: [] } });
  const [first] = await list('other_underwriter');
  expect(await list('other_underwriter')).toMatchObject([
    { number: 'W-1', elevators: 2, premium: 20_460, state: 'unconfirmed', mayConfirm: true, holder: '示例物业' },
    { number: 'W-2', elevators: 1, premium: 0 },
  ]);
  expect(await list('underwriter')).toEqual([]); // another insurer's
  const confirm = `/policies/${text(first?.['policyId'])}/confirmation`;
  expect(await house.ask('POST', confirm, { as: 'other_underwriter', payload: { confirmed: true } })).toMatchObject({
    status: 204,
  });
  expect(await send([line(codes[2])])).toMatchObject({
    body: { taken: 0, faults: [{ row: 2, code: 'insurance.elsewhere_confirmed' }] },
  });
  expect(await send([line(codes[2], { 2: '综合保险' })])).toMatchObject({
    body: { taken: 0, faults: [{ row: 2, column: '保单号', code: 'insurance.elsewhere_number_taken' }] },
  });
  const bare = Buffer.from(await writeXlsx({ sheets: [{ name: '保单', rows: [['保单号'], ['W-1']] }] }));
  expect(await house.roster(bare, '', { path: '/policies/elsewhere/table?dry=1' })).toMatchObject(
    refused(422, 'elsewhere_no_column'),
  );
});

test('five thousand rows, one in ten of them bad: each is told, and every good one stands', async () => {
  await sql`insert into registry.elevator (id, kind, variety, state, state_at, source, use_org_id, maintenance_org_id, rescue_code,
      place_class, in_use_on, next_inspection_on, district_code, area_codes, org_ids)
    select gen_random_uuid(), 'lift', 'traction_passenger', 'in_use', now(), 'test', ${house.useUnit}, ${house.maintenance},
      (700000 + n)::text, 'residence', '2018-05-20', '2030-05-31', '320205', '{320205}',
      array[${house.useUnit}::uuid, ${house.maintenance}::uuid] from generate_series(0, 4999) n`.execute(house.db);
  const head = ['保险公司', '保单号', '险种', '起期', '止期', '本台保费（元）', '电梯编号'];
  const rows = Array.from({ length: 5_000 }, (_, i) =>
    ['示例财险乙', `N-${i}`, '责任', '2026-01-01', '2026-12-31', '102.30', String(700_000 + i)].map((cell, c) =>
      c === 2 ? (i % 10 === 0 ? '车险' : '安全责任保险') : cell,
    ),
  );
  const csv = [head, ...rows].map((r) => r.join(',')).join('\n');
  const send = () => house.roster(csv, '', { path: '/policies/elsewhere/table?dry=0' });
  const done = await send();
  expect(done).toMatchObject({ status: 200, body: { rows: 5_000, taken: 4_500, policies: 4_500, known: 0 } });
  expect(z.array(z.unknown()).parse(done.body['faults'])).toHaveLength(500);
  expect((await send()).body).toMatchObject({ taken: 0, known: 4_500, policies: 0 });
}, 120_000);

test('evidence that lowers a premium counts once a second person confirmed it, stands behind the factor, and ends with its last day', async () => {
  const { id } = await house.elevator();
  const record = (over: object, as = 'underwriter') =>
    house.ask('POST', '/evidence', {
      as,
      payload: {
        kind: 'unit_losses',
        key: 'free_1y',
        orgId: house.maintenance,
        source: '出险统计',
        document: '示例统计〔2026〕1号',
        from: '2026-06-01',
        to: '2026-12-31',
        ...over,
      },
    });
  expect(await record({ kind: 'stars', key: '5' }, 'use_unit')).toMatchObject(refused(403, 'evidence_not_yours'));
  expect(await record({ key: 'free_9y' })).toMatchObject(refused(422, 'evidence_answer_unknown'));
  expect(await record({ orgId: null })).toMatchObject(refused(404, 'evidence_subject_unknown'));
  const total = async (from = '2026-07-01') => (await house.quote([id], { from })).body['total'];
  const made = await record({});
  expect(made).toMatchObject({ status: 201, body: { needsSecond: true } });
  const path = `/evidence/${text(made.body['evidenceId'])}`;
  expect(await total()).toBe(10_230); // it waits
  expect(await house.ask('POST', `${path}/confirmation`, { as: 'underwriter' })).toMatchObject(
    refused(403, 'evidence_same_person'),
  );
  expect(await house.ask('POST', `${path}/confirmation`, { as: 'other_underwriter' })).toMatchObject(
    refused(404, 'evidence_not_found'),
  );
  expect(await house.ask('POST', `${path}/confirmation`, { as: 'approver' })).toMatchObject({ status: 204 });
  const quoted = await house.quote([id]);
  expect(quoted.body['total']).toBe(9_719); // 93 × 1.10 × 0.95
  const behind = await house.ask('GET', `/quotes/${text(quoted.body['quoteId'])}/evidence`, { as: 'use_unit' });
  expect(listed(behind.body)).toContainEqual(
    expect.objectContaining({
      kind: 'unit_losses',
      subject: '示例维保',
      document: '示例统计〔2026〕1号',
      from: '2026-06-01',
      to: '2026-12-31',
      state: 'counting',
    }),
  );
  expect(await record({ key: 'none', from: '2026-06-02' })).toMatchObject({ body: { needsSecond: false } }); // dearer: one person
  expect(await total()).toBe(10_230);
  const [worse] = listed((await house.ask('GET', '/evidence', { as: 'underwriter' })).body);
  const withdraw = (evidence: unknown, as = 'underwriter') =>
    house.ask('POST', `/evidence/${text(evidence)}/withdrawal`, { as, payload: { reason: '录入有误' } });
  expect(await withdraw(worse?.['id'], 'underwriter2')).toMatchObject(refused(403, 'evidence_not_yours'));
  expect(await withdraw(worse?.['id'])).toMatchObject({ status: 204 });
  expect(await withdraw(worse?.['id'])).toMatchObject(refused(409, 'evidence_withdrawn'));
  expect(await total()).toBe(9_719);
  house.setNow(at('2027-01-01T10:00:00'));
  expect(await total('2027-02-01')).toBe(10_230); // its last day is over
});

test('an insurer finds the unit it records by name, and the second person refuses what is not right', async () => {
  const { id } = await house.elevator();
  const named = (q: string, as = 'underwriter') =>
    house.ask('GET', `/units?q=${encodeURIComponent(q)}`, { as }).then((answer) => listed(answer.body));
  expect(await named('例维')).toContainEqual({ orgId: house.maintenance, name: '示例维保' });
  expect(await named('%%')).toEqual([]);
  const payload = {
    kind: 'unit_losses',
    key: 'free_2y',
    orgId: house.maintenance,
    source: '出险统计',
    document: '示例统计〔2026〕2号',
    from: '2026-06-01',
  };
  const made = await house.ask('POST', '/evidence', { as: 'underwriter', payload });
  const path = `/evidence/${text(made.body['evidenceId'])}`;
  const before = (await house.quote([id])).body['total'];
  const refuse = () => house.ask('POST', `${path}/withdrawal`, { as: 'approver', payload: { reason: '去年有赔案' } });
  expect(await refuse()).toMatchObject({ status: 204 });
  expect(await house.ask('POST', `${path}/confirmation`, { as: 'approver' })).toMatchObject(
    refused(409, 'evidence_withdrawn'),
  );
  expect(await refuse()).toMatchObject(refused(409, 'evidence_withdrawn'));
  expect((await house.quote([id])).body['total']).toBe(before);
  expect(listed((await house.ask('GET', '/evidence', { as: 'underwriter' })).body)).toContainEqual(
    expect.objectContaining({ document: '示例统计〔2026〕2号', state: 'withdrawn', withdrawnReason: '去年有赔案' }),
  );
});

test('before hand-over the maker takes out cover, afterwards the use unit; nothing insurable is refused with its reason', async () => {
  const { id } = await house.elevator();
  const maker = newId();
  await sql`insert into identity.org (id, name, name_key, kinds, area_codes, org_ids)
    values (${maker}, '示例制造', '示例制造', '{maker}', '{}', array[${maker}::uuid])`.execute(house.db);
  await sql`update registry.elevator set state = 'installed', use_org_id = null, maker_org_id = ${maker}, in_use_on = null,
    next_inspection_on = null, org_ids = array[${maker}::uuid, ${house.useUnit}::uuid] where id = ${id}`.execute(
    house.db,
  );
  const none = await house.quote([id]);
  expect(none).toMatchObject({
    status: 409,
    body: {
      code: 'insurance.quote_none_insurable',
      title: '所选电梯目前没有一台可以承保，未生成报价。尚未交付使用（已安装），应由制造或安装单位投保',
    },
  });
  expect(listed((await house.ask('GET', '/quotes', { as: 'use_unit' })).body)).toEqual([]); // nothing was kept, nothing referred
  const viewer = house.viewer(maker as OrgId, 'maker');
  const made = await quote(house.deps, viewer, {
    productId: house.productId,
    holderOrgId: maker as OrgId,
    leadOrgId: null,
    elevatorIds: null,
    from: '2026-07-01' as Day,
  });
  expect(made).toMatchObject({ ok: true, value: { elevators: 1, refused: 0, total: 10_780 } }); // 98.00 × 1.10
  invariant(made.ok, 'rated above');
  house.person('maker', viewer);
  const own = await house.bind(made.value.quoteId, {}, { as: 'maker' });
  expect(own).toMatchObject({ status: 201 });
  const policyId = text(own.body['policyId']);
  const shown = await house.policy(policyId);
  const payers = z.array(z.object({ payer: z.string(), amount: z.int() })).parse(shown['owed']);
  await house.pay(policyId, Object.fromEntries(payers.map((o) => [o.payer, o.amount])));
  expect(await house.issue(policyId)).toMatchObject({ status: 200 });
  const { id: next } = await house.elevator();
  const { id: used } = await house.elevator();
  await sql`update registry.elevator set state = 'installed', use_org_id = null, maker_org_id = ${maker}, in_use_on = null,
    next_inspection_on = null, org_ids = array[${maker}::uuid] where id = ${next}`.execute(house.db);
  await sql`update registry.elevator set maker_org_id = ${maker}, org_ids = org_ids || ${maker}::uuid
    where id = ${used}`.execute(house.db);
  const join = (elevatorIds: string[]) =>
    house.endorse(policyId, { ask: { kind: 'add', on: '2026-08-01', elevatorIds }, note: '新装' }, 'maker');
  expect(await join([used])).toMatchObject(refused(409, 'none_insurable')); // handed over: its use unit's to insure
  expect(await join([next, used])).toMatchObject({
    status: 200,
    body: { state: 'asked', leftOut: [{ elevatorId: used }] },
  });
  const stranger = house.viewer(house.maintenance, 'installer');
  const foreign = { productId: house.productId, holderOrgId: maker as OrgId, leadOrgId: null, elevatorIds: null };
  expect(await quote(house.deps, stranger, { ...foreign, from: '2026-07-01' as Day })).toMatchObject({
    refusal: { code: 'insurance.nothing_to_insure' }, // another's new elevators are not his to see
  });
});
