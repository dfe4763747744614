import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { databaseAnswer } from '../../../contract/insurance-books.ts';
import { get } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { yuan } from '../../ui/money.ts';
import { Figure, Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';

type Row = z.infer<typeof databaseAnswer>['items'][number];

/** The scheme's live database: underwriting and claims of every insurer side by side, read only. */
export function DatabasePage() {
  const say = useSay();
  const word = useWord();
  const read = useQuery({
    queryKey: ['insurance', '/insurance/database'],
    queryFn: ({ signal }) => get<z.infer<typeof databaseAnswer>>('/insurance/database', undefined, signal),
  });
  const count = (key: 'policies' | 'inForce' | 'elevators' | 'claims' | 'openClaims'): Column<Row> => ({
    key,
    title: say(`web.database.${key}`),
    numeric: true,
    cell: (row) => row[key].toLocaleString('en-US'),
  });
  const columns: readonly Column<Row>[] = [
    { key: 'name', title: say('insurance.bordereau.insurer'), cell: (row) => row.name, wide: true },
    { key: 'kind', title: say('web.coverage.kind'), cell: (row) => word('insurance.kind', row.kind) },
    count('policies'),
    count('inForce'),
    count('elevators'),
    { key: 'premium', title: say('web.database.premium'), numeric: true, cell: (row) => yuan(row.premium) },
    count('claims'),
    count('openClaims'),
    { key: 'paid', title: say('web.database.paid'), numeric: true, cell: (row) => yuan(row.paid) },
  ];
  return (
    <Page title={say('web.menu.database')} note={say('web.database.what')}>
      <Loaded query={read}>
        {({ items }) => (
          <>
            <div className="figures">
              {(['inForce', 'elevators', 'openClaims'] as const).map((key) => (
                <Figure
                  key={key}
                  name={say(`web.database.${key}`)}
                  value={items.reduce((a, r) => a + r[key], 0).toLocaleString('en-US')}
                />
              ))}
              {(['premium', 'paid'] as const).map((key) => (
                <Figure
                  key={key}
                  name={say(`web.database.${key}`)}
                  value={yuan(items.reduce((a, r) => a + r[key], 0))}
                />
              ))}
            </div>
            <Panel flush title={say('web.database.by_insurer')}>
              {items.length === 0 ? (
                <Empty title={say('web.database.empty')} hint={say('web.database.empty_hint')} />
              ) : (
                <DataTable
                  short
                  label={say('web.menu.database')}
                  rows={items}
                  rowId={(row) => `${row.insurer} ${row.kind}`}
                  columns={columns}
                />
              )}
            </Panel>
          </>
        )}
      </Loaded>
    </Page>
  );
}
