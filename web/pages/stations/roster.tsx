import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import type { z } from 'zod';
import type { duty } from '../../../contract/rescue-field.ts';
import { post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { cityDay, today } from '../../time.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { CalendarInput } from '../../ui/calendar-input.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { PagedTable } from '../../ui/list/paged-table.tsx';
import { type RowsState, useRows } from '../../ui/list/rows.ts';
import { Panel } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { useReread } from './field.ts';
import { RosterForm } from './roster-form.tsx';

type Duty = z.infer<typeof duty>;
const WEEK_MS = 6 * 86_400_000;

/** Who is on duty on some days, and the form that writes a week of it at once. */
export function RosterTab({ mayKeep }: { mayKeep: boolean }) {
  const say = useSay();
  const [from, setFrom] = useState(() => cityDay(today()));
  const [to, setTo] = useState(() => cityDay(today().getTime() + WEEK_MS));
  const [isWriting, setWriting] = useState(false);
  const roster = useRows<Duty>('rescue', '/rescue/roster', {
    from: from || cityDay(today()),
    to: to || cityDay(today()),
  });
  const actions = (
    <>
      <label className="row">
        {say('rescue.field.roster_from')}
        <CalendarInput kind="day" value={from} onChange={setFrom} />
      </label>
      <label className="row">
        {say('rescue.field.roster_to')}
        <CalendarInput kind="day" value={to} onChange={setTo} />
      </label>
      {mayKeep ? (
        <Button type="primary" onClick={() => setWriting(true)}>
          {say('rescue.field.add_duty')}
        </Button>
      ) : null}
    </>
  );
  return (
    <WithDrawer
      label={say('rescue.field.add_duty')}
      onClose={() => setWriting(false)}
      list={
        <Panel flush title={say('rescue.field.tab.roster')} actions={actions}>
          <RosterTable rows={roster} mayKeep={mayKeep} />
        </Panel>
      }
    >
      {isWriting ? <RosterForm onDone={() => setWriting(false)} /> : null}
    </WithDrawer>
  );
}

function RosterTable({ rows, mayKeep }: { rows: RowsState<Duty>; mayKeep: boolean }) {
  const say = useSay();
  const reread = useReread();
  const now = today().toISOString();
  return (
    <PagedTable
      label={say('rescue.field.tab.roster')}
      rows={rows}
      empty={<Empty title={say('rescue.field.roster_empty')} hint={say('rescue.field.roster_empty_hint')} />}
      rowId={(row) => row.id}
      columns={[
        { key: 'label', title: say('rescue.field.label'), cell: (row) => row.label },
        { key: 'org', title: say('rescue.field.org'), cell: (row) => row.org, wide: true },
        { key: 'from', title: say('rescue.field.duty_from'), cell: (row) => <When at={row.fromAt} /> },
        { key: 'to', title: say('rescue.field.duty_to'), cell: (row) => <When at={row.toAt} /> },
        { key: 'source', title: say('rescue.field.source'), cell: (row) => say(`rescue.field.source.${row.source}`) },
        {
          key: 'end',
          title: '',
          cell: (row) =>
            mayKeep && row.toAt > now ? (
              <ActButton
                label={say('rescue.field.end_duty')}
                confirm={{
                  title: say('rescue.field.end_duty_title'),
                  consequence: say('rescue.field.end_duty_means'),
                }}
                onAct={() => post(`/rescue/roster/${row.id}/end`).then(reread)}
              />
            ) : null,
        },
      ]}
    />
  );
}
