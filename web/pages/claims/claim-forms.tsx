import { useState } from 'react';
import type { ClaimActIn } from '../../../contract/insurance-claims.ts';
import { REFUSALS } from '../../../contract/insurance-vocabulary.ts';
import { useSay } from '../../say.ts';
import { cityInstant, cityLocal } from '../../time.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, LongTextField, ManyField, MomentField, TextField } from '../../ui/inputs.tsx';
import { fenTyped, yuan } from '../../ui/money.ts';
import { type Act, useAct } from '../../ui/use-act.ts';
import { actOn, type ClaimFormProps } from './claim-acts.tsx';
import { useReread } from './use-reread.ts';

/** Do an act and shut its form when it was done. */
export function useClaimAct({ claim, onDone }: ClaimFormProps): { act: Act; send: (what: ClaimActIn) => void } {
  const act = useAct();
  const reread = useReread();
  const send = (what: ClaimActIn) =>
    void act
      .run(async () => {
        await actOn(claim, what);
        await reread();
      })
      .then((done) => (done ? onDone() : undefined));
  return { act, send };
}

const linesOf = (text: string): string[] =>
  text
    .split(/[\n，,、;；]/)
    .map((line) => line.trim())
    .filter(Boolean);

/** The one list of missing papers: there is no second. */
export function AskPapersForm(props: ClaimFormProps) {
  const say = useSay();
  const { act, send } = useClaimAct(props);
  const [text, setText] = useState('');
  return (
    <Form
      act={act}
      submit={say('claims.act.ask_papers')}
      onSubmit={() => send({ do: 'ask_papers', papers: linesOf(text) })}
      onCancel={props.onDone}
    >
      <LongTextField
        label={say('claims.papers_list')}
        hint={say('claims.papers_list_hint')}
        value={text}
        onChange={setText}
      />
    </Form>
  );
}

export function ReceivePapersForm(props: ClaimFormProps) {
  const say = useSay();
  const { act, send } = useClaimAct(props);
  const [papers, setPapers] = useState<string[]>([...props.claim.papersMissing]);
  return (
    <Form
      act={act}
      submit={say('claims.act.receive_papers')}
      onSubmit={() => send({ do: 'receive_papers', papers })}
      onCancel={props.onDone}
    >
      <ManyField
        label={say('claims.papers_came')}
        options={props.claim.papersMissing.map((paper) => ({ value: paper, label: paper }))}
        value={papers}
        onChange={setPapers}
      />
    </Form>
  );
}

export function ReserveForm(props: ClaimFormProps) {
  const say = useSay();
  const { act, send } = useClaimAct(props);
  const { reserve } = props.claim;
  const [amount, setAmount] = useState(reserve === null ? '' : (reserve / 100).toFixed(2));
  const [reason, setReason] = useState('');
  const fen = fenTyped(amount);
  return (
    <Form
      act={act}
      submit={say('claims.act.set_reserve')}
      onSubmit={() => (fen === null ? undefined : send({ do: 'set_reserve', amount: fen, reason }))}
      onCancel={props.onDone}
    >
      <TextField
        label={say('claims.amount_yuan')}
        hint={fen === null ? say('claims.amount_hint') : yuan(fen)}
        value={amount}
        onChange={setAmount}
      />
      <LongTextField label={say('claims.reason')} value={reason} onChange={setReason} />
    </Form>
  );
}

export function RefuseForm(props: ClaimFormProps) {
  const say = useSay();
  const { act, send } = useClaimAct(props);
  const [reason, setReason] = useState('');
  const [text, setText] = useState('');
  const known = REFUSALS.find((r) => r === reason);
  return (
    <Form
      act={act}
      submit={say('claims.act.refuse')}
      onSubmit={() => (known ? send({ do: 'refuse', reason: known, text }) : undefined)}
      onCancel={props.onDone}
    >
      <ChoiceField
        label={say('claims.refusal_reason')}
        options={REFUSALS.map((value) => ({ value, label: say(`insurance.refusal_reason.${value}`) }))}
        value={reason}
        onChange={setReason}
      />
      <LongTextField
        label={say('claims.refusal_text')}
        hint={say('claims.refusal_hint')}
        value={text}
        onChange={setText}
      />
    </Form>
  );
}

export function SentForm(props: ClaimFormProps) {
  const say = useSay();
  const { act, send } = useClaimAct(props);
  const [at, setAt] = useState(() => cityLocal(new Date()));
  return (
    <Form
      act={act}
      submit={say('claims.act.send_refusal')}
      onSubmit={() => send({ do: 'send_refusal', at: cityInstant(at) })}
      onCancel={props.onDone}
    >
      <MomentField label={say('claims.sent_at')} value={at} onChange={setAt} />
    </Form>
  );
}

export function ReasonForm(props: ClaimFormProps) {
  const say = useSay();
  const { act, send } = useClaimAct(props);
  const [reason, setReason] = useState('');
  return (
    <Form
      act={act}
      submit={say('claims.act.reopen')}
      onSubmit={() => send({ do: 'reopen', reason })}
      onCancel={props.onDone}
    >
      <LongTextField
        label={say('claims.reason')}
        hint={say('claims.reopen_hint')}
        value={reason}
        onChange={setReason}
      />
    </Form>
  );
}
