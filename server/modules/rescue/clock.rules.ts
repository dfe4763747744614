import type { Clock, ClockName, Clocks } from './incident.rules.ts';

/**
 * Which instant figures use for a report: the source's own time when it lies between the offer and our receipt,
 * else ours, marked as not trusted. A source that gives no time is trusted with ours.
 */
export function timeOf(happenedAt: Date | null, { earliest, receivedAt }: { earliest: Date; receivedAt: Date }): Clock {
  if (happenedAt === null) return { at: receivedAt, sourceAt: null, receivedAt, trusted: true };
  const trusted = happenedAt >= earliest && happenedAt <= receivedAt;
  return { at: trusted ? happenedAt : receivedAt, sourceAt: happenedAt, receivedAt, trusted };
}

/** Set a clock; of two reports of the same thing the earlier instant stands, whichever came in first. */
export function withClock(clocks: Clocks, name: ClockName, clock: Clock): Clocks {
  const standing = clocks[name];
  return standing && standing.at <= clock.at ? clocks : { ...clocks, [name]: clock };
}
