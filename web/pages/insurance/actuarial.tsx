import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { actuarialAnswer } from '../../../contract/insurance-actuarial.ts';
import { get } from '../../api.ts';
import { useSay } from '../../say.ts';
import { durationWords, fullTime } from '../../time.ts';
import { Info } from '../../ui/info.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { yuan, yuanOr } from '../../ui/money.ts';
import { Figure, Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';

type Actuarial = z.infer<typeof actuarialAnswer>;
type Product = Actuarial['products'][number];
type Advice = Actuarial['advice'][number];
type Origin = Actuarial['triangle'][number] & { at: number };

/** What the books say of the business: earned and unearned, losses, reserves with their errors, and advice. */
export function ActuarialPage() {
  const say = useSay();
  const read = useQuery({
    queryKey: ['insurance', '/insurance/actuarial'],
    queryFn: ({ signal }) => get<Actuarial>('/insurance/actuarial', undefined, signal),
  });
  return (
    <Page title={say('web.menu.actuarial')} note={say('web.actuarial.what')}>
      <Loaded query={read} lines={10}>
        {(data) => (
          <>
            <p className="muted">{say('web.actuarial.as_of', { at: fullTime(data.at) })}</p>
            <div className="figures">
              {(['written', 'earned', 'unearned', 'unearned24'] as const).map((key) => (
                <Figure
                  key={key}
                  name={say(`web.actuarial.${key}`)}
                  value={yuan(data.premium[key])}
                  mark={<Info label={say('web.chart.source')}>{say(`web.actuarial.${key}_means`)}</Info>}
                />
              ))}
            </div>
            <Products products={data.products} />
            <Reserve data={data} />
            <AdviceTable advice={data.advice} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Products({ products }: { products: readonly Product[] }) {
  const say = useSay();
  const money = (key: 'written' | 'earned' | 'paid' | 'outstanding'): Column<Product> => ({
    key,
    title: say(`web.actuarial.${key}`),
    numeric: true,
    cell: (row) => yuan(row[key]),
  });
  const columns: readonly Column<Product>[] = [
    { key: 'name', title: say('web.actuarial.product'), cell: (row) => `${row.name} v${row.version}`, wide: true },
    {
      key: 'threshold',
      title: say('web.actuarial.threshold'),
      cell: (row) => (row.thresholdSeconds === null ? '—' : durationWords(row.thresholdSeconds, say)),
    },
    money('written'),
    money('earned'),
    {
      key: 'claims',
      title: say('web.database.claims'),
      numeric: true,
      cell: (row) => row.claims.toLocaleString('en-US'),
    },
    money('paid'),
    money('outstanding'),
    {
      key: 'ratio',
      title: say('web.actuarial.ratio'),
      numeric: true,
      cell: (row) => (row.lossRatioPercent === null ? '—' : `${row.lossRatioPercent.toFixed(1)} %`),
    },
  ];
  return (
    <Panel
      flush
      title={
        <>
          {say('web.actuarial.products')}{' '}
          <Info label={say('web.chart.source')}>{say('web.actuarial.ratio_means')}</Info>
        </>
      }
    >
      {products.length === 0 ? (
        <Empty title={say('web.actuarial.none')} hint={say('web.actuarial.none_hint')} />
      ) : (
        <DataTable
          short
          label={say('web.actuarial.products')}
          rows={products}
          rowId={(row) => row.id}
          columns={columns}
        />
      )}
    </Panel>
  );
}

/** Cumulative payments by accident quarter, and what the chain ladder still expects, with Mack's error. */
function Reserve({ data: { triangle, reserve } }: { data: Actuarial }) {
  const say = useSay();
  const rows = triangle.map((row, at): Origin => ({ ...row, at }));
  const columns: readonly Column<Origin>[] = [
    { key: 'origin', title: say('web.actuarial.origin'), cell: (row) => row.origin },
    ...Array.from(
      { length: rows.length },
      (_, k): Column<Origin> => ({
        key: `d${k}`,
        title: say('web.actuarial.development', { k }),
        numeric: true,
        cell: (row) => (row.cumulative[k] === undefined ? '' : yuan(row.cumulative[k])),
      }),
    ),
    { key: 'ibnr', title: say('web.actuarial.ibnr'), numeric: true, cell: (row) => yuanOr(reserve?.ibnr[row.at]) },
    {
      key: 'error',
      title: say('web.actuarial.error'),
      numeric: true,
      cell: (row) => yuanOr(reserve?.standardErrors[row.at]),
    },
  ];
  return (
    <Panel
      flush
      title={
        <>
          {reserve
            ? say('web.actuarial.reserve', { ibnr: yuan(reserve.totalIbnr), error: yuan(reserve.totalStandardError) })
            : say('web.actuarial.no_reserve')}{' '}
          <Info label={say('web.chart.source')}>{say('web.actuarial.reserve_means')}</Info>
        </>
      }
    >
      <DataTable short label={say('web.actuarial.origin')} rows={rows} rowId={(row) => row.origin} columns={columns} />
    </Panel>
  );
}

function AdviceTable({ advice }: { advice: readonly Advice[] }) {
  const say = useSay();
  const columns: readonly Column<Advice>[] = [
    { key: 'name', title: say('web.elevators.useOrg'), cell: (row) => row.name, wide: true },
    {
      key: 'exposure',
      title: say('web.actuarial.exposure'),
      numeric: true,
      cell: (row) => row.exposureYears.toFixed(1),
    },
    { key: 'own', title: say('web.actuarial.own'), numeric: true, cell: (row) => yuan(row.own) },
    { key: 'portfolio', title: say('web.actuarial.portfolio'), numeric: true, cell: (row) => yuan(row.portfolio) },
    { key: 'weight', title: say('web.actuarial.weight'), numeric: true, cell: (row) => row.weight.toFixed(3) },
    { key: 'indicated', title: say('web.actuarial.indicated'), numeric: true, cell: (row) => row.indicated.toFixed(3) },
    {
      key: 'filed',
      title: say('web.actuarial.filed'),
      cell: (row) =>
        row.filed === null ? (
          '—'
        ) : row.filed.capped ? (
          <Mark tone="warn">{say('web.actuarial.capped', { factor: row.filed.factor })}</Mark>
        ) : (
          row.filed.factor
        ),
    },
  ];
  return (
    <Panel
      flush
      title={
        <>
          {say('web.actuarial.advice')} <Info label={say('web.chart.source')}>{say('web.actuarial.advice_means')}</Info>
        </>
      }
    >
      {advice.length === 0 ? (
        <Empty title={say('web.actuarial.no_advice')} hint={say('web.actuarial.no_advice_hint')} />
      ) : (
        <DataTable
          short
          label={say('web.actuarial.advice')}
          rows={advice}
          rowId={(row) => row.unit}
          columns={columns}
        />
      )}
    </Panel>
  );
}
