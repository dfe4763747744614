import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { get, post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { clockTime } from '../../time.ts';
import { useDocumentTitle } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useNow } from '../../ui/when.tsx';
import type { Asking } from './acts.tsx';
import { useAlarm } from './alarm.ts';
import { CallForm } from './call-form.tsx';
import { Candidates, useCandidates } from './candidates.tsx';
import { DeskHead } from './desk-head.tsx';
import { type Keys, useKeys } from './desk-keys.ts';
import { IncidentPanel } from './incident-panel.tsx';
import { Queue } from './queue.tsx';
import type { Candidate, Detail, IncidentPage, Item } from './rescue-types.ts';
import { SentNote, useSent } from './sent.tsx';
import { Shift } from './shift.tsx';
import './desk.css';

/** Asked again this often in case the stream is away: a queue must never be silently old. */
const REREAD_MS = 5_000;
const NO_ITEMS: readonly Item[] = [];

const useQueue = () =>
  useQuery({
    queryKey: ['rescue', 'queue'],
    queryFn: ({ signal }) => get<IncidentPage>('/rescue/incidents', { state: 'open', limit: 500 }, signal),
    refetchInterval: REREAD_MS,
  });

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
  const [params, setParams] = useSearchParams();
  const queue = useQueue();
  const items = queue.data?.items ?? NO_ITEMS;
  const open = params.get('incident') ?? items[0]?.id ?? '';
  const incident = useIncident(open);
  const now = useNow().getTime();
  const [form, setForm] = useState<DeskForm>(null);
  const [isArmed, setArmed] = useState(false);
  const [asking, setAsking] = useState<Asking>(null);
  const reread = useReread();
  const sent = useSent(open, reread);
  const candidates = useCandidates(open);
  const { mutedSeconds, mute } = useAlarm(
    items.some((i) => isCalling(i, now)),
    now,
  );
  const show = (id: string) => {
    setParams({ incident: id }, { replace: true });
    setForm(null);
    setArmed(false);
    setAsking(null);
  };
  const keys = useDeskKeys({
    items,
    open,
    isArmed,
    candidates: candidates.data?.items ?? [],
    show,
    setForm,
    setArmed,
    setAsking,
    send: sent.send,
    reread,
  });
  const [keysOn, setKeysOn] = useState(true);
  useKeys(keys, keysOn);
  const find = (code: string) => {
    const known = items.find((i) => i.rescueCode === code);
    if (known) show(known.id);
    else setForm({ call: code });
  };
  return (
    <div className="desk">
      <DeskHead
        {...{ count: items.length, keysOn, mutedSeconds, mute }}
        onKeys={() => setKeysOn(!keysOn)}
        onFind={find}
        onCall={() => setForm({ call: '' })}
        onShift={() => setForm('shift')}
      />
      <Away isAway={queue.isError} readAt={queue.data?.now} />
      <div className="desk-panes">
        <Loaded query={queue}>{() => <Queue items={items} open={open} now={now} onOpen={show} />}</Loaded>
        <main className="desk-middle">
          {form !== null ? (
            <Asked form={form} onClose={() => setForm(null)} onTaken={(id) => (reread(), show(id))} />
          ) : open === '' ? null : (
            <Loaded query={incident}>
              {(detail) => <IncidentPanel {...{ detail, items, now, asking }} onAsk={setAsking} onDone={reread} />}
            </Loaded>
          )}
          <SentNote sent={sent} now={now} />
        </main>
        <aside className="desk-side">
          {open === '' ? null : <Candidates id={open} isArmed={isArmed} onSend={(c) => void sent.send(c)} />}
        </aside>
      </div>
    </div>
  );
}

/** What the agent fills in, in the place of the incident: a call under a code that was typed, or the shift. */
type DeskForm = { call: string } | 'shift' | null;
type AskedProps = { form: NonNullable<DeskForm>; onClose: () => void; onTaken: (incidentId: string) => void };

function Asked({ form, onClose, onTaken }: AskedProps) {
  if (form === 'shift') return <Shift onClose={onClose} />;
  const taken = (incidentId: string | null) => (incidentId ? onTaken(incidentId) : onClose());
  return (
    <CallForm key={form.call} code={form.call} onCancel={onClose} onTaken={({ incidentId }) => taken(incidentId)} />
  );
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

/** Nobody has accepted and the time to do so is over, or the desk itself is asked for. */
const isCalling = (item: Item, now: number): boolean =>
  item.releasedAt === null &&
  !item.drill &&
  (item.phase === 'raised' ||
    (item.timer !== null && (item.timer.kind === 'hand_off' || Date.parse(item.timer.dueAt) < now)));

function useReread(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['rescue'] });
}

type KeyDeps = {
  items: readonly Item[];
  open: string;
  isArmed: boolean;
  candidates: readonly Candidate[];
  show: (id: string) => void;
  setForm: (form: DeskForm) => void;
  setArmed: (on: boolean) => void;
  setAsking: (asking: Asking) => void;
  send: (candidate: Candidate) => Promise<void>;
  reread: () => void;
};

function useDeskKeys(deps: KeyDeps): Keys {
  const { items, open, isArmed, candidates, show, setForm, setArmed, setAsking, send, reread } = deps;
  return useMemo(() => {
    const step = (by: number) => {
      const next = items[items.findIndex((i) => i.id === open) + by];
      if (next) show(next.id);
    };
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
      Escape: () => (setArmed(false), setAsking(null), setForm(null)),
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Slash: () => document.querySelector<HTMLInputElement>('#desk-find')?.focus(),
      'Shift+Slash': () => document.querySelector<HTMLDetailsElement>('#desk-help')?.toggleAttribute('open'),
      ...Object.fromEntries(
        [1, 2, 3, 4, 5].flatMap((n) => [
          [`Digit${n}`, choose(n - 1)],
          [`Numpad${n}`, choose(n - 1)],
        ]),
      ),
    };
  }, [items, open, isArmed, candidates, show, setForm, setArmed, setAsking, send, reread]);
}
