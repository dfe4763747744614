import type { z } from 'zod';
import type { auditItemSchema } from '../../../contract/identity.ts';
import { useSay, useWord } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Facts, Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';

type Item = z.infer<typeof auditItemSchema>;
const NAMES = ['object', 'actor', 'rowId'] as const;

/** Who changed or looked at what, newest first. */
export function AuditPage() {
  const say = useSay();
  const state = useListState(NAMES);
  const rows = useRows<Item>('identity', '/audit', { ...state.filters, cursor: 'before' });
  const shown = rows.rows?.find(({ id }) => String(id) === state.open);
  return (
    <Page title={say('web.menu.audit')}>
      <FilterBar
        state={state}
        finder={null}
        filters={NAMES.map((name) => ({ name, label: say(`web.audit.${name}`) }))}
      />
      <WithDrawer
        label={say('web.menu.audit')}
        onClose={() => state.setOpen('')}
        list={
          <ListBody
            label={say('web.menu.audit')}
            state={state}
            rows={rows}
            columns={useAuditColumns()}
            rowId={(row) => String(row.id)}
            onOpen={state.setOpen}
            empty={<Empty title={say('web.audit.empty')} />}
          />
        }
      >
        {shown ? <Change item={shown} onOnly={state.setFilter} /> : null}
      </WithDrawer>
    </Page>
  );
}

function useAuditColumns(): readonly Column<Item>[] {
  const say = useSay();
  const word = useWord();
  return [
    { key: 'at', title: say('web.audit.at'), cell: (row) => <When at={row.at} /> },
    {
      key: 'actor',
      title: say('web.audit.actor'),
      cell: (row) => row.actorName || row.actor || say('web.audit.system'),
    },
    { key: 'action', title: say('web.audit.action'), cell: (row) => word('web.audit.action', row.action) },
    { key: 'object', title: say('web.audit.object'), cell: (row) => <code>{row.object}</code> },
    { key: 'row', title: say('web.audit.rowId'), cell: (row) => <code>{row.rowId}</code> },
  ];
}

function Change({ item, onOnly }: { item: Item; onOnly: (name: string, value: string) => void }) {
  const say = useSay();
  const only = (name: string, value: string | null) =>
    value ? (
      <button type="button" className="plain" onClick={() => onOnly(name, value)} title={say('web.audit.only')}>
        {value}
      </button>
    ) : null;
  return (
    <article className="file-body">
      <Facts
        rows={[
          [say('web.audit.at'), <When key="at" at={item.at} />],
          [say('web.audit.actor'), only('actor', item.actor)],
          [say('web.audit.object'), only('object', item.object)],
          [say('web.audit.rowId'), only('rowId', item.rowId)],
        ]}
      />
      {(
        [
          ['web.audit.before', item.before],
          ['web.audit.after', item.after],
        ] as const
      ).map(([title, value]) => (
        <section key={title} className="file-part">
          <h2>{say(title)}</h2>
          <pre className="mono json">
            {value === null || value === undefined ? '—' : JSON.stringify(value, null, 2)}
          </pre>
        </section>
      ))}
    </article>
  );
}
