import type { z } from 'zod';
import type { findingItem } from '../../../contract/prevention.ts';
import { useSay } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark, type Tone } from '../../ui/mark.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { Day, Due } from '../../ui/when.tsx';
import { FindingSheet } from './finding-sheet.tsx';

type Finding = z.infer<typeof findingItem>;
const NAMES = ['show'] as const;
const SHOWN = ['open', 'late', 'mended', 'ended'] as const;

/** What insurers found, until it is gone: what must be mended first on top. */
export function FindingsPage() {
  const say = useSay();
  const state = useListState(NAMES);
  const rows = useRows<Finding>('prevention', '/prevention/findings', state.filters);
  return (
    <Page title={say('web.menu.findings')} note={say('web.prevention.findings_what')}>
      <FilterBar
        state={state}
        finder={null}
        filters={[
          {
            name: 'show',
            label: say('web.changes.show'),
            options: SHOWN.map((value) => ({ value, label: say(`web.prevention.show.${value}`) })),
          },
        ]}
      />
      <WithDrawer
        label={say('web.menu.findings')}
        onClose={() => state.setOpen('')}
        list={
          <ListBody
            label={say('web.menu.findings')}
            state={state}
            rows={rows}
            columns={useFindingColumns()}
            rowId={(row) => row.id}
            onOpen={state.setOpen}
            tone={(row) => (row.late && row.state === 'open' ? 'warn' : undefined)}
            empty={
              <Empty title={say('web.prevention.findings_empty')} hint={say('web.prevention.findings_empty_hint')} />
            }
          />
        }
      >
        {state.open ? <FindingSheet key={state.open} id={state.open} /> : null}
      </WithDrawer>
    </Page>
  );
}

const TONES: Readonly<Record<Finding['state'], Tone>> = {
  open: 'accent',
  mended: 'unknown',
  closed: 'good',
  withdrawn: 'plain',
};

/** A finding's state in words. */
export function FindingState({ finding }: { finding: Pick<Finding, 'state' | 'late'> }) {
  const say = useSay();
  if (finding.state === 'open' && finding.late) return <Mark tone="warn">{say('web.prevention.late')}</Mark>;
  return <Mark tone={TONES[finding.state]}>{say(`web.prevention.state.${finding.state}`)}</Mark>;
}

/** The part and the insurer stand in the sheet: what must be mended by when, and by whom, has to be in sight. */
function useFindingColumns(): readonly Column<Finding>[] {
  const say = useSay();
  return [
    { key: 'number', title: say('web.prevention.number'), cell: (row) => <code>{row.number}</code> },
    {
      key: 'severity',
      title: say('web.prevention.severity'),
      cell: (row) => (
        <Mark tone={row.severity === 'urgent' ? 'warn' : 'plain'}>
          {say(`web.prevention.severity.${row.severity}`)}
        </Mark>
      ),
    },
    { key: 'what', title: say('web.prevention.what'), cell: (row) => row.description, wide: true },
    { key: 'address', title: say('web.elevators.column.address'), cell: (row) => row.address, wide: true },
    {
      key: 'due',
      title: say('web.prevention.due'),
      cell: (row) => (row.state === 'open' ? <Due on={row.dueOn} soonDays={3} /> : <Day on={row.dueOn} />),
    },
    { key: 'state', title: say('web.prevention.state'), cell: (row) => <FindingState finding={row} /> },
    { key: 'owner', title: say('web.prevention.owner'), cell: (row) => row.owner ?? '—' },
  ];
}
