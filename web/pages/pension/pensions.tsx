import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { pensionFile, pensionItem } from '../../../contract/insurance-pension.ts';
import { get, post } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import { Form } from '../../ui/form.tsx';
import { TextField } from '../../ui/inputs.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { Mark, type Tone } from '../../ui/mark.tsx';
import { Money, yuan } from '../../ui/money.tsx';
import { Facts, Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';

type Item = z.infer<typeof pensionItem>;
type File = z.infer<typeof pensionFile>;
const NONE: readonly string[] = [];
const TONES: Readonly<Record<Item['state'], Tone>> = {
  running: 'good',
  in_grace: 'warn',
  lapsed: 'warn',
  completed: 'plain',
};
const fenOf = (text: string): number => Math.round(Number(text || '0') * 100);

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
  return (
    <Page title={say('web.menu.pensions')} note={say('web.pension.what')}>
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
      {role === 'underwriter' && !state.open ? (
        <Panel title={say('web.pension.begin')}>
          <BeginForm />
        </Panel>
      ) : null}
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

const EMPTY_YEAR = { from: '', to: '', liability: '', repair: '', fund: '', service: '', visits: '24' };

/** The next year: liability and upkeep from own money, repair from common income and the fund. */
function YearForm({ pension }: { pension: File }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState(EMPTY_YEAR);
  const set = (field: keyof typeof EMPTY_YEAR) => (value: string) => setGiven({ ...given, [field]: value });
  const send = async () => {
    const [liability, repair, fund, service] = [given.liability, given.repair, given.fund, given.service].map(fenOf);
    const part = (kind: string, amount: number, funding: { source: string; amount: number }[]) => ({
      part: kind,
      name: say(`web.pension.part.${kind}`),
      upkeep: kind === 'service',
      premium: amount,
      funding: funding.filter((f) => f.amount > 0),
    });
    const parts = [
      part('liability', liability ?? 0, [{ source: 'self', amount: liability ?? 0 }]),
      part('repair', repair ?? 0, [
        { source: 'common_income', amount: Math.max(0, (repair ?? 0) - (fund ?? 0)) },
        { source: 'repair_fund', amount: fund ?? 0 },
      ]),
      part('service', service ?? 0, [{ source: 'self', amount: service ?? 0 }]),
    ].filter((p) => p.premium > 0);
    const services = [{ code: 'upkeep', name: say('web.pension.upkeep'), times: Number(given.visits) }];
    await post(`/insurance/pensions/${pension.id}/years`, { from: given.from, to: given.to, parts, services });
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <Form act={act} submit={say('web.pension.add_year')} onSubmit={() => void act.run(send)}>
      <h2>{say('web.pension.add_year')}</h2>
      <TextField label={say('web.pension.from')} type="date" value={given.from} onChange={set('from')} />
      <TextField label={say('web.pension.to')} type="date" value={given.to} onChange={set('to')} />
      <TextField
        label={say('web.pension.liability_yuan')}
        type="number"
        value={given.liability}
        onChange={set('liability')}
      />
      <TextField label={say('web.pension.repair_yuan')} type="number" value={given.repair} onChange={set('repair')} />
      <TextField
        label={say('web.pension.fund_yuan')}
        hint={say('web.pension.rest_hint')}
        type="number"
        value={given.fund}
        onChange={set('fund')}
      />
      <TextField
        label={say('web.pension.service_yuan')}
        type="number"
        value={given.service}
        onChange={set('service')}
      />
      <TextField label={say('web.pension.visits')} type="number" value={given.visits} onChange={set('visits')} />
    </Form>
  );
}

/** Without a filed scale nothing is promised at renewal: a scale comes with its filing through the API. */
function BeginForm() {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState({
    rescueCode: '',
    startAgeYears: '',
    plannedYears: '',
    graceDays: '',
    reinstateDays: '',
  });
  const set = (field: keyof typeof given) => (value: string) => setGiven({ ...given, [field]: value });
  const send = async () => {
    const lapse = {
      graceDays: Number(given.graceDays),
      reinstateDays: Number(given.reinstateDays),
      afterwards: 'lost',
    };
    const terms = {
      startAgeYears: Number(given.startAgeYears),
      plannedYears: Number(given.plannedYears),
      scale: null,
      lapse,
    };
    await post('/insurance/pensions', { rescueCode: given.rescueCode, terms });
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <Form act={act} submit={say('web.pension.begin')} onSubmit={() => void act.run(send)}>
      <TextField label={say('web.prevention.code')} value={given.rescueCode} onChange={set('rescueCode')} />
      <TextField
        label={say('web.pension.start_age')}
        type="number"
        value={given.startAgeYears}
        onChange={set('startAgeYears')}
      />
      <TextField
        label={say('web.pension.planned')}
        type="number"
        value={given.plannedYears}
        onChange={set('plannedYears')}
      />
      <TextField label={say('web.pension.grace')} type="number" value={given.graceDays} onChange={set('graceDays')} />
      <TextField
        label={say('web.pension.reinstate')}
        type="number"
        value={given.reinstateDays}
        onChange={set('reinstateDays')}
      />
      <p className="muted">{say('web.pension.no_scale')}</p>
    </Form>
  );
}
