import type { z } from 'zod';
import type { jobList } from '../../../contract/rescue-acts.ts';
import { type Entry, isSaid } from './outbox.rules.ts';

export type JobList = z.infer<typeof jobList>;
export type Job = JobList['items'][number];

/** The jobs as last read, so that the page opens without network. They are the account's alone. */
export type KeptJobs = { accountId: string; list: JobList; keptAt: string; aheadMs?: number };

const NAME = 'tian-phone';
const ACTS = 'acts';
const KEPT = 'kept';
const JOBS = 'jobs';

let opened: Promise<IDBDatabase> | null = null;

/** The phone's own small database. A refusal (private mode, no space) is an error that the page shows. */
function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore(ACTS, { keyPath: 'key' });
      asked.result.createObjectStore(KEPT);
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error ?? new Error(NAME));
  });
  opened.catch(() => {
    opened = null; // the next act tries again
  });
  return opened;
}

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error(NAME));
  });

/** Resolves when the phone has it on disk, not before. */
const written = (tx: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error ?? new Error(NAME));
  });

const changing = async (store: string): Promise<IDBTransaction> =>
  (await database()).transaction(store, 'readwrite', { durability: 'strict' });

/** Every act on this phone. */
export async function allActs(): Promise<Entry[]> {
  const tx = (await database()).transaction(ACTS);
  return answer<Entry[]>(tx.objectStore(ACTS).getAll());
}

/** Write an act down as the newest; one that is said already is not written again. True: it was new. */
export async function writeAct(entry: Omit<Entry, 'seq'>): Promise<boolean> {
  const tx = await changing(ACTS);
  const store = tx.objectStore(ACTS);
  const there = await answer<Entry[]>(store.getAll());
  const isNew = !isSaid(there, entry.offerId, entry.act);
  if (isNew) store.put({ ...entry, seq: Math.max(0, ...there.map(({ seq }) => seq)) + 1 });
  await written(tx);
  return isNew;
}

/** Change what is known of an act. Nothing happens when it is gone. */
export async function changeAct(key: string, change: Partial<Entry>): Promise<void> {
  const tx = await changing(ACTS);
  const store = tx.objectStore(ACTS);
  const there = await answer<Entry | undefined>(store.get(key));
  if (there) store.put({ ...there, ...change });
  await written(tx);
}

export async function forgetActs(keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const tx = await changing(ACTS);
  for (const key of keys) tx.objectStore(ACTS).delete(key);
  await written(tx);
}

export async function keepJobs(kept: KeptJobs): Promise<void> {
  const tx = await changing(KEPT);
  tx.objectStore(KEPT).put(kept, JOBS);
  await written(tx);
}

export async function keptJobs(): Promise<KeptJobs | null> {
  const tx = (await database()).transaction(KEPT);
  return (await answer<KeptJobs | undefined>(tx.objectStore(KEPT).get(JOBS))) ?? null;
}

/** Somebody else holds the phone now, or nobody: the jobs of the one before are no longer shown. */
export async function forgetJobs(): Promise<void> {
  const tx = await changing(KEPT);
  tx.objectStore(KEPT).clear();
  await written(tx);
}

/** A form half filled in, kept for when the page is killed. */
export async function keepDraft(offerId: string, draft: object): Promise<void> {
  const tx = await changing(KEPT);
  tx.objectStore(KEPT).put(draft, `draft:${offerId}`);
  await written(tx);
}

export async function keptDraft(offerId: string): Promise<unknown> {
  const tx = (await database()).transaction(KEPT);
  return answer<unknown>(tx.objectStore(KEPT).get(`draft:${offerId}`));
}

export async function forgetDraft(offerId: string): Promise<void> {
  const tx = await changing(KEPT);
  tx.objectStore(KEPT).delete(`draft:${offerId}`);
  await written(tx);
}
