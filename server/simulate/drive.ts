import type { Truth } from './city.ts';
import { type Door, pause } from './doors.ts';
import type { Event } from './plan.ts';

export type Driving = {
  events: Iterable<Event>;
  doors: readonly (Door | undefined)[]; // by vendor; a vendor without a door is not heard
  startAt: number; // simulated ms at which the run begins
  speed: number; // simulated seconds per second; Infinity: as fast as the doors take it
  signal: AbortSignal;
  truth?: (truth: Truth) => void;
  tell?: (counts: Counts) => void; // every 10 s
};

export type Counts = { sent: number; acknowledged: number; failed: number; waiting: number };

/** More than this unacknowledged, and the run waits: the platform is slower than the city. */
const MOST_WAITING = 5_000;
const TELL_MS = 10_000;

/** Send a simulated city through its doors, each message at its time. Ends with the events or the signal. */
export async function drive({ events, doors, startAt, speed, signal, truth, tell }: Driving): Promise<Counts> {
  const counts: Counts = { sent: 0, acknowledged: 0, failed: 0, waiting: 0 };
  const began = Date.now();
  const timer = setInterval(() => tell?.({ ...counts }), TELL_MS);
  const simulatedNow = () => startAt + (Date.now() - began) * speed;
  for (const event of events) {
    if (signal.aborted) break;
    if ('truth' in event) {
      truth?.(event.truth);
      continue;
    }
    const { at, vendor, no, message } = event.delivery;
    while (at > simulatedNow() && !signal.aborted)
      await pause(Math.min(100, Math.max(1, (at - simulatedNow()) / speed)));
    while (counts.waiting >= MOST_WAITING && !signal.aborted) await pause(20);
    const door = doors[vendor];
    if (door) void post(door.send(message, no), counts);
  }
  clearInterval(timer);
  for (let n = 0; counts.waiting > 0 && n < 100; n += 1) await pause(50);
  return counts;
}

async function post(sending: Promise<void>, counts: Counts): Promise<void> {
  counts.sent += 1;
  counts.waiting += 1;
  try {
    await sending;
    counts.acknowledged += 1;
  } catch {
    counts.failed += 1; // counted and shown: a run goes on without one message, as a box would
  } finally {
    counts.waiting -= 1;
  }
}
