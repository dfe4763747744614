import { expect, test } from 'vitest';
import { areaBook } from './areas.rules.ts';

const book = areaBook([
  { code: '320200', name: '无锡市', level: 'city', parentCode: null },
  { code: '320206', name: '惠山区', level: 'district', parentCode: '320200' },
  { code: '320213', name: '梁溪区', level: 'district', parentCode: '320200' },
  { code: '320213004', name: '惠山街道', level: 'street', parentCode: '320213' },
  { code: '320213005', name: '示例街道', level: 'street', parentCode: '320213' },
  { code: '320206007', name: '示例镇', level: 'street', parentCode: '320206' },
]);

test('a district is found by its name though a street of another is called almost the same', () => {
  expect(book.byName('惠山区', null)).toBe('320206');
  expect(book.byName('惠山街道', null)).toBe('320213004');
  expect(book.byName('惠山', null)).toBe('320206');
  expect(book.byName('惠山', '320213')).toBe('320213004');
});

test('two divisions of one level that fit equally well are not guessed at', () => {
  expect(book.byName('示例', null)).toBeNull();
  expect(book.byName('示例镇', null)).toBe('320206007');
  expect(book.byName('示例', '320206')).toBe('320206007');
  expect(book.byName('火星区', null)).toBeNull();
  expect(book.byName('320206', null)).toBe('320206');
});
