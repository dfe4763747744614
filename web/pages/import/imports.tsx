import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { ImportRunView } from '../../../contract/registry-imports.ts';
import { get } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark, type Tone } from '../../ui/mark.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { UploadForm } from './upload-form.tsx';

/** Bring in a list of elevators: upload, match the columns, look, then take it. */
export function ImportsPage() {
  const say = useSay();
  const navigate = useNavigate();
  const columns = useRunColumns();
  const runs = useQuery({
    queryKey: ['registry', '/imports'],
    queryFn: ({ signal }) => get<{ items: readonly ImportRunView[] }>('/imports', {}, signal),
  });
  return (
    <Page title={say('web.menu.import')}>
      <Panel title={say('web.import.upload')}>
        <UploadForm />
      </Panel>
      <Panel flush title={say('web.import.earlier')}>
        <Loaded query={runs} lines={4}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={say('web.import.empty')} hint={say('web.import.empty_hint')} />
            ) : (
              <DataTable
                short
                label={say('web.import.earlier')}
                rows={items}
                rowId={(row) => row.id}
                columns={columns}
                onOpen={(id) => void navigate(paths.importRun(id))}
              />
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}

/** How an import's state looks. */
export const toneOfRun = (state: ImportRunView['state']): Tone =>
  state === 'done' ? 'good' : state === 'failed' ? 'warn' : state === 'running' ? 'accent' : 'unknown';

function useRunColumns(): readonly Column<ImportRunView>[] {
  const say = useSay();
  const word = useWord();
  const figure = (key: 'rowsDone' | 'created' | 'changed' | 'refused'): Column<ImportRunView> => ({
    key,
    title: say(`web.import.${key}`),
    numeric: true,
    cell: (row) => row[key].toLocaleString('en-US'),
  });
  return [
    { key: 'file', title: say('web.import.file'), cell: (row) => row.fileName },
    { key: 'kind', title: say('web.import.kind'), cell: (row) => word('registry.import_kind', row.kind) },
    { key: 'source', title: say('web.elevator.fact.source'), cell: (row) => row.sourceName },
    {
      key: 'state',
      title: say('web.elevator.state'),
      cell: (row) => (
        <Mark tone={toneOfRun(row.state)}>
          {word('registry.import_state', row.state)}
          {row.dry && row.state === 'done' ? ` · ${say('web.import.dry')}` : ''}
        </Mark>
      ),
    },
    figure('rowsDone'),
    figure('created'),
    figure('changed'),
    figure('refused'),
    { key: 'at', title: say('web.audit.at'), cell: (row) => <When at={row.madeAt} /> },
  ];
}
