import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import type { pensionItem } from '../../../contract/insurance-pension.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark, type Tone } from '../../ui/mark.tsx';
import { yuan } from '../../ui/money.ts';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { BeginForm } from './begin-form.tsx';

type Item = z.infer<typeof pensionItem>;
const NAMES = ['q', 'show'] as const;
const SHOWN = ['open', 'ended', 'all'] as const;
export const PENSION_TONES: Readonly<Record<Item['state'], Tone>> = {
  planned: 'accent',
  running: 'good',
  in_grace: 'warn',
  lapsed: 'warn',
  completed: 'plain',
  ended: 'unknown',
};

/** Programmes over annual policies: how many years count, what was paid, what services cost. */
export function PensionsPage() {
  const say = useSay();
  const word = useWord();
  const { role } = useMe();
  const navigate = useNavigate();
  const state = useListState(NAMES);
  const rows = useRows<Item>('insurance', '/insurance/pensions', { show: 'open', ...state.filters });
  const [isBeginning, setBeginning] = useState(false);
  return (
    <Page
      title={say('web.menu.pensions')}
      note={say('web.pension.what')}
      actions={
        role === 'underwriter' && !isBeginning ? (
          <Button type="primary" onClick={() => setBeginning(true)}>
            {say('web.pension.begin')}
          </Button>
        ) : null
      }
    >
      {isBeginning ? (
        <Panel title={say('web.pension.begin')}>
          <BeginForm onDone={() => setBeginning(false)} />
        </Panel>
      ) : null}
      <FilterBar
        state={state}
        filters={[
          {
            name: 'show',
            label: say('web.pension.show'),
            options: SHOWN.map((value) => ({ value, label: word('web.pension.show', value) })),
          },
        ]}
      />
      <ListBody
        label={say('web.menu.pensions')}
        state={state}
        rows={rows}
        rowId={(row) => row.id}
        columns={usePensionColumns()}
        onOpen={(id) => void navigate(paths.pension(id))}
        empty={
          <Empty
            title={say('web.pension.empty')}
            hint={say(role === 'underwriter' ? 'web.pension.empty_hint' : 'web.pension.empty_read_hint')}
          />
        }
      />
    </Page>
  );
}

function usePensionColumns(): readonly Column<Item>[] {
  const say = useSay();
  return [
    { key: 'number', title: say('web.pension.number'), cell: (row) => <code>{row.number}</code> },
    { key: 'address', title: say('web.elevators.column.address'), cell: (row) => row.address, wide: true },
    { key: 'holder', title: say('web.prevention.holder'), cell: (row) => row.holder },
    { key: 'insurer', title: say('web.prevention.insurer'), cell: (row) => row.insurer },
    {
      key: 'years',
      title: say('web.pension.years'),
      numeric: true,
      cell: (row) => `${row.insuredYears} / ${row.plannedYears}`,
    },
    { key: 'paid', title: say('web.pension.paid'), numeric: true, cell: (row) => yuan(row.paid) },
    { key: 'cost', title: say('web.pension.cost'), numeric: true, cell: (row) => yuan(row.cost) },
    {
      key: 'state',
      title: say('web.prevention.state'),
      cell: (row) => <Mark tone={PENSION_TONES[row.state]}>{say(`web.pension.state.${row.state}`)}</Mark>,
    },
  ];
}
