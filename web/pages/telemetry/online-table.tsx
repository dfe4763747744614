import { useQuery } from '@tanstack/react-query';
import Select from 'antd/es/select/index.js';
import { Link, useSearchParams } from 'react-router';
import type { z } from 'zod';
import type { OnlineBy, onlineRow, onlineSchema } from '../../../contract/telemetry.ts';
import { get } from '../../api.ts';
import { usePlace } from '../../frame/place.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { ExportButton } from '../../ui/list/export-button.tsx';
import { changed } from '../../ui/list/list-state.ts';
import { Mark } from '../../ui/mark.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Duration } from '../../ui/when.tsx';
import { Rate } from '../overview/rate.tsx';
import '../../ui/list/filters.css';

type Row = z.infer<typeof onlineRow>;

/** Online rate and gaps of the last day, by whoever answers for them; the worst on top. */
export function OnlineTable({ by }: { by: OnlineBy }) {
  const say = useSay();
  const columns = useColumns(by);
  const [params, setParams] = useSearchParams();
  const { districts } = usePlace();
  const area = params.get('area') || undefined;
  const online = useQuery({
    queryKey: ['telemetry', '/telemetry/online', by, area ?? ''],
    queryFn: ({ signal }) => get<z.infer<typeof onlineSchema>>('/telemetry/online', { by, area }, signal),
  });
  return (
    <>
      <div className="filters panel-part">
        <Select
          aria-label={say('web.health.view.district')}
          placeholder={say('web.health.area')}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          value={area ?? null}
          onChange={(code: string | null) => setParams((now) => changed(now, { area: code ?? '' }), { replace: true })}
          options={districts.map(({ code, name }) => ({ value: code, label: name }))}
          popupMatchSelectWidth={false}
        />
        <span className="push">
          <ExportButton path="/telemetry/online/export" query={{ by, area }} />
        </span>
      </div>
      <Loaded query={online}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={say('web.health.online_empty')} hint={say('web.health.online_empty_hint')} />
          ) : (
            <DataTable
              label={say(`web.health.view.${by}`)}
              rows={worstFirst(items)}
              rowId={(row) => row.key}
              columns={columns}
            />
          )
        }
      </Loaded>
    </>
  );
}

const worstFirst = (rows: readonly Row[]): readonly Row[] =>
  [...rows].sort((a, b) => (a.onlineShare ?? 2) - (b.onlineShare ?? 2) || b.elevators - a.elevators);

function useColumns(by: OnlineBy): readonly Column<Row>[] {
  const say = useSay();
  const behind = (row: Row) =>
    ({
      source: null,
      maintenance: { maintenanceOrg: row.key },
      maker: { makerOrg: row.key },
      district: { area: row.key },
      street: { area: row.key },
      community: { area: row.key },
      building: { building: row.key },
    })[by];
  const figure = (key: 'elevators' | 'heard' | 'online' | 'gaps' | 'offlineFindings'): Column<Row> => ({
    key,
    title: say(`web.health.column.${key}`),
    numeric: true,
    cell: (row) => row[key].toLocaleString('en-US'),
  });
  return [
    {
      key: 'name',
      title: say(`web.health.view.${by}`),
      cell: (row) => {
        const query = behind(row);
        const name = row.name || <Mark tone="unknown">{say('web.state.unknown')}</Mark>;
        return query && row.key ? <Link to={paths.elevators(query)}>{name}</Link> : name;
      },
    },
    figure('elevators'),
    figure('heard'),
    figure('online'),
    {
      key: 'share',
      title: say('web.overview.column.online'),
      numeric: true,
      cell: (row) => <Rate of={{ part: row.online, whole: row.heard }} />,
    },
    figure('gaps'),
    {
      key: 'gapSeconds',
      title: say('web.health.column.gapSeconds'),
      numeric: true,
      cell: (row) => <Duration seconds={row.gapSeconds} />,
    },
    figure('offlineFindings'),
  ];
}
