import { useState } from 'react';
import type { z } from 'zod';
import type { callTaken } from '../../../contract/rescue-acts.ts';
import { post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, LongTextField, TextField } from '../../ui/inputs.tsx';
import { useAct } from '../../ui/use-act.ts';
import { NEEDS } from './rescue-types.ts';

type Taken = z.infer<typeof callTaken>;
const KINDS = ['entrapment', 'fault', 'complaint', 'question', 'false_alarm'] as const;

type Props = { code: string; onTaken: (taken: Taken) => void; onCancel: () => void };

/** A call as the agent writes it down: the code first, then who and how many. Stands beside the queue, never over it. */
export function CallForm({ code: first, onTaken, onCancel }: Props) {
  const say = useSay();
  const act = useAct();
  const [connectedAt] = useState(() => new Date().toISOString());
  const [key] = useState(() => crypto.randomUUID());
  const [code, setCode] = useState(first);
  const [kind, setKind] = useState<string>('entrapment');
  const [caller, setCaller] = useState('');
  const [people, setPeople] = useState('');
  const [said, setSaid] = useState('');
  const [routedTo, setRoutedTo] = useState('');
  const [callBackWanted, setCallBack] = useState(false);
  const [claimText, setClaimText] = useState(false);
  const isTrapped = kind === 'entrapment';
  const [needs, setNeeds] = useState<ReadonlySet<string>>(new Set());
  const save = () =>
    act.run(async () => {
      const facts = Object.fromEntries([...needs].map((n) => [n, true]));
      const count = people === '' ? {} : { people: Number(people) };
      const found = isTrapped ? { ...facts, ...count } : {};
      const told = { caller, said, routedTo: isTrapped ? '' : routedTo, callBackWanted, claimText };
      const body = { key, kind, connectedAt, ...told, needs: found, ...(code ? { code } : {}) };
      onTaken(await post<Taken>('/rescue/calls', body));
    });
  const toggle = (need: string) =>
    setNeeds((was) => new Set(was.has(need) ? [...was].filter((n) => n !== need) : [...was, need]));
  return (
    <div className="desk-incident">
      <h1>{say('rescue.desk.new_call')}</h1>
      <Form act={act} submit={say('rescue.call.save')} onSubmit={() => void save()} onCancel={onCancel}>
        <TextField label={say('rescue.call.code')} value={code} onChange={setCode} />
        <ChoiceField
          label={say('rescue.call.kind')}
          value={kind}
          onChange={setKind}
          options={KINDS.map((k) => ({ value: k, label: say(`rescue.call.kind.${k}`) }))}
        />
        {isTrapped ? (
          <>
            <TextField
              label={say('rescue.call.people')}
              value={people}
              onChange={(text) => setPeople(text.replace(/\D/g, ''))}
            />
            <fieldset className="desk-needs">
              {NEEDS.map((n) => (
                <label key={n}>
                  <input type="checkbox" checked={needs.has(n)} onChange={() => toggle(n)} /> {say(`rescue.need.${n}`)}
                </label>
              ))}
            </fieldset>
          </>
        ) : (
          <TextField label={say('rescue.calls.routed_to')} value={routedTo} onChange={setRoutedTo} />
        )}
        <TextField label={say('rescue.call.caller')} value={caller} onChange={setCaller} />
        <LongTextField label={say('rescue.call.said')} value={said} onChange={setSaid} />
        <label>
          <input type="checkbox" checked={callBackWanted} onChange={() => setCallBack(!callBackWanted)} />{' '}
          {say('rescue.calls.call_back_wanted')}
        </label>
        {isTrapped && caller !== '' ? (
          <label>
            <input type="checkbox" checked={claimText} onChange={() => setClaimText(!claimText)} />{' '}
            {say('rescue.call.claim_text')}
          </label>
        ) : null}
      </Form>
    </div>
  );
}
