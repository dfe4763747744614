import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Select from 'antd/es/select/index.js';
import { useSearchParams } from 'react-router';
import type { z } from 'zod';
import type { coverageAnswer } from '../../../contract/insurance-coverage.ts';
import { get, type Query } from '../../api.ts';
import { useOwnDistricts, usePlace } from '../../frame/place.ts';
import { useSay, useWord } from '../../say.ts';
import { cityDay, today } from '../../time.ts';
import { CalendarInput } from '../../ui/calendar-input.tsx';
import { Info } from '../../ui/info.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { changed } from '../../ui/list/list-state.ts';
import { Figure, Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { CoverageGoals, count, Opens, percent } from './coverage-goals.tsx';
import '../../ui/list/filters.css';

type Coverage = z.infer<typeof coverageAnswer>;
type Cell = Coverage['rows'][number];

const SIDES = ['district', 'place', 'kind', 'payer', 'insurer'] as const;
const KINDS = ['liability', 'comprehensive', 'pension'] as const;

/** How much of the city is insured, and where it is not: every figure opens the elevators behind it. */
export function CoveragePage() {
  const say = useSay();
  const [params, setParams] = useSearchParams();
  const set = (changes: Readonly<Record<string, string>>) =>
    setParams((now) => changed(now, changes), { replace: true });
  const by = SIDES.find((side) => side === params.get('by')) ?? 'district';
  const on = params.get('on') ?? cityDay(today());
  const narrow = { on, kind: params.get('kind') || undefined, district: params.get('district') || undefined };
  const read = useQuery({
    queryKey: ['insurance', '/insurance/coverage', { ...narrow, by }],
    queryFn: ({ signal }) => get<Coverage>('/insurance/coverage', { ...narrow, by }, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={say('web.menu.coverage')} note={say('web.coverage.what')}>
      <CoverageBar on={on} by={by} kind={narrow.kind} district={narrow.district} set={set} />
      <Loaded query={read} lines={10}>
        {(data) => (
          <>
            <Headline data={data} narrow={narrow} />
            <CoverageGoals data={data} on={on} district={narrow.district} />
            <Cube data={data} narrow={narrow} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

type BarProps = {
  on: string;
  by: string;
  kind: string | undefined;
  district: string | undefined;
  set: (changes: Readonly<Record<string, string>>) => void;
};

function CoverageBar({ on, by, kind, district, set }: BarProps) {
  const say = useSay();
  const districts = useOwnDistricts();
  return (
    <div className="filters">
      <label className="row">
        <span className="muted nowrap">{say('web.coverage.on')}</span>
        <CalendarInput kind="day" value={on} onChange={(day) => day && set({ on: day })} />
      </label>
      <Select
        aria-label={say('web.coverage.by')}
        value={by}
        onChange={(value) => set({ by: value })}
        options={SIDES.map((side) => ({ value: side, label: say(`web.coverage.by.${side}`) }))}
        popupMatchSelectWidth={false}
      />
      <Select
        aria-label={say('web.coverage.kind')}
        placeholder={say('web.coverage.any_kind')}
        allowClear
        value={kind ?? null}
        onChange={(value: string | null) => set({ kind: value ?? '' })}
        options={KINDS.map((one) => ({ value: one, label: say(`insurance.kind.${one}`) }))}
        popupMatchSelectWidth={false}
      />
      <Select
        aria-label={say('web.coverage.by.district')}
        placeholder={say('web.coverage.any_district')}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        value={district ?? null}
        onChange={(value: string | null) => set({ district: value ?? '' })}
        options={districts.map(({ code, name }) => ({ value: code, label: name }))}
        popupMatchSelectWidth={false}
      />
    </div>
  );
}

function Headline({ data: { total }, narrow }: { data: Coverage; narrow: Query }) {
  const say = useSay();
  const figures = [
    ['should', <Opens key="s" n={total.should} query={narrow} />],
    ['insured', <Opens key="i" n={total.insured} query={{ ...narrow, insured: 'true' }} />],
    ['rate', percent(total.rate)],
    ['uninsured', <Opens key="u" n={total.should - total.insured} query={{ ...narrow, insured: 'false' }} />],
    ['elsewhere', count(total.elsewhere)],
    ['unconfirmed', count(total.unconfirmed)],
  ] as const;
  return (
    <div className="figures">
      {figures.map(([key, value]) => (
        <Figure
          key={key}
          name={say(`web.coverage.${key}`)}
          value={value}
          mark={<Info label={say('web.chart.source')}>{say(`web.coverage.${key}_means`)}</Info>}
        />
      ))}
    </div>
  );
}

/** One side of the cube, row by row. */
function Cube({ data, narrow }: { data: Coverage; narrow: Query }) {
  const say = useSay();
  const nameOf = useRowName(data.by);
  const own = (cell: Cell): Query => (cell.key === '' ? narrow : { ...narrow, [data.by]: cell.key });
  const hasShare = data.by === 'district' || data.by === 'place';
  const columns: readonly Column<Cell>[] = [
    { key: 'name', title: say(`web.coverage.by.${data.by}`), cell: (cell) => nameOf(cell), wide: true },
    ...(hasShare
      ? [
          {
            key: 'should',
            title: say('web.coverage.should'),
            numeric: true,
            cell: (cell: Cell) => <Opens n={cell.should} query={own(cell)} />,
          },
        ]
      : []),
    {
      key: 'insured',
      title: say('web.coverage.insured'),
      numeric: true,
      cell: (cell) => <Opens n={cell.insured} query={{ ...own(cell), insured: 'true' }} />,
    },
    ...(hasShare
      ? [
          {
            key: 'uninsured',
            title: say('web.coverage.uninsured'),
            numeric: true,
            cell: (cell: Cell) => <Opens n={cell.should - cell.insured} query={{ ...own(cell), insured: 'false' }} />,
          },
        ]
      : []),
    {
      key: 'rate',
      title: say(hasShare ? 'web.coverage.rate' : 'web.coverage.share'),
      numeric: true,
      cell: (cell) => percent(cell.rate),
    },
    { key: 'elsewhere', title: say('web.coverage.elsewhere'), numeric: true, cell: (cell) => count(cell.elsewhere) },
  ];
  const rows = [...data.rows, ...(hasShare ? [{ ...data.total, key: '', name: say('web.statistics.total') }] : [])];
  return (
    <Panel flush title={say('web.coverage.table', { by: say(`web.coverage.by.${data.by}`) })}>
      {data.rows.length === 0 ? (
        <Empty title={say('web.coverage.empty')} hint={say('web.coverage.empty_hint')} />
      ) : (
        <DataTable
          short
          label={say('web.menu.coverage')}
          rows={rows}
          rowId={(cell) => `${cell.key} ${cell.name}`}
          columns={columns}
        />
      )}
    </Panel>
  );
}

function useRowName(by: string): (cell: Cell) => string {
  const say = useSay();
  const word = useWord();
  const { nameOf } = usePlace();
  return ({ key, name }) => {
    if (name !== null) return name;
    if (key === '') return say('web.coverage.not_known');
    if (by === 'district') return nameOf(key);
    if (by === 'place') return word('registry.place_class', key);
    if (by === 'kind') return word('insurance.kind', key);
    return by === 'payer' ? word('insurance.payer', key) : key;
  };
}
