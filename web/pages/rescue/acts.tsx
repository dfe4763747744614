import Button from 'antd/es/button/index.js';
import Input from 'antd/es/input/index.js';
import { useEffect, useRef, useState } from 'react';
import { post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { HurtChoice } from './hurt-choice.tsx';
import { MergeChoice } from './merge-choice.tsx';
import type { Detail, OrderInput } from './rescue-types.ts';

/** A question that an act asks before it is done: shown in place, never over the queue. */
export type Asking = 'release' | 'dismiss' | 'reopen' | 'merge' | 'hand_off_119' | 'hand_off_110' | null;

type Props = {
  detail: Detail;
  asking: Asking;
  onAsk: (asking: Asking) => void;
  onDone: () => void;
};

const order = (id: string, body: OrderInput) => post(`/rescue/incidents/${id}/orders`, body);
const report = (id: string, body: Readonly<Record<string, unknown>>) =>
  post(`/rescue/incidents/${id}/reports`, { key: crypto.randomUUID(), ...body });

/** What the desk can do now. Buttons that are off say why; the server decides by the same rules. */
export function Acts({ detail, asking, onAsk, onDone }: Props) {
  const say = useSay();
  const { id, version, can } = detail;
  const done = async (work: Promise<unknown>) => {
    await work;
    onDone();
  };
  const isOpen = detail.endedAt === null && detail.releasedAt === null;
  if (asking) return <Question {...{ detail, asking, onAsk, onDone }} />;
  return (
    <div className="row desk-acts">
      {detail.answeredAt || !isOpen ? null : (
        <ActButton label={say('rescue.act.take')} primary onAct={() => done(order(id, { do: 'take', version }))} />
      )}
      {isOpen ? (
        <>
          <ActButton label={`${say('rescue.act.arrived')} A`} onAct={() => done(report(id, { do: 'arrive' }))} />
          <Button onClick={() => onAsk('release')}>{say('rescue.act.released')} R</Button>
          <ActButton
            label={say('rescue.act.escalate')}
            can={can.escalate}
            onAct={() => done(order(id, { do: 'escalate', version }))}
          />
          <Button onClick={() => onAsk('hand_off_119')}>{say('rescue.act.hand_off', { service: '119' })}</Button>
          <Button onClick={() => onAsk('hand_off_110')}>{say('rescue.act.hand_off', { service: '110' })}</Button>
          <ActButton label={say('rescue.act.talk')} onAct={() => done(post(`/rescue/incidents/${id}/talks`))} />
          {can.merge === true ? <Button onClick={() => onAsk('merge')}>{say('rescue.act.merge')} M</Button> : null}
          {can.dismiss === true ? <Button onClick={() => onAsk('dismiss')}>{say('rescue.act.dismiss')}</Button> : null}
        </>
      ) : null}
      {detail.phase === 'released' ? (
        <ActButton
          label={say('rescue.act.close')}
          primary
          can={can.close}
          onAct={() => done(order(id, { do: 'close', version }))}
        />
      ) : null}
      {detail.mustLookAgain ? (
        <ActButton label={say('rescue.act.look')} primary onAct={() => done(order(id, { do: 'look', version }))} />
      ) : null}
      {can.reopen === true ? <Button onClick={() => onAsk('reopen')}>{say('rescue.act.reopen')}</Button> : null}
    </div>
  );
}

function Question({ detail, asking, onAsk, onDone }: Props) {
  const say = useSay();
  const [text, setText] = useState(asking === 'release' ? String(detail.needs.people ?? 1) : '');
  const [isHurt, setHurt] = useState(detail.needs.injuries);
  const { id, version } = detail;
  const work = () => {
    if (asking === 'release')
      return report(id, { do: 'release', people: Number(text), ...(isHurt === null ? {} : { injuries: isHurt }) });
    if (asking === 'dismiss' || asking === 'reopen') return order(id, { do: asking, reason: text, version });
    if (asking === 'merge') return order(id, { do: 'merge', into: text, reason: '', version });
    const service = asking === 'hand_off_119' ? '119' : '110';
    return order(id, { do: 'hand_off', service, takenBy: text, version });
  };
  const label = {
    release: 'how_many',
    dismiss: 'reason',
    reopen: 'reason',
    merge: 'merge_into',
    hand_off_119: 'taken_by',
    hand_off_110: 'taken_by',
  }[asking ?? 'dismiss'];
  const box = useRef<HTMLDivElement>(null);
  // The person has just asked for this question by a key: the next key is its answer.
  useEffect(() => box.current?.querySelector<HTMLElement>('input, select')?.focus(), []);
  return (
    <div className="row desk-acts desk-question" ref={box}>
      <label className="row">
        {say(`rescue.act.${label}`)}
        {asking === 'merge' ? (
          <MergeChoice detail={detail} value={text} onChange={setText} />
        ) : (
          <Input
            value={text}
            inputMode={asking === 'release' ? 'numeric' : 'text'}
            onChange={(e) => setText(e.target.value)}
          />
        )}
      </label>
      {asking === 'release' ? <HurtChoice value={isHurt} onChange={setHurt} /> : null}
      <ActButton
        label={say('rescue.act.do')}
        primary
        onAct={async () => {
          await work();
          onAsk(null);
          onDone();
        }}
      />
      <Button onClick={() => onAsk(null)}>{say('web.act.cancel')}</Button>
    </div>
  );
}
