import { type ReactNode, useState } from 'react';
import { useSay } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';

const NAMES = ['open'] as const;

type Props<T> = {
  title: string;
  note?: string;
  path: string;
  over: string; // what those are called that are done with
  empty: { title: string; hint: string };
  columns: readonly Column<T>[];
  tone?: (row: T) => 'warn' | undefined;
  sheet: (item: T) => ReactNode;
};

/** What waits for a registrar, the settled on request, one of them open beside the list. */
export function OpenList<T extends { id: string }>(props: Props<T>) {
  const { title, note, path, over, empty, columns, tone, sheet } = props;
  const say = useSay();
  const state = useListState(NAMES);
  const [shownId, setShownId] = useState('');
  const rows = useRows<T>('registry', path, state.filters);
  const shown = rows.rows?.find(({ id }) => id === shownId);
  return (
    <Page title={title} {...(note ? { note } : {})}>
      <FilterBar
        state={state}
        finder={null}
        filters={[{ name: 'open', label: say('web.changes.show'), options: [{ value: 'false', label: over }] }]}
      />
      <WithDrawer
        label={title}
        onClose={() => setShownId('')}
        list={
          <ListBody
            label={title}
            state={{ ...state, open: shownId }}
            rows={rows}
            columns={columns}
            rowId={(row) => row.id}
            onOpen={setShownId}
            {...(tone ? { tone } : {})}
            empty={<Empty {...empty} />}
          />
        }
      >
        {shown ? sheet(shown) : null}
      </WithDrawer>
    </Page>
  );
}
