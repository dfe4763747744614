import { useQuery, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import type { z } from 'zod';
import type { poolLineList, poolMonthList } from '../../../contract/insurance-books.ts';
import { apiUrl, get, post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { cityDay, today } from '../../time.ts';
import { Form } from '../../ui/form.tsx';
import { TextField } from '../../ui/inputs.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { yuan } from '../../ui/money.ts';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { When } from '../../ui/when.tsx';
import { monthBefore } from './commission-words.ts';

type Month = z.infer<typeof poolMonthList>['items'][number];
type Total = Month['totals'][number];
const CLOSERS: readonly string[] = ['cashier', 'approver'];

/** Months between co-insurers: what each has of premium and claims, and what the lead owes him. */
export function BordereauxPage() {
  const say = useSay();
  const { role } = useMe();
  const read = useQuery({
    queryKey: ['insurance', '/insurance/bordereaux'],
    queryFn: ({ signal }) => get<z.infer<typeof poolMonthList>>('/insurance/bordereaux', undefined, signal),
  });
  return (
    <Page title={say('web.menu.bordereaux')} note={say('web.bordereau.what')}>
      {CLOSERS.includes(role) ? <CloseMonth /> : null}
      <Loaded query={read}>
        {({ items }) =>
          items.length === 0 ? (
            <Panel title={say('web.bordereau.closed')}>
              <Empty title={say('web.bordereau.none')} hint={say('web.bordereau.none_hint')} />
            </Panel>
          ) : (
            <>
              {items.map((month) => (
                <MonthPanel key={month.id} month={month} />
              ))}
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function MonthPanel({ month }: { month: Month }) {
  const say = useSay();
  return (
    <Panel
      flush
      title={
        <>
          {month.month} · {month.lead}{' '}
          <span className="muted small">
            {say('web.bordereau.sums', {
              lines: month.lines,
              premium: yuan(month.premium),
              claims: yuan(month.claims),
            })}
          </span>
        </>
      }
      actions={
        <>
          <span className="muted small">
            <When at={month.closedAt} /> <code title={month.hash}>{month.hash.slice(0, 12)}</code>
          </span>
          <Button size="small" href={apiUrl(`/insurance/bordereaux/${month.id}/export`)} download>
            XLSX
          </Button>
        </>
      }
    >
      <Totals totals={month.totals} />
    </Panel>
  );
}

function Totals({ totals }: { totals: readonly Total[] }) {
  const say = useSay();
  const money = (
    key: 'premium' | 'claims' | 'commission' | 'trueUp' | 'fee' | 'net',
    title: string,
  ): Column<Total> => ({
    key,
    title: say(title),
    numeric: true,
    cell: (row) => yuan(row[key]),
  });
  const columns: readonly Column<Total>[] = [
    { key: 'name', title: say('insurance.bordereau.insurer'), cell: (row) => row.name, wide: true },
    money('premium', 'web.bordereau.premium'),
    money('claims', 'web.bordereau.claims'),
    money('commission', 'web.bordereau.commission'),
    money('trueUp', 'web.bordereau.true_up'),
    money('fee', 'web.bordereau.fee'),
    money('net', 'web.bordereau.net'),
  ];
  return (
    <DataTable short label={say('web.menu.bordereaux')} rows={totals} rowId={(row) => row.insurer} columns={columns} />
  );
}

/** Look at a month before it is closed for good. */
function CloseMonth() {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState({ month: monthBefore(cityDay(today())), percent: '0' });
  const feeBp = Math.round(Number(given.percent) * 100);
  const isWrong = !Number.isFinite(feeBp) || feeBp < 0 || feeBp > 1_000;
  const query = { month: given.month, feeBp };
  const draft = useQuery({
    queryKey: ['insurance', '/insurance/bordereaux/draft', query],
    queryFn: ({ signal }) => get<z.infer<typeof poolLineList>>('/insurance/bordereaux/draft', query, signal),
    enabled: !isWrong && /^\d{4}-\d{2}$/.test(given.month),
  });
  const close = async () => {
    await post('/insurance/bordereaux', query);
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <Panel title={say('web.bordereau.close')}>
      <Form
        act={act}
        submit={say('web.bordereau.close_it', { month: given.month })}
        onSubmit={() => void (isWrong ? null : act.run(close))}
      >
        <div className="facts">
          <TextField
            label={say('web.bordereau.month')}
            hint={say('web.bordereau.month_hint')}
            value={given.month}
            onChange={(month) => setGiven({ ...given, month })}
          />
          <TextField
            label={say('web.bordereau.fee_percent')}
            hint={say('web.bordereau.fee_hint')}
            value={given.percent}
            onChange={(percent) => setGiven({ ...given, percent })}
            fault={
              isWrong ? { field: 'feeBp', value: given.percent, message: say('web.bordereau.fee_fault') } : undefined
            }
          />
        </div>
        <Loaded query={draft}>
          {(month) =>
            month.totals.length === 0 ? (
              <Empty
                title={say('web.bordereau.nothing', { month: given.month })}
                hint={say('web.bordereau.nothing_hint')}
              />
            ) : (
              <>
                <p className="muted small">
                  {say('web.bordereau.sums', {
                    lines: month.lines,
                    premium: yuan(month.premium),
                    claims: yuan(month.claims),
                  })}
                </p>
                <Totals totals={month.totals} />
              </>
            )
          }
        </Loaded>
      </Form>
    </Panel>
  );
}
