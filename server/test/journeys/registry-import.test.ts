import { runMigrations } from 'graphile-worker';
import { writeXlsx } from 'hucre/xlsx';
import iconv from 'iconv-lite';
import { beforeAll, expect, test } from 'vitest';
import type { ElevatorFileView, ElevatorLine } from '../../../contract/registry.ts';
import type { ImportRunView } from '../../../contract/registry-imports.ts';
import { addDays, dayOf } from '../../kernel/time.ts';
import { type House, openTestHouse } from '../../modules/registry/house.fixtures.ts';

let house: House;
beforeAll(async () => {
  house = await openTestHouse();
  await runMigrations({ pgPool: house.kernel.pool });
  await house.org('示例物业一号公司', 'property_company');
  house.viewer('unit', { role: 'safety_officer', scope: { all: false, areas: [], orgs: [] } });
});

const upload = (...[name, bytes, source = '示例来源', as = 'city']: [string, Buffer | string, string?, string?]) => {
  const head = `--frontier\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  const payload = Buffer.concat([Buffer.from(head), Buffer.from(bytes), Buffer.from('\r\n--frontier--\r\n')]);
  return house.ask({
    method: 'POST',
    url: `/api/v1/imports?kind=elevators&source=${encodeURIComponent(source)}`,
    headers: { 'content-type': 'multipart/form-data; boundary=frontier' },
    payload,
    as,
  });
};
const get = async <T>(url: string): Promise<T> => (await house.ask({ url: `/api/v1${url}`, as: 'city' })).json<T>();

/** Upload, start with what was suggested, work it off, and say how it ended. */
async function run(
  name: string,
  bytes: Buffer | string,
  { dry = false, source = '示例来源' } = {},
): Promise<ImportRunView> {
  const ready = (await upload(name, bytes, source)).json<ImportRunView>();
  const { mapping, units } = ready;
  const started = await house.ask({
    method: 'POST',
    url: `/api/v1/imports/${ready.id}/start`,
    payload: { dry, mapping, units },
    as: 'city',
  });
  expect(started.statusCode, started.body).toBe(202);
  await house.module.tasks?.['registry.import']?.run({ runId: ready.id });
  await house.settle();
  return get<ImportRunView>(`/imports/${ready.id}`);
}

const HEAD =
  '注册代码,救援识别码,设备品种,使用状态,所属区县,安装地址,小区名称,楼栋,使用单位,额定速度(m/s),额定载重量(kg),制造日期,经度,纬度,备注';
const row = (over: Partial<Record<'code' | 'rescue' | 'area' | 'speed' | 'made' | 'use', string>> = {}) =>
  [
    over.code ?? '31103202112017060001',
    over.rescue ?? '320001',
    '曳引驱动乘客电梯',
    '在用',
    over.area ?? '滨湖区',
    '示例大道12号',
    '示例翠湖花园',
    '3幢',
    over.use ?? '示例物业一号公司',
    over.speed ?? '1.75',
    '1000',
    over.made ?? '2017年3月1日',
    '120.3',
    '31.5',
    '无',
  ].join(',');

test('Chinese headers map by themselves, and a look first writes nothing', async () => {
  const table = [HEAD, row(), row({ code: '31103202112017060002', rescue: '320002' })].join('\r\n');
  const ready = await upload('电梯.csv', table);
  expect(ready.json()).toMatchObject({
    format: { kind: 'csv', encoding: 'utf-8' },
    mapping: { 注册代码: 'registrationCode', 安装地址: 'road', '额定速度(m/s)': 'speed', 备注: '' },
    state: 'ready',
  });
  const looked = await run('电梯.csv', table, { dry: true });
  expect(looked).toMatchObject({ dry: true, state: 'done', rowsDone: 2, created: 2, refused: 0 });
  expect((await get<{ items: unknown[] }>('/elevators')).items).toEqual([]);
});

test('rows become files; the same table again changes nothing; a mended row changes one file', async () => {
  const table = [HEAD, row(), row({ code: '31103202112017060002', rescue: '320002' })].join('\r\n');
  expect(await run('电梯.csv', table)).toMatchObject({
    state: 'done',
    created: 2,
    unchanged: 0,
    refused: 0,
    remarked: 0,
  });
  expect(await run('电梯.csv', table)).toMatchObject({ created: 0, changed: 0, unchanged: 2 });
  const mended = [HEAD, row({ speed: '2.0' }), row({ code: '31103202112017060002', rescue: '320002' })].join('\r\n');
  expect(await run('电梯.csv', mended)).toMatchObject({ created: 0, changed: 1, unchanged: 1 });
  const { items } = await get<{ items: ElevatorLine[] }>('/elevators?sort=rescue_code');
  expect(items.map((l) => [l.rescueCode, l.address, l.useUnit?.name])).toEqual([
    ['320001', '滨湖区示例大道12号示例翠湖花园3幢', '示例物业一号公司'],
    ['320002', '滨湖区示例大道12号示例翠湖花园3幢', '示例物业一号公司'],
  ]);
  const first = await get<ElevatorFileView>(`/elevators/${items[0]?.id}`);
  expect(first).toMatchObject({ speedMmPerS: 2000, loadKg: 1000, madeOn: '2017-03-01' });
  expect(first.building?.id).toBe((await get<ElevatorFileView>(`/elevators/${items[1]?.id}`)).building?.id);
});

test('a code that stands twice says so, and a look counts what the import will do', async () => {
  const table = [
    HEAD,
    row({ code: '31103202112017060021', rescue: '320021' }),
    row({ code: '31103202112017060022', rescue: '320022' }),
    row({ code: '31103202112017060021', rescue: '320021', speed: '2.5' }),
  ].join('\n');
  const counts = { rowsDone: 3, created: 2, changed: 1, unchanged: 0, refused: 0, remarked: 1 };
  expect(await run('重复.csv', table, { dry: true })).toMatchObject(counts);
  const done = await run('重复.csv', table);
  expect(done).toMatchObject(counts);
  const { items } = await get<{ items: { rowNo: number; line: string }[] }>(`/imports/${done.id}/faults`);
  expect(items).toMatchObject([{ rowNo: 4, line: expect.stringContaining('编号与第 2 行相同') }]);
  expect((await get<{ items: unknown[] }>(`/imports/${done.id}/faults?refused=true`)).items).toEqual([]);
});

test('a first day of use that has not come is a plan: its row is refused, new or known, and the others are taken', async () => {
  const head = '注册代码,救援识别码,设备品种,使用状态,所属区县,小区名称,楼栋,使用单位,投用日期';
  const line = (rescue: string, day: string) =>
    ['', rescue, '曳引驱动乘客电梯', '在用', '滨湖区', '示例投用花园', '1幢', '示例物业一号公司', day].join(',');
  const today = dayOf(house.kernel.now());
  const tomorrow = addDays(today, 1);
  const done = await run(
    '投用.csv',
    [head, line('320071', today), line('320072', tomorrow), line('320073', '')].join('\n'),
  );
  expect(done).toMatchObject({ created: 2, refused: 1 });
  const told = async (id: string) =>
    (await get<{ items: { rowNo: number; line: string }[] }>(`/imports/${id}/faults`)).items;
  expect(await told(done.id)).toMatchObject([{ rowNo: 3, line: expect.stringContaining('投用日期') }]);
  expect((await told(done.id))[0]?.line).toContain(`晚于今天（${today}）`);
  const again = await run('投用.csv', [head, line('320073', tomorrow)].join('\n')); // a known one does not get a plan either
  expect(again).toMatchObject({ created: 0, changed: 0, refused: 1 });
});

test('a fault names row, column, value and remedy, and costs no good row and no good cell', async () => {
  const table = [
    HEAD,
    row({ code: '3110320211201706001', rescue: '320011' }), // 19 digits: warned, taken
    row({ code: '31103202112017060012', rescue: '320012', speed: '快', area: '不存在区', made: '2017-13-01' }),
    row({ code: '', rescue: '' }),
    row({ code: '3.11E+19', rescue: '320014', use: '无此公司' }),
    row({ code: '31103202112017060001', rescue: '320002' }), // two files
  ].join('\n');
  const done = await run('脏数据.csv', table);
  expect(done).toMatchObject({ state: 'done', rowsDone: 5, created: 3, refused: 2, remarked: 3 });
  const { items } = await get<{ items: { rowNo: number; refused: boolean; line: string }[] }>(
    `/imports/${done.id}/faults`,
  );
  expect(items.map((f) => f.line)).toEqual([
    '第 2 行『注册代码』应为 20 位数字，现为 19 位',
    '第 3 行『额定速度(m/s)』应为数字',
    '第 3 行『制造日期』应为日期，例：2026-11-20',
    '第 3 行『所属区县』不是本市现行区划，未采用',
    '第 4 行『注册代码』缺少任何可识别的编号（注册代码、救援识别码、设备代码、使用登记证编号、来源编号之一），整行未导入',
    '第 5 行『注册代码』已被表格软件转为科学计数，末位数字丢失；请将该列设为文本后重新导出',
    '第 5 行『使用单位』没有这个名称的单位，未采用；请先导入单位',
    '第 6 行『注册代码』各编号指向不同的档案，整行未导入',
  ]);
  expect(items.filter((f) => f.refused).map((f) => f.rowNo)).toEqual([4, 6]);
  expect(done.missing['useUnit']).toBe(0);
  const csv = await house.ask({ url: `/api/v1/imports/${done.id}/faults.csv`, as: 'city' });
  expect(csv.body.split('\r\n')[1]).toBe('2,注册代码,3110320211201706001,已导入,应为 20 位数字，现为 19 位');
  const [found] = (await get<{ items: ElevatorLine[] }>('/elevators?q=320012')).items;
  // The point told the district that the name could not.
  expect(found).toMatchObject({ registrationCode: '31103202112017060012', districtCode: '320211' });
});

test('GB18030 and spreadsheets are read like UTF-8; a column once mapped by hand is remembered', async () => {
  const table = ['救援号,安装地址', '320101,示例东路1号'].join('\r\n');
  const gb = iconv.encode(table, 'gb18030');
  const ready = (await upload('国标.csv', gb, '另一来源')).json<ImportRunView>();
  expect(ready).toMatchObject({
    format: { encoding: 'gb18030' },
    columns: ['救援号', '安装地址'],
    mapping: { 救援号: '' },
  });
  const start = (mapping: object) =>
    house.ask({
      method: 'POST',
      url: `/api/v1/imports/${ready.id}/start`,
      payload: { dry: false, mapping, units: ready.units },
      as: 'city',
    });
  expect((await start(ready.mapping)).json()).toMatchObject({ code: 'registry.mapping_missing' });
  expect((await start({ ...ready.mapping, 救援号: 'rescueCode' })).statusCode).toBe(202);
  await house.module.tasks?.['registry.import']?.run({ runId: ready.id });
  const bytes = await writeXlsx({
    sheets: [
      {
        name: '电梯',
        rows: [
          ['救援号', '安装地址', '制造日期'],
          ['320102', '示例东路2号', new Date('2018-05-06T00:00:00Z')],
        ],
      },
    ],
  });
  const sheet = (await upload('表格.xlsx', Buffer.from(bytes), '另一来源')).json<ImportRunView>();
  expect(sheet).toMatchObject({ format: { kind: 'xlsx' }, mapping: { 救援号: 'rescueCode' } });
  expect(await run('表格.xlsx', Buffer.from(bytes), { source: '另一来源' })).toMatchObject({ created: 1, refused: 0 });
  const [line] = (await get<{ items: ElevatorLine[] }>('/elevators?q=320102')).items;
  expect((await get<ElevatorFileView>(`/elevators/${line?.id}`)).madeOn).toBe('2018-05-06');
});

test('a stop in the middle goes on where it stood and takes no row twice', async () => {
  const rows = Array.from({ length: 2_300 }, (_, i) =>
    row({ code: `3110320213201701${String(i).padStart(4, '0')}`, rescue: String(400_000 + i) }),
  );
  const ready = (await upload('大.csv', [HEAD, ...rows].join('\n'))).json<ImportRunView>();
  await house.ask({
    method: 'POST',
    url: `/api/v1/imports/${ready.id}/start`,
    payload: { dry: false, mapping: ready.mapping, units: ready.units },
    as: 'city',
  });
  // As if the process had died behind the first chunk: its rows are in, the run says so.
  await house.kernel.pool.query(`update registry.import_run set rows_done = 1000, created = 1000 where id = $1`, [
    ready.id,
  ]);
  await house.module.tasks?.['registry.import']?.run({ runId: ready.id });
  expect(await get<ImportRunView>(`/imports/${ready.id}`)).toMatchObject({
    state: 'done',
    rowsDone: 2_300,
    created: 2_300,
  });
  const n = await house.kernel.pool.query<{ n: number }>(
    `select count(*)::int as n from registry.elevator where rescue_code like '4_____'`,
  );
  expect(n.rows[0]?.n).toBe(1_300);
});

test('what is no table is refused with the reason, and never breaks the door', async () => {
  const of = async (name: string, bytes: Buffer | string) => (await upload(name, bytes)).statusCode;
  expect(await of('a.csv', '')).toBe(422);
  expect(await of('a.csv', '<html><script>')).toBe(415);
  expect(await of('a.xlsx', Buffer.from('PK\u0003\u0004broken'))).toBe(422);
  expect(await of('a.csv', Buffer.from([0xff, 0xfe, 0x00, 0xff, 0x81]))).toBe(415);
  expect(await of('a.csv', '"never closed\nrow,row\n')).toBeLessThan(500);
  expect(await of('a.csv', `a,b\n${'x'.repeat(3_000_000)}`)).toBeLessThan(500);
  expect((await upload('a.csv', HEAD, '示例', 'unit')).statusCode).toBe(403);
});

test('any list leaves as CSV, GB18030 or XLSX, in the viewer’s scope, and no cell runs as a formula', async () => {
  const csv = await house.ask({ url: '/api/v1/elevators/export?area=320211', as: 'city' });
  const lines = csv.body.split('\r\n');
  expect(lines[0]).toContain('救援识别码,注册代码');
  expect(lines.length).toBeGreaterThan(4);
  const gb = await house.ask({ url: '/api/v1/elevators/export?encoding=gb18030&q=320001', as: 'city' });
  expect(iconv.decode(gb.rawPayload, 'gb18030')).toContain('示例翠湖花园');
  const xlsx = await house.ask({ url: '/api/v1/elevators/export?format=xlsx&q=320001', as: 'city' });
  expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK');
  const none = await house.ask({ url: '/api/v1/elevators/export', as: 'unit' });
  expect(none.body.split('\r\n')).toHaveLength(2);
});
