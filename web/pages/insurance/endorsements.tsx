import { useQueryClient } from '@tanstack/react-query';
import { post } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { yuan } from '../../ui/money.ts';
import { Empty } from '../../ui/states.tsx';
import { Day } from '../../ui/when.tsx';
import type { PolicyView } from './policy.tsx';
import { toneOf } from './policy-words.ts';

type Endorsement = PolicyView['endorsements'][number];

/** What changed the policy, the newest first, with what each did to the money. */
export function Endorsements({ policy }: { policy: PolicyView }) {
  const say = useSay();
  const word = useWord();
  if (policy.endorsements.length === 0)
    return <Empty title={say('web.endorse.none')} hint={say('web.endorse.none_hint')} />;
  return (
    <DataTable
      short
      label={say('web.policy.endorsements')}
      rows={policy.endorsements}
      rowId={(row) => row.id}
      columns={[
        { key: 'no', title: say('web.endorse.no'), numeric: true, cell: (row) => row.no },
        { key: 'kind', title: say('web.endorse.kind'), cell: (row) => <What row={row} /> },
        { key: 'on', title: say('web.endorse.on'), cell: (row) => <Day on={row.on} /> },
        {
          key: 'state',
          title: say('web.policies.state'),
          cell: (row) => <Mark tone={toneOf(row.state)}>{word('web.endorse.state', row.state)}</Mark>,
        },
        { key: 'delta', title: say('web.endorse.delta'), numeric: true, cell: (row) => yuan(row.delta) },
        { key: 'replayed', title: say('web.endorse.replayed'), wide: true, cell: (row) => <Replayed row={row} /> },
        { key: 'acts', title: say('web.endorse.acts'), cell: (row) => <Acts row={row} /> },
      ]}
    />
  );
}

function What({ row }: { row: Endorsement }) {
  const say = useSay();
  const word = useWord();
  const why = row.reasonCode ?? row.endReason;
  return (
    <span title={row.reason}>
      {word('web.endorse.kind', row.kind)}
      {row.elevators > 0 ? ` · ${say('web.endorse.elevators', { n: row.elevators })}` : ''}
      {why ? ` · ${word('web.endorse.reason', why)}` : ''}
    </span>
  );
}

/** Later endorsements this one priced anew: what each was worth before and after. */
function Replayed({ row }: { row: Endorsement }) {
  const say = useSay();
  if (row.replayed.length === 0) return '—';
  return row.replayed
    .map((r) => say('web.endorse.replayed_one', { no: r.no, before: yuan(r.before), after: yuan(r.after) }))
    .join('；');
}

function Acts({ row }: { row: Endorsement }) {
  const say = useSay();
  const { role } = useMe();
  const queries = useQueryClient();
  const send = (path: string, body: unknown) => async () => {
    await post(`/insurance/endorsements/${row.id}/${path}`, body);
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  const notice =
    row.state === 'awaiting_cash' && ['underwriter', 'cashier'].includes(role) ? (
      <ActButton label={say('web.notice.send')} onAct={send('pay-notices', {})} />
    ) : null;
  if (role !== 'underwriter') return notice;
  const decline = (
    <ActButton
      label={say('web.endorse.decline')}
      confirm={{ title: say('web.endorse.decline'), consequence: say('web.endorse.decline_means') }}
      onAct={send('decision', { decision: 'decline' })}
    />
  );
  if (row.state === 'asked')
    return (
      <span className="row">
        <ActButton primary label={say('web.endorse.accept')} onAct={send('decision', { decision: 'accept' })} />
        {decline}
      </span>
    );
  if (row.state !== 'awaiting_cash') return null;
  return (
    <span className="row">
      <ActButton primary label={say('web.endorse.issue')} onAct={send('issue', {})} />
      {notice}
      {decline}
    </span>
  );
}
