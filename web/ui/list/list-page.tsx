import Button from 'antd/es/button/index.js';
import { type ReactNode, useEffect, useRef } from 'react';
import { useSay } from '../../say.ts';
import { Empty, Failing, Loading } from '../states.tsx';
import { useLatest } from '../use-latest.ts';
import type { Column } from './columns.tsx';
import { DataTable } from './data-table.tsx';
import { ExportRows } from './export-rows.tsx';
import type { ListState } from './list-state.ts';
import type { RowsState } from './rows.ts';
import './list-page.css';

type BodyProps<Row> = {
  label: string;
  state: ListState;
  rows: RowsState<Row>;
  total?: number | undefined; // of all that match, where it is known
  columns: readonly Column<Row>[];
  rowId: (row: Row) => string;
  onOpen?: (id: string) => void;
  empty: ReactNode; // what will appear here and how
  tone?: (row: Row) => 'danger' | 'warn' | undefined;
  file?: ReactNode; // instead of the export of what is shown, where the server writes the file
};

/** A list's body in its five faces: waiting, failing, empty, nothing matches, rows with the way to more. */
export function ListBody<Row>({ rows, state, empty, total, file, ...table }: BodyProps<Row>) {
  if (rows.error)
    return (
      <Framed>
        <Failing error={rows.error} onRetry={rows.again} />
      </Framed>
    );
  if (!rows.rows)
    return (
      <Framed>
        <Loading lines={12} />
      </Framed>
    );
  if (rows.rows.length === 0)
    return <Framed>{Object.keys(state.filters).length > 0 ? <NoMatch state={state} /> : empty}</Framed>;
  return (
    <div className="panel list-body" aria-busy={rows.isFetching}>
      <DataTable {...table} rows={rows.rows} sort={state.sort} onSort={state.setSort} open={state.open}>
        <More key={rows.rows.length} more={rows.more} />
      </DataTable>
      <ListFoot shown={rows.rows.length} total={total ?? (rows.more ? undefined : rows.rows.length)}>
        {file === undefined ? <ExportRows name={table.label} rows={rows} columns={table.columns} /> : file}
      </ListFoot>
    </div>
  );
}

const Framed = ({ children }: { children: ReactNode }) => <div className="panel list-body">{children}</div>;

function NoMatch({ state }: { state: ListState }) {
  const say = useSay();
  return (
    <Empty
      title={say('web.state.no_match')}
      hint={say('web.state.no_match_hint')}
      action={<Button onClick={state.clearFilters}>{say('web.state.clear_filters')}</Button>}
    />
  );
}

/** Reads on when it comes into sight; a press does the same. Made anew for every page, so that it looks again. */
export function More({ more }: { more: (() => void) | null }) {
  const say = useSay();
  const button = useRef<HTMLDivElement>(null);
  const latest = useLatest(more);
  useEffect(() => {
    if (!button.current) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current?.(), {
      rootMargin: '400px',
    });
    watch.observe(button.current);
    return () => watch.disconnect();
  }, [latest]);
  if (!more) return null;
  return (
    <div ref={button} className="more">
      <Button size="small" onClick={more}>
        {say('web.list.more')}
      </Button>
    </div>
  );
}

function ListFoot({ shown, total, children }: { shown: number; total: number | undefined; children: ReactNode }) {
  const say = useSay();
  const figure = (n: number) => n.toLocaleString('en-US');
  return (
    <div className="list-foot">
      <span className="muted">
        {total === undefined
          ? say('web.list.count_many', { n: figure(shown) })
          : say(shown < total ? 'web.list.shown' : 'web.list.count', { shown: figure(shown), n: figure(total) })}
      </span>
      <span className="muted small keys">{say('web.list.keys')}</span>
      <span className="push">{children}</span>
    </div>
  );
}
