import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { useSay } from '../../say.ts';
import { cityDay, today } from '../../time.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { PagedTable } from '../../ui/list/paged-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Panel } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { type Rescuer, useRescuers } from './field.ts';
import { RescuerForm } from './rescuer-form.tsx';

const NEW = 'new';

/** Who may be offered rescues, those on duty first. */
export function RescuersTab({ mayKeep }: { mayKeep: boolean }) {
  const say = useSay();
  const rescuers = useRescuers();
  const [open, setOpen] = useState('');
  const columns = useRescuerColumns();
  const chosen = rescuers.rows?.find((r) => r.personId === open) ?? null;
  const add = mayKeep ? (
    <Button type="primary" onClick={() => setOpen(NEW)}>
      {say('rescue.field.add_rescuer')}
    </Button>
  ) : null;
  return (
    <WithDrawer
      label={say('rescue.field.tab.rescuers')}
      onClose={() => setOpen('')}
      list={
        <Panel flush title={say('rescue.field.tab.rescuers')} actions={add}>
          <PagedTable
            label={say('rescue.field.tab.rescuers')}
            rows={rescuers}
            rowId={(row) => row.personId}
            open={open}
            {...(mayKeep ? { onOpen: setOpen } : {})}
            columns={columns}
            empty={<Empty title={say('rescue.field.rescuers_empty')} hint={say('rescue.field.rescuers_empty_hint')} />}
          />
        </Panel>
      }
    >
      {open === NEW || chosen ? <RescuerForm key={open} was={chosen} onDone={() => setOpen('')} /> : null}
    </WithDrawer>
  );
}

function useRescuerColumns(): readonly Column<Rescuer>[] {
  const say = useSay();
  return [
    { key: 'label', title: say('rescue.field.label'), cell: (row) => row.label },
    { key: 'name', title: say('rescue.field.name'), cell: (row) => row.name },
    { key: 'phone', title: say('rescue.field.phone'), cell: (row) => row.phone || '—' },
    { key: 'org', title: say('rescue.field.org'), cell: (row) => row.org },
    { key: 'kind', title: say('rescue.field.kind'), cell: (row) => say(`web.stations.kind.${row.kind}`) },
    {
      key: 'duty',
      title: say('rescue.field.duty_until'),
      cell: (row) =>
        row.dutyUntil ? <When at={row.dutyUntil} /> : <Mark tone="unknown">{say('rescue.field.off_duty')}</Mark>,
    },
    { key: 'certified', title: say('rescue.field.certified_until'), cell: (row) => <Certified row={row} /> },
    { key: 'jobs', title: say('rescue.field.jobs'), numeric: true, cell: (row) => row.jobs },
    { key: 'position', title: say('rescue.field.position'), cell: (row) => <When at={row.positionAt} /> },
  ];
}

function Certified({ row }: { row: Rescuer }) {
  const say = useSay();
  if (!row.certifiedUntil) return <Mark tone="unknown">{say('rescue.field.certificate_none')}</Mark>;
  const isOver = row.certifiedUntil < cityDay(today());
  return isOver ? <Mark tone="warn">{say('rescue.field.certificate_over')}</Mark> : row.certifiedUntil;
}
