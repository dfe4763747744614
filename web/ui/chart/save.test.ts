import { expect, test } from 'vitest';
import { csvText } from './save.ts';

test('a table becomes CSV that spreadsheets open with Chinese intact', () => {
  expect(
    csvText([
      ['时间', '次'],
      ['11-20', 3],
      ['说"好", 再见', null],
    ]),
  ).toBe('\uFEFF时间,次\r\n11-20,3\r\n"说""好"", 再见",\r\n');
});

test('a text that looks like a formula is not run by a spreadsheet', () => {
  expect(csvText([['=1+1', '@x', '-5']])).toBe("\uFEFF'=1+1,'@x,'-5\r\n");
});
