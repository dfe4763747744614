import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import type { callTaken } from '../../../contract/rescue-acts.ts';
import { post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { LongTextField, TextField } from '../../ui/inputs.tsx';
import { useAct } from '../../ui/use-act.ts';
import { useLatest } from '../../ui/use-latest.ts';
import { ElevatorField, type Sought, useSought } from './elevator-field.tsx';
import { NEEDS } from './rescue-types.ts';

export type Taken = z.infer<typeof callTaken> & { kind: string };
const KINDS = ['entrapment', 'fault', 'complaint', 'question', 'false_alarm'] as const;

type Props = { code: string; onTaken: (taken: Taken) => void; onCancel: () => void };

/** A call as the agent writes it down: the code first, then who and how many. Stands beside the queue, never over it. */
export function CallForm({ code: first, onTaken, onCancel }: Props) {
  const say = useSay();
  const act = useAct();
  const [connectedAt] = useState(() => new Date().toISOString());
  const [key] = useState(() => crypto.randomUUID());
  const sought = useSought(first);
  const [kind, setKind] = useState<Kind>('entrapment');
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
      // What was ticked for another kind, or a number since taken out, was not asked for.
      const wanted = { callBackWanted, claimText: claimText && isTrapped && caller !== '' };
      const { where, unknown } = whereOf(sought);
      const told = {
        caller,
        said: [unknown, said].filter(Boolean).join(' · '),
        routedTo: isTrapped ? '' : routedTo,
        ...wanted,
      };
      const body = { key, kind, connectedAt, ...told, needs: found, ...where };
      onTaken({ ...(await post<z.infer<typeof callTaken>>('/rescue/calls', body)), kind });
    });
  const toggle = (need: string) =>
    setNeeds((was) => new Set(was.has(need) ? [...was].filter((n) => n !== need) : [...was, need]));
  const box = useRef<HTMLDivElement>(null);
  // The agent has just asked for this form by a key: what he types next is the code.
  useEffect(() => box.current?.querySelector('input')?.focus(), []);
  return (
    <div className="desk-incident" ref={box}>
      <h1>{say('rescue.desk.new_call')}</h1>
      <Form act={act} submit={say('rescue.call.save')} onSubmit={() => void save()} onCancel={onCancel}>
        <ElevatorField sought={sought} />
        <KindChoice kind={kind} onChange={setKind} />
        {isTrapped ? (
          <>
            <TextField
              label={say('rescue.call.people')}
              value={people}
              onChange={(text) => setPeople(text.replace(/\D/g, ''))}
            />
            <NeedChoice needs={needs} onToggle={toggle} />
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

type Kind = (typeof KINDS)[number];

/** What the call is: arrow keys choose. */
function KindChoice({ kind, onChange }: { kind: Kind; onChange: (kind: Kind) => void }) {
  const say = useSay();
  return (
    <fieldset className="desk-needs">
      <legend>{say('rescue.call.kind')}</legend>
      {KINDS.map((k) => (
        <label key={k}>
          <input type="radio" name="kind" checked={kind === k} onChange={() => onChange(k)} />{' '}
          {say(`rescue.call.kind.${k}`)}
        </label>
      ))}
    </fieldset>
  );
}

function NeedChoice({ needs, onToggle }: { needs: ReadonlySet<string>; onToggle: (need: string) => void }) {
  const say = useSay();
  return (
    <fieldset className="desk-needs">
      {NEEDS.map((n) => (
        <label key={n}>
          <input type="checkbox" checked={needs.has(n)} onChange={() => onToggle(n)} /> {say(`rescue.need.${n}`)}
        </label>
      ))}
    </fieldset>
  );
}

/**
 * The elevator that was found. While the answer is still on its way the server looks the code up itself; what was not found is
 * kept with what was said, and the desk goes on looking: nobody who is trapped is turned away for a wrong digit.
 */
function whereOf({ car, text, isAsking }: Sought): { where: { elevatorId?: string; code?: string }; unknown: string } {
  if (car) return { where: { elevatorId: car.id }, unknown: '' };
  const typed = text.trim();
  return isAsking && typed !== '' ? { where: { code: typed }, unknown: '' } : { where: {}, unknown: typed };
}

const NOTE_MS = 8_000;

/** What became of the call that was just written down, for a moment. */
export function TakenNote({ taken, onGone }: { taken: Taken | null; onGone: () => void }) {
  const say = useSay();
  const gone = useLatest(onGone);
  useEffect(() => {
    if (!taken) return undefined;
    const timer = setTimeout(() => gone.current(), NOTE_MS);
    return () => clearTimeout(timer);
  }, [taken, gone]);
  if (!taken) return null;
  const became =
    taken.incidentId === null
      ? taken.kind === 'entrapment'
        ? 'unplaced'
        : 'kept'
      : taken.joined
        ? 'joined'
        : 'opened';
  return (
    <p className="desk-sent" role="status">
      {say(`rescue.call.${became}`, { number: taken.number })}
    </p>
  );
}
