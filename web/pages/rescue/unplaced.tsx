import Button from 'antd/es/button/index.js';
import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import type { callTaken } from '../../../contract/rescue-acts.ts';
import { post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { clockOf } from '../../time.ts';
import { Form } from '../../ui/form.tsx';
import { TextField } from '../../ui/inputs.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Facts } from '../../ui/page.tsx';
import { useAct } from '../../ui/use-act.ts';
import { When } from '../../ui/when.tsx';
import type { Taken } from './call-form.tsx';
import { CallerNumber } from './call-sheet.tsx';
import { ElevatorField, useSought } from './elevator-field.tsx';
import { NEEDS, type UnplacedCall } from './rescue-types.ts';

type RowProps = { call: UnplacedCall; isOpen: boolean; now: number; onOpen: () => void };

/** Somebody asks for help, nobody knows where: above all who are known, because nobody is on the way. */
export function UnplacedRow({ call, isOpen, now, onOpen }: RowProps) {
  const say = useSay();
  return (
    <button
      type="button"
      className={['desk-row fresh', isOpen && 'open'].filter(Boolean).join(' ')}
      aria-current={isOpen}
      onClick={onOpen}
    >
      <span className="desk-row-head">
        <Mark tone="danger">{say('rescue.unplaced.title')}</Mark>
        <b className="desk-clock">{clockOf((now - Date.parse(call.at)) / 1_000)}</b>
        <span className="muted desk-timer">{say(`rescue.calls.channel.${call.channel}`)}</span>
      </span>
      <span className="desk-row-place">{call.said || call.caller || say('rescue.unplaced.nothing_said')}</span>
      <Needed call={call} />
    </button>
  );
}

function Needed({ call }: { call: UnplacedCall }) {
  const say = useSay();
  const needed = NEEDS.filter((n) => call.needs[n]);
  if (needed.length === 0) return null;
  return (
    <span className="desk-row-foot">
      {needed.map((n) => (
        <Mark key={n} tone="danger">
          {say(`rescue.need.${n}`)}
        </Mark>
      ))}
    </span>
  );
}

type PanelProps = {
  call: UnplacedCall;
  taken: Taken | null; // what was just written down
  onPlaced: (taken: Taken) => void;
  onSettled: () => void;
};

/** Find out which elevator is meant: what was said, the number to ring, one box that finds it, and help is on its way. */
export function UnplacedPanel({ call, taken: written, onPlaced, onSettled }: PanelProps) {
  const say = useSay();
  const act = useAct();
  const sought = useSought('');
  const [isSettling, setSettling] = useState(false);
  const [isMissing, setMissing] = useState(false);
  const place = async () => {
    setMissing(sought.car === null);
    if (!sought.car) return;
    const taken = await post<z.infer<typeof callTaken>>(`/rescue/calls/${call.id}/place`, {
      elevatorId: sought.car.id,
    });
    onPlaced({ ...taken, kind: 'entrapment' });
  };
  const { people } = call.needs;
  const box = useRef<HTMLDivElement>(null);
  const isJustWritten = written?.callId === call.id;
  // The caller is still on the line: what the agent types next is where he is.
  useEffect(() => {
    if (isJustWritten) box.current?.querySelector('input')?.focus();
  }, [isJustWritten]);
  return (
    <div className="desk-incident" ref={box}>
      <p className="row">
        <Mark tone="danger">{say('rescue.unplaced.title')}</Mark>
        <Needed call={call} />
      </p>
      <h1>{say('rescue.unplaced.what')}</h1>
      <Facts
        rows={[
          [say('rescue.calls.at'), <When key="at" at={call.at} />],
          [say('rescue.calls.channel'), say(`rescue.calls.channel.${call.channel}`)],
          [say('rescue.call.said'), call.said || '—'],
          [say('rescue.call.people'), people === null ? '—' : say('rescue.desk.people', { n: people })],
        ]}
      />
      {isSettling ? (
        <Settle call={call} onDone={onSettled} onCancel={() => setSettling(false)} />
      ) : (
        <>
          <Form act={act} submit={say('rescue.unplaced.place')} onSubmit={() => void act.run(place)}>
            <ElevatorField {...{ sought, isMissing }} />
          </Form>
          {call.caller ? (
            <div className="desk-part">
              <h2>{say('rescue.unplaced.ring')}</h2>
              <CallerNumber call={call} reason={say('rescue.unplaced.ring_reason')} />
            </div>
          ) : null}
          <p className="row desk-part">
            <Button onClick={() => setSettling(true)}>{say('rescue.unplaced.settle')}</Button>
          </p>
        </>
      )}
    </div>
  );
}

type SettleProps = { call: UnplacedCall; onDone: () => void; onCancel: () => void };

function Settle({ call, onDone, onCancel }: SettleProps) {
  const say = useSay();
  const act = useAct();
  const [reason, setReason] = useState('');
  const send = async () => {
    await post(`/rescue/calls/${call.id}/settlement`, { reason });
    onDone();
  };
  return (
    <Form act={act} submit={say('rescue.unplaced.settle')} onSubmit={() => void act.run(send)} onCancel={onCancel}>
      <TextField label={say('rescue.unplaced.reason')} value={reason} onChange={setReason} />
    </Form>
  );
}
