import { useNavigate } from 'react-router';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Panel } from '../../ui/page.tsx';
import { When } from '../../ui/when.tsx';
import type { Statistics } from './statistics.tsx';

/** Elevators that trapped people more than once in the span. */
export function Repeats({ data }: { data: Statistics }) {
  const say = useSay();
  const navigate = useNavigate();
  if (data.repeats.length === 0) return null;
  return (
    <Panel flush title={say('web.statistics.repeats', { n: data.repeats.length })}>
      <DataTable
        short
        label={say('web.statistics.repeats', { n: data.repeats.length })}
        rows={data.repeats}
        rowId={(row) => row.elevatorId}
        onOpen={(id) => void navigate(paths.elevator(id))}
        columns={[
          { key: 'code', title: say('web.elevators.column.rescue_code'), cell: (row) => <code>{row.rescueCode}</code> },
          { key: 'address', title: say('web.elevators.column.address'), cell: (row) => row.address, wide: true },
          { key: 'incidents', title: say('web.statistics.incidents'), numeric: true, cell: (row) => row.incidents },
          { key: 'last', title: say('web.statistics.last'), cell: (row) => <When at={row.lastAt} /> },
        ]}
      />
    </Panel>
  );
}
