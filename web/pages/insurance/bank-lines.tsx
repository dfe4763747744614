import type { z } from 'zod';
import type { bankLine } from '../../../contract/insurance-bank.ts';
import { useSay } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { yuan } from '../../ui/money.ts';
import { Empty } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { BankLineSheet } from './bank-line-sheet.tsx';

type Line = z.infer<typeof bankLine>;

/** Lines of the statements; those whose money still waits are marked, and one opens beside the list. */
export function BankLines() {
  const say = useSay();
  const state = useListState(['waiting', 'direction']);
  const { waiting, direction } = state.filters;
  const rows = useRows<Line>('insurance', '/insurance/bank-lines', { open: waiting, direction });
  return (
    <>
      <FilterBar
        state={state}
        finder={null}
        filters={[
          {
            name: 'waiting',
            label: say('web.bank.left'),
            options: [{ value: 'true', label: say('web.bank.waiting') }],
          },
          {
            name: 'direction',
            label: say('web.bank.direction'),
            options: (['in', 'out'] as const).map((value) => ({ value, label: say(`web.bank.direction.${value}`) })),
          },
        ]}
      />
      <WithDrawer
        label={say('web.bank.line')}
        onClose={() => state.setOpen('')}
        list={
          <ListBody
            label={say('web.bank.tab.lines')}
            state={state}
            rows={rows}
            columns={useLineColumns()}
            rowId={(row) => row.id}
            onOpen={state.setOpen}
            tone={(row) => (row.left === 0 ? undefined : 'warn')}
            empty={<Empty title={say('web.bank.no_lines')} hint={say('web.bank.no_lines_hint')} />}
          />
        }
      >
        {state.open ? <BankLineSheet key={state.open} id={state.open} /> : null}
      </WithDrawer>
    </>
  );
}

function useLineColumns(): readonly Column<Line>[] {
  const say = useSay();
  return [
    { key: 'at', title: say('insurance.bank.column.at'), cell: (row) => <When at={row.at} /> },
    { key: 'amount', title: say('insurance.bank.column.amount'), numeric: true, cell: (row) => yuan(row.amount) },
    {
      key: 'left',
      title: say('web.bank.left'),
      numeric: true,
      cell: (row) =>
        row.left === 0 ? <Mark tone="good">{say('web.bank.settled')}</Mark> : <Mark tone="warn">{yuan(row.left)}</Mark>,
    },
    {
      key: 'counterparty',
      title: say('insurance.bank.column.counterparty'),
      cell: (row) => row.counterparty || '—',
      wide: true,
    },
    { key: 'remark', title: say('insurance.bank.column.remark'), cell: (row) => row.remark || '—', wide: true },
    { key: 'account', title: say('insurance.bank.column.account'), cell: (row) => <code>{row.account}</code> },
    { key: 'ref', title: say('insurance.bank.column.ref'), cell: (row) => <code>{row.bankRef}</code> },
    {
      key: 'hand',
      title: say('web.bank.source'),
      cell: (row) => say(row.byHand ? 'web.bank.by_hand' : 'web.bank.by_bank'),
    },
  ];
}
