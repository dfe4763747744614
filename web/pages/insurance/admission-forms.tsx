import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { schemeView } from '../../../contract/insurance-filing.ts';
import { post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, LongTextField } from '../../ui/inputs.tsx';
import { useAct } from '../../ui/use-act.ts';
import type { Admission } from './admissions.tsx';

/** Do something and read insurance anew. */
function useSend() {
  const queries = useQueryClient();
  return async (path: string, body: unknown) => {
    await post(path, body);
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
}

/** An insurer says, criterion by criterion, how it meets what was published. */
export function AskForm({ scheme }: { scheme: z.infer<typeof schemeView> }) {
  const say = useSay();
  const act = useAct();
  const send = useSend();
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
  const given = scheme.criteria.flatMap(({ id }) => {
    const answer = answers[id]?.trim() ?? '';
    return answer === '' ? [] : [{ criterion: id, answer }];
  });
  return (
    <Form
      act={act}
      submit={say('web.admissions.ask')}
      onSubmit={() => void act.run(() => send(`/insurance/schemes/${scheme.id}/admissions`, { answers: given }))}
    >
      {scheme.criteria.length === 0 ? <p className="muted">{say('web.admissions.no_criteria')}</p> : null}
      {scheme.criteria.map(({ id, name }) => (
        <LongTextField
          key={id}
          label={name}
          value={answers[id] ?? ''}
          onChange={(value) => setAnswers({ ...answers, [id]: value })}
        />
      ))}
    </Form>
  );
}

/** The regulator admits, or refuses by a published criterion with a reason. */
export function DecisionForm({ admission }: { admission: Admission }) {
  const say = useSay();
  const act = useAct();
  const send = useSend();
  const [given, setGiven] = useState({ criterion: '', reason: '' });
  const path = `/insurance/admissions/${admission.id}/decision`;
  return (
    <section className="file-part">
      <h2>{say('web.admissions.decision')}</h2>
      <ActButton
        primary
        label={say('web.admissions.admit')}
        confirm={{ title: admission.insurer, consequence: say('web.admissions.admit_means') }}
        onAct={() => send(path, { admitted: true })}
      />
      <Form
        act={act}
        secondary
        submit={say('web.admissions.refuse')}
        onSubmit={() => void act.run(() => send(path, { admitted: false, ...given }))}
      >
        <ChoiceField
          label={say('web.admissions.criterion')}
          options={admission.criteria.map((c) => ({ value: c.id, label: c.name }))}
          value={given.criterion}
          onChange={(criterion) => setGiven({ ...given, criterion })}
        />
        <LongTextField
          label={say('web.admissions.reason')}
          value={given.reason}
          onChange={(reason) => setGiven({ ...given, reason })}
        />
      </Form>
    </section>
  );
}

/** A refused insurer says once why the decision is wrong. */
export function AppealForm({ admission }: { admission: Admission }) {
  const say = useSay();
  const act = useAct();
  const send = useSend();
  const [appeal, setAppeal] = useState('');
  return (
    <Form
      act={act}
      submit={say('web.admissions.send_appeal')}
      onSubmit={() => void act.run(() => send(`/insurance/admissions/${admission.id}/appeal`, { appeal }))}
    >
      <LongTextField label={say('web.admissions.appeal')} value={appeal} onChange={setAppeal} />
    </Form>
  );
}
