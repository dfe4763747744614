import { useSyncExternalStore } from 'react';

const ASK_AGAIN_MS = 3_000;

let isAway = false;
const watchers = new Set<() => void>();
const returns = new Set<() => void>();

function become(away: boolean): void {
  isAway = away;
  for (const watcher of watchers) watcher();
}

const subscribe = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

/** Has the house stopped answering? */
export const useOutage = (): boolean => useSyncExternalStore(subscribe, () => isAway);

/** Hear that it answers again. Returns how to stop. */
export function onReturn(heard: () => void): () => void {
  returns.add(heard);
  return () => void returns.delete(heard);
}

/** Told by a request that got no answer, or heard that the database is away: from then on we ask until it is back. */
export function tellAway(): void {
  if (isAway) return;
  become(true);
  setTimeout(() => void askAgain(), ASK_AGAIN_MS);
}

async function askAgain(): Promise<void> {
  const answer = await fetch('/readyz', { cache: 'no-store' }).catch(() => null); // silence is an answer too
  if (!answer?.ok) {
    setTimeout(() => void askAgain(), ASK_AGAIN_MS);
    return;
  }
  become(false);
  for (const heard of returns) heard();
}
