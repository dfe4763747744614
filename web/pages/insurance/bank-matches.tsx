import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { matchDone, matchItem, matchList } from '../../../contract/insurance-matches.ts';
import { get, post } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { ActButton } from '../../ui/act-button.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { yuan } from '../../ui/money.ts';
import { Figure } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { TabBar } from '../../ui/tab-bar.tsx';
import { When } from '../../ui/when.tsx';
import { BankLineSheet } from './bank-line-sheet.tsx';

type Item = z.infer<typeof matchItem>;
type Sums = Pick<z.infer<typeof matchList>, 'clear' | 'unclear'>;
type Done = z.infer<typeof matchDone>;
const EXPORT_PAGE = 5_000;
const NAMES = ['show'] as const;
const SHOWN = ['clear', 'unclear'] as const;
const NO_FILTER = {}; // an empty side is empty, not a search without a match

/** All money in that waits: what would be allocated and what stays is looked at first, then done in one act. */
export function BankMatches() {
  const say = useSay();
  const state = useListState(NAMES);
  const isClear = state.filters['show'] !== 'unclear';
  const rows = useRows<Item>('insurance', '/insurance/bank-matches', {
    clear: String(isClear),
    exportPage: EXPORT_PAGE, // every page matches all that waits
  });
  const sums = useQuery({
    queryKey: ['insurance', '/insurance/bank-matches', 'sums'],
    queryFn: ({ signal }) => get<Sums>('/insurance/bank-matches', { limit: 1 }, signal),
    placeholderData: keepPreviousData,
  }).data;
  const reason = useReason();
  const columns = useColumns(isClear);
  const opened = rows.rows?.find((row) => row.lineId === state.open);
  return (
    <>
      <p className="muted">{say('web.match.what')}</p>
      {sums ? <Sums {...sums} /> : null}
      <TabBar
        label={say('web.match.show')}
        tabs={SHOWN.map((key) => ({ key, title: say(`web.match.${key}`) }))}
        active={isClear ? 'clear' : 'unclear'}
        onChange={(show) => state.setFilter('show', show)}
      />
      <WithDrawer
        label={say('web.bank.line')}
        onClose={() => state.setOpen('')}
        list={
          <ListBody
            label={say(isClear ? 'web.match.clear' : 'web.match.unclear')}
            state={{ ...state, filters: NO_FILTER }}
            rows={rows}
            total={sums?.[isClear ? 'clear' : 'unclear'].count}
            columns={columns}
            rowId={(row) => row.lineId}
            onOpen={state.setOpen}
            empty={
              <Empty
                title={say(isClear ? 'web.match.nothing_clear' : 'web.match.nothing_left')}
                hint={say(isClear ? 'web.match.nothing_clear_hint' : 'web.match.nothing_left_hint')}
              />
            }
          />
        }
      >
        {state.open ? <BankLineSheet key={state.open} id={state.open} why={opened ? reason(opened) : ''} /> : null}
      </WithDrawer>
    </>
  );
}

function Sums({ clear, unclear }: Sums) {
  const say = useSay();
  const lines = (n: number) => say('web.match.figure', { n: n.toLocaleString('en-US') });
  return (
    <>
      <div className="figures">
        <Figure name={`${say('web.match.clear')} · ${lines(clear.count)}`} value={yuan(clear.sum)} />
        <Figure name={`${say('web.match.unclear')} · ${lines(unclear.count)}`} value={yuan(unclear.sum)} />
      </div>
      <Act clear={clear} />
    </>
  );
}

function Act({ clear }: Pick<Sums, 'clear'>) {
  const say = useSay();
  const queries = useQueryClient();
  const [done, setDone] = useState<Done | null>(null);
  const allocate = async () => {
    setDone(await post<Done>('/insurance/bank-matches', {}, crypto.randomUUID()));
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <p className="row">
      {clear.count > 0 ? (
        <ActButton
          primary
          label={say('web.match.do')}
          confirm={{
            title: say('web.match.do'),
            consequence: say('web.match.do_means', { n: clear.count, sum: yuan(clear.sum) }),
          }}
          onAct={allocate}
        />
      ) : null}
      {done ? (
        <span role="status">
          {say('web.match.done', { n: done.allocated, sum: yuan(done.sum), unclear: done.unclear })}
          {done.left > 0 ? ` ${say('web.match.more', { left: done.left })}` : ''}
        </span>
      ) : null}
    </p>
  );
}

/** Why a line stays, in words with its numbers and amounts. */
function useReason(): (row: Item) => string {
  const say = useSay();
  return (row) =>
    row.reason === null
      ? ''
      : say(`web.match.why.${row.reason}`, {
          numbers: row.numbers.join(say('web.and')),
          open: yuan(row.open ?? 0),
          difference: yuan(row.difference ?? 0),
        });
}

function useColumns(isClear: boolean): readonly Column<Item>[] {
  const say = useSay();
  const word = useWord();
  const reason = useReason();
  const where: readonly Column<Item>[] = [
    {
      key: 'for',
      title: say('web.match.for'),
      cell: (row) =>
        row.notice === null ? row.policy : say('web.match.notice', { policy: row.policy ?? '', no: row.notice }),
      wide: true,
    },
    {
      key: 'parts',
      title: say('web.match.parts'),
      cell: (row) => row.parts.map((p) => `${word('insurance.payer', p.payer)} ${yuan(p.amount)}`).join('，'),
      wide: true,
    },
  ];
  const why: readonly Column<Item>[] = [
    { key: 'why', title: say('web.match.why'), cell: reason, wide: true },
    {
      key: 'counterparty',
      title: say('insurance.bank.column.counterparty'),
      cell: (row) => row.counterparty || '—',
      wide: true,
    },
  ];
  return [
    { key: 'at', title: say('insurance.bank.column.at'), cell: (row) => <When at={row.at} /> },
    { key: 'left', title: say('web.bank.left'), numeric: true, cell: (row) => yuan(row.left) },
    { key: 'remark', title: say('insurance.bank.column.remark'), cell: (row) => row.remark || '—', wide: true },
    ...(isClear ? where : why),
    { key: 'ref', title: say('insurance.bank.column.ref'), cell: (row) => <code>{row.bankRef}</code> },
  ];
}
