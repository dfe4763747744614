import { useQuery, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import Select from 'antd/es/select/index.js';
import { useState } from 'react';
import type { ImportRunView } from '../../../contract/registry-imports.ts';
import { post } from '../../api.ts';
import { problemError } from '../../problem.ts';
import { useSay, useWord } from '../../say.ts';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Panel } from '../../ui/page.tsx';
import { Failing } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { UnitPickers } from './unit-pickers.tsx';

const SAMPLE_ROWS = 3;

/** Which column means what. Known headers are matched already; a look first writes nothing. */
export function Mapping({ run }: { run: ImportRunView }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [mapping, setMapping] = useState(run.mapping);
  const [units, setUnits] = useState(run.units);
  const start = (dry: boolean) => () =>
    void act.run(async () => {
      await post(`/imports/${run.id}/start`, { dry, mapping, units });
      await queries.invalidateQueries({ queryKey: ['registry', '/imports'] });
    });
  return (
    <Panel
      flush
      title={say('web.import.mapping')}
      actions={
        <>
          <Button loading={act.isRunning} onClick={start(true)}>
            {say('web.import.look')}
          </Button>
          <Button type="primary" loading={act.isRunning} onClick={start(false)}>
            {say('web.import.take')}
          </Button>
        </>
      }
    >
      {act.problem ? <Failing error={problemError(act.problem)} /> : null}
      <UnitPickers fields={run.fields} units={units} onChange={setUnits} />
      <ColumnTable
        run={run}
        mapping={mapping}
        onChange={(column, field) => setMapping({ ...mapping, [column]: field })}
      />
    </Panel>
  );
}

type TableProps = {
  run: ImportRunView;
  mapping: Readonly<Record<string, string>>;
  onChange: (column: string, field: string) => void;
};

function ColumnTable({ run, mapping, onChange }: TableProps) {
  const say = useSay();
  const word = useWord();
  const sample = useSample(run.id);
  const fields = [
    { value: '', label: say('web.import.left_out') },
    ...run.fields.map((field) => ({ value: field, label: word('registry.field', field) })),
  ];
  return (
    <DataTable
      label={say('web.import.mapping')}
      rows={run.columns.map((column, at) => ({ column, at }))}
      rowId={({ at }) => String(at)}
      columns={[
        { key: 'column', title: say('web.import.column'), cell: ({ column }) => column },
        {
          key: 'field',
          title: say('web.import.means'),
          cell: ({ column }) => (
            <Select
              aria-label={say('web.import.means_of', { column })}
              className="import-field"
              showSearch={{ optionFilterProp: 'label' }}
              options={fields}
              value={mapping[column] ?? ''}
              onChange={(field: string) => onChange(column, field)}
            />
          ),
        },
        {
          key: 'sample',
          title: say('web.import.sample'),
          wide: true,
          cell: ({ at }) => (
            <span className="muted">
              {sample
                .slice(0, SAMPLE_ROWS)
                .map((row) => row[at])
                .filter(Boolean)
                .join(' · ')}
            </span>
          ),
        },
      ]}
    />
  );
}

/** The first rows, as they came with the upload. After a reload of the page they are gone; the columns are not. */
function useSample(id: string): readonly (readonly string[])[] {
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: ['import-sample', id],
    queryFn: () => queries.getQueryData<readonly (readonly string[])[]>(['import-sample', id]) ?? [],
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? [];
}
