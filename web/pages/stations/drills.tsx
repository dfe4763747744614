import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { Link } from 'react-router';
import { post } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { PagedTable } from '../../ui/list/paged-table.tsx';
import type { RowsState } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Day, Duration } from '../../ui/when.tsx';
import { DrillEnd, DrillPlan } from './drill-forms.tsx';
import { type Drill, type DrillsDue, useDrills, useDrillsDue, useReread } from './field.ts';

/** What stands beside the list: the plan of a new drill, or the end of one that runs or is planned. */
type Open = { do: 'plan' } | { do: 'end' | 'call-off'; id: string } | null;

/** Drills planned, running and held, with their measured times, and the units whose next one is due. */
export function DrillsTab({ mayKeep }: { mayKeep: boolean }) {
  const say = useSay();
  const drills = useDrills();
  const due = useDrillsDue();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const add = mayKeep ? (
    <Button type="primary" onClick={() => setOpen({ do: 'plan' })}>
      {say('rescue.field.plan_drill')}
    </Button>
  ) : null;
  return (
    <WithDrawer
      label={say('rescue.field.tab.drills')}
      onClose={close}
      list={
        <div className="stack">
          <Panel flush title={say('rescue.field.tab.drills')} actions={add}>
            <DrillTable rows={drills} onOpen={mayKeep ? setOpen : null} />
          </Panel>
          <Loaded query={due}>{(board) => <Due board={board} />}</Loaded>
        </div>
      }
    >
      {open === null ? null : open.do === 'plan' ? (
        <DrillPlan onDone={close} />
      ) : (
        <DrillEnd key={open.id} id={open.id} act={open.do} onDone={close} />
      )}
    </WithDrawer>
  );
}

const stateOf = (row: Drill) => row.outcome || (row.startedAt ? 'running' : 'planned');
const TONES = {
  planned: 'unknown',
  running: 'accent',
  done: 'good',
  real_alarm: 'warn',
  called_off: 'unknown',
} as const;

function DrillTable({ rows, onOpen }: { rows: RowsState<Drill>; onOpen: ((open: Open) => void) | null }) {
  const say = useSay();
  return (
    <PagedTable
      short
      label={say('rescue.field.tab.drills')}
      rows={rows}
      empty={<Empty title={say('rescue.field.drills_empty')} hint={say('rescue.field.drills_empty_hint')} />}
      rowId={(row) => row.id}
      columns={[
        {
          key: 'on',
          title: say('rescue.field.planned_on'),
          cell: (row) => <Day on={row.startedAt ?? row.plannedOn} />,
        },
        { key: 'org', title: say('rescue.field.org'), cell: (row) => row.org },
        {
          key: 'address',
          title: say('rescue.calls.elevator'),
          wide: true,
          cell: (row) => <Link to={paths.elevator(row.elevatorId)}>{row.address}</Link>,
        },
        {
          key: 'state',
          title: say('rescue.field.drill_state'),
          cell: (row) => <Mark tone={TONES[stateOf(row)]}>{say(`rescue.field.drill.${stateOf(row)}`)}</Mark>,
        },
        {
          key: 'response',
          title: say('rescue.field.drill_response'),
          numeric: true,
          cell: (row) => <Duration seconds={row.responseSeconds} />,
        },
        {
          key: 'arrival',
          title: say('rescue.field.drill_arrival'),
          numeric: true,
          cell: (row) => <Duration seconds={row.arrivalSeconds} />,
        },
        { key: 'summary', title: say('rescue.field.drill_summary'), cell: (row) => row.summary || '—', wide: true },
        { key: 'acts', title: '', cell: (row) => (onOpen ? <DrillActs row={row} onOpen={onOpen} /> : null) },
      ]}
    />
  );
}

function DrillActs({ row, onOpen }: { row: Drill; onOpen: (open: Open) => void }) {
  const say = useSay();
  const reread = useReread();
  const state = stateOf(row);
  if (state === 'running')
    return <Button onClick={() => onOpen({ do: 'end', id: row.id })}>{say('rescue.field.drill_end')}</Button>;
  if (state !== 'planned') return null;
  return (
    <span className="row">
      <ActButton
        label={say('rescue.field.drill_begin')}
        confirm={{ title: row.address, consequence: say('rescue.field.drill_begin_means') }}
        onAct={() => post(`/rescue/drills/${row.id}/begin`).then(reread)}
      />
      <Button onClick={() => onOpen({ do: 'call-off', id: row.id })}>{say('rescue.field.drill_off')}</Button>
    </span>
  );
}

function Due({ board }: { board: DrillsDue }) {
  const say = useSay();
  if (board.items.length === 0) return null;
  const title = say('rescue.field.drills_due', { months: board.everyMonths });
  return (
    <Panel flush title={title}>
      <DataTable
        short
        label={title}
        rows={board.items}
        rowId={(row) => row.orgId}
        columns={[
          { key: 'org', title: say('rescue.field.org'), cell: (row) => row.org, wide: true },
          {
            key: 'last',
            title: say('rescue.field.drill_last'),
            cell: (row) => (row.lastOn ? <Day on={row.lastOn} /> : say('rescue.field.never')),
          },
          { key: 'next', title: say('rescue.field.drill_next'), cell: (row) => <Day on={row.nextOn} /> },
        ]}
      />
    </Panel>
  );
}
