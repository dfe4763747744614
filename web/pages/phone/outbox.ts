import { useSyncExternalStore } from 'react';
import type { z } from 'zod';
import type { fileSchema } from '../../../contract/kernel.ts';
import { post, upload } from '../../api.ts';
import { problemError, problemOf } from '../../problem.ts';
import {
  type Act,
  cityTime,
  type Entry,
  followUpOf,
  forgettable,
  letterOf,
  nextToSend,
  verdictOn,
  waitAfter,
} from './outbox.rules.ts';
import { allActs, changeAct, forgetActs, writeAct } from './store.ts';

/** What the page shows of the queue. */
export type Outbox = {
  entries: readonly Entry[];
  isRead: boolean; // false until the phone's database has answered once
  isOnline: boolean; // as far as the phone and the last try know
  isSending: boolean;
  mustSignIn: boolean; // the session has ended: acts wait for the next one
};

const LOCK = 'tian-phone-outbox'; // one page sends at a time
const SEND_MS = 30_000; // a request without an answer counts as failed after this
const OTHER_PAGES = 'tian-phone';

let state: Outbox = { entries: [], isRead: false, isOnline: navigator.onLine, isSending: false, mustSignIn: false };
let accountId: string | null = null;
let failures = 0;
let aheadMs = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
const watchers = new Set<() => void>();
const pages = new BroadcastChannel(OTHER_PAGES);

function become(change: Partial<Outbox>): void {
  state = { ...state, ...change };
  for (const watcher of watchers) watcher();
}

const subscribe = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

/** The queue, its connection and whether it moves. */
export const useOutbox = (): Outbox => useSyncExternalStore(subscribe, () => state);

const readAgain = async (): Promise<void> => become({ entries: await allActs(), isRead: true });

async function changed(): Promise<void> {
  await readAgain();
  pages.postMessage('changed');
}

/** How far the phone's clock was ahead of the server's when it was last asked: what happens without network is told in city time. */
export function clockIs(ms: number): void {
  aheadMs = ms;
}

export type Told = { incidentId: string; offerId: string; act: Act };

/** Write down what the rescuer did, now. Resolves when the phone has it; sending goes on by itself. */
export async function tell({ incidentId, offerId, act }: Told, by: string): Promise<void> {
  const key = crypto.randomUUID();
  const happenedAt = cityTime(new Date(), aheadMs).toISOString();
  const of = { key, accountId: by, incidentId, offerId, act, happenedAt };
  await writeAct({ ...of, state: 'waiting', tries: 0, sentAt: null, fileId: null, problem: null });
  await changed();
  void send();
}

/** Forget a picture that is not wanted. Reports are never taken back. */
export async function dropPicture(key: string): Promise<void> {
  await forgetActs([key]);
  await changed();
}

/** Send what the server said no to once more, and everything that waits. */
export async function sendAgain(): Promise<void> {
  const held = state.entries.filter((entry) => entry.state === 'held');
  for (const { key } of held) await changeAct(key, { state: 'waiting' });
  failures = 0;
  await changed();
  await send();
}

/** The list of jobs asked for at `askedAt` shows what was sent before: that much may be forgotten. */
export async function seen(askedAt: Date): Promise<void> {
  const known = forgettable(await allActs(), askedAt);
  await forgetActs(known.map(({ key }) => key));
  if (known.length > 0) await changed();
}

/** The server answered something else just now: it can be reached. */
export function reached(isOnline: boolean): void {
  if (isOnline === state.isOnline) return;
  become({ isOnline });
  if (isOnline) void send();
}

/** Send in order until nothing waits or the server cannot be reached. Only one page of the phone sends at a time. */
async function send(): Promise<void> {
  clearTimeout(timer);
  await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (!lock) return; // another page is at it, and will tell
    become({ isSending: true });
    while (await sendNext());
    become({ isSending: false });
  });
}

/** One act. False: nothing waits, or it must wait. */
async function sendNext(): Promise<boolean> {
  const entries = await allActs();
  const entry = accountId ? nextToSend(entries, accountId) : undefined;
  if (!entry) return false;
  try {
    const fileId = await inTime(deliver(entry, entries));
    failures = 0;
    const sentAt = new Date().toISOString();
    await changeAct(entry.key, { state: 'sent', sentAt, fileId, problem: null });
    become({ isOnline: true, mustSignIn: false });
    await changed();
    return true;
  } catch (thrown) {
    // Offline, signed out or refused: each has its own words and its own next try.
    return failed(entry, thrown);
  }
}

async function failed(entry: Entry, thrown: unknown): Promise<boolean> {
  const problem = problemOf(thrown);
  const verdict = verdictOn(problem.status);
  const tries = entry.tries + 1;
  if (verdict === 'held') {
    await changeAct(entry.key, { state: 'held', tries, problem });
    await changed();
    return true;
  }
  await changeAct(entry.key, { tries, problem });
  failures += 1;
  become({ isOnline: problem.status !== 0, mustSignIn: verdict === 'sign_in' });
  await changed();
  if (verdict === 'again') timer = setTimeout(() => void send(), waitAfter(failures));
  return false;
}

/** Hand one act to the server. Returns the file's id for a picture. */
async function deliver(entry: Entry, entries: readonly Entry[]): Promise<string | null> {
  const { act } = entry;
  if (act.do === 'photo') {
    const file = new File([act.picture], act.name, { type: act.picture.type });
    const { id } = await upload<z.infer<typeof fileSchema>>('/files', file);
    const late = followUpOf(entry, id, entries);
    if (late) await post(late.path, late.body);
    return id;
  }
  const letter = letterOf(entry, entries);
  if (letter) await post(letter.path, letter.body);
  return null;
}

const inTime = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => {
      setTimeout(() => reject(problemError({ status: 0, code: 'web.offline', title: '' })), SEND_MS);
    }),
  ]);

/** Begin for the one who is signed in: read what a killed page left, send it, listen for the network. Returns how to stop. */
export function startOutbox(of: string): () => void {
  accountId = of;
  const online = () => {
    failures = 0;
    become({ isOnline: true });
    void send();
  };
  const offline = () => become({ isOnline: false });
  const wake = () => document.visibilityState === 'visible' && void send();
  pages.onmessage = () => void readAgain();
  window.addEventListener('online', online);
  window.addEventListener('offline', offline);
  document.addEventListener('visibilitychange', wake);
  void readAgain().then(send);
  return () => {
    clearTimeout(timer);
    accountId = null;
    window.removeEventListener('online', online);
    window.removeEventListener('offline', offline);
    document.removeEventListener('visibilitychange', wake);
  };
}
