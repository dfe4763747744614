import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { motif, tieItem, tieRun } from '../../../contract/market.ts';
import { post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { LongTextField } from '../../ui/inputs.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark, type Tone } from '../../ui/mark.tsx';
import { Facts, Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';

type Tie = z.infer<typeof tieItem>;
type Motif = z.infer<typeof motif>;
const NAMES = ['state'] as const;
const DECISIONS = ['confirmed', 'watched', 'cleared'] as const;
const TONES: Readonly<Record<Tie['state'], Tone>> = {
  open: 'accent',
  watched: 'unknown',
  cleared: 'good',
  confirmed: 'warn',
};

/** Pairs of seller and maintenance unit that look tied, the heaviest first. A person decides, and says why. */
export function TiesPage() {
  const say = useSay();
  const { role } = useMe();
  const state = useListState(NAMES);
  const rows = useRows<Tie>('market', '/market/ties', state.filters);
  const shown = rows.rows?.find(({ id }) => id === state.open);
  return (
    <Page
      title={say('web.menu.ties')}
      note={say('web.market.ties_what')}
      actions={role === 'city_regulator' ? <RunButton /> : null}
    >
      <FilterBar
        state={state}
        finder={null}
        filters={[
          {
            name: 'state',
            label: say('web.changes.show'),
            options: DECISIONS.map((value) => ({ value, label: say(`web.market.tie.${value}`) })),
          },
        ]}
      />
      <WithDrawer
        label={say('web.menu.ties')}
        onClose={() => state.setOpen('')}
        list={
          <ListBody
            label={say('web.menu.ties')}
            state={state}
            rows={rows}
            columns={useTieColumns()}
            rowId={(row) => row.id}
            onOpen={state.setOpen}
            empty={<Empty title={say('web.market.ties_empty')} hint={say('web.market.ties_empty_hint')} />}
          />
        }
      >
        {shown ? <TieSheet key={`${shown.id} ${shown.version}`} tie={shown} /> : null}
      </WithDrawer>
    </Page>
  );
}

function RunButton() {
  const say = useSay();
  const queries = useQueryClient();
  const [found, setFound] = useState('');
  const run = async () => {
    const { pairs, fresh, risen } = await post<z.infer<typeof tieRun>>('/market/ties/runs');
    setFound(say('web.market.ran', { pairs, fresh, risen }));
    await queries.invalidateQueries({ queryKey: ['market'] });
  };
  return (
    <span className="row">
      {found ? <span className="muted">{found}</span> : null}
      <ActButton label={say('web.market.run')} onAct={run} />
    </span>
  );
}

/** One motif in a sentence with its figures. */
function useMotif(): (one: Motif) => string {
  const say = useSay();
  return (one) =>
    say(`web.market.motif.${one.kind}`, {
      ...one,
      sharePercent: one.shareBp === undefined ? '' : (one.shareBp / 100).toFixed(2),
    });
}

function useTieColumns(): readonly Column<Tie>[] {
  const say = useSay();
  const motifText = useMotif();
  return [
    { key: 'bits', title: say('web.market.weight'), numeric: true, cell: (row) => row.bits.toFixed(1) },
    { key: 'seller', title: say('web.market.seller'), cell: (row) => row.salesperson },
    { key: 'licence', title: say('web.market.licence'), cell: (row) => <code>{row.licenceNo}</code> },
    { key: 'insurer', title: say('web.prevention.insurer'), cell: (row) => row.insurer },
    { key: 'unit', title: say('web.prevention.maintenance_unit'), cell: (row) => row.unit },
    { key: 'why', title: say('web.market.why'), wide: true, cell: (row) => row.motifs.map(motifText).join('；') },
    {
      key: 'state',
      title: say('web.prevention.state'),
      cell: (row) => <Mark tone={TONES[row.state]}>{say(`web.market.tie.${row.state}`)}</Mark>,
    },
  ];
}

function TieSheet({ tie }: { tie: Tie }) {
  const say = useSay();
  const motifText = useMotif();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const decide = (state: string) => async () => {
    await post(`/market/ties/${tie.id}/decision`, { version: tie.version, state, reason });
    await queries.invalidateQueries({ queryKey: ['market'] });
  };
  return (
    <article className="file-body">
      <h1>
        {tie.salesperson} — {tie.unit}
      </h1>
      <Facts
        rows={[
          [say('web.prevention.insurer'), tie.insurer],
          [say('web.market.licence'), tie.licenceNo],
          [say('web.market.weight'), tie.bits.toFixed(1)],
          [say('web.market.method'), tie.method],
          [say('web.market.found'), <When key="found" at={tie.foundAt} />],
          [say('web.market.seen'), <When key="seen" at={tie.seenAt} />],
        ]}
      />
      <DataTable
        short
        label={say('web.market.why')}
        rows={tie.motifs}
        rowId={(row) => row.kind}
        columns={[
          { key: 'why', title: say('web.market.why'), wide: true, cell: motifText },
          { key: 'bits', title: say('web.market.weight'), numeric: true, cell: (row) => row.bits.toFixed(1) },
        ]}
      />
      <p className="muted">{say('web.market.tie_is_a_lead')}</p>
      {tie.decidedAt ? (
        <p>
          {say(`web.market.tie.${tie.state}`)} · <When at={tie.decidedAt} /> · {tie.reason}
        </p>
      ) : null}
      <div className="stack">
        <LongTextField label={say('web.market.reason')} value={reason} onChange={setReason} />
        <div className="row wrap">
          {DECISIONS.filter((one) => one !== tie.state).map((one) => (
            <ActButton
              key={one}
              primary={one === 'confirmed'}
              label={say(`web.market.decide.${one}`)}
              onAct={decide(one)}
            />
          ))}
        </div>
      </div>
    </article>
  );
}
