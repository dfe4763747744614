import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../api.ts';
import { faultsByField } from '../../problem.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, ManyField, TextField } from '../../ui/inputs.tsx';
import { useAct } from '../../ui/use-act.ts';
import { useOrgChoice } from './org-choice.ts';
import { DUTIES } from './vocabulary.ts';

/** Record a person. */
export function PersonForm({ onDone, onCancel }: { onDone: (id: string) => void; onCancel: () => void }) {
  const say = useSay();
  const word = useWord();
  const me = useMe();
  const act = useAct();
  const queries = useQueryClient();
  const orgs = useOrgChoice(me.org);
  const [given, setGiven] = useState<{ orgId: string; name: string; phone: string; duties: string[] }>({
    orgId: me.org?.id ?? '',
    name: '',
    phone: '',
    duties: [],
  });
  const faults = faultsByField(act.problem);
  const send = async () => {
    const { id } = await post<{ id: string }>('/people', given);
    await queries.invalidateQueries({ queryKey: ['identity', '/people'] });
    onDone(id);
  };
  return (
    <div className="form-body">
      <Form act={act} submit={say('web.act.save')} onSubmit={() => void act.run(send)} onCancel={onCancel}>
        <h2>{say('web.people.add')}</h2>
        <ChoiceField
          label={say('web.people.org')}
          {...orgs}
          value={given.orgId}
          onChange={(orgId) => setGiven({ ...given, orgId })}
          fault={faults['orgId']}
        />
        <TextField
          label={say('web.people.name')}
          value={given.name}
          onChange={(name) => setGiven({ ...given, name })}
          fault={faults['name']}
        />
        <TextField
          label={say('web.people.phone')}
          value={given.phone}
          onChange={(phone) => setGiven({ ...given, phone })}
          fault={faults['phone']}
        />
        <ManyField
          label={say('web.people.duties')}
          options={DUTIES.map((duty) => ({ value: duty, label: word('identity.duty', duty) }))}
          value={given.duties}
          onChange={(duties) => setGiven({ ...given, duties })}
          fault={faults['duties']}
        />
      </Form>
    </div>
  );
}
