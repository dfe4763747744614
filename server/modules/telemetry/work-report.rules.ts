import { addSeconds } from '../../kernel/time.ts';

/** When declared work begins and ends at the latest, as a phone reports it. */
export type WorkTimes = {
  startedAt: Date;
  endsAt: Date;
  isOver: boolean; // it was over before the report arrived: kept as what happened, detection is not silenced for it
};

type Said = { happenedAt: Date; minutes: number; now: Date };

/**
 * A report that waited in the phone begins when the crew pressed, not when it arrives; so it silences detection no
 * longer than the crew said. A phone whose clock is ahead does not work in the future.
 */
export function workTimes({ happenedAt, minutes, now }: Said): WorkTimes {
  const startedAt = happenedAt > now ? now : happenedAt;
  const endsAt = addSeconds(startedAt, minutes * 60);
  return { startedAt, endsAt, isOver: endsAt <= now };
}

/** When work ended: when the crew said so, within the time it ran. */
export function workEnd({ happenedAt, startedAt, now }: { happenedAt: Date; startedAt: Date; now: Date }): Date {
  const end = happenedAt > now ? now : happenedAt;
  return end < startedAt ? startedAt : end;
}
