import { saveBlob } from '../save.ts';
import type { Column } from './columns.tsx';
import { textOf } from './text-of.ts';

type Cell = string | number;

/** An amount or a count as it stands on screen: `¥1,234.50`, `-12`. */
const FIGURE = /^-?¥?\d[\d,]*(?:\.\d+)?$/;

/** The rows as a table of texts and figures under the columns' titles. Columns without a title hold buttons: they stay. */
export function tableOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Cell[][] {
  const shown = columns.filter(({ title }) => title !== '');
  const cellOf = ({ numeric, cell, text }: Column<Row>, row: Row): Cell => {
    const said = text?.(row) ?? textOf(cell(row));
    return numeric && typeof said === 'string' && FIGURE.test(said) ? Number(said.replaceAll(/[¥,]/g, '')) : said;
  };
  return [shown.map(({ title }) => title), ...rows.map((row) => shown.map((column) => cellOf(column, row)))];
}

/** Have the browser save the table as a spreadsheet. The writer is fetched when somebody asks for it. */
export async function saveTable(name: string, table: readonly (readonly Cell[])[]): Promise<void> {
  const { writeXlsx } = await import('hucre/xlsx');
  const sheetName = name.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 31);
  const bytes = await writeXlsx({ sheets: [{ name: sheetName, rows: table.map((row) => [...row]) }] });
  saveBlob(`${name}.xlsx`, new Blob([new Uint8Array(bytes)], { type: XLSX }));
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
