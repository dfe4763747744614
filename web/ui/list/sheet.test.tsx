import { expect, test } from 'vitest';
import { yuan } from '../money.ts';
import { When } from '../when.tsx';
import type { Column } from './columns.tsx';
import { tableOf } from './sheet.ts';

type Row = { code: string; fen: number; at: string; note: string };
const columns: readonly Column<Row>[] = [
  { key: 'code', title: '编号', cell: (row) => <code>{row.code}</code> },
  { key: 'fen', title: '金额', numeric: true, cell: (row) => yuan(row.fen) },
  { key: 'at', title: '时间', cell: (row) => <When at={row.at} /> },
  { key: 'note', title: '说明', cell: () => <input />, text: (row) => row.note },
  { key: 'act', title: '', cell: () => <button type="button">改</button> },
];

test('a list is exported as its columns, money as figures, codes as text, buttons not at all', () => {
  const rows = [
    { code: '003210', fen: -123_456, at: '2026-11-20T16:00:00Z', note: '一' },
    { code: '003211', fen: 5, at: '2026-11-21T00:00:00Z', note: '=1+1' },
  ];
  expect(tableOf(columns, rows)).toEqual([
    ['编号', '金额', '时间', '说明'],
    ['003210', -1234.56, '2026-11-21 00:00:00', '一'],
    ['003211', 0.05, '2026-11-21 08:00:00', '=1+1'],
  ]);
});
