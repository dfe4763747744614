import Button from 'antd/es/button/index.js';
import Checkbox from 'antd/es/checkbox/index.js';
import { useState } from 'react';
import type { z } from 'zod';
import type { ImportRunView, importFault } from '../../../contract/registry-imports.ts';
import { apiUrl } from '../../api.ts';
import { useSay } from '../../say.ts';
import { DataTable } from '../../ui/list/data-table.tsx';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { Panel } from '../../ui/page.tsx';
import { Empty, Failing, Loading } from '../../ui/states.tsx';

type Fault = z.infer<typeof importFault>;
const ALL = {};
const REFUSED = { refused: 'true' };

/** What was wrong, row by row: where, what stands there, how to mend it. To be taken away as CSV. */
export function Faults({ run }: { run: ImportRunView }) {
  const say = useSay();
  const [onlyRefused, setOnlyRefused] = useState(false);
  const { rows, error, more, again } = useRows<Fault>(
    'registry',
    `/imports/${run.id}/faults`,
    onlyRefused ? REFUSED : ALL,
  );
  return (
    <Panel
      flush
      title={say('web.import.faults')}
      actions={
        <>
          {run.refused > 0 ? (
            <Checkbox checked={onlyRefused} onChange={(event) => setOnlyRefused(event.target.checked)}>
              {say('web.import.only_refused', { n: run.refused.toLocaleString('en-US') })}
            </Checkbox>
          ) : null}
          <Button size="small" href={apiUrl(`/imports/${run.id}/faults.csv`)} download>
            {say('web.chart.csv')}
          </Button>
        </>
      }
    >
      {error ? (
        <Failing error={error} onRetry={again} />
      ) : !rows ? (
        <Loading />
      ) : rows.length === 0 ? (
        <Empty title={say('web.import.no_faults')} />
      ) : (
        <FaultTable rows={rows} more={more} dry={run.dry} />
      )}
    </Panel>
  );
}

type TableProps = { rows: readonly Fault[]; more: (() => void) | null; dry: boolean };

function FaultTable({ rows, more, dry }: TableProps) {
  const say = useSay();
  const outcome = dry ? 'registry.import_would' : 'registry.import_taken';
  return (
    <DataTable
      label={say('web.import.faults')}
      rows={rows}
      rowId={(row) => `${row.rowNo}-${row.nth}`}
      columns={[
        { key: 'row', title: say('registry.import_column.row'), numeric: true, cell: (row) => row.rowNo },
        {
          key: 'taken',
          title: say('registry.import_column.taken'),
          cell: (row) => (
            <Mark tone={row.refused ? 'warn' : 'unknown'}>{say(`${outcome}.${String(!row.refused)}`)}</Mark>
          ),
        },
        {
          key: 'line',
          title: say('registry.import_column.what'),
          wide: true,
          cell: (row) => <span title={row.line}>{row.line}</span>,
        },
        {
          key: 'value',
          title: say('registry.import_column.value'),
          cell: (row) => <code title={row.value}>{row.value}</code>,
        },
      ]}
    >
      {more ? (
        <div className="more">
          <Button size="small" onClick={more}>
            {say('web.list.more')}
          </Button>
        </div>
      ) : null}
    </DataTable>
  );
}
