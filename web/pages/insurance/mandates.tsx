import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { mandateItem, partnerList } from '../../../contract/insurance-intake.ts';
import { get, post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { cityDay, today } from '../../time.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { Day } from '../../ui/when.tsx';

type Mandate = z.infer<typeof mandateItem>;
const NONE: readonly string[] = [];
const GIVERS: readonly string[] = ['use_unit_head', 'safety_director'];

/** Who lets whom take out cover, by the maintenance contract. */
export function MandatesPage() {
  const say = useSay();
  const { role } = useMe();
  const state = useListState(NONE);
  const rows = useRows<Mandate>('insurance', '/insurance/mandates', {});
  return (
    <Page title={say('web.menu.mandates')} note={say('web.mandates.what')}>
      {GIVERS.includes(role) ? (
        <Panel title={say('web.mandates.give')}>
          <GiveForm />
        </Panel>
      ) : null}
      <ListBody
        label={say('web.menu.mandates')}
        state={state}
        rows={rows}
        columns={useMandateColumns()}
        rowId={(row) => row.id}
        empty={
          <Empty
            title={say('web.mandates.empty')}
            hint={say(GIVERS.includes(role) ? 'web.mandates.empty_giver' : 'web.mandates.empty_agent')}
          />
        }
      />
    </Page>
  );
}

function useMandateColumns(): readonly Column<Mandate>[] {
  const say = useSay();
  const queries = useQueryClient();
  const end = (id: string) => async () => {
    await post(`/insurance/mandates/${id}/end`, { on: cityDay(today()) });
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return [
    { key: 'giver', title: say('web.mandates.giver'), wide: true, cell: (row) => row.giver },
    { key: 'agent', title: say('web.mandates.agent'), wide: true, cell: (row) => row.agent },
    { key: 'contract', title: say('web.mandates.contract'), cell: (row) => row.contractRef },
    { key: 'from', title: say('web.policy.from'), cell: (row) => <Day on={row.from} /> },
    { key: 'to', title: say('web.policy.to'), cell: (row) => <Day on={row.endedOn ?? row.to} /> },
    {
      key: 'state',
      title: say('web.policies.state'),
      cell: (row) => (
        <Mark tone={row.inForce ? 'good' : 'unknown'}>
          {say(row.inForce ? 'web.mandates.in_force' : 'web.mandates.over')}
        </Mark>
      ),
    },
    {
      key: 'act',
      title: say('web.renewals.act'),
      cell: (row) =>
        row.mine === 'giver' && row.inForce && row.endedOn === null ? (
          <ActButton
            label={say('web.mandates.end')}
            confirm={{ title: row.agent, consequence: say('web.mandates.end_means') }}
            onAct={end(row.id)}
          />
        ) : null,
    },
  ];
}

function GiveForm() {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const partners = useQuery({
    queryKey: ['insurance', '/insurance/partners'],
    queryFn: ({ signal }) => get<z.infer<typeof partnerList>>('/insurance/partners', undefined, signal),
  });
  const [given, setGiven] = useState({ agentOrgId: '', contractRef: '', from: cityDay(today()), to: '' });
  const set = (field: keyof typeof given) => (value: string) => setGiven({ ...given, [field]: value });
  const send = async () => {
    await post('/insurance/mandates', given);
    setGiven({ ...given, agentOrgId: '', contractRef: '' });
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <Form act={act} submit={say('web.mandates.do')} onSubmit={() => void act.run(send)}>
      <ChoiceField
        label={say('web.mandates.agent')}
        hint={say('web.mandates.agent_hint')}
        options={(partners.data?.items ?? []).map((p) => ({
          value: p.orgId,
          label: say('web.mandates.partner', { name: p.name, n: p.elevators }),
        }))}
        value={given.agentOrgId}
        onChange={set('agentOrgId')}
      />
      <TextField label={say('web.mandates.contract')} value={given.contractRef} onChange={set('contractRef')} />
      <TextField type="date" label={say('web.policy.from')} value={given.from} onChange={set('from')} />
      <TextField type="date" label={say('web.policy.to')} value={given.to} onChange={set('to')} />
    </Form>
  );
}
