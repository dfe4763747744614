import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runMigrations } from 'graphile-worker';
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ImportRunView } from '../../../contract/registry-imports.ts';
import { otherImports } from '../../imports.ts';
import { csvOf } from '../../kernel/csv.ts';
import type { ImportKind } from '../../kernel/import-kind.ts';
import { say } from '../../kernel/language.ts';
import { programDir } from '../../kernel/program.ts';
import { invariant } from '../../kernel/result.ts';
import { type House, openTestHouse } from '../../modules/registry/house.fixtures.ts';
import { suggestMapping } from '../../modules/registry/import-fields.rules.ts';
import { cellsOf, headerOf, tableImports } from '../../modules/registry/index.ts';
import { type CityPack, loadCityPack } from '../../packs.ts';

let house: House;
let kinds: ReadonlyMap<string, ImportKind>;
beforeAll(async () => {
  house = await openTestHouse();
  await runMigrations({ pgPool: house.kernel.pool });
  const pack = await wuxi();
  kinds = tableImports(house.kernel, pack, otherImports(house.kernel, pack)).kinds;
  house.viewer('binhu', { role: 'district_regulator', scope: { all: false, areas: ['320211'], orgs: [] } });
});

async function wuxi(): Promise<CityPack> {
  const loaded = await loadCityPack({ city: '320200', programDir, extraDir: null });
  invariant(loaded.ok, 'the pack of Wuxi is whole');
  return loaded.value;
}

type Faults = { items: { rowNo: number; refused: boolean; line: string; value: string }[] };
type Options = { dry?: boolean; as?: string; source?: string };

/** Upload a table of a kind, start it with what was suggested, work it off, and say how it ended. */
async function take(kind: string, bytes: Buffer | string, { dry = false, as = 'city', source = '示例' }: Options = {}) {
  const head = `--frontier\r\ncontent-disposition: form-data; name="file"; filename="t"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  const uploaded = await house.ask({
    method: 'POST',
    url: `/api/v1/imports?kind=${kind}&source=${encodeURIComponent(source)}`,
    headers: { 'content-type': 'multipart/form-data; boundary=frontier' },
    payload: Buffer.concat([Buffer.from(head), Buffer.from(bytes), Buffer.from('\r\n--frontier--\r\n')]),
    as,
  });
  expect(uploaded.statusCode, uploaded.body).toBe(201);
  const { id, mapping, units } = uploaded.json<ImportRunView>();
  const payload = { dry, mapping, units };
  const started = await house.ask({ method: 'POST', url: `/api/v1/imports/${id}/start`, payload, as });
  expect(started.statusCode, started.body).toBe(202);
  await house.module.tasks?.['registry.import']?.run({ runId: id });
  await house.settle();
  const run = (await house.ask({ url: `/api/v1/imports/${id}`, as })).json<ImportRunView>();
  const faults = (await house.ask({ url: `/api/v1/imports/${id}/faults`, as })).json<Faults>().items;
  return { run, faults };
}

const csv = (...rows: string[]) => rows.join('\r\n');
const count = async (query: string, values: unknown[] = []): Promise<number> =>
  (await house.kernel.pool.query<{ n: number }>(`select count(*)::int as n from ${query}`, values)).rows[0]?.n ?? -1;

const ORGS = csv(
  '无锡市电梯单位台账,,,,,,,',
  '单位名称,统一社会信用代码,单位类别,所属区县,值班电话,许可类别,许可证编号,有效期至',
  '示例甲电梯维保有限公司,91320200MA1XXXXX1A,维保单位、安装单位,滨湖区,0510-80000001,维护保养,TS-001,2027年6月30日',
  '示例甲电梯维保有限公司,91320200MA1XXXXX1A,维保单位,滨湖区,,安装,TS-002,2028/1/31',
  '示例乙物业服务有限公司,,,梁溪区,,,,',
  '示例丙,,,滨湖区,,,,',
  '示例丁检测中心,,检验检测机构,火星区,,,,',
);

test('organisations come in with their licences; the same table again changes nothing', async () => {
  const looked = await take('orgs', ORGS, { dry: true });
  expect(looked.run).toMatchObject({ created: 3, changed: 1, refused: 1, remarked: 2 });
  expect(await count('identity.org')).toBe(0);
  const { run, faults } = await take('orgs', ORGS);
  expect(run).toMatchObject({ state: 'done', rowsDone: 5, created: 3, changed: 1, refused: 1 });
  expect(faults.map((f) => f.line)).toEqual([
    '第 5 行『单位名称』未填单位类别，已按名称推断，请核对',
    '第 6 行『单位类别』单位类别缺失或不可识别，例：维保单位、物业服务企业、使用单位',
    '第 7 行『所属区县』不是本市现行区划，未采用',
  ]);
  const { rows } = await house.kernel.pool.query(
    `select o.kinds, o.duty_phone, o.seat_areas, array_agg(l.kind || ' ' || l.expires_on order by l.kind) as licences
     from identity.org o join identity.licence l on l.org_id = o.id group by o.id`,
  );
  expect(rows).toEqual([
    {
      kinds: ['maintenance_unit', 'installer'],
      duty_phone: '0510-80000001'.replace('-', ''),
      seat_areas: ['320211'],
      licences: ['installation 2028-01-31', 'maintenance 2027-06-30'],
    },
  ]);
  expect((await take('orgs', ORGS)).run).toMatchObject({ created: 0, changed: 0, unchanged: 4, refused: 1 });
});

test('a district speaks of its own: what lies outside is refused, and the source of one name is its own', async () => {
  const table = csv('单位名称,单位类别,所属区县', '示例戊维保公司,维保单位,梁溪区', '示例己维保公司,维保单位,');
  const { run, faults } = await take('orgs', table, { as: 'binhu' });
  expect(run).toMatchObject({ created: 1, refused: 1 });
  expect(faults[0]?.line).toContain('不在您管辖的区域内');
  expect(await count(`identity.org where name = '示例己维保公司' and seat_areas = '{320211}'`)).toBe(1);
});

test('a row that is refused says so on every line about it, each said once; a trial says what would be', async () => {
  const bad = csv(
    '单位名称,统一社会信用代码,单位类型,所在区划,值班电话',
    '示例庚公司,,奇怪的类型,滨湖区,不是电话',
    '示例辛维保公司,,维保单位,火星区,',
  );
  const { run, faults } = await take('orgs', bad, { dry: true });
  expect(run).toMatchObject({ created: 1, refused: 1, remarked: 1 });
  expect(faults.map(({ rowNo, refused }) => [rowNo, refused])).toEqual([
    [2, true],
    [2, true],
    [3, false],
  ]);
  const file = (await house.ask({ url: `/api/v1/imports/${run.id}/faults.csv`, as: 'city' })).body;
  expect(
    file
      .split('\r\n')
      .slice(1, 4)
      .map((line) => line.split(',')[3]),
  ).toEqual(['不能导入', '不能导入', '可导入']);
});

test('a required column that is not mapped is called by its name', async () => {
  await expect(
    take('roster', csv('姓名,救援站,开始,结束', '演某,示例站,2026-11-23 08:00,2026-11-23 20:00')),
  ).rejects.toThrow(/必填列「所属单位」没有对应/);
});

const PEOPLE = csv(
  '姓名,手机号码,所属单位,岗位,证书类别,证书编号,有效期至',
  '张示例,１３８００００００１１,示例甲电梯维保有限公司,维保人员,电梯作业人员证,T320200199001010011,2027-05-01',
  '张示例,13800000011,示例甲电梯维保有限公司,维保负责人,安全管理人员证,A-77,46500',
  '李示例,13800000012,91320200MA1XXXXX1A,维保人员、救援人员,,,',
  '王示例,不是电话,没有这家公司,维保人员,,,',
  '李示例,1380000001,示例甲电梯维保有限公司,教练,,,',
);

test('people come in sealed, one person over several rows, and no list of faults shows a name or phone', async () => {
  const { run, faults } = await take('people', PEOPLE);
  expect(run).toMatchObject({ rowsDone: 5, created: 3, changed: 1, refused: 1 });
  expect(faults.map((f) => f.line)).toEqual([
    '第 5 行『手机号码』不是可拨打的电话号码，例：13800000000、0510-88000000',
    '第 5 行『所属单位』没有这个单位，整行未导入；请先导入单位，或改填统一社会信用代码',
    '第 6 行『岗位』不是可识别的岗位，例：维保人员、电梯安全员',
  ]);
  expect(faults[0]?.value).toBe('不***');
  const { rows } = await house.kernel.pool.query<{ name: string; duties: string[]; held: number }>(
    `select p.name, p.duties, (select count(*)::int from identity.certificate c where c.person_id = p.id) as held
     from identity.person p order by held desc, cardinality(duties) desc`,
  );
  expect(rows.map((r) => [r.duties, r.held])).toEqual([
    [['technician', 'maintenance_manager'], 2],
    [['technician', 'rescuer'], 0],
    [[], 0],
  ]);
  expect(JSON.stringify(rows)).not.toContain('示例');
  expect((await take('people', PEOPLE)).run).toMatchObject({ created: 0, changed: 0, unchanged: 4, refused: 1 });
  expect(await count(`identity.certificate where expires_on = '2027-04-23'`)).toBe(1); // day number 46500
});

test('a list of people does not stay behind on the disk once it was read', async () => {
  const table = `${PEOPLE}\r\n`;
  await take('people', table, { dry: true });
  const hash = createHash('sha256').update(table).digest('hex');
  const path = join(house.kernel.config.dataDir, 'files', hash.slice(0, 2), hash);
  expect(existsSync(path)).toBe(true);
  await take('people', table);
  expect(existsSync(path)).toBe(false);
  expect(await count('kernel.file where hash = $1', [hash])).toBe(0);
});

test('elevators, relations with their past, stations and rosters build on one another', async () => {
  await take('elevators', csv('救援识别码,安装地址,所属区县', '320001,示例路1号,滨湖区', '320002,示例路2号,滨湖区'));
  const relations = csv(
    '救援识别码,关系类型,单位名称,姓名,手机号码,开始日期,结束日期',
    '320001,维保单位,示例己维保公司,,,2020-01-01,2023-12-31',
    '320001,维保单位,示例甲电梯维保有限公司,,,2024-01-01,',
    '320001,使用单位,示例乙物业服务有限公司,,,2020-01-01,2099-12-31',
    '320001,安全员,示例甲电梯维保有限公司,张示例,13800000011,2024-01-01,',
    '320002,维保单位,示例甲电梯维保有限公司,,,2024-01-01,2023-01-01',
    '320009,维保单位,示例甲电梯维保有限公司,,,2024-01-01,',
    '320001,维保单位,示例己维保公司,,,2023-06-01,2024-06-30',
    '320002,安全员,示例甲电梯维保有限公司,无名氏,,2024-01-01,',
  );
  const { run, faults } = await take('relations', relations);
  expect(run).toMatchObject({ rowsDone: 8, created: 4, refused: 4 });
  expect(faults.map((f) => f.line)).toEqual([
    '第 6 行『开始日期』晚于结束日期，整行未导入',
    '第 7 行『救援识别码』没有这台电梯的档案，整行未导入；请先导入电梯'.replace('救援识别码', ''),
    '第 8 行『开始日期』与该电梯同一责任的已有记录（2020-01-01 至 2023-12-31）重叠，整行未导入',
    '第 9 行『姓名』该单位没有这名人员，整行未导入；请先导入人员',
  ]);
  const { rows } = await house.kernel.pool.query(
    `select o.name, e.maintenance_org_id = o.id as holds from registry.elevator e
     join identity.org o on o.id = e.maintenance_org_id where e.rescue_code = '320001'`,
  );
  expect(rows).toEqual([{ name: '示例甲电梯维保有限公司', holds: true }]);
  expect((await take('relations', relations)).run).toMatchObject({ created: 0, changed: 0, unchanged: 4, refused: 4 });

  const stations = csv(
    '救援站名称,所属单位,救援站类别,所属区县,经度,纬度',
    '示例滨湖站,示例甲电梯维保有限公司,维保,滨湖区,120.30,31.50',
    '示例无主站,没有这家公司,维保,滨湖区,120.30,31.50',
  );
  expect((await take('stations', stations)).run).toMatchObject({ created: 1, refused: 1 });
  expect((await take('stations', stations)).run).toMatchObject({ created: 0, unchanged: 1, refused: 1 });

  const roster = csv(
    '姓名,手机号码,所属单位,救援站名称,值班开始,值班结束',
    '李示例,13800000012,示例甲电梯维保有限公司,示例滨湖站,2026-11-21 08:00,2026-11-21 20:00',
    '张示例,,示例甲电梯维保有限公司,示例滨湖站,2026年11月21日20:00,2026/11/22 08:00',
    '李示例,13800000012,示例甲电梯维保有限公司,示例滨湖站,2026-11-22 20:00,2026-11-22 08:00',
  );
  const duty = await take('roster', roster);
  expect(duty.run).toMatchObject({ created: 2, refused: 1 });
  expect(duty.faults.map((f) => f.rowNo)).toEqual([4]);
  expect((await take('roster', roster)).run).toMatchObject({ created: 0, unchanged: 2, refused: 1 });
  expect(
    await count(`rescue.duty d join rescue.rescuer r using (person_id) join rescue.station s on s.id = r.station_id
      where d.from_at = '2026-11-21T00:00:00Z' and d.to_at = '2026-11-21T12:00:00Z'`),
  ).toBe(1);
});

describe('a clerk’s own spreadsheet', () => {
  test('title above the header, merged cells, hidden sheets, day numbers, formulas, wide digits: 5,000 rows', async () => {
    await house.org('示例大物业公司', 'property_company');
    const rows = Array.from({ length: 5_000 }, (_, i) => [
      i % 10 === 0 ? '示例大物业公司' : '', // merged over ten rows below
      `５${String(10_000 + i)}`, // full-width first digit
      `3110320211201706${String(i).padStart(4, '0')}`,
      `示例大道${i}号  `,
      i % 3 === 0 ? 42_887 : i % 3 === 1 ? '2017年6月1日' : new Date('2017-06-01T00:00:00Z'),
      i % 7 === 0 ? '１，０００ kg' : 1_000,
      '滨湖区　',
    ]);
    const header = ['使用单位', '救援识别码', '注册代码', '安装地址', '制造日期', '额定载重量(kg)', '所属区县'];
    const bytes = await writeXlsx({
      sheets: [
        { name: '旧数据', hidden: true, rows: [header, ...rows.slice(0, 3)] },
        {
          name: '台账',
          rows: [
            ['滨湖区电梯台账（2026 年）'],
            [],
            header,
            ...rows,
            rows[17] ?? [],
            ['', '#REF!', '', '示例大道末号', '', '=1/0', ''],
            ['', '', '', '   ', '', '', ''],
          ],
          merges: [
            { startRow: 0, startCol: 0, endRow: 0, endCol: 6 },
            ...Array.from({ length: 500 }, (_, i) => ({
              startRow: 3 + i * 10,
              startCol: 0,
              endRow: 12 + i * 10,
              endCol: 0,
            })),
          ],
        },
      ],
    });
    const { run, faults } = await take('elevators', Buffer.from(bytes), { source: '大表' });
    expect(run).toMatchObject({ state: 'done', rowsDone: 5_002, created: 5_000, unchanged: 1, refused: 1 });
    expect(faults.filter((f) => f.rowNo > 5_003).map((f) => f.rowNo)).toContain(5_005);
    expect(faults.map((f) => f.line)).toContain(
      '第 5005 行『救援识别码』是公式错误值，未采用；请在表格中修正公式，或改为数值后重新上传',
    );
    expect(
      await count(
        `registry.elevator e join identity.org o on o.id = e.use_org_id
         where o.name = '示例大物业公司' and e.made_on = '2017-06-01' and e.rated_load_kg = 1000 and e.rescue_code like '5%'`,
      ),
    ).toBe(5_000);
    expect((await take('elevators', Buffer.from(bytes), { source: '大表' })).run).toMatchObject({
      created: 0,
      changed: 0,
      unchanged: 5_001,
    });
  }, 240_000);
});

test('every field of every kind has a name, and the template of a kind imports by itself', async () => {
  for (const kind of kinds.values()) {
    const header = headerOf(kind);
    expect(header.filter((name) => name.startsWith('registry.'))).toEqual([]);
    const mapping = suggestMapping(header, kind.fields, {});
    expect(kind.fields.map((field, i) => [field.name, mapping[header[i] ?? '']])).toEqual(
      kind.fields.map((field) => [field.name, field.name]),
    );
    expect(say(`registry.import_kind.${kind.kind}`, 'zh')).not.toContain('registry.');
    const file = await house.ask({ url: `/api/v1/imports/template?kind=${kind.kind}`, as: 'city' });
    const book = await readXlsx(file.rawPayload);
    expect(book.sheets[0]?.rows[0]).toEqual(header);
    expect(JSON.stringify(book.sheets[1]?.rows)).not.toContain('registry.');
  }
});

test('what leaves as a table of a kind comes in again without a change', async () => {
  for (const kind of ['orgs', 'people', 'relations', 'stations', 'roster', 'elevators']) {
    const of = kinds.get(kind);
    invariant(of, 'the kind is there');
    const lines = [];
    for await (const line of of.lines(house.kernel.db)) lines.push(cellsOf(of, line));
    expect(lines.length, kind).toBeGreaterThan(0);
    const { run, faults } = await take(kind, csvOf([headerOf(of), ...lines.slice(0, 300)]), { source: `回 ${kind}` });
    expect({
      kind,
      created: run.created,
      changed: run.changed,
      refused: run.refused,
      faults: faults.filter((f) => f.refused),
    }).toEqual({ kind, created: 0, changed: 0, refused: 0, faults: [] });
  }
});
