import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { get, post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { clockTime } from '../../time.ts';
import { useDocumentTitle } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useNow } from '../../ui/when.tsx';
import type { Asking } from './acts.tsx';
import { useAlarm } from './alarm.ts';
import { CallForm, type Taken, TakenNote } from './call-form.tsx';
import { Candidates, useCandidates } from './candidates.tsx';
import { DeskHead } from './desk-head.tsx';
import { type Keys, useKeys } from './desk-keys.ts';
import { isCalling, type RowId, useDeskQueue } from './desk-queue.ts';
import { EventPanel } from './event-panel.tsx';
import { IncidentPanel } from './incident-panel.tsx';
import { Queue } from './queue.tsx';
import { foldInQueue, stepInQueue } from './queue-keys.ts';
import type { Candidate, Detail, IncidentPage, QueueEvent } from './rescue-types.ts';
import { SentNote, useSent } from './sent.tsx';
import { Shift } from './shift.tsx';
import { UnplacedPanel } from './unplaced.tsx';
import './desk.css';

const useIncident = (id: string) =>
  useQuery({
    queryKey: ['rescue', 'incident', id],
    queryFn: ({ signal }) => get<Detail>(`/rescue/incidents/${id}`, {}, signal),
    enabled: id !== '',
  });

/** The desk: queue, one incident, who could go. One screen, keyboard first, nothing modal ever hides the queue. */
export function DeskPage() {
  const say = useSay();
  useDocumentTitle(say('rescue.desk.title'));
  const queue = useDeskQueue();
  const { chosen, entries } = queue;
  const open = chosen.incident;
  const incident = useIncident(open);
  const now = useNow().getTime();
  const [form, setForm] = useState<DeskForm>(null);
  const [isArmed, setArmed] = useState(false);
  const [asking, setAsking] = useState<Asking>(null);
  const [taken, setTaken] = useState<Taken | null>(null);
  const reread = useReread();
  const sent = useSent(open, reread);
  const candidates = useCandidates(open);
  const { mutedSeconds, mute } = useAlarm(queue.unplaced.length > 0 || entries.some((e) => isCalling(e, now)), now);
  const show = (row: RowId) => {
    queue.choose(row);
    setForm(null);
    setArmed(false);
    setAsking(null);
  };
  const keys = useDeskKeys({
    open,
    isArmed,
    candidates: candidates.data?.items ?? [],
    setForm,
    setArmed,
    setAsking,
    send: sent.send,
    reread,
  });
  const [keysOn, setKeysOn] = useState(true);
  useKeys(keys, keysOn);
  const find = (code: string) =>
    void knownAt(code).then((id) => (id ? show({ incident: id }) : setForm({ call: code })));
  const keep = (call: Taken) => {
    reread();
    setTaken(call);
    setForm(null);
    openTaken(call, show);
  };
  return (
    <div className="desk">
      <DeskHead
        {...{
          count: queue.query.data?.open ?? 0,
          drills: queue.query.data?.drills ?? 0,
          unplaced: queue.unplaced.length,
          keysOn,
          mutedSeconds,
          mute,
        }}
        onKeys={() => setKeysOn(!keysOn)}
        onFind={find}
        onCall={() => setForm({ call: '' })}
        onShift={() => setForm('shift')}
      />
      <Away isAway={queue.query.isError} readAt={queue.query.data?.now} />
      <div className="desk-panes">
        <Loaded query={queue.query}>{({ left }) => <Queue {...{ queue, left, now }} onOpen={show} />}</Loaded>
        <main className="desk-middle">
          {form !== null ? (
            <Asked form={form} onClose={() => setForm(null)} onTaken={keep} />
          ) : (
            <Chosen {...{ queue, incident, now, asking, setAsking, show, reread, taken }} onPlaced={keep} />
          )}
          <TakenNote taken={taken} onGone={() => setTaken(null)} />
          <SentNote sent={sent} now={now} />
        </main>
        <aside className="desk-side">
          {chosen.event ? <p className="muted desk-hint">{say('rescue.queue.choose')}</p> : null}
          {open === '' || form !== null ? null : (
            <Candidates id={open} isArmed={isArmed} onSend={(c) => void sent.send(c)} />
          )}
        </aside>
      </div>
    </div>
  );
}

/** What became of a call opens: its incident, or itself while nobody knows which elevator it means. */
function openTaken({ kind, callId, incidentId }: Taken, show: (row: RowId) => void): void {
  if (incidentId) show({ incident: incidentId });
  else if (kind === 'entrapment') show({ call: callId });
}

type ChosenProps = {
  queue: ReturnType<typeof useDeskQueue>;
  incident: ReturnType<typeof useIncident>;
  now: number;
  asking: Asking;
  setAsking: (asking: Asking) => void;
  show: (row: RowId) => void;
  reread: () => void;
  taken: Taken | null;
  onPlaced: (call: Taken) => void;
};

/** What is chosen in the queue: a call without an elevator, an event of many, or one incident. */
function Chosen({ queue, incident, now, asking, setAsking, show, reread, taken, onPlaced }: ChosenProps) {
  const { chosen } = queue;
  if (chosen.call)
    return <UnplacedPanel key={chosen.call.id} call={chosen.call} {...{ taken, onPlaced }} onSettled={reread} />;
  if (chosen.event) return <ChosenEvent event={chosen.event} {...{ queue, now, show }} />;
  if (chosen.incident === '') return null;
  return (
    <Loaded query={incident}>
      {(detail) => <IncidentPanel {...{ detail, now, asking }} may="all" onAsk={setAsking} onDone={reread} />}
    </Loaded>
  );
}

/** The open incident of the car with these six digits. None, too, while the server is away: a call is written down then. */
async function knownAt(code: string): Promise<string | undefined> {
  const query = { state: 'open', code, limit: 1 };
  // The form for the call takes the digits along, and says itself what is wrong.
  const found = await get<IncidentPage>('/rescue/incidents', query).catch(() => null);
  return found?.items[0]?.id;
}

type EventProps = {
  event: QueueEvent;
  queue: ReturnType<typeof useDeskQueue>;
  now: number;
  show: (row: RowId) => void;
};

function ChosenEvent({ event, queue, now, show }: EventProps) {
  const isUnfolded = queue.unfolded.has(event.id);
  return (
    <EventPanel
      {...{ event, now, isUnfolded }}
      onFold={() => queue.fold(event.id, isUnfolded)}
      onOpen={(incident) => show({ incident })}
    />
  );
}

/** What the agent fills in, in the place of the incident: a call under a code that was typed, or the shift. */
type DeskForm = { call: string } | 'shift' | null;
type AskedProps = { form: NonNullable<DeskForm>; onClose: () => void; onTaken: (call: Taken) => void };

function Asked({ form, onClose, onTaken }: AskedProps) {
  if (form === 'shift') return <Shift onClose={onClose} />;
  return <CallForm key={form.call} code={form.call} onCancel={onClose} onTaken={onTaken} />;
}

/** The server is away: what is shown has grown old, and everybody at the desk must know. */
function Away({ isAway, readAt }: { isAway: boolean; readAt: string | undefined }) {
  const say = useSay();
  if (!isAway || !readAt) return null;
  return (
    <p className="desk-away" role="alert">
      {say('rescue.desk.away', { time: clockTime(readAt) })}
    </p>
  );
}

/** To the first thing that can be done about what is open: whoever works by keys does not walk through the whole queue. */
function enterOpen(): void {
  document.querySelector<HTMLElement>('.desk-middle :is(input, .ant-btn:not(:disabled))')?.focus();
}

function useReread(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['rescue'] });
}

type KeyDeps = {
  open: string;
  isArmed: boolean;
  candidates: readonly Candidate[];
  setForm: (form: DeskForm) => void;
  setArmed: (on: boolean) => void;
  setAsking: (asking: Asking) => void;
  send: (candidate: Candidate) => Promise<void>;
  reread: () => void;
};

function useDeskKeys(deps: KeyDeps): Keys {
  const { open, isArmed, candidates, setForm, setArmed, setAsking, send, reread } = deps;
  return useMemo(() => {
    const choose = (i: number) => () => {
      const candidate = candidates[i];
      if (!isArmed || !candidate) return;
      setArmed(false);
      void send(candidate);
    };
    const arrive = () =>
      void post(`/rescue/incidents/${open}/reports`, { do: 'arrive', key: crypto.randomUUID() }).finally(reread);
    return {
      KeyN: () => setForm({ call: '' }),
      KeyD: () => setArmed(true),
      KeyA: () => open !== '' && arrive(),
      KeyR: () => setAsking('release'),
      KeyM: () => setAsking('merge'),
      KeyE: enterOpen,
      Escape: () => (setArmed(false), setAsking(null), setForm(null)),
      ArrowDown: () => stepInQueue(1),
      ArrowUp: () => stepInQueue(-1),
      ArrowRight: () => foldInQueue(false),
      ArrowLeft: () => foldInQueue(true),
      Slash: () => document.querySelector<HTMLInputElement>('#desk-find')?.focus(),
      'Shift+Slash': () => document.querySelector<HTMLDetailsElement>('#desk-help')?.toggleAttribute('open'),
      ...Object.fromEntries(
        [1, 2, 3, 4, 5].flatMap((n) => [
          [`Digit${n}`, choose(n - 1)],
          [`Numpad${n}`, choose(n - 1)],
        ]),
      ),
    };
  }, [open, isArmed, candidates, setForm, setArmed, setAsking, send, reread]);
}
