import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXlsx } from 'hucre';
import { expect, test } from 'vitest';
import { openSheet, type SheetRow } from './sheet.ts';

const folder = mkdtempSync(join(tmpdir(), 'tian-xlsx-'));
const ROWS = 1_700; // several batches of the thread

async function written(name: string): Promise<string> {
  const rows = Array.from({ length: ROWS }, (_, i) => [String(100_000 + i), `示例路 ${i} 号`]);
  const path = join(folder, name);
  writeFileSync(path, await writeXlsx({ sheets: [{ name: '电梯', rows: [['识别码', '地址'], ...rows] }] }));
  return path;
}

test('a spreadsheet is read by its thread row for row, in order, to the end', async () => {
  const sheet = await openSheet(await written('all.xlsx'));
  if (!sheet.ok) throw new Error(sheet.refusal.code);
  expect(sheet.value.columns).toEqual(['识别码', '地址']);
  const rows: SheetRow[] = [];
  for await (const row of sheet.value.rows) rows.push(row);
  expect(rows).toHaveLength(ROWS);
  expect(rows[0]).toEqual({ rowNo: 2, cells: ['100000', '示例路 0 号'] });
  expect(rows.at(-1)).toEqual({ rowNo: ROWS + 1, cells: [String(100_000 + ROWS - 1), `示例路 ${ROWS - 1} 号`] });
});

test('the server goes on while it is read: its clock is heard between the rows', async () => {
  const sheet = await openSheet(await written('beside.xlsx'));
  if (!sheet.ok) throw new Error(sheet.refusal.code);
  let heard = 0;
  const clock = setInterval(() => (heard += 1), 0);
  for await (const { rowNo } of sheet.value.rows) if (rowNo > ROWS) break;
  clearInterval(clock);
  expect(heard).toBeGreaterThan(0);
});

test('whoever takes the first rows only leaves the rest unread, and the next file is read as ever', async () => {
  for (const name of ['first.xlsx', 'second.xlsx']) {
    const sheet = await openSheet(await written(name));
    if (!sheet.ok) throw new Error(sheet.refusal.code);
    for await (const { cells } of sheet.value.rows) {
      expect(cells[0]).toBe('100000');
      break;
    }
  }
});

test('what is no spreadsheet is refused with its reason and stops no thread', async () => {
  const broken = join(folder, 'broken.xlsx');
  writeFileSync(broken, Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200, 7)]));
  expect(await openSheet(broken)).toEqual({
    ok: false,
    refusal: { code: 'kernel.sheet_unreadable', reason: 'ZIP' },
  });
  expect((await openSheet(await written('after.xlsx'))).ok).toBe(true);
});
