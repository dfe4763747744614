import type { Submission } from './gather.ts';

/**
 * What brings messages from the doors to the store. A submission's `done` is told once its messages are durable: after
 * the commit, when door and store are one process (`journal.ts`); once the stream has them, when JetStream stands
 * between (`sender.ts`, `receiver.ts`).
 */
export type Carrier = {
  submit: (submission: Submission) => void;
  waiting: () => number; // messages not yet durable
  failingSinceMs: () => number | null; // since when nothing is taken; null: all is well
  /** Bring what waits, then stop. */
  stop: () => Promise<void>;
};

/** Beyond this many messages that wait, senders are told that nothing was kept. */
export const MOST_WAITING = 50_000;
