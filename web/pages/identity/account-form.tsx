import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../api.ts';
import { usePlace } from '../../frame/place.ts';
import { faultsByField } from '../../problem.ts';
import { useSay, useWord } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, ManyField, TextField } from '../../ui/inputs.tsx';
import { useAct } from '../../ui/use-act.ts';
import { OncePassword } from './once.tsx';
import { useOrgChoice } from './org-choice.ts';
import { ROLES } from './vocabulary.ts';

/** Make an account; its password for one use is shown once. */
export function AccountForm({ onCancel }: { onCancel: () => void }) {
  const say = useSay();
  const word = useWord();
  const act = useAct();
  const queries = useQueryClient();
  const { districts } = usePlace();
  const orgs = useOrgChoice();
  const [password, setPassword] = useState('');
  const [given, setGiven] = useState({ username: '', label: '', role: '', orgId: '', areas: new Array<string>() });
  const set =
    <K extends keyof typeof given>(field: K) =>
    (value: (typeof given)[K]) =>
      setGiven({ ...given, [field]: value });
  const faults = faultsByField(act.problem);
  const send = async () => {
    const made = await post<{ password: string }>('/accounts', { ...given, orgId: given.orgId || null });
    await queries.invalidateQueries({ queryKey: ['identity', '/accounts'] });
    setPassword(made.password);
  };
  if (password) {
    return (
      <div className="form-body">
        <h2>{given.username}</h2>
        <OncePassword password={password} />
      </div>
    );
  }
  const field = <K extends 'username' | 'label' | 'role' | 'orgId'>(name: K) => ({
    value: given[name],
    onChange: set(name),
    fault: faults[name],
  });
  return (
    <div className="form-body">
      <Form act={act} submit={say('web.accounts.add')} onSubmit={() => void act.run(send)} onCancel={onCancel}>
        <h2>{say('web.accounts.add')}</h2>
        <TextField label={say('web.sign_in.username')} {...field('username')} />
        <TextField label={say('web.accounts.label')} hint={say('web.accounts.label_hint')} {...field('label')} />
        <ChoiceField
          label={say('web.accounts.role')}
          options={ROLES.map((role) => ({ value: role, label: word('identity.role', role) }))}
          {...field('role')}
        />
        <ChoiceField label={say('web.people.org')} {...orgs} {...field('orgId')} />
        <ManyField
          label={say('web.accounts.areas')}
          hint={say('web.accounts.areas_hint')}
          options={districts.map(({ code, name }) => ({ value: code, label: name }))}
          value={given.areas}
          onChange={set('areas')}
          fault={faults['areas']}
        />
      </Form>
    </div>
  );
}
