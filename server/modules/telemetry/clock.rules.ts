/** What is known of a sender's clock at one elevator. All in ms. */
export type SenderClock = {
  skewMs: number | null; // how far it is ahead of ours, less the shortest delay seen; null before its first message
  lateMs: number; // how much longer than the shortest delay its messages may take now
  oddMs: number; // a difference seen lately that would mean the clock was set back
  oddCount: number;
};

/** Make a clock say what another says. */
export function copyClock(into: SenderClock, from: SenderClock): void {
  into.skewMs = from.skewMs;
  into.lateMs = from.lateMs;
  into.oddMs = from.oddMs;
  into.oddCount = from.oddCount;
}

export const NEW_CLOCK: SenderClock = { skewMs: null, lateMs: 0, oddMs: 0, oddCount: 0 };

/** Messages in a row with the same large difference: the clock was set back, they are not merely late. */
const SET_BACK_MESSAGES = 5;
const SAME_MS = 2_000;
/** Clocks drift by tens of ppm; a milli second a message follows that without believing a late message. */
const DRIFT_MS = 1;
const LATE_MEMORY = 0.98; // a delay counts half after 34 messages

/**
 * Measure a sender's clock by one more message. A message cannot arrive before it is sent, so the largest difference
 * between its clock and ours is the best guess; what arrives later than that was delayed.
 */
export function measureClock(clock: SenderClock, deviceMs: number, receivedMs: number): SenderClock {
  const difference = deviceMs - receivedMs;
  if (clock.skewMs === null) return { ...NEW_CLOCK, skewMs: difference };
  if (difference >= clock.skewMs)
    return { skewMs: difference, lateMs: clock.lateMs * LATE_MEMORY, oddMs: 0, oddCount: 0 };
  const delayMs = clock.skewMs - difference;
  const lateMs = Math.max(clock.lateMs * LATE_MEMORY, delayMs);
  const skewMs = clock.skewMs - DRIFT_MS;
  if (delayMs < SAME_MS) return { skewMs, lateMs, oddMs: 0, oddCount: 0 };
  const same = clock.oddCount > 0 && Math.abs(difference - clock.oddMs) < SAME_MS;
  const oddCount = same ? clock.oddCount + 1 : 1;
  if (oddCount >= SET_BACK_MESSAGES) return { skewMs: difference, lateMs: 0, oddMs: 0, oddCount: 0 };
  return { skewMs, lateMs, oddMs: difference, oddCount };
}
