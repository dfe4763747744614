import fc from 'fast-check';
import pg from 'pg';
import { expect, test } from 'vitest';
import { listReader } from './db.ts';

const varchars: number = 1015; // arrays of a type that no table of ours has: pg's own reader
const thoroughly = (text: string): unknown => pg.types.getTypeParser(varchars)(text);
const read = listReader(thoroughly);

test('a list of codes or ids reads as PostgreSQL wrote it', () => {
  expect(read('{}')).toEqual([]);
  expect(read('{320205,320205001}')).toEqual(['320205', '320205001']);
  expect(read('{"示例路 1 号, 东门","a\\"b"}')).toEqual(['示例路 1 号, 东门', 'a"b']);
  expect(read('{NULL,a}')).toEqual([null, 'a']);
  expect(read('{{a,b},{c,d}}')).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});

// As PostgreSQL writes an item: quoted where it holds what the array itself is made of.
const written = (item: string): string =>
  item === '' || /[\s{}",\\]|^null$/i.test(item) ? `"${item.replaceAll(/["\\]/g, '\\$&')}"` : item;

test('whatever the items are, nothing is read differently', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (items) => {
      const text = `{${items.map(written).join()}}`;
      expect(read(text)).toEqual(items);
      expect(read(text)).toEqual(thoroughly(text));
    }),
  );
});
