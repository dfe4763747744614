import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { changeLine } from '../../../contract/registry-changes.ts';
import { post } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { TextField } from '../../ui/inputs.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Due, When } from '../../ui/when.tsx';
import { DiffField, DiffValue } from './diff-line.tsx';
import { OpenList } from './open-list.tsx';

type Change = z.infer<typeof changeLine>;

/** Changes of files that units asked for, waiting for a registrar. */
export function ChangesPage() {
  const say = useSay();
  return (
    <OpenList<Change>
      title={say('web.menu.changes')}
      path="/registry/changes"
      over={say('web.changes.decided')}
      empty={{ title: say('web.changes.empty'), hint: say('web.changes.empty_hint') }}
      columns={useChangeColumns()}
      sheet={(change) => <ChangeSheet key={change.id} change={change} />}
    />
  );
}

function useChangeColumns(): readonly Column<Change>[] {
  const say = useSay();
  return [
    { key: 'code', title: say('web.elevators.column.rescue_code'), cell: (row) => <code>{row.rescueCode}</code> },
    { key: 'address', title: say('web.elevators.column.address'), cell: (row) => row.address, wide: true },
    { key: 'fields', title: say('web.changes.fields'), numeric: true, cell: (row) => row.diff.length },
    { key: 'asked', title: say('web.changes.asked_by'), cell: (row) => row.askedOrg?.name ?? '' },
    { key: 'at', title: say('web.changes.asked_at'), cell: (row) => <When at={row.askedAt} /> },
    {
      key: 'due',
      title: say('web.changes.due'),
      cell: (row) =>
        row.decision ? (
          <Mark tone="plain">{say(`web.changes.${row.decision}`)}</Mark>
        ) : (
          <Due on={row.dueOn} soonDays={3} />
        ),
    },
  ];
}

function ChangeSheet({ change }: { change: Change }) {
  const say = useSay();
  const { role } = useMe();
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const decide = (decision: 'approve' | 'reject') => async () => {
    await post(`/registry/changes/${change.id}/decision`, { decision, note });
    await queries.invalidateQueries({ queryKey: ['registry'] });
  };
  return (
    <article className="file-body">
      <header className="stack">
        <h1>{change.address}</h1>
        <Link to={paths.elevator(change.elevatorId)}>{say('web.elevator.file')}</Link>
      </header>
      <p>{change.reason}</p>
      <DataTable
        short
        label={say('web.changes.fields')}
        rows={change.diff}
        rowId={(row) => row.field}
        columns={[
          { key: 'field', title: say('web.changes.field'), cell: (row) => <DiffField line={row} /> },
          { key: 'before', title: say('web.audit.before'), cell: (row) => <DiffValue line={row} value={row.before} /> },
          { key: 'after', title: say('web.audit.after'), cell: (row) => <DiffValue line={row} value={row.after} /> },
        ]}
      />
      {change.decision === null && role.endsWith('_regulator') ? (
        <div className="stack">
          <TextField label={say('web.changes.note')} value={note} onChange={setNote} />
          <div className="row wrap">
            <ActButton primary label={say('web.changes.approve')} onAct={decide('approve')} />
            <ActButton label={say('web.changes.reject')} onAct={decide('reject')} />
          </div>
        </div>
      ) : null}
      {change.decidedNote ? <p className="muted">{change.decidedNote}</p> : null}
    </article>
  );
}
