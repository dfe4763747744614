import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { get, post } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { TextField } from '../../ui/inputs.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Facts } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { PapersPart } from './papers.tsx';
import type { Person } from './people.tsx';
import { CERTIFICATE_KINDS } from './vocabulary.ts';

/** One person beside the list. */
export function PersonSheet({ id, mayKeep }: { id: string; mayKeep: boolean }) {
  const person = useQuery({
    queryKey: ['identity', '/people', id],
    queryFn: ({ signal }) => get<Person>(`/people/${id}`, {}, signal),
  });
  return <Loaded query={person}>{(data) => <PersonFacts person={data} mayKeep={mayKeep} />}</Loaded>;
}

function PersonFacts({ person, mayKeep }: { person: Person; mayKeep: boolean }) {
  const say = useSay();
  const word = useWord();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: ['identity', '/people'] });
  return (
    <article className="file-body">
      <h1>{person.name}</h1>
      {person.leftOn ? <Mark tone="unknown">{say('web.people.left_on', { on: person.leftOn })}</Mark> : null}
      <Facts
        rows={[
          [say('web.people.org'), person.org?.name],
          [say('web.people.phone'), person.phone],
          [say('web.people.duties'), person.duties.map((duty) => word('identity.duty', duty)).join(say('web.and'))],
        ]}
      />
      <Unmasking id={person.id} />
      <PapersPart
        title={say('web.people.certificates')}
        words="identity.certificate"
        kinds={CERTIFICATE_KINDS}
        path={`/people/${person.id}/certificates`}
        papers={person.certificates}
        mayKeep={mayKeep}
        onChanged={refresh}
      />
      {mayKeep && !person.leftOn ? (
        <ActButton
          label={say('web.people.leave')}
          confirm={{
            title: say('web.people.leave_title', { name: person.name }),
            consequence: say('web.people.leave_consequence'),
          }}
          onAct={async () => {
            await post(`/people/${person.id}/leaving`);
            await refresh();
          }}
        />
      ) : null}
    </article>
  );
}

/** Name and phone in full, for a reason that is written down. */
function Unmasking({ id }: { id: string }) {
  const say = useSay();
  const act = useAct();
  const [reason, setReason] = useState('');
  const [shown, setShown] = useState<{ name: string; phone: string } | null>(null);
  if (shown) {
    return (
      <Facts
        rows={[
          [say('web.people.name'), shown.name],
          [
            say('web.people.phone'),
            <a key="phone" href={`tel:${shown.phone}`}>
              {shown.phone}
            </a>,
          ],
        ]}
      />
    );
  }
  const look = () => act.run(async () => setShown(await post(`/people/${id}/unmasking`, { reason })));
  return (
    <Form act={act} submit={say('web.people.unmask')} onSubmit={() => void look()}>
      <TextField
        label={say('web.people.reason')}
        hint={say('web.people.reason_hint')}
        value={reason}
        onChange={setReason}
      />
    </Form>
  );
}
