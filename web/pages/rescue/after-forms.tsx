import { useState } from 'react';
import { post } from '../../api.ts';
import { faultsByField } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, LongTextField } from '../../ui/inputs.tsx';
import { useAct } from '../../ui/use-act.ts';
import { CAUSE_CLASSES, causeDetailsOf, causeWord } from './causes.rules.ts';
import type { Detail } from './rescue-types.ts';

type Closing = { id: string; onClose: () => void; onDone: () => void };

/** One report on an incident: sent once, even when the button is pressed twice. */
function useReport({ id, onClose, onDone }: Closing) {
  const act = useAct();
  const [key] = useState(() => crypto.randomUUID());
  const send = (body: Readonly<Record<string, unknown>>) =>
    void act.run(async () => {
      await post(`/rescue/incidents/${id}/reports`, { key, ...body });
      onClose();
      onDone();
    });
  return { act, send };
}

const OUTCOMES = ['all_out', 'not_out', 'unreachable'] as const;
const SATISFACTIONS = ['5', '4', '3', '2', '1'] as const;

/** What the person said who was rung back: is everybody out, and was it well done? */
export function ConfirmForm(props: Closing) {
  const say = useSay();
  const { act, send } = useReport(props);
  const [outcome, setOutcome] = useState('all_out');
  const [satisfaction, setSatisfaction] = useState('');
  const [said, setSaid] = useState('');
  const wasReached = outcome !== 'unreachable';
  const answer = wasReached && satisfaction !== '' ? Number(satisfaction) : null;
  return (
    <Form
      act={act}
      submit={say('rescue.after.confirm')}
      onSubmit={() => send({ do: 'confirm', outcome, satisfaction: answer, said })}
      onCancel={props.onClose}
    >
      <ChoiceField
        label={say('rescue.after.outcome')}
        value={outcome}
        onChange={setOutcome}
        fault={faultsByField(act.problem)['outcome']}
        options={OUTCOMES.map((value) => ({ value, label: say(`rescue.after.outcome.${value}`) }))}
      />
      {wasReached ? (
        <ChoiceField
          label={say('rescue.after.satisfaction')}
          hint={say('rescue.after.satisfaction_hint')}
          value={satisfaction}
          onChange={setSatisfaction}
          options={SATISFACTIONS.map((value) => ({ value, label: say(`rescue.after.satisfaction.${value}`) }))}
        />
      ) : null}
      <LongTextField label={say('rescue.after.said')} value={said} onChange={setSaid} />
    </Form>
  );
}

type CauseProps = Closing & { standing: Detail['causes'][number] | null };

/** Why it happened, in both levels. A cause that stands already is corrected: the new line points at the old. */
export function CauseForm({ standing, ...props }: CauseProps) {
  const say = useSay();
  const { act, send } = useReport(props);
  const [classCode, setClass] = useState(standing?.classCode ?? '');
  const [detailCode, setDetail] = useState(standing?.detailCode ?? '');
  const [remark, setRemark] = useState('');
  const faults = faultsByField(act.problem);
  return (
    <Form
      act={act}
      submit={say(standing ? 'rescue.after.correct_cause' : 'rescue.after.tell_cause')}
      onSubmit={() => send({ do: 'cause', classCode, detailCode, method: '', remark, corrects: standing?.id ?? null })}
      onCancel={props.onClose}
    >
      <ChoiceField
        label={say('rescue.after.cause_class')}
        value={classCode}
        onChange={(code) => {
          setClass(code);
          setDetail('');
        }}
        fault={faults['classCode']}
        options={CAUSE_CLASSES.map((value) => ({ value, label: say(causeWord(value)) }))}
      />
      <ChoiceField
        label={say('rescue.after.cause_detail')}
        value={detailCode}
        onChange={setDetail}
        fault={faults['detailCode']}
        options={causeDetailsOf(classCode).map((value) => ({ value, label: say(causeWord(value)) }))}
      />
      <LongTextField label={say('rescue.after.remark')} value={remark} onChange={setRemark} />
    </Form>
  );
}

/** A line of the timeline that is wrong: nothing is changed, a further line says what is right. */
export function CorrectForm({ seq, ...props }: Closing & { seq: number }) {
  const say = useSay();
  const { act, send } = useReport(props);
  const [text, setText] = useState('');
  return (
    <Form
      act={act}
      submit={say('rescue.after.correct')}
      onSubmit={() => send({ do: 'correct', seq, text })}
      onCancel={props.onClose}
    >
      <LongTextField
        label={say('rescue.after.correction')}
        hint={say('rescue.after.correction_hint')}
        value={text}
        onChange={setText}
        fault={faultsByField(act.problem)['text']}
      />
    </Form>
  );
}
