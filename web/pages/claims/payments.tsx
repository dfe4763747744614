import Button from 'antd/es/button/index.js';
import Checkbox from 'antd/es/checkbox/index.js';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { z } from 'zod';
import type { PaymentListOut, releaseDone } from '../../../contract/insurance-claim-money.ts';
import { post } from '../../api.ts';
import { paths } from '../../paths.ts';
import { problemError } from '../../problem.ts';
import { useSay, useWord } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { More } from '../../ui/list/list-page.tsx';
import { changed } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { yuan } from '../../ui/money.ts';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty, Failing, Loading } from '../../ui/states.tsx';
import { TabBar } from '../../ui/tab-bar.tsx';
import { useAct } from '../../ui/use-act.ts';
import { When } from '../../ui/when.tsx';
import { ArrivalForm } from './pay-form.tsx';
import { ReturnForm } from './return-form.tsx';
import { useReread } from './use-reread.ts';

const STATES = ['proposed', 'ordered', 'paid', 'returned'] as const;
type Row = PaymentListOut['items'][number];
type Done = z.infer<typeof releaseDone>;

/** The cashier's payments: let go what a rule proposed, say what the bank says. */
export function PaymentsPage() {
  const say = useSay();
  const [params, setParams] = useSearchParams();
  const state = STATES.find((s) => s === params.get('state')) ?? 'proposed';
  const rows = useRows<Row>('insurance', '/insurance/claim-payments', { state });
  return (
    <Page title={say('web.menu.claim_payments')} note={say('claims.payments_note')}>
      <TabBar
        label={say('web.menu.claim_payments')}
        tabs={STATES.map((key) => ({ key, title: say(`claims.payment.${key}`) }))}
        active={state}
        onChange={(next) => setParams((now) => changed(now, { state: next }), { replace: true })}
      />
      {rows.error ? (
        <Failing error={rows.error} onRetry={rows.again} />
      ) : rows.rows === undefined ? (
        <Loading lines={8} />
      ) : (
        <List key={state} items={rows.rows} more={rows.more} state={state} />
      )}
    </Page>
  );
}

type ListProps = { items: readonly Row[]; more: (() => void) | null; state: string };

function List({ items, more, state }: ListProps) {
  const say = useSay();
  const act = useAct();
  const reread = useReread();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [says, setSays] = useState<Says | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const columns = usePaymentColumns(state);
  const sum = items.filter((p) => chosen.has(p.id)).reduce((at, p) => at + p.amount, 0);
  const toggle = (id: string) =>
    setChosen((now) => new Set(now.has(id) ? [...now].filter((one) => one !== id) : [...now, id]));
  const release = () =>
    act.run(async () => {
      setDone(await post<Done>('/insurance/claim-payments/release', { ids: [...chosen] }));
      setChosen(new Set());
      await reread();
    });
  const payment = items.find((p) => p.id === says?.id);
  const shut = async () => {
    setSays(null);
    await reread();
  };
  const first: Column<Row> = {
    key: 'act',
    title: '',
    cell: (p) =>
      state === 'proposed' ? (
        <Checkbox checked={chosen.has(p.id)} onChange={() => toggle(p.id)} aria-label={p.number} />
      ) : (
        <Acts state={state} onSays={(does) => setSays({ id: p.id, does })} />
      ),
  };
  return (
    <>
      {done ? <Released done={done} /> : null}
      {act.problem ? <Failing error={problemError(act.problem)} /> : null}
      {payment ? <BankSays payment={payment} does={says?.does ?? 'arrive'} onDone={() => void shut()} /> : null}
      <Panel
        flush
        title={say(`claims.payment.${state}`)}
        actions={
          state === 'proposed' && items.length > 0 ? (
            <>
              <Button size="small" onClick={() => setChosen(new Set(items.map((p) => p.id)))}>
                {say('claims.choose_all')}
              </Button>
              <Button
                size="small"
                type="primary"
                disabled={chosen.size === 0}
                loading={act.isRunning}
                onClick={() => void release()}
              >
                {say('claims.release', { n: chosen.size, sum: yuan(sum) })}
              </Button>
            </>
          ) : null
        }
      >
        {items.length === 0 ? (
          <Empty title={say('claims.no_payments')} hint={say(`claims.no_payments.${state}`)} />
        ) : (
          <DataTable
            label={say('web.menu.claim_payments')}
            rows={items}
            rowId={(p) => p.id}
            columns={[...(state === 'returned' ? [] : [first]), ...columns]}
          >
            <More key={items.length} more={more} />
          </DataTable>
        )}
      </Panel>
    </>
  );
}

type Says = { id: string; does: 'arrive' | 'return' };

/** What the bank may say of a payment that is under way or was paid. */
function Acts({ state, onSays }: { state: string; onSays: (does: Says['does']) => void }) {
  const say = useSay();
  return (
    <span className="row">
      {state === 'ordered' ? (
        <Button size="small" onClick={() => onSays('arrive')}>
          {say('claims.arrived')}
        </Button>
      ) : null}
      <Button size="small" onClick={() => onSays('return')}>
        {say('claims.came_back')}
      </Button>
    </span>
  );
}

function BankSays({ payment, does, onDone }: { payment: Row; does: Says['does']; onDone: () => void }) {
  const TheForm = does === 'arrive' ? ArrivalForm : ReturnForm;
  return (
    <Panel title={`${payment.number} · ${payment.payee} · ${yuan(payment.amount)}`}>
      <TheForm key={`${payment.id} ${does}`} payment={payment} onDone={onDone} />
    </Panel>
  );
}

function Released({ done }: { done: Done }) {
  const say = useSay();
  return (
    <div className="stack" role="status">
      <Mark tone="good">{say('claims.released_n', { n: done.released.length })}</Mark>
      {done.refused.map((one) => (
        <Mark key={one.id} tone="warn">
          {one.title}
        </Mark>
      ))}
    </div>
  );
}

/** Two short things of one column, one above the other. */
const Lines = ({ of: [first, second] }: { of: readonly [string, string] }) => (
  <span className="stack">
    <span>{first}</span>
    <span className="muted small">{second}</span>
  </span>
);

function usePaymentColumns(state: string): readonly Column<Row>[] {
  const say = useSay();
  const word = useWord();
  return [
    { key: 'number', title: say('claims.number'), cell: (p) => <Link to={paths.claim(p.claimId)}>{p.number}</Link> },
    { key: 'address', title: say('claims.address'), cell: (p) => p.address, wide: true },
    { key: 'payee', title: say('claims.payee'), cell: (p) => <Lines of={[p.payee, p.account ?? '—']} /> },
    { key: 'amount', title: say('claims.amount'), cell: (p) => yuan(p.amount), numeric: true },
    {
      key: 'kind',
      title: say('claims.kind'),
      cell: (p) => (
        <Lines of={[word('claims.payment_kind', p.kind), say(p.byRule ? 'claims.by_rule' : 'claims.by_person')]} />
      ),
    },
    { key: 'complete', title: say('claims.complete_at'), cell: (p) => <When at={p.completeAt} /> },
    { key: 'ordered', title: say('claims.ordered_at'), cell: (p) => <When at={p.orderedAt} /> },
    { key: 'paid', title: say('claims.arrived_at'), cell: (p) => <When at={p.paidAt} /> },
    ...(state === 'returned'
      ? [
          { key: 'returned', title: say('claims.returned_at'), cell: (p: Row) => <When at={p.returnedAt} /> },
          { key: 'why', title: say('claims.returned_reason'), cell: (p: Row) => p.returnedReason, wide: true },
        ]
      : []),
  ];
}
