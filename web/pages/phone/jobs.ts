import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState } from 'react';
import { get } from '../../api.ts';
import { problemOf } from '../../problem.ts';
import { useNow } from '../../ui/when.tsx';
import { clockIs, reached, seen } from './outbox.ts';
import { type JobList, type KeptJobs, keepJobs } from './store.ts';

const POLL_MS = 10_000; // beside the live stream, which a phone loses often

/** Whose phone this is, and what it remembers of his jobs from before. */
export type Holder = { accountId: string; kept: KeptJobs | null };
export const HolderContext = createContext<Holder | null>(null);

/** The rescuer. Only below the phone's gate, where there always is one. */
export function useHolder(): Holder {
  const holder = useContext(HolderContext);
  if (!holder) throw new Error('useHolder stands below the gate, which is drawn for people who are known');
  return holder;
}

/** The jobs, from where, and how far the phone's clock is from the server's. */
export type Jobs = { list: JobList; keptAt: string | null; aheadMs: number };

/** The rescuer's jobs: the server's when it answers, else as last kept on the phone. */
export function useJobs() {
  const { accountId, kept } = useHolder();
  return useQuery({
    queryKey: ['rescue', '/rescue/jobs', accountId],
    queryFn: ({ signal }) => readJobs({ accountId, kept }, signal),
    refetchInterval: POLL_MS,
    networkMode: 'always', // without network the kept jobs answer
    ...(kept ? { placeholderData: fromKept(kept) } : {}),
  });
}

const fromKept = ({ list, keptAt, aheadMs = 0 }: KeptJobs): Jobs => ({ list, keptAt, aheadMs });
let lastKept: KeptJobs | null = null;

async function readJobs({ accountId, kept }: Holder, signal: AbortSignal): Promise<Jobs> {
  const askedAt = new Date();
  try {
    const list = await get<JobList>('/rescue/jobs', {}, signal);
    const keptAt = new Date().toISOString();
    const aheadMs = (askedAt.getTime() + Date.now()) / 2 - Date.parse(list.now);
    clockIs(aheadMs);
    lastKept = { accountId, list, keptAt, aheadMs };
    // A phone that cannot keep anything still shows what the server says.
    await Promise.allSettled([keepJobs(lastKept), seen(askedAt)]);
    reached(true);
    return { list, keptAt: null, aheadMs };
  } catch (thrown) {
    // Without network, or with a server that is not well, the phone shows what it knew.
    const { status } = problemOf(thrown);
    if (status === 0) reached(false);
    const known = lastKept?.accountId === accountId ? lastKept : kept;
    if (known && (status === 0 || status >= 500)) {
      clockIs(known.aheadMs ?? 0);
      return fromKept(known);
    }
    throw thrown;
  }
}

/** The server's present, once a second, as far as the phone can tell. */
export function useServerNow(aheadMs: number): Date {
  return new Date(useNow().getTime() - aheadMs);
}

/** Read the jobs again now. */
export function useReadAgain(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['rescue', '/rescue/jobs'] });
}

/** Ring once for every offer that was not there before. */
export function useRing(offers: readonly string[]): void {
  const [heard] = useState(() => new Set<string>());
  const ids = offers.join(' ');
  useEffect(() => {
    const fresh = ids.split(' ').filter((id) => id !== '' && !heard.has(id));
    for (const id of fresh) heard.add(id);
    if (fresh.length > 0) ring();
  }, [ids, heard]);
}

const BEEPS = [0, 0.3, 0.6];

/** Three tones and a shake. A browser that wants a tap first stays silent: the page says it in large letters anyway. */
function ring(): void {
  navigator.vibrate?.([400, 200, 400, 200, 400]);
  const audio = new AudioContext();
  if (audio.state !== 'running') return void audio.close();
  for (const at of BEEPS) {
    const tone = audio.createOscillator();
    tone.frequency.value = 880;
    tone.connect(audio.destination);
    tone.start(audio.currentTime + at);
    tone.stop(audio.currentTime + at + 0.2);
  }
  setTimeout(() => void audio.close(), 1_500);
}
