import Button from 'antd/es/button/index.js';
import { type ReactNode, useState } from 'react';
import { post } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Mark } from '../../ui/mark.tsx';
import { When } from '../../ui/when.tsx';
import { CauseForm, ConfirmForm } from './after-forms.tsx';
import { causeWord } from './causes.rules.ts';
import type { Detail } from './rescue-types.ts';

/** What the reader may write down: the desk everything, those who were there the cause, others nothing. */
export type May = 'all' | 'cause' | 'nothing';
type Props = { detail: Detail; may: May; onDone: () => void };

/** What comes beside and after a rescue: who called, talks with the car, the call back, and why it happened. */
export function After({ detail, may, onDone }: Props) {
  return (
    <>
      <Calls detail={detail} />
      <Peers detail={detail} />
      <Talks {...{ detail, may, onDone }} />
      {detail.releasedAt || detail.endedAt ? (
        <>
          <Confirmations {...{ detail, may, onDone }} />
          <Causes {...{ detail, may, onDone }} />
        </>
      ) : null}
    </>
  );
}

type PartProps = { title: string; act: string; form: ((close: () => void) => ReactNode) | null; children: ReactNode };

/** A part of the file, and the form that adds to it. */
function Part({ title, act, form, children }: PartProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="desk-part">
      <h2>
        {title}
        {form && !isOpen ? (
          <Button size="small" onClick={() => setOpen(true)}>
            {act}
          </Button>
        ) : null}
      </h2>
      {form && isOpen ? form(() => setOpen(false)) : null}
      {children}
    </section>
  );
}

const OUTCOME_TONES = { all_out: 'good', not_out: 'danger', unreachable: 'warn' } as const;

function Confirmations({ detail, may, onDone }: Props) {
  const say = useSay();
  const form = (close: () => void) => <ConfirmForm id={detail.id} onClose={close} onDone={onDone} />;
  return (
    <Part title={say('rescue.after.confirmed')} act={say('rescue.after.confirm')} form={may === 'all' ? form : null}>
      {detail.confirmations.length === 0 ? <p className="muted">{say('rescue.after.not_confirmed')}</p> : null}
      <ol className="desk-lines">
        {detail.confirmations.map((c) => (
          <li key={c.id}>
            <When at={c.at} />
            <Mark tone={OUTCOME_TONES[c.outcome]}>{say(`rescue.after.outcome.${c.outcome}`)}</Mark>
            {c.satisfaction === null ? null : <span>{say(`rescue.after.satisfaction.${c.satisfaction}`)}</span>}
            <span className="muted">{c.said}</span>
          </li>
        ))}
      </ol>
    </Part>
  );
}

function Causes({ detail, may, onDone }: Props) {
  const say = useSay();
  const word = useWord();
  const corrected = new Set(detail.causes.map((c) => c.corrects));
  const standing = detail.causes.findLast((c) => c.stage === 'final' && !corrected.has(c.id)) ?? null;
  const form = (close: () => void) => <CauseForm {...{ id: detail.id, standing, onDone }} onClose={close} />;
  return (
    <Part
      title={say('rescue.after.cause')}
      act={say(standing ? 'rescue.after.correct_cause' : 'rescue.after.tell_cause')}
      form={may === 'nothing' ? null : form}
    >
      {detail.causes.length === 0 ? <p className="muted">{say('rescue.after.no_cause')}</p> : null}
      <ol className="desk-lines">
        {detail.causes.map((c) => (
          <li key={c.id} className={corrected.has(c.id) ? 'desk-corrected' : undefined}>
            <When at={c.at} />
            <Mark tone={c.stage === 'final' ? 'good' : 'unknown'}>{say(`rescue.after.stage.${c.stage}`)}</Mark>
            <b>
              {[c.classCode, c.detailCode]
                .filter((code) => code.length > 0 && code !== '0')
                .map((code) => say(causeWord(code)))
                .join(' › ')}
            </b>
            <span className="muted">
              {[c.method && word('phone.method', c.method), c.remark].filter(Boolean).join(' · ')}
            </span>
            {corrected.has(c.id) ? <Mark tone="unknown">{say('rescue.after.corrected')}</Mark> : null}
          </li>
        ))}
      </ol>
    </Part>
  );
}

/** Said where no telephony is connected: nobody knows whether the two talk yet. */
const BY_HAND = 'rescue.talk_by_hand';

function Talks({ detail, may, onDone }: Props) {
  const say = useSay();
  if (detail.talks.length === 0) return null;
  return (
    <section className="desk-part">
      <h2>{say('rescue.after.talks')}</h2>
      <ol className="desk-lines">
        {detail.talks.map((talk) => (
          <li key={talk.id}>
            <When at={talk.startedAt} />
            <Mark tone={talk.outcome === 'failed' ? 'warn' : talk.endedAt ? 'good' : 'accent'}>
              {say(`rescue.after.talk.${talk.outcome ?? (talk.reason === BY_HAND ? 'by_hand' : 'running')}`)}
            </Mark>
            <span className="muted">{talk.reason ? say(talk.reason) : ''}</span>
            {talk.endedAt === null && may === 'all' ? (
              <ActButton
                label={say('rescue.after.hang_up')}
                onAct={() => post(`/rescue/talks/${talk.id}/end`).then(onDone)}
              />
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Calls({ detail }: { detail: Detail }) {
  const say = useSay();
  if (detail.calls.length === 0) return null;
  return (
    <section className="desk-part">
      <h2>{say('rescue.after.calls')}</h2>
      <ol className="desk-lines">
        {detail.calls.map((call) => (
          <li key={call.id}>
            <When at={call.at} />
            <span>{say(`rescue.calls.channel.${call.channel}`)}</span>
            <span>{call.said}</span>
            {call.callBack === '' ? null : (
              <Mark tone={call.callBack === 'wanted' ? 'warn' : 'good'}>
                {say(`rescue.calls.call_back.${call.callBack}`)}
              </Mark>
            )}
            <span className="muted">{call.callBackSaid}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

const PEER_TONES = { waiting: 'warn', acknowledged: 'good', needless: 'plain' } as const;

/** Who asked whom, of the platforms of other cities; what has not arrived there stands out. */
function Peers({ detail }: { detail: Detail }) {
  const say = useSay();
  if (detail.peers.length === 0) return null;
  return (
    <section className="desk-part">
      <h2>{say('rescue.after.peers')}</h2>
      <ol className="desk-lines">
        {detail.peers.map(({ id, at, peer, what, state, attempts }) => (
          <li key={id}>
            <When at={at} />
            <span>{say(`rescue.after.peer.${what}`, { peer })}</span>
            <Mark tone={PEER_TONES[state]}>{say(`rescue.after.peer_state.${state}`, { attempts })}</Mark>
          </li>
        ))}
      </ol>
    </section>
  );
}
