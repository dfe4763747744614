import { beforeAll, expect, test } from 'vitest';
import type { SearchHit } from '../../../contract/registry-search.ts';
import type { Db } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { EVERYTHING } from '../../kernel/scope.ts';
import { testDb } from '../../test/db.ts';
import { building, code, file, putFiles } from './registry.fixtures.ts';
import { searchAll } from './search.views.ts';
import type { RegistryTables } from './tables.ts';

let db: Db<RegistryTables>;

const ESTATES: readonly (readonly [estate: string, road: string])[] = [
  ['示例翠湖花园', '示例大道12号'],
  ['示例翠湖科技园', '示例大道88号'],
  ['示例望江名邸', '示例东路6号'],
  ['示例兰亭公寓', '示例西路30号'],
  ['示例云栖家园', '示例南路101号'],
  ['示例星河商城', '演示街1号'],
  ['示例锦绣新村', '示范路19号'],
  ['示例金桂雅苑', '样板路7号'],
  ['示例第三人民医院', '示例北路3号'],
  ['示例长江客运码头', '示例滨江路1号'],
  ['示例体育场馆', '示例大道200号'],
  ['示例实验小学', '示例中路二十八号'],
  ['示例百合花园', '示例大道12弄'],
  ['示例华庭', '示例大道15号'],
];

beforeAll(async () => {
  ({ db } = await testDb<RegistryTables>());
  const files = ESTATES.flatMap(([estate, road], i) =>
    ['1幢', '3幢', '12幢'].map((name, n) =>
      file({
        building: building({ estate, road, name }),
        identifiers: [
          code('registration_code', `3110320211201706${String(i * 10 + n).padStart(4, '0')}`),
          code('rescue_code', String(320_000 + i * 10 + n)),
          code('use_registration', `梯11苏B${String(i * 10 + n).padStart(5, '0')}(17)`),
        ],
      }),
    ),
  );
  await putFiles(db, files);
});

const search = (q: string, scope = EVERYTHING): Promise<SearchHit[]> => searchAll(db, { scope, q, limit: 8 });

/** What is typed, and what must stand first. */
const QUERIES: readonly (readonly [query: string, first: string])[] = [
  // as written, in part, in another order
  ['翠湖花园', '示例翠湖花园'],
  ['示例翠湖花园', '示例翠湖花园'],
  ['翠湖科技园', '示例翠湖科技园'],
  ['望江名邸', '示例望江名邸'],
  ['兰亭', '示例兰亭公寓'],
  ['云栖', '示例云栖家园'],
  ['星河', '示例星河商城'],
  ['人民医院', '示例第三人民医院'],
  ['客运码头', '示例长江客运码头'],
  ['体育场馆', '示例体育场馆'],
  ['实验小学', '示例实验小学'],
  ['百合花园', '示例百合花园'],
  ['华庭', '示例华庭'],
  ['示范路19号锦绣新村', '示例锦绣新村'],
  ['样板路7号', '示例金桂雅苑'],
  // one wrong character of four, wherever it stands
  ['翠湖华园', '示例翠湖花园'],
  ['翠明花园', '示例翠湖花园'],
  ['碧湖花园', '示例翠湖花园'],
  ['翠湖花圃', '示例翠湖花园'],
  ['望江名府', '示例望江名邸'],
  ['望河名邸', '示例望江名邸'],
  ['兰庭公寓', '示例兰亭公寓'],
  ['云溪家园', '示例云栖家园'],
  ['锦秀新村', '示例锦绣新村'],
  ['金贵雅苑', '示例金桂雅苑'],
  ['星河商厦', '示例星河商城'],
  ['体育场管', '示例体育场馆'],
  ['客运马头', '示例长江客运码头'],
  ['人名医院', '示例第三人民医院'],
  // homophones, also those that the south does not tell apart
  ['脆胡花圆', '示例翠湖花园'],
  ['旺江名底', '示例望江名邸'],
  ['拦亭公预', '示例兰亭公寓'],
  ['云西佳园', '示例云栖家园'],
  ['心河商城', '示例星河商城'],
  ['进绣新春', '示例锦绣新村'],
  ['实验小雪', '示例实验小学'],
  // half and full width, numbers, words for a building
  ['示例大道１２号', '示例翠湖花园'],
  ['示例大道十二号', '示例翠湖花园'],
  ['示例中路28号', '示例实验小学'],
  ['第3人民医院', '示例第三人民医院'],
  [' 翠湖 花园 ', '示例翠湖花园'],
  // inside a place
  ['翠湖花园3幢', '示例大道12号示例翠湖花园3幢1单元'],
  ['翠湖花园3栋', '示例大道12号示例翠湖花园3幢1单元'],
  ['翠湖花园3号楼', '示例大道12号示例翠湖花园3幢1单元'],
  ['翠湖花园三幢', '示例大道12号示例翠湖花园3幢1单元'],
  ['兰亭公寓十二号楼', '示例西路30号示例兰亭公寓12幢1单元'],
  ['翠湖华园１２幢', '示例大道12号示例翠湖花园12幢1单元'],
  // codes, whole and begun
  ['320031', '示例西路30号示例兰亭公寓3幢1单元'],
  ['31103202112017060042', '示例南路101号示例云栖家园12幢1单元'],
  ['梯11苏b00050（17）', '演示街1号示例星河商城1幢1单元'],
  ['3110 3202 1120 1706 0060', '示范路19号示例锦绣新村1幢1单元'],
];

test('there are at least fifty named queries', () => {
  expect(QUERIES.length).toBeGreaterThanOrEqual(50);
});

test.each(QUERIES)('「%s」 finds %s first', async (query, first) => {
  expect((await search(query))[0]?.title).toBe(first);
});

test('what is nowhere is not found: an accident of two characters is no answer', async () => {
  for (const query of ['北京西站航站楼', '完全不同的地方', '玛丽路', 'zzzz', '9999999'])
    expect(await search(query), query).toEqual([]);
});

test('a beginning of a code lists what begins so', async () => {
  const hits = await search('31103202112017060');
  expect(hits.length).toBe(8);
  expect(hits.every((hit) => hit.code?.startsWith('31103202112017060'))).toBe(true);
});

test('the search function gives nothing to a scope that sees nothing', async () => {
  const nothing = { all: false, areas: [], orgs: [] };
  const stranger = { all: false, areas: ['320205'], orgs: ['018f0000-0000-7000-8000-000000000001' as OrgId] };
  for (const scope of [nothing, stranger]) {
    for (const query of ['翠湖花园', '320031', '3110']) expect(await search(query, scope), query).toEqual([]);
  }
});
