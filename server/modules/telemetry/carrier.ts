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
/**
 * So many of them may come over MQTT, and no batch takes their place: beyond, connections are not read for a moment. Few, because
 * the evidence that a platform sends stands behind them in one queue: measured with 15,000 messages a second on two processors,
 * 15,000 here made a rescue wait 1.1 s for telemetry, 2,000 make it 0.15 s, and the pace is the same.
 */
export const ROOM_FOR_BOXES = 2_000;

/** Is there no room for this submission, while so many messages wait? */
export const hasNoRoom = (waiting: number, { door, items }: Submission): boolean =>
  waiting + items.length > (door === 'mqtt' ? MOST_WAITING : MOST_WAITING - ROOM_FOR_BOXES);
