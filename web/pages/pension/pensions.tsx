import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import type { z } from 'zod';
import type { pensionFile, pensionItem } from '../../../contract/insurance-pension.ts';
import { get } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { Mark, type Tone } from '../../ui/mark.tsx';
import { Money, yuan } from '../../ui/money.tsx';
import { Facts, Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { BeginForm, YearForm } from './pension-forms.tsx';

type Item = z.infer<typeof pensionItem>;
type File = z.infer<typeof pensionFile>;
const NONE: readonly string[] = [];
const TONES: Readonly<Record<Item['state'], Tone>> = {
  running: 'good',
  in_grace: 'warn',
  lapsed: 'warn',
  completed: 'plain',
};

/** Programmes over annual policies: how many years count, what was paid from which money, what a renewal would bring. */
export function PensionsPage() {
  const say = useSay();
  const { role } = useMe();
  const state = useListState(NONE);
  const list = useQuery({
    queryKey: ['insurance', '/insurance/pensions'],
    queryFn: ({ signal }) => get<{ items: readonly Item[] }>('/insurance/pensions', {}, signal),
  });
  const columns = usePensionColumns();
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
      <WithDrawer
        label={say('web.menu.pensions')}
        onClose={() => state.setOpen('')}
        list={
          <Loaded query={list}>
            {({ items }) => (
              <div className="panel list-body">
                {items.length === 0 ? (
                  <Empty title={say('web.pension.empty')} hint={say('web.pension.empty_hint')} />
                ) : (
                  <DataTable
                    label={say('web.menu.pensions')}
                    rows={items}
                    rowId={(row) => row.id}
                    open={state.open}
                    onOpen={state.setOpen}
                    columns={columns}
                  />
                )}
              </div>
            )}
          </Loaded>
        }
      >
        {state.open ? <PensionSheet key={state.open} id={state.open} /> : null}
      </WithDrawer>
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
    { key: 'paid', title: say('web.pension.paid'), numeric: true, cell: (row) => <Money fen={row.paid} /> },
    { key: 'cost', title: say('web.pension.cost'), numeric: true, cell: (row) => <Money fen={row.cost} /> },
    {
      key: 'state',
      title: say('web.prevention.state'),
      cell: (row) => <Mark tone={TONES[row.state]}>{say(`web.pension.state.${row.state}`)}</Mark>,
    },
  ];
}

function PensionSheet({ id }: { id: string }) {
  const file = useQuery({
    queryKey: ['insurance', '/insurance/pensions', id],
    queryFn: ({ signal }) => get<File>(`/insurance/pensions/${id}`, {}, signal),
  });
  return <Loaded query={file}>{(pension) => <Sheet pension={pension} />}</Loaded>;
}

function Sheet({ pension }: { pension: File }) {
  const say = useSay();
  const { role } = useMe();
  const { scale, lapse } = pension.terms;
  const percent = (bp: number) => `${(bp / 100).toFixed(1)} %`;
  const afterwards = say(`web.pension.afterwards.${lapse.afterwards}`);
  return (
    <article className="file-body">
      <header className="stack">
        <h1>{pension.address}</h1>
        <Mark tone={TONES[pension.state]}>{say(`web.pension.state.${pension.state}`)}</Mark>
      </header>
      <Facts
        rows={[
          [say('web.pension.number'), pension.number],
          [say('web.pension.start_age'), pension.startAgeYears],
          [say('web.pension.years'), `${pension.insuredYears} / ${pension.plannedYears}`],
          [say('web.pension.now_share'), scale ? percent(pension.shareBp) : say('web.pension.no_scale')],
          [say('web.pension.end_share'), scale ? percent(pension.shareAtEndBp) : ''],
          [
            say('web.pension.lapse'),
            say('web.pension.lapse_text', { grace: lapse.graceDays, reinstate: lapse.reinstateDays, afterwards }),
          ],
          [say('web.pension.reinstate_until'), pension.reinstateUntil],
        ]}
      />
      {scale ? (
        <p className="muted">
          {say('web.pension.scale', { filingNo: scale.filingNo })}{' '}
          {scale.steps.map((s) => say('web.pension.step', { years: s.fromYears, percent: s.shareBp / 100 })).join('；')}
        </p>
      ) : null}
      {pension.years.toReversed().map((year) => (
        <YearPart key={year.id} year={year} />
      ))}
      {pension.can.addYear && role === 'underwriter' ? <YearForm pension={pension} /> : null}
    </article>
  );
}

function YearPart({ year }: { year: File['years'][number] }) {
  const say = useSay();
  const word = useWord();
  return (
    <section className="file-part">
      <h2>
        {say('web.pension.year', { no: year.no, from: year.from, to: year.to })}{' '}
        {year.reinstated ? <Mark tone="warn">{say('web.pension.reinstated')}</Mark> : null}
      </h2>
      <DataTable
        short
        label={say('web.pension.part')}
        rows={year.parts}
        rowId={(row) => `${row.part} ${row.name}`}
        columns={[
          { key: 'part', title: say('web.pension.part'), cell: (row) => say(`web.pension.part.${row.part}`) },
          {
            key: 'amount',
            title: say('web.pension.amount'),
            numeric: true,
            cell: (row) => <Money fen={row.premium} />,
          },
          {
            key: 'sources',
            title: say('web.pension.sources'),
            wide: true,
            cell: (row) =>
              row.funding.map((f) => `${word('web.pension.source', f.source)} ${yuan(f.amount)}`).join('，'),
          },
        ]}
      />
      {year.services.length > 0 ? (
        <p className="muted">
          {say('web.pension.services')}：{year.services.map((s) => `${s.name} ${s.times} / ${yuan(s.cost)}`).join('，')}
        </p>
      ) : null}
    </section>
  );
}
