import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import type { z } from 'zod';
import type { policyLine, policyView } from '../../../contract/insurance-policies.ts';
import { apiUrl, get, post } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { yuan } from '../../ui/money.ts';
import { Facts, Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Day, When } from '../../ui/when.tsx';
import { EndorsementForm } from './endorsement-form.tsx';
import { Endorsements } from './endorsements.tsx';
import { PolicyFunding } from './funding.tsx';
import { Instalments } from './instalments.tsx';
import { PayNotices } from './pay-notices.tsx';
import { PolicyCommission } from './policy-commission.tsx';
import { TAKERS } from './policy-words.ts';
import { Settlement } from './settlements.tsx';
import { StandMark } from './stand-mark.tsx';

export type PolicyView = z.infer<typeof policyView>;
type PolicyLine = z.infer<typeof policyLine>;

/** One policy: who, what, how much, elevator by elevator, what changed it, and its papers. */
export function PolicyPage() {
  const say = useSay();
  const { id = '' } = useParams();
  const read = useQuery({
    queryKey: ['insurance', `/insurance/policies/${id}`],
    queryFn: ({ signal }) => get<PolicyView>(`/insurance/policies/${id}`, undefined, signal),
  });
  return (
    <Page title={say('web.policy.title')} actions={<Link to={paths.policies()}>{say('web.policy.all')}</Link>}>
      <Loaded query={read} lines={14}>
        {(policy) => <Whole policy={policy} />}
      </Loaded>
    </Page>
  );
}

function Whole({ policy }: { policy: PolicyView }) {
  const say = useSay();
  const { role } = useMe();
  const mayAsk = (TAKERS.includes(role) || role === 'underwriter') && !policy.elsewhere;
  return (
    <>
      <Panel
        title={<Copyable text={policy.number} label={say('web.policy.number')} />}
        actions={<Acts policy={policy} />}
      >
        <Head policy={policy} />
      </Panel>
      <Panel flush title={say('web.policy.who_pays')}>
        <Owed policy={policy} />
      </Panel>
      {policy.elsewhere ? null : (
        <PayNotices policyId={policy.id} asks={noticesToWrite(policy)} isPaid={paidOf(policy)} />
      )}
      <PolicyFunding rows={policy.funding} />
      {policy.instalments ? (
        <Instalments policyId={policy.id} number={policy.number} view={policy.instalments} />
      ) : null}
      {policy.elsewhere ? null : <PolicyCommission policyId={policy.id} state={policy.state} />}
      {mayAsk && ['issued', 'cancelled'].includes(policy.state) ? (
        <Panel title={say(role === 'underwriter' ? 'web.endorse.title' : 'web.endorse.ask_title')}>
          <EndorsementForm key={policy.endorsements.length} policy={policy} />
        </Panel>
      ) : null}
      {policy.settlements.map((sheet) => (
        <Settlement key={sheet.id} sheet={sheet} />
      ))}
      <Panel flush title={say('web.policy.endorsements')}>
        <Endorsements policy={policy} />
      </Panel>
      <Panel flush title={say('web.policy.papers')}>
        <Papers policy={policy} />
      </Panel>
      <Panel title={say('web.policy.lines', { n: policy.elevators })}>
        <Lines policy={policy} />
      </Panel>
    </>
  );
}

/** Which notices the insurer may write now: for the premium before the cover, then for the parts that are not paid. */
function noticesToWrite({ state, leavesOn, instalments }: PolicyView) {
  if (state === 'awaiting_cash') return 'pay-notices';
  const covers = state === 'issued' || leavesOn !== null;
  return covers && instalments?.items.some((i) => i.unpaid > 0) ? 'part-notices' : null;
}

/** Has a payer paid what he was asked for: of a part its part, else all he owes? */
const paidOf =
  ({ owed, instalments }: PolicyView) =>
  ({ payer, part }: { payer: string; part: number | null }) =>
    part === null
      ? owed.every((o) => o.payer !== payer || o.arrived >= o.amount)
      : (instalments?.items.every((i) => i.no !== part || i.payer !== payer || i.unpaid === 0) ?? false);

function Head({ policy }: { policy: PolicyView }) {
  const say = useSay();
  const word = useWord();
  const members = policy.members.map((m) => `${m.name} ${(m.shareBp / 100).toFixed(2)} %`).join('；');
  return (
    <Facts
      rows={[
        [
          say('web.policies.state'),
          <span key="state" className="row">
            <StandMark policy={policy} />
            {policy.elsewhere ? (
              <Mark tone={policy.confirmedAt ? 'good' : 'unknown'}>
                {say(policy.confirmedAt ? 'web.policy.confirmed' : 'web.policy.unconfirmed')}
              </Mark>
            ) : null}
          </span>,
        ],
        [say('web.policy.product'), policy.product ?? say('web.policy.elsewhere')],
        [say('web.policy.holder'), policy.holder],
        [say('web.policy.agent'), policy.agent],
        [say('web.policy.members'), members],
        [say('web.policy.term'), say('web.policy.term_value', { from: policy.from, to: policy.to })],
        [say('web.policies.premium'), yuan(policy.premium)],
        [
          say('web.policy.filing'),
          policy.filingNo
            ? say('web.policy.filing_value', { no: policy.filingNo, version: policy.tariffVersion ?? 1 })
            : null,
        ],
        [say('web.policy.issued'), policy.issuedAt ? <When key="issued" at={policy.issuedAt} /> : null],
        [
          say(policy.leavesOn ? 'web.policy.ends' : 'web.policy.ended'),
          policy.endedOn
            ? `${policy.endedOn} ${policy.endReason ? word('web.endorse.reason', policy.endReason) : ''}`
            : null,
        ],
        [
          say('web.policy.working'),
          policy.quoteId ? (
            <Link key="quote" to={paths.quote(policy.quoteId)}>
              {say('web.policy.see_working')}
            </Link>
          ) : null,
        ],
      ]}
    />
  );
}

function Acts({ policy }: { policy: PolicyView }) {
  const say = useSay();
  const { role } = useMe();
  const queries = useQueryClient();
  const act = (path: string, body?: unknown) => async () => {
    await post(path, body, crypto.randomUUID());
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  const own = `/insurance/policies/${policy.id}`;
  return (
    <>
      {role === 'underwriter' && policy.state === 'awaiting_cash' ? (
        <ActButton primary label={say('web.policy.issue')} onAct={act(`${own}/issue`)} />
      ) : null}
      {role === 'underwriter' && policy.elsewhere && !policy.confirmedAt && policy.state === 'issued' ? (
        <>
          <ActButton
            primary
            label={say('web.policy.confirm')}
            onAct={act(`${own}/confirmation`, { confirmed: true })}
          />
          <ActButton
            label={say('web.policy.deny')}
            confirm={{ title: policy.number, consequence: say('web.policy.deny_means') }}
            onAct={act(`${own}/confirmation`, { confirmed: false })}
          />
        </>
      ) : null}
    </>
  );
}

function Owed({ policy }: { policy: PolicyView }) {
  const say = useSay();
  const word = useWord();
  if (policy.owed.length === 0) return <Empty title={say('web.policy.nobody_owes')} />;
  return (
    <DataTable
      short
      label={say('web.policy.who_pays')}
      rows={policy.owed}
      rowId={(row) => row.payer}
      columns={[
        { key: 'payer', title: say('web.policy.payer'), cell: (row) => word('insurance.payer', row.payer) },
        { key: 'amount', title: say('web.policy.owes'), numeric: true, cell: (row) => yuan(row.amount) },
        { key: 'arrived', title: say('web.policy.arrived'), numeric: true, cell: (row) => yuan(row.arrived) },
        {
          key: 'left',
          title: say('web.policies.due'),
          numeric: true,
          cell: (row) => (row.amount > row.arrived ? yuan(row.amount - row.arrived) : '—'),
        },
      ]}
    />
  );
}

function Papers({ policy }: { policy: PolicyView }) {
  const say = useSay();
  const word = useWord();
  if (policy.documents.length === 0)
    return <Empty title={say('web.policy.no_papers')} hint={say('web.policy.no_papers_hint')} />;
  return (
    <DataTable
      short
      label={say('web.policy.papers')}
      rows={policy.documents}
      rowId={(row) => row.id}
      columns={[
        {
          key: 'kind',
          title: say('web.policy.paper'),
          cell: (row) => (
            <a href={apiUrl(`/insurance/documents/${row.id}/pdf`)} target="_blank" rel="noreferrer">
              {word('insurance.paper.title', row.kind)}
              {row.no > 0 ? ` ${row.no}` : ''}
            </a>
          ),
        },
        { key: 'made', title: say('web.policy.made'), cell: (row) => <When at={row.madeAt} /> },
        { key: 'hash', title: say('web.policy.hash'), cell: (row) => <code>{row.hash.slice(0, 16)}</code> },
      ]}
    />
  );
}

function Lines({ policy }: { policy: PolicyView }) {
  const say = useSay();
  const state = useListState(['q']);
  const rows = useRows<PolicyLine>('insurance', `/insurance/policies/${policy.id}/lines`, { ...state.filters });
  return (
    <>
      <FilterBar state={state} filters={[]} />
      <ListBody
        label={say('web.policy.lines', { n: policy.elevators })}
        state={state}
        rows={rows}
        columns={useLineColumns()}
        rowId={(row) => row.id}
        empty={<Empty title={say('web.policy.no_lines')} />}
      />
    </>
  );
}

function useLineColumns(): readonly Column<PolicyLine>[] {
  const say = useSay();
  return [
    {
      key: 'code',
      title: say('web.policy.code'),
      cell: (row) => <Link to={paths.elevator(row.elevatorId, 'cover')}>{row.code || '—'}</Link>,
    },
    { key: 'address', title: say('web.policy.address'), wide: true, cell: (row) => row.address },
    { key: 'from', title: say('web.policy.from'), cell: (row) => <Day on={row.from} /> },
    { key: 'to', title: say('web.policy.to'), cell: (row) => <Day on={row.to} /> },
    { key: 'annual', title: say('web.policy.annual'), numeric: true, cell: (row) => yuan(row.annual) },
    { key: 'premium', title: say('web.policies.premium'), numeric: true, cell: (row) => yuan(row.premium) },
    {
      key: 'by',
      title: say('web.policy.by'),
      cell: (row) => (row.endorsement > 0 ? say('web.policy.by_no', { no: row.endorsement }) : '—'),
    },
  ];
}
