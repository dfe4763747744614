import { useQueryClient } from '@tanstack/react-query';
import Checkbox from 'antd/es/checkbox/index.js';
import { useState } from 'react';
import { post, put } from '../../api.ts';
import { type Fault, faultsByField } from '../../problem.ts';
import { useSay, useWord } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, ManyField, TextField } from '../../ui/inputs.tsx';
import { useAct } from '../../ui/use-act.ts';
import type { Client } from './machines.tsx';
import { useOrgChoice } from './org-choice.ts';
import { GRANTS } from './vocabulary.ts';

/** Make a machine client. Its secrets are made afterwards, one per door. */
export function MachineForm({ onDone, onCancel }: { onDone: (id: string) => void; onCancel: () => void }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const orgs = useOrgChoice();
  const [given, setGiven] = useState({ name: '', orgId: '', wholeCity: false, grants: new Array<string>() });
  const faults = faultsByField(act.problem);
  const send = async () => {
    const { id } = await post<{ id: string }>('/clients', {
      ...given,
      orgId: given.wholeCity ? null : given.orgId || null,
    });
    await queries.invalidateQueries({ queryKey: ['identity', '/clients'] });
    onDone(id);
  };
  return (
    <div className="form-body">
      <Form act={act} submit={say('web.machines.add')} onSubmit={() => void act.run(send)} onCancel={onCancel}>
        <h2>{say('web.machines.add')}</h2>
        <TextField
          label={say('web.machines.name')}
          value={given.name}
          onChange={(name) => setGiven({ ...given, name })}
          fault={faults['name']}
        />
        <Checkbox
          checked={given.wholeCity}
          onChange={(event) => setGiven({ ...given, wholeCity: event.target.checked })}
        >
          {say('web.machines.whole_city')}
        </Checkbox>
        {given.wholeCity ? null : (
          <ChoiceField
            label={say('web.people.org')}
            {...orgs}
            value={given.orgId}
            onChange={(orgId) => setGiven({ ...given, orgId })}
            fault={faults['orgId']}
          />
        )}
        <GrantsField
          value={given.grants}
          onChange={(grants) => setGiven({ ...given, grants })}
          fault={faults['grants']}
        />
      </Form>
    </div>
  );
}

/** Another name, or other grants. What it holds in its hands reads them at the next request. */
export function MachineChangeForm({ client, onDone }: { client: Client; onDone: () => void }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [name, setName] = useState(client.name);
  const [grants, setGrants] = useState<string[]>([...client.grants]);
  const faults = faultsByField(act.problem);
  const send = async () => {
    await put(`/clients/${client.id}`, { name, grants, version: client.version });
    await queries.invalidateQueries({ queryKey: ['identity', '/clients'] });
    onDone();
  };
  return (
    <Form act={act} submit={say('web.act.save')} onSubmit={() => void act.run(send)} onCancel={onDone}>
      <TextField label={say('web.machines.name')} value={name} onChange={setName} fault={faults['name']} />
      <GrantsField value={grants} onChange={setGrants} fault={faults['grants']} />
    </Form>
  );
}

type GrantsProps = { value: string[]; onChange: (grants: string[]) => void; fault: Fault | undefined };

function GrantsField(field: GrantsProps) {
  const say = useSay();
  const word = useWord();
  return (
    <ManyField
      label={say('web.machines.grants')}
      hint={say('web.machines.roles_hint')}
      options={GRANTS.map((grant) => ({ value: grant, label: `${word('web.machines.grant', grant)} (${grant})` }))}
      {...field}
    />
  );
}
