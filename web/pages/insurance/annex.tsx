import { keepPreviousData, useQuery } from '@tanstack/react-query';
import InputNumber from 'antd/es/input-number/index.js';
import Select from 'antd/es/select/index.js';
import { useSearchParams } from 'react-router';
import type { z } from 'zod';
import type { productList } from '../../../contract/insurance.ts';
import type { annexAnswer } from '../../../contract/insurance-annex.ts';
import { get } from '../../api.ts';
import { useOwnDistricts } from '../../frame/place.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { cityDay, fullTime, today } from '../../time.ts';
import { Info } from '../../ui/info.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { changed } from '../../ui/list/list-state.ts';
import { Mark } from '../../ui/mark.tsx';
import { yuanOr } from '../../ui/money.ts';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { AnnexReports } from './annex-reports.tsx';
import '../../ui/list/filters.css';

export type Annex = z.infer<typeof annexAnswer>;
type One = Annex['one'][number];
type Two = Annex['two'][number];
const KINDS = ['comprehensive', 'liability', 'pension'] as const;

/** Annex 1 and 2 of a district for what is sold in the city: counted now, compared with each other, handed in with a hash, corrected by numbers. */
export function AnnexPage() {
  const say = useSay();
  const districts = useOwnDistricts();
  const [params, setParams] = useSearchParams();
  const set = (changes: Readonly<Record<string, string>>) =>
    setParams((now) => changed(now, changes), { replace: true });
  const areaCode = params.get('areaCode') ?? districts[0]?.code ?? '';
  const chosen = KINDS.find((one) => one === params.get('kind'));
  const sold = useQuery({
    queryKey: ['insurance', '/insurance/products'],
    queryFn: ({ signal }) => get<z.infer<typeof productList>>('/insurance/products', undefined, signal),
  });
  const kind = chosen ?? KINDS.find((one) => sold.data?.items.some((product) => product.kind === one)) ?? KINDS[0];
  const year = Number(params.get('year') ?? cityDay(today()).slice(0, 4));
  const query = { areaCode, kind, year };
  const read = useQuery({
    queryKey: ['insurance', '/insurance/annex', query],
    queryFn: ({ signal }) => get<Annex>('/insurance/annex', query, signal),
    enabled: areaCode !== '' && (chosen !== undefined || !sold.isPending),
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={say('web.menu.annex')} note={say('web.annex.what')}>
      <div className="filters">
        <Select
          aria-label={say('web.coverage.by.district')}
          value={areaCode || null}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(value: string | null) => set({ areaCode: value ?? '' })}
          options={districts.map(({ code, name }) => ({ value: code, label: name }))}
          popupMatchSelectWidth={false}
        />
        <Select
          aria-label={say('web.coverage.kind')}
          value={kind}
          onChange={(value) => set({ kind: value })}
          options={KINDS.map((one) => ({ value: one, label: say(`insurance.kind.${one}`) }))}
          popupMatchSelectWidth={false}
        />
        <label className="row">
          <span className="muted nowrap">{say('web.annex.year')}</span>
          <InputNumber min={2000} max={2999} value={year} onChange={(value) => value && set({ year: String(value) })} />
        </label>
      </div>
      <Loaded query={read} lines={10}>
        {(data) => (
          <>
            <Standing data={data} />
            <FormOne data={data} />
            <AnnexReports key={`${data.areaCode} ${data.kind} ${data.year}`} data={data} />
            <FormTwo data={data} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** When it is due, whether the forms agree, and what is left out of them. */
function Standing({ data }: { data: Annex }) {
  const say = useSay();
  const due = data.daysLeft < 0 ? 'web.annex.overdue' : 'web.annex.due';
  const isDone = data.reports.length > 0;
  const { reach, areas } = useMe();
  const isPart = reach === 'areas' && !areas.some(({ code }) => code === data.areaCode);
  return (
    <p className="row wrap">
      <span className="muted">{say('web.annex.as_of', { from: data.from, until: fullTime(data.until) })}</span>
      <Mark tone={isDone ? 'good' : data.daysLeft <= 14 ? 'warn' : 'plain'}>
        {isDone
          ? say('web.annex.handed_in', { no: data.reports[0]?.no ?? 0 })
          : say(due, { on: data.dueOn, n: Math.abs(data.daysLeft) })}
      </Mark>
      <Mark tone={data.disagreements.length === 0 ? 'good' : 'warn'}>
        {data.disagreements.length === 0
          ? say('web.annex.agree')
          : say('web.annex.disagree', { fields: data.disagreements.join(say('web.and')) })}
      </Mark>
      {data.withoutAge.length > 0 ? (
        <Mark tone="warn" title={data.withoutAge.join(say('web.and'))}>
          {say('web.annex.without_age', { n: data.withoutAge.length })}
        </Mark>
      ) : null}
      {data.notInUse.length > 0 ? (
        <Mark tone="plain" title={data.notInUse.join(say('web.and'))}>
          {say('web.annex.not_in_use', { n: data.notInUse.length })}
        </Mark>
      ) : null}
      {isPart ? (
        <Mark tone="warn">{say('web.annex.part', { areas: areas.map(({ name }) => name).join(say('web.and')) })}</Mark>
      ) : null}
      {data.changed ? <Mark tone="warn">{say('web.annex.changed')}</Mark> : null}
    </p>
  );
}

/** Hours between two instants, as the form counts them. */
const hoursUntil = (since: string, until: string): string =>
  ((Date.parse(until) - Date.parse(since)) / 3_600_000).toFixed(1);

/** 万元 with two decimals, from fen, as the form prints it. */
const tenThousand = (fen: number): string => (Math.round(fen / 10_000) / 100).toFixed(2);

function FormOne({ data }: { data: Annex }) {
  const say = useSay();
  const title = (key: string) => say(`insurance.annex.form1.${key}`);
  const columns: readonly Column<One>[] = [
    { key: 'source', title: title('source'), cell: (row) => say(`insurance.annex.source.${row.source}`) },
    {
      key: 'elevators',
      title: title('elevators'),
      numeric: true,
      cell: (row) => row.elevators.toLocaleString('en-US'),
    },
    { key: 'useUnits', title: title('useUnits'), numeric: true, cell: (row) => row.useUnits.toLocaleString('en-US') },
    { key: 'insurers', title: title('insurers'), numeric: true, cell: (row) => row.insurers },
    { key: 'lowest', title: title('lowest'), numeric: true, cell: (row) => yuanOr(row.lowestPremium) },
    { key: 'highest', title: title('highest'), numeric: true, cell: (row) => yuanOr(row.highestPremium) },
    { key: 'paid', title: title('paid'), numeric: true, cell: (row) => tenThousand(row.paid) },
    {
      key: 'satisfaction',
      title: title('satisfaction'),
      numeric: true,
      cell: (row) => (row.satisfactionPercent === null ? '—' : row.satisfactionPercent.toFixed(1)),
    },
  ];
  return (
    <Panel
      flush
      title={
        <>
          {say('web.annex.form1')} <Info label={say('web.chart.source')}>{say('insurance.annex.note')}</Info>
        </>
      }
    >
      <DataTable
        short
        many
        label={say('web.annex.form1')}
        rows={data.one}
        rowId={(row) => row.source}
        columns={columns}
      />
    </Panel>
  );
}

function FormTwo({ data }: { data: Annex }) {
  const say = useSay();
  const title = (key: string) => say(`insurance.annex.form2.${key}`);
  const hours = (n: number | null) => (n === null ? '—' : n.toFixed(1));
  const columns: readonly Column<Two>[] = [
    { key: 'useUnit', title: title('useUnit'), cell: (row) => row.useUnit, wide: true },
    { key: 'code', title: title('code'), cell: (row) => <code>{row.elevatorCode}</code> },
    { key: 'age', title: title('age'), numeric: true, cell: (row) => row.ageYears ?? '—' },
    { key: 'residents', title: title('residents'), numeric: true, cell: (row) => row.residents ?? '—' },
    {
      key: 'insurer',
      title: title('insurer'),
      cell: (row) => [row.insurer, ...row.otherInsurers].join(say('web.and')),
      wide: true,
    },
    { key: 'premium', title: title('premium'), numeric: true, cell: (row) => yuanOr(row.premium) },
    { key: 'paid', title: title('paid'), numeric: true, cell: (row) => tenThousand(row.paid) },
    { key: 'shortest', title: title('shortest'), numeric: true, cell: (row) => hours(row.shortestPaymentHours) },
    {
      key: 'longest',
      title: title('longest'),
      numeric: true,
      cell: (row) => (
        <span className="stack">
          {hours(row.longestPaymentHours)}
          {row.unpaidSince ? (
            <Mark tone="warn">{say('web.annex.unpaid_hours', { hours: hoursUntil(row.unpaidSince, data.until) })}</Mark>
          ) : null}
        </span>
      ),
    },
  ];
  return (
    <Panel
      flush
      title={say('web.annex.form2', {
        n: data.rows.toLocaleString('en-US'),
        shown: data.two.length.toLocaleString('en-US'),
      })}
    >
      {data.two.length === 0 ? (
        <Empty title={say('web.annex.empty')} hint={say('web.annex.empty_hint')} />
      ) : (
        <DataTable
          many
          label={say('web.annex.form2', { n: data.rows, shown: data.two.length })}
          rows={data.two}
          rowId={(row) => `${row.elevatorId} ${row.insurer}`}
          columns={columns}
        />
      )}
    </Panel>
  );
}
