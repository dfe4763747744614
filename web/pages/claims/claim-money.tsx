import { useState } from 'react';
import type { z } from 'zod';
import type { ClaimViewOut } from '../../../contract/insurance-claim-file.ts';
import type { unmasked } from '../../../contract/insurance-claims.ts';
import { post } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { TextField } from '../../ui/inputs.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { yuan, yuanOr } from '../../ui/money.ts';
import { Facts, Panel } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { When } from '../../ui/when.tsx';
import { Recoveries } from './claim-after.tsx';
import { ClaimPayments } from './claim-payments.tsx';

type Plain = z.infer<typeof unmasked>;
type Item = NonNullable<ClaimViewOut['assessment']>['items'][number];

/** Who may be paid, how the amount came about, and every payment with its two beginnings and the bank's time. */
export function ClaimMoney({ claim }: { claim: ClaimViewOut }) {
  return (
    <>
      <div className="columns">
        <Parties claim={claim} />
        <Decision claim={claim} />
      </div>
      {claim.heads.length > 0 ? <Heads claim={claim} /> : null}
      <Working claim={claim} />
      {claim.repair.length > 0 ? <Repair claim={claim} /> : null}
      <ClaimPayments claim={claim} />
      <Recoveries claim={claim} />
    </>
  );
}

function Parties({ claim }: { claim: ClaimViewOut }) {
  const say = useSay();
  const [plain, setPlain] = useState<Readonly<Record<string, string>>>({});
  const [looking, setLooking] = useState('');
  const isLead = Object.keys(claim.can).length > 0;
  return (
    <Panel title={say('claims.parties')}>
      {claim.parties.length === 0 ? <Empty title={say('claims.no_parties')} /> : null}
      <ol className="timeline">
        {claim.parties.map((party) => (
          <li key={party.id}>
            <span className="muted">{say(`claims.party.${party.kind}`)}</span>
            <span>
              {plain[party.id] ?? [party.name, party.phone, party.account].filter(Boolean).join(' · ')}{' '}
              {isLead && !plain[party.id] && looking !== party.id ? (
                <button type="button" className="plain small claim-look" onClick={() => setLooking(party.id)}>
                  {say('claims.look')}
                </button>
              ) : null}
            </span>
          </li>
        ))}
      </ol>
      {looking ? (
        <LookForm
          claimId={claim.id}
          partyId={looking}
          onCancel={() => setLooking('')}
          onSeen={(text) => {
            setPlain((now) => ({ ...now, [looking]: text }));
            setLooking('');
          }}
        />
      ) : null}
    </Panel>
  );
}

type Looking = { claimId: string; partyId: string; onSeen: (text: string) => void; onCancel: () => void };

/** Personal data in full: only with a reason, which stays in the audit. */
function LookForm({ claimId, partyId, onSeen, onCancel }: Looking) {
  const say = useSay();
  const act = useAct();
  const [reason, setReason] = useState('');
  const look = async () => {
    const seen = await post<Plain>(`/insurance/claims/${claimId}/parties/${partyId}/unmasking`, { reason });
    onSeen(
      [seen.name, seen.idNumber, seen.phone, seen.account?.bank, seen.account?.number].filter(Boolean).join(' · '),
    );
  };
  return (
    <Form act={act} submit={say('claims.look')} onSubmit={() => void act.run(look)} onCancel={onCancel}>
      <TextField label={say('claims.look_reason')} hint={say('claims.look_hint')} value={reason} onChange={setReason} />
    </Form>
  );
}

function Decision({ claim }: { claim: ClaimViewOut }) {
  const say = useSay();
  const { decision, assessment } = claim;
  return (
    <Panel title={say('claims.decision')}>
      <Facts
        rows={[
          [say('claims.reserve'), yuanOr(claim.reserve)],
          [say('claims.decided'), yuanOr(decision?.amount)],
          [say('claims.round'), decision?.round],
          [say('claims.decided_by'), decision ? say(decision.byRule ? 'claims.by_rule' : 'claims.by_person') : null],
          [say('claims.note'), assessment?.note],
        ]}
      />
    </Panel>
  );
}

function Heads({ claim }: { claim: ClaimViewOut }) {
  const say = useSay();
  const word = useWord();
  return (
    <Panel flush title={say('claims.heads')}>
      <DataTable
        short
        label={say('claims.heads')}
        rows={claim.heads}
        rowId={(head) => head.id}
        columns={[
          { key: 'head', title: say('claims.head'), cell: (h) => h.head, numeric: true },
          { key: 'due', title: say('claims.head_due'), cell: (h) => yuan(h.due), numeric: true },
          { key: 'state', title: say('claims.state'), cell: (h) => word('claims.head_state', h.state) },
          { key: 'filled', title: say('claims.filled'), cell: (h) => <When at={h.filledAt} /> },
          {
            key: 'reasons',
            title: say('claims.head_reasons'),
            cell: (h) => h.reasons.map((r) => word('claims.head_reason', r)).join(say('web.and')) || '—',
            wide: true,
          },
        ]}
      />
    </Panel>
  );
}

function Working({ claim }: { claim: ClaimViewOut }) {
  const say = useSay();
  const { assessment } = claim;
  if (!assessment) return null;
  const { working, items } = assessment;
  const rowOf = (id: string) => working?.rows.find((row) => row.id === id);
  const nameOf = (id: string) => claim.parties.find((p) => p.id === id)?.name ?? say('claims.payee_unfilled');
  const itemOf = (id: string) => {
    const [, kind, n] = /^(head|item)-(\d+)$/.exec(id) ?? [];
    return n ? say(kind === 'head' ? 'claims.item_head' : 'claims.item_no', { n }) : id;
  };
  const cuts: Column<Item>[] = [
    { key: 'claimed', title: say('claims.claimed'), cell: (i) => yuanOr(rowOf(i.id)?.claimed), numeric: true },
    { key: 'own', title: say('claims.own_limit'), cell: (i) => yuanOr(rowOf(i.id)?.afterOwnLimit), numeric: true },
  ];
  return (
    <Panel flush title={say('claims.working')}>
      <DataTable
        short
        label={say('claims.working')}
        rows={items}
        rowId={(item) => item.id}
        columns={[
          { key: 'id', title: say('claims.item'), cell: (i) => itemOf(i.id) },
          { key: 'payee', title: say('claims.payee'), cell: (i) => nameOf(i.payee), wide: true },
          ...(working ? cuts : []),
          { key: 'payable', title: say('claims.payable'), cell: (i) => yuan(i.amount), numeric: true },
        ]}
      />
      {working ? (
        <div className="panel-part">
          <Facts
            rows={[
              [say('claims.claimed'), yuan(working.claimed)],
              [say('claims.own_limit'), yuan(working.afterOwnLimits)],
              [say('claims.per_accident'), yuanOr(working.perAccident)],
              [say('claims.aggregate_left'), yuanOr(working.aggregateLeft)],
              [say('claims.deductible'), yuan(working.deductible)],
              [say('claims.payable'), yuan(working.payable)],
            ]}
          />
        </div>
      ) : null}
    </Panel>
  );
}

function Repair({ claim }: { claim: ClaimViewOut }) {
  const say = useSay();
  return (
    <Panel flush title={say('claims.repair')}>
      <DataTable
        short
        label={say('claims.repair')}
        rows={claim.repair}
        rowId={(line) => line.id}
        columns={[
          { key: 'name', title: say('claims.part'), cell: (l) => l.name, wide: true },
          { key: 'quantity', title: say('claims.quantity'), cell: (l) => l.quantity, numeric: true },
          { key: 'price', title: say('claims.unit_price'), cell: (l) => yuan(l.unitPrice), numeric: true },
          {
            key: 'benchmark',
            title: say('claims.benchmark'),
            cell: (l) =>
              l.benchmark
                ? say('claims.benchmark_of', {
                    median: yuan(l.benchmark.median),
                    upper: yuan(l.benchmark.upper),
                    n: l.benchmark.claims,
                  })
                : say('claims.benchmark_none'),
          },
          { key: 'repeated', title: say('claims.repeated'), cell: (l) => l.repeatedOn ?? '—' },
          {
            key: 'reason',
            title: say('claims.reason'),
            cell: (l) =>
              l.repeatedOn !== null || (l.benchmark && l.unitPrice > l.benchmark.upper) ? (
                <Mark tone="warn">{l.reason}</Mark>
              ) : (
                l.reason || '—'
              ),
          },
        ]}
      />
    </Panel>
  );
}
