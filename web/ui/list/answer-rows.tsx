import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { useSay } from '../../say.ts';
import type { Column } from './columns.tsx';
import { DataTable } from './data-table.tsx';
import { ExportRows } from './export-rows.tsx';
import './list-page.css';

const FIRST = 20; // what comes next is not pushed out of sight; the file has them all

type Props<Row> = {
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  rowId: (row: Row) => string;
};

/** Rows that an act was answered with, such as those it could not do: the first of them, more on demand, and all as a file. */
export function AnswerRows<Row>({ rows, ...table }: Props<Row>) {
  const say = useSay();
  const [most, setMost] = useState(FIRST);
  const shown = rows.slice(0, most);
  const figures = { shown: shown.length.toLocaleString('en-US'), n: rows.length.toLocaleString('en-US') };
  const all = {
    rows,
    error: null,
    isFetching: false,
    more: null,
    again: () => undefined,
    everything: () => Promise.resolve(rows),
  };
  return (
    <section className="list-body">
      <h3>{table.label}</h3>
      <DataTable short {...table} rows={shown} />
      <div className="list-foot">
        <span className="muted">{say(shown.length < rows.length ? 'web.list.shown' : 'web.list.count', figures)}</span>
        {shown.length < rows.length ? (
          <Button size="small" onClick={() => setMost(most * 5)}>
            {say('web.list.more')}
          </Button>
        ) : null}
        <span className="push">
          <ExportRows name={table.label} rows={all} columns={table.columns} />
        </span>
      </div>
    </section>
  );
}
