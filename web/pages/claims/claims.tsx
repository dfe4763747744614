import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import { INSURERS } from '../../../contract/identity-vocabulary.ts';
import type { ClaimItemOut, claimList } from '../../../contract/insurance-claims.ts';
import { CLAIM_PHASES, LOSS_KINDS } from '../../../contract/insurance-vocabulary.ts';
import { get } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { yuan, yuanOr } from '../../ui/money.ts';
import { Figure, Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { PhaseMark, RunsOut } from './claim-marks.tsx';
import { ReportForm } from './report-form.tsx';

const NAMES = ['q', 'state', 'phase', 'kind', 'due', 'elevatorId'] as const;
const REPORTERS = ['handler', 'surveyor', 'approver', 'use_unit_head', 'safety_director', 'safety_officer', 'broker'];

/** The claims desk: what runs out next stands on top. Everybody sees what concerns him, the lead insurer acts. */
export function ClaimsPage() {
  const say = useSay();
  const navigate = useNavigate();
  const { role } = useMe();
  const [isReporting, setReporting] = useState(false);
  const state = useListState(NAMES);
  const rows = useRows<ClaimItemOut>('insurance', '/insurance/claims', { ...state.filters });
  const options = (prefix: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: say(`${prefix}.${value}`) }));
  return (
    <Page
      title={say('web.menu.claims')}
      actions={
        REPORTERS.includes(role) && !isReporting ? (
          <Button type="primary" onClick={() => setReporting(true)}>
            {say('claims.report')}
          </Button>
        ) : null
      }
    >
      {isReporting ? <ReportForm onDone={() => setReporting(false)} /> : null}
      <Counts onPick={(due) => state.setFilter('due', due)} />
      <FilterBar
        state={state}
        filters={[
          { name: 'state', label: say('claims.state'), options: options('claims.state', ['open', 'all']) },
          { name: 'phase', label: say('claims.phase'), options: options('claims.phase', CLAIM_PHASES) },
          { name: 'kind', label: say('claims.kind'), options: options('claims.kind', LOSS_KINDS) },
          { name: 'due', label: say('claims.due'), options: options('claims.due', ['late', 'soon']) },
        ]}
      />
      <ListBody
        label={say('web.menu.claims')}
        state={state}
        rows={rows}
        columns={useClaimColumns()}
        rowId={(row) => row.id}
        onOpen={(id) => void navigate(paths.claim(id))}
        empty={<Empty title={say('claims.empty')} hint={say('claims.empty_hint')} />}
        tone={(row) => (row.dueAt && Date.parse(row.dueAt) < Date.now() ? 'warn' : undefined)}
      />
    </Page>
  );
}

function Counts({ onPick }: { onPick: (due: string) => void }) {
  const say = useSay();
  const read = useQuery({
    queryKey: ['insurance', 'claim counts'],
    queryFn: ({ signal }) => get<z.infer<typeof claimList>>('/insurance/claims', { limit: 1 }, signal),
  });
  if (!read.data) return null;
  const { open, late, soon } = read.data.counts;
  return (
    <div className="figures">
      <Figure name={say('claims.count.open')} value={open} />
      <button type="button" className="plain" onClick={() => onPick('late')}>
        <Figure name={say('claims.count.late')} value={late} />
      </button>
      <button type="button" className="plain" onClick={() => onPick('soon')}>
        <Figure name={say('claims.count.soon')} value={soon} />
      </button>
    </div>
  );
}

/** What a claim is expected to cost as long as nobody decided. */
function Expected({ fen }: { fen: number }) {
  const say = useSay();
  return (
    <>
      <span className="muted small">{say('claims.expected')}</span> {yuan(fen)}
    </>
  );
}

/** An insurer's people ask whose elevator it is, everybody else who insures it. */
function useClaimColumns(): readonly Column<ClaimItemOut>[] {
  const say = useSay();
  const { role } = useMe();
  const word = useWord();
  return [
    { key: 'number', title: say('claims.number'), cell: (c) => <span className="nowrap">{c.number}</span> },
    { key: 'due', title: say('claims.due'), cell: (c) => <RunsOut dueAt={c.dueAt} clock={c.dueClock} /> },
    { key: 'phase', title: say('claims.phase'), cell: (c) => <PhaseMark phase={c.phase} /> },
    { key: 'kind', title: say('claims.kind'), cell: (c) => word('claims.kind', c.kind) },
    { key: 'address', title: say('claims.address'), cell: (c) => c.address, wide: true },
    ...(INSURERS.includes(role)
      ? [{ key: 'useUnit', title: say('claims.use_unit'), cell: (c: ClaimItemOut) => c.useUnit }]
      : [{ key: 'insurer', title: say('claims.insurer'), cell: (c: ClaimItemOut) => c.insurer }]),
    { key: 'reported', title: say('claims.reported'), cell: (c) => <When at={c.reportedAt} /> },
    {
      key: 'decided',
      title: say('claims.decided_or_reserve'),
      cell: (c) => (c.decided === null && c.reserve !== null ? <Expected fen={c.reserve} /> : yuanOr(c.decided)),
      numeric: true,
    },
    { key: 'paid', title: say('claims.paid'), cell: (c) => yuanOr(c.paid), numeric: true },
  ];
}
