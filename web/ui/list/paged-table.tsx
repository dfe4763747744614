import type { ComponentProps, ReactNode } from 'react';
import { Failing, Loading } from '../states.tsx';
import { DataTable } from './data-table.tsx';
import { More } from './list-page.tsx';
import type { RowsState } from './rows.ts';

type Props<Row> = Omit<ComponentProps<typeof DataTable<Row>>, 'rows' | 'children'> & {
  rows: RowsState<Row>;
  empty: ReactNode; // what will appear here and how
};

/** A table inside a panel that reads on when its end comes into sight. */
export function PagedTable<Row>({ rows, empty, ...table }: Props<Row>) {
  if (rows.error) return <Failing error={rows.error} onRetry={rows.again} />;
  if (!rows.rows) return <Loading />;
  if (rows.rows.length === 0) return empty;
  return (
    <DataTable {...table} rows={rows.rows}>
      <More key={rows.rows.length} more={rows.more} />
    </DataTable>
  );
}
