import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import type { elsewhereItem } from '../../../contract/insurance-elsewhere.ts';
import type { elsewhereDone, insurerList } from '../../../contract/insurance-intake.ts';
import { get, post } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, LongTextField, TextField } from '../../ui/inputs.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark, type Tone } from '../../ui/mark.tsx';
import { fenTyped, yuan } from '../../ui/money.ts';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { Day } from '../../ui/when.tsx';
import { ElsewhereUpload } from './elsewhere-upload.tsx';
import { TAKERS } from './policy-words.ts';

type Item = z.infer<typeof elsewhereItem>;
const TONES: Readonly<Record<Item['state'], Tone>> = { unconfirmed: 'warn', confirmed: 'good', denied: 'unknown' };
const KINDS = ['liability', 'comprehensive', 'pension'] as const;

/** Policies issued elsewhere: recorded one by one or by table, confirmed or denied by their insurer. */
export function ElsewherePage() {
  const say = useSay();
  const { role } = useMe();
  const read = useQuery({
    queryKey: ['insurance', '/insurance/policies/elsewhere'],
    queryFn: ({ signal }) => get<{ items: readonly Item[] }>('/insurance/policies/elsewhere', undefined, signal),
  });
  const mayRecord = TAKERS.includes(role) || role === 'broker';
  return (
    <Page title={say('web.menu.elsewhere')} note={say('web.elsewhere.what')}>
      {mayRecord ? (
        <div className="columns">
          <Panel title={say('web.elsewhere.table')}>
            <ElsewhereUpload />
          </Panel>
          <Panel title={say('web.elsewhere.one')}>
            <RecordForm />
          </Panel>
        </div>
      ) : null}
      <Loaded query={read}>
        {({ items }) => (
          <Panel flush title={say('web.elsewhere.count', { n: items.length })}>
            {items.length === 0 ? (
              <Empty title={say('web.elsewhere.empty')} hint={say('web.elsewhere.empty_hint')} />
            ) : (
              <Items items={items} />
            )}
          </Panel>
        )}
      </Loaded>
    </Page>
  );
}

function Items({ items }: { items: readonly Item[] }) {
  const say = useSay();
  const word = useWord();
  const navigate = useNavigate();
  return (
    <DataTable
      label={say('web.menu.elsewhere')}
      rows={items}
      rowId={(row) => row.policyId}
      onOpen={(id) => void navigate(paths.policy(id))}
      columns={[
        { key: 'number', title: say('web.policy.number'), cell: (row) => <code>{row.number}</code> },
        { key: 'insurer', title: say('web.elsewhere.insurer'), wide: true, cell: (row) => row.insurer },
        { key: 'holder', title: say('web.policy.holder'), wide: true, cell: (row) => row.holder },
        { key: 'kind', title: say('web.cover.kind'), cell: (row) => word('insurance.kind', row.kind) },
        { key: 'from', title: say('web.policy.from'), cell: (row) => <Day on={row.from} /> },
        { key: 'to', title: say('web.policy.to'), cell: (row) => <Day on={row.to} /> },
        { key: 'elevators', title: say('web.policies.elevators'), numeric: true, cell: (row) => row.elevators },
        { key: 'premium', title: say('web.policies.premium'), numeric: true, cell: (row) => yuan(row.premium) },
        {
          key: 'state',
          title: say('web.policies.state'),
          cell: (row) => <Mark tone={TONES[row.state]}>{say(`web.elsewhere.state.${row.state}`)}</Mark>,
        },
        { key: 'act', title: say('web.renewals.act'), cell: (row) => (row.mayConfirm ? <Confirm item={row} /> : null) },
      ]}
    />
  );
}

function Confirm({ item }: { item: Item }) {
  const say = useSay();
  const queries = useQueryClient();
  const send = (confirmed: boolean) => async () => {
    await post(`/insurance/policies/${item.policyId}/confirmation`, { confirmed });
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <span className="row">
      <ActButton primary label={say('web.policy.confirm')} onAct={send(true)} />
      <ActButton
        label={say('web.policy.deny')}
        confirm={{ title: item.number, consequence: say('web.policy.deny_means') }}
        onAct={send(false)}
      />
    </span>
  );
}

const NOTHING = { insurerOrgId: '', number: '', kind: 'liability', from: '', to: '', premium: '', codes: '' };

function RecordForm() {
  const say = useSay();
  const word = useWord();
  const act = useAct();
  const queries = useQueryClient();
  const insurers = useQuery({
    queryKey: ['insurance', '/insurance/insurers'],
    queryFn: ({ signal }) => get<z.infer<typeof insurerList>>('/insurance/insurers', undefined, signal),
  });
  const [given, setGiven] = useState(NOTHING);
  const [done, setDone] = useState<z.infer<typeof elsewhereDone> | null>(null);
  const set = (field: keyof typeof NOTHING) => (value: string) => setGiven({ ...given, [field]: value });
  const send = async () => {
    const codes = given.codes.split(/[\s,，、;；]+/).filter(Boolean);
    const made = await post<z.infer<typeof elsewhereDone>>('/insurance/policies/elsewhere', {
      ...given,
      premium: fenTyped(given.premium),
      codes,
    });
    setDone(made);
    setGiven({ ...NOTHING, insurerOrgId: given.insurerOrgId });
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <Form act={act} submit={say('web.elsewhere.record')} onSubmit={() => void act.run(send)}>
      <ChoiceField
        label={say('web.elsewhere.insurer')}
        options={(insurers.data?.items ?? []).map((i) => ({ value: i.orgId, label: i.name }))}
        value={given.insurerOrgId}
        onChange={set('insurerOrgId')}
      />
      <TextField label={say('web.policy.number')} value={given.number} onChange={set('number')} />
      <ChoiceField
        label={say('web.cover.kind')}
        options={KINDS.map((kind) => ({ value: kind, label: word('insurance.kind', kind) }))}
        value={given.kind}
        onChange={set('kind')}
      />
      <TextField type="date" label={say('web.policy.from')} value={given.from} onChange={set('from')} />
      <TextField type="date" label={say('web.policy.to')} value={given.to} onChange={set('to')} />
      <TextField label={say('web.elsewhere.premium')} value={given.premium} onChange={set('premium')} />
      <LongTextField
        label={say('web.elsewhere.codes')}
        hint={say('web.elsewhere.codes_hint')}
        value={given.codes}
        onChange={set('codes')}
      />
      {done ? (
        <p role="status">{say('web.elsewhere.recorded', { n: done.elevators, faults: done.faults.length })}</p>
      ) : null}
    </Form>
  );
}
