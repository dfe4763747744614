import { readXlsx, writeXlsx } from 'hucre/xlsx';
import iconv from 'iconv-lite';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { openPolicyHouse, type PolicyHouse } from './insurance.fixtures.ts';

let house: PolicyHouse;
let codes: string[];
const PLACE = '示例路 1 号';

beforeEach(async () => {
  house = await openPolicyHouse(new Date('2026-06-20T10:00:00+08:00'));
  codes = [(await house.elevator()).code, (await house.elevator()).code, (await house.elevator()).code];
  await house.giveMandate();
});

const xlsx = async (rows: (string | number | null)[][]) =>
  Buffer.from(await writeXlsx({ sheets: [{ name: '清单', rows }] }));
const look = (file: Buffer | string) => house.roster(file, '&dry=1');
const refused = (status: number, code: string) => ({ status, body: { code, title: expect.any(String) } });

test('a roster is read as clerks keep it: under a title, by another name, as numbers, in full width, in GB18030', async () => {
  const [a = '', b = '', c = ''] = codes;
  const taken = { status: 200, body: { rows: 3, taken: 3, faults: [] } };
  const under = [
    ['2026 年投保电梯名册', null],
    [null, null],
    ['序号', '电梯识别码*'],
    [1, Number(a)],
    [2, b],
    [3, ` ${c} `],
  ];
  expect(await look(await xlsx(under))).toMatchObject(taken);
  const wide = a.replaceAll(/\d/g, (d) => '０１２３４５６７８９'[Number(d)] ?? d);
  const csv = `投保电梯名册,\n安装地点,救援识别码（必填）\n${PLACE},${wide}\n${PLACE},${b}\n${PLACE},${c}\n`;
  for (const file of [csv, iconv.encode(csv, 'gb18030'), `\uFEFF${csv}`]) expect(await look(file)).toMatchObject(taken);
  expect(await look(`${a}\n${b}\n${c}`)).toMatchObject(taken); // a bare list begins with its first code
});

test('every row that is not taken is named with its line, its place and what to do; the good ones lose nothing', async () => {
  const [good = '', stopped = '', late = ''] = codes;
  await sql`update registry.elevator set state = 'stopped' where rescue_code = ${stopped}`.execute(house.db);
  await sql`update registry.elevator set next_inspection_on = '2026-06-30' where rescue_code = ${late}`.execute(
    house.db,
  );
  await sql`update registry.elevator set registration_code = '31103202062019000001' where rescue_code = ${good}`.execute(
    house.db,
  );
  const file = await xlsx([
    ['救援识别码', '注册代码'],
    [good, null],
    [null, '3.1103202062019E+19'],
    [stopped, null],
    ['999999', null],
    [late, null],
    [good, null],
    [good, '31103202062019000002'],
    [null, 'TBD'],
  ]);
  const { status, body } = await look(file);
  expect(status).toBe(200);
  const faults = z
    .array(z.object({ row: z.int(), place: z.string(), refusal: z.object({ code: z.string() }), why: z.string() }))
    .parse(body['faults']);
  expect(body).toMatchObject({ rows: 8, taken: 1 });
  expect(faults.map((f) => [f.row, f.refusal.code.slice('insurance.'.length), f.place])).toEqual([
    [3, 'roster_digits_lost', ''],
    [4, 'not_in_use', PLACE],
    [5, 'roster_unknown', ''],
    [6, 'not_inspected', PLACE],
    [7, 'roster_twice', PLACE],
    [8, 'roster_codes_differ', PLACE],
    [9, 'roster_unknown', ''],
  ]);
  expect(faults.map((f) => f.why).join()).not.toMatch(/[{}]|stopped/);
  expect(faults[1]?.why).toContain('停用');
});

test('what is no table, or a table without codes, is refused by name, and nothing is quoted', async () => {
  const oldExcel = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
  expect(await look(oldExcel)).toMatchObject(refused(415, 'kernel.sheet_kind'));
  expect(
    await look(
      await xlsx([
        ['序号', '地点'],
        [1, PLACE],
      ]),
    ),
  ).toMatchObject(refused(422, 'insurance.roster_no_column'));
  const many = ['救援识别码', ...Array.from({ length: 5_001 }, (_, i) => String(400_000 + i))].join('\n');
  expect(await look(many)).toMatchObject(refused(413, 'insurance.roster_too_long'));
  expect((await house.ask('GET', '/quotes', { as: 'maintenance' })).body).toMatchObject({ items: [] });
});

test('a quote is found by its number, and one that may not be bound is named by it', async () => {
  const done = await house.roster(['救援识别码', ...codes].join('\n'), '&dry=0');
  const [group] = z.tuple([z.object({ quoteId: z.string(), quote: z.string() })]).parse(done.body['groups']);
  expect(group.quote).toMatch(/^BJ2026-\d{6}$/);
  const search = await house.ask('GET', `/quotes?q=${group.quote.toLowerCase()}`, { as: 'maintenance' });
  expect(search.body).toMatchObject({ items: [{ id: group.quoteId, number: group.quote }] });
  const bound = await house.ask('POST', '/policies/binding', {
    as: 'maintenance',
    payload: { bindings: [{ quoteId: group.quoteId }] },
  });
  expect(bound.body).toMatchObject({
    bound: 0,
    items: [
      {
        policyId: null,
        quote: group.quote,
        holder: '示例物业',
        place: PLACE,
        elevators: 3,
        refusal: { code: 'insurance.number_missing' }, // none was allotted
      },
    ],
  });
});

test('the template holds the elevators in use part by part, and says how many parts there are', async () => {
  const parts = (await house.ask('GET', '/rosters/parts', { as: 'use_unit' })).body;
  expect(parts).toMatchObject({ most: 5_000, parts: 1 });
  const rowsOf = async (part: number) => {
    const answer = await house.site.inject({
      url: `/api/v1/insurance/rosters/template.xlsx?part=${part}`,
      headers: { 'x-as': 'use_unit' },
    });
    return (await readXlsx(answer.rawPayload)).sheets[0]?.rows.length;
  };
  expect(await rowsOf(1)).toBe(1 + Number(parts['elevators']));
  expect(await rowsOf(2)).toBe(1); // the head alone
});
