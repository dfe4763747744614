import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import gcoord from 'gcoord';
import { expect, test } from 'vitest';
import { factWord } from '../contract/packs.ts';
import { hasWords, say } from '../words/index.ts';
import { describePackRefusal } from './kernel/pack-files.ts';
import { factsOf, plainOf } from './kernel/packs.ts';
import { programDir } from './kernel/program.ts';
import { addWorkingDays, type Day, isWorkingDay } from './kernel/time.ts';
import { calendarOf, isCovered } from './modules/identity/calendar.rules.ts';
import { communityPoints } from './modules/identity/community-point.rules.ts';
import { areaCodesOf, districtsInForce, divisionRows } from './modules/identity/division.rules.ts';
import { boxOf, centreOf, districtAt, isInside, outlinesOn } from './modules/identity/outline.rules.ts';
import { isVariety } from './modules/registry/vocabulary.rules.ts';
import { type CityPack, loadCityPack } from './packs.ts';

const TODAY = '2026-11-21';
const CITIES = ['320200', '500000', '320100', '330100', '430900'] as const;

async function packOf(city: string): Promise<CityPack> {
  const loaded = await loadCityPack({ city, programDir, extraDir: null });
  if (!loaded.ok) throw new Error(describePackRefusal(loaded.refusal, 'en'));
  return loaded.value;
}
const packs = new Map<string, CityPack>(
  await Promise.all(CITIES.map(async (city) => [city, await packOf(city)] as const)),
);
const of = (city: string): CityPack => {
  const pack = packs.get(city);
  if (!pack) throw new Error(`no pack ${city}`);
  return pack;
};
const calendar = calendarOf(of('320200').files.calendar);

test('another city gives that city', () => {
  expect(CITIES.map((city) => of(city).manifest.name.zh)).toEqual(['无锡市', '重庆市', '南京市', '杭州市', '益阳市']);
  expect(CITIES.map((city) => of(city).files.divisions.districts.value.length)).toEqual([7, 38, 11, 13, 8]);
});

test.each(CITIES)('every fact of %s names its source', (city) => {
  const pack = of(city);
  const facts = Object.values(pack.files).flatMap((file) => factsOf(file));
  expect(facts.length).toBeGreaterThan(100);
  const notices = new Set(pack.manifest.notices.map((n) => n.id));
  const unnamed = facts.filter(({ source }) =>
    'ref' in source ? source.ref.trim().length <= 3 : !notices.has(source.notice),
  );
  expect(unnamed.map((f) => f.path)).toEqual([]);
  const unproved = facts.filter((f) => f.verified && !('notice' in f.source)); // only the notices are in hand
  expect(unproved.map((f) => f.path)).toEqual([]);
});

test.each(CITIES)('no number of %s stands outside a fact', (city) => {
  const { calendar: _years, divisions: _codes, outlines: _points, ...files } = of(city).files;
  const loose = (part: unknown, path: string): string[] => {
    if (typeof part === 'number' && !path.endsWith('namedIn.notice')) return [path];
    if (Array.isArray(part)) return part.flatMap((item) => loose(item, path));
    if (typeof part !== 'object' || part === null) return [];
    if ('source' in part && 'verified' in part) return [];
    return Object.entries(part).flatMap(([key, value]) => loose(value, `${path}.${key}`));
  };
  expect(loose(files, '$')).toEqual([]);
});

test('the draft of Yiyang says that it is one, and nothing in it passes for verified', () => {
  const yiyang = of('430900');
  expect(yiyang.manifest.standing).toBe('draft');
  expect(yiyang.manifest.notices.find((n) => n.id === 5)?.standing).toBe('draft');
  const drafts = Object.values(yiyang.files)
    .flatMap((file) => factsOf(file))
    .filter((f) => 'notice' in f.source && f.source.notice === 5);
  expect(drafts.length).toBeGreaterThan(0);
  expect(drafts.filter((f) => f.verified)).toEqual([]);
});

test.each(CITIES)('division codes of %s are unique and each lies under its parent', (city) => {
  const { manifest, files } = of(city);
  const rows = divisionRows(manifest, plainOf(files.divisions), plainOf(files.identity));
  const codes = new Set(rows.map((row) => row.code));
  expect(codes.size).toBe(rows.length);
  const place = new Map(rows.map((row, i) => [row.code, i]));
  const orphans = rows.filter((row, i) => row.parentCode !== null && (place.get(row.parentCode) ?? i) >= i);
  expect(orphans).toEqual([]);
  const strays = rows.filter(
    (row) => (row.level === 'street' || row.level === 'community') && !row.code.startsWith(row.parentCode ?? '?'),
  );
  expect(strays).toEqual([]);
  const digits = { city: 6, district: 6, street: 9, community: 12 };
  expect(rows.filter((row) => row.code.length !== digits[row.level])).toEqual([]);
});

test('districts that ended name successors in force: 江干 lives on in 上城 and 钱塘', () => {
  const { files } = of('330100');
  const [divisions, facts] = [plainOf(files.divisions), plainOf(files.identity)];
  expect(districtsInForce('330104', divisions, facts)).toEqual(['330102', '330114']);
  expect(districtsInForce('330106', divisions, facts)).toEqual(['330106']);
  expect(districtsInForce('999999', divisions, facts)).toEqual([]);
  for (const city of CITIES) {
    const known = new Set(of(city).files.divisions.districts.value.map((d) => d.code));
    const former = of(city).files.identity.formerDistricts.value;
    expect(former.filter(({ successors }) => !successors.every((code) => known.has(code)))).toEqual([]);
    expect(former.filter(({ code }) => known.has(code))).toEqual([]);
  }
});

test('a code of any level gives the codes of the levels above it', () => {
  expect(areaCodesOf('320205001002')).toEqual(['320205', '320205001', '320205001002']);
  expect(areaCodesOf('320205')).toEqual(['320205']);
});

test.each(CITIES)('the centre of every outlined district of %s lies in that district', (city) => {
  const outlines = plainOf(of(city).files.outlines).outlines;
  const astray = outlinesOn(outlines, TODAY).filter(({ code, centre: [lng, lat] }) => {
    return districtAt({ lng, lat }, outlines, TODAY) !== code;
  });
  expect(astray.map((o) => o.code)).toEqual([]);
});

test.each(CITIES)('outlines of %s belong to listed districts, are small, and do not overlap', (city) => {
  const { files, manifest } = of(city);
  const outlines = outlinesOn(plainOf(files.outlines).outlines, TODAY);
  const known = new Set(files.divisions.districts.value.map((d) => d.code));
  expect(outlines.filter((o) => !known.has(o.code))).toEqual([]);
  const folder = readdirSync(join(programDir, 'packs')).find((f) => f.startsWith(manifest.code)) ?? '';
  expect(readFileSync(join(programDir, 'packs', folder, 'outlines.json')).length).toBeLessThanOrEqual(60_000);
  const [west, south, east, north] = boxOf(outlines) ?? [0, 0, 0, 0];
  const grid = Array.from({ length: 2_500 }, (_, i) => ({
    lng: west + ((east - west) * ((i % 50) + 0.5)) / 50,
    lat: south + ((north - south) * (Math.floor(i / 50) + 0.5)) / 50,
  }));
  const claims = grid.map((point) => outlines.filter((o) => isInside(point, o)).length);
  const claimed = claims.filter((n) => n > 0).length;
  expect(claims.filter((n) => n > 1).length).toBeLessThan(claimed * 0.01);
});

test('a district without an outline is nobody’s neighbour: a point in 临平 is in no district today', () => {
  const { files } = of('330100');
  const outlines = plainOf(files.outlines).outlines;
  const linping = { lng: 120.2949, lat: 30.4214 };
  expect(districtAt(linping, outlines, '2020-01-01')).toBe('330110');
  expect(districtAt(linping, outlines, TODAY)).toBe(null);
  expect(centreOf('330113', outlines, plainOf(files.identity))).toEqual(linping);
  expect(centreOf('430971', plainOf(of('430900').files.outlines).outlines, plainOf(of('430900').files.identity))).toBe(
    null,
  );
});

test('working days follow the State Council: National Day week and the weekends worked for it', () => {
  const working = (day: string) => isWorkingDay(day as Day, calendar);
  expect(['2025-09-28', '2025-10-11', '2026-01-04', '2026-02-28', '2024-09-29'].map(working)).toEqual(
    Array(5).fill(true),
  );
  expect(['2025-10-01', '2025-10-08', '2026-10-07', '2026-02-16', '2024-10-07'].map(working)).toEqual(
    Array(5).fill(false),
  );
  expect(['2026-11-20', '2026-11-21'].map(working)).toEqual([true, false]);
  expect(addWorkingDays('2025-09-30' as Day, 5, calendar)).toBe('2025-10-14'); // 10-09, 10, 11 (worked), 13, 14
});

test('the calendar knows for which years it speaks', () => {
  expect(['2024-01-01', '2026-12-31', '2027-01-01'].map((d) => isCovered(d as Day, calendar))).toEqual([
    true,
    true,
    false,
  ]);
  for (const [year, { value }] of Object.entries(of('320200').files.calendar)) {
    for (const day of [...value.holidays, ...value.workdays]) expect(day.slice(0, 4)).toBe(year);
    expect(value.workdays.filter((day) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()))).toEqual([]);
  }
});

test('every variety of the catalogues is one the registry knows, and 3310 means two things', () => {
  const { catalogue2014, catalogueOld } = of('320200').files.registry;
  const lines = [...catalogue2014.value, ...catalogueOld.value].filter((line) => line.kind !== 'group');
  expect(lines.filter((line) => line.variety === null || !isVariety(line.variety))).toEqual([]);
  const kindOf = (list: typeof catalogueOld) => list.value.find((line) => line.code === '3310')?.kind;
  expect([kindOf(catalogueOld), kindOf(catalogue2014)]).toEqual(['lift', 'escalator']);
});

test('every place and class that a notice counts is a class of the registry', () => {
  const { placeKinds, unitClasses, fundings, housings, marks, machineRoomPlaces } = of('320200').files.registry;
  const words = [placeKinds, unitClasses, fundings, housings, marks, machineRoomPlaces].flatMap((list) =>
    list.value.flatMap(({ zh, namedIn }) => namedIn.map((s) => ('notice' in s ? `${s.notice}${s.clause} ${zh}` : ''))),
  );
  const counted = [
    '1三 党政机关',
    '1三 事业单位',
    '1三 财政保障单位',
    '1六(六) 中小学',
    '1六(六) 幼儿园',
    '1六(六) 医院',
    '1六(六) 火车站',
    '1六(六) 汽车客运站',
    '1六(六) 客运码头',
    '1六(六) 商场',
    '1六(六) 体育场馆',
    '1六(六) 展览馆',
    '1五(一) 住宅小区',
    '1五(二) 拆迁安置房',
    '1五(二) 保障性住房',
    '2五(一) 单一产权电梯',
    '2五(一) 保障性住房',
    '3(五) 医院',
    '3(五) 商场',
    '3(五) 轨道交通站',
    '3(七) 中小学',
    '3(七) 住宅小区',
    '3(八) 码头',
    '3(八) 旅游景区',
    '3附19 幼儿园',
    '3(九) 屋顶机房',
    '3(九) 顶层机房',
    '3(九) 高层建筑',
    '3(十) 既有住宅加装电梯',
    '3(十一) 保障性住房',
    '4(3) 财政性资金',
    '4(3) 公共交通站点',
    '4(3) 旅游景区',
    '4(3) 行人过街设施',
    '4(3) 商场',
    '4(3) 医院',
    '4(6) 其他公众聚集场所',
    '4(12) 财政性资金',
    '4(14) 住宅小区',
    '4(17) 既有住宅加装电梯',
    '5(一) 既有住宅加装电梯',
    '5(三) 其他公众聚集场所',
    '5(五) 住宅小区',
    '5(六) 住宅小区',
    '5(六) 其他公众聚集场所',
    '5三(四) 保障性住房',
    '5三(四) 消防电梯',
    '5四(三) 职业院校',
  ];
  expect(counted.filter((word) => !words.includes(word))).toEqual([]);
});

test('every class of the registry has its words in both languages, the same as the pack has', () => {
  const { placeClasses, placeKinds, unitClasses, fundings, machineRoomPlaces } = of('320200').files.registry;
  const worded = [
    ...placeClasses.value.map((c) => [`registry.place_class.${c.code}`, c.zh]),
    ...placeKinds.value.map((c) => [`registry.class.place_fine.${c.code}`, c.zh]),
    ...unitClasses.value.map((c) => [`registry.class.unit_class.${c.code}`, c.zh]),
    ...fundings.value.map((c) => [`registry.class.funding.${c.code}`, c.zh]),
    ...machineRoomPlaces.value.map((c) => [`registry.class.machine_room_place.${c.code}`, c.zh]),
  ];
  expect(worded.filter(([code = '', zh]) => say(code, 'zh') !== zh)).toEqual([]);
});

test('every figure of every city has a name that people would say, and every unit has its word', () => {
  const facts = CITIES.flatMap((city) =>
    Object.entries(of(city).files).flatMap(([file, content]) => factsOf(content).map((f) => ({ ...f, file }))),
  );
  const names = facts.map(({ file, path }) => factWord(file, path));
  expect([...new Set(names.filter((name) => !hasWords(name)))]).toEqual([]);
  const symbols = ['°', '°C', '%', 'm', 'mm', 'kg', 'mm/s', 'km/h'];
  const units = facts.flatMap(({ unit }) => (unit && !symbols.includes(unit) ? [`packs.screen.unit.${unit}`] : []));
  expect([...new Set(units.filter((unit) => !hasWords(unit)))]).toEqual([]);
});

test('every folder of packs is whole: no file without a schema, no city that does not load', async () => {
  const folders = readdirSync(join(programDir, 'packs')).filter((f) => /^\d{6}-/.test(f) && !f.startsWith('000000'));
  expect(folders.map((f) => f.slice(0, 6)).toSorted()).toEqual(CITIES.toSorted());
});

test('a further folder changes a city by naming only what differs', async () => {
  const extraDir = await mkdtemp(join(tmpdir(), 'tian-packs-'));
  await mkdir(join(extraDir, '320200-wuxi'));
  const hotline = { value: '96196', source: { ref: '本市公告' }, verified: false };
  await writeFile(join(extraDir, '320200-wuxi', 'rescue.json'), JSON.stringify({ hotline }));
  const loaded = await loadCityPack({ city: '320200', programDir, extraDir });
  expect(loaded.ok && loaded.value.files.rescue.hotline.value).toBe('96196');
  expect(loaded.ok && loaded.value.files.rescue.clocks).toEqual(of('320200').files.rescue.clocks);
  expect(loaded.ok && loaded.value.versions.rescue).not.toEqual(of('320200').versions.rescue);
  expect(loaded.ok && loaded.value.versions.registry).toEqual(of('320200').versions.registry);
});

const testData = process.env['TIAN_TEST_DATA'];
test.skipIf(!testData)('outlines agree with published district polygons', () => {
  const files = readdirSync(testData ?? '').filter((f) => /^districts_\d{6}_\w+\.geojson\.gz$/.test(f));
  expect(files.length).toBeGreaterThan(0);
  const apart: string[] = [];
  for (const file of files) {
    const published: {
      features: { properties: { adcode: number }; geometry: { type: string; coordinates: never } }[];
    } = JSON.parse(gunzipSync(readFileSync(join(testData ?? '', file))).toString());
    const theirs = published.features.map(({ properties, geometry }) => ({
      code: String(properties.adcode),
      polygons: geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
    }));
    const outlines = plainOf(of(file.slice(10, 16)).files.outlines).outlines;
    const [west, south, east, north] = boxOf(outlines) ?? [0, 0, 0, 0];
    let [same, both] = [0, 0];
    for (let i = 0; i < 2_500; i += 1) {
      const lng = west + ((east - west) * ((i % 50) + 0.5)) / 50;
      const lat = south + ((north - south) * (Math.floor(i / 50) + 0.5)) / 50;
      const ours = districtAt({ lng, lat }, outlines, '2020-12-31');
      const [x, y] = gcoord.transform([lng, lat], gcoord.WGS84, gcoord.GCJ02);
      const theirCode = theirs.find((t) => isInside({ lng: x, lat: y }, t))?.code ?? null;
      if (ours === null && theirCode === null) continue;
      both += 1;
      if (ours === theirCode || (ours === '330105' && theirCode === '330103')) same += 1;
    }
    if (same / both <= 0.95) apart.push(`${file}: ${same} of ${both}`);
  }
  expect(apart).toEqual([]);
});

test.each(CITIES)('invented places of %s lie in their own district, the same ones every time', (city) => {
  const { files } = of(city);
  const [divisions, { outlines }] = [plainOf(files.divisions), plainOf(files.outlines)];
  const { seats } = plainOf(files.identity);
  const points = communityPoints(divisions, { outlines, seats }, TODAY);
  expect(points).toEqual(communityPoints(divisions, { outlines, seats }, TODAY));
  expect(points.length).toBeGreaterThan(900);
  const outlineOf = new Map(outlinesOn(outlines, TODAY).map((o) => [o.code, o]));
  const astray = points.filter((point) => {
    const outline = outlineOf.get(point.districtCode);
    if (!outline) return !seats.some(({ code }) => code === point.districtCode);
    return !isInside(point, outline) || !point.communityCode.startsWith(point.streetCode);
  });
  expect(astray).toEqual([]);
  expect(new Set(points.map((p) => `${p.lng},${p.lat}`)).size).toBeGreaterThan(points.length * 0.99);
});
