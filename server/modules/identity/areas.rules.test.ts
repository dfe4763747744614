import { expect, test } from 'vitest';
import { areaBook, type Division } from './areas.rules.ts';

const division = (code: string, name: string, level: Division['level'], parentCode: string | null): Division => ({
  code,
  name,
  level,
  parentCode,
});
const book = areaBook([
  division('320200', '无锡市', 'city', null),
  division('320206', '惠山区', 'district', '320200'),
  division('320213', '梁溪区', 'district', '320200'),
  division('320213004', '惠山街道', 'street', '320213'),
  division('320213005', '示例街道', 'street', '320213'),
  division('320206007', '示例镇', 'street', '320206'),
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
