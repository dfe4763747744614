import type { z } from 'zod';
import type { workLine } from '../../../contract/telemetry-work.ts';
import type { Entry } from './outbox.rules.ts';

type Line = z.infer<typeof workLine>;

/** Work at a car as the phone knows it. `where`: the address, or until the server has answered the digits. */
export type Work = {
  id: string;
  where: string;
  reason: string;
  startedAt: string;
  endsAt: string;
  isWaiting: boolean; // only on this phone so far: detection is not silent yet
};

/** What goes on now: what the server knows and what still waits on the phone, without what was ended here. */
export function worksNow(known: readonly Line[], entries: readonly Entry[], now: Date): Work[] {
  const ended = new Set(
    entries.flatMap(({ act, offerId, state }) => (act.do === 'work_end' && state !== 'held' ? [offerId] : [])),
  );
  const own = entries.flatMap(({ act, offerId, happenedAt, state }): Work[] => {
    if (act.do !== 'work_begin' || state === 'held' || known.some(({ id }) => id === offerId)) return [];
    const endsAt = new Date(Date.parse(happenedAt) + act.minutes * 60_000).toISOString();
    const isWaiting = state === 'waiting';
    return [{ id: offerId, where: act.shown, reason: act.reason, startedAt: happenedAt, endsAt, isWaiting }];
  });
  const told = known.map(({ id, address, rescueCode, reason, startedAt, endsAt }): Work => {
    const where = [address, rescueCode].filter(Boolean).join(' · ');
    return { id, where, reason, startedAt, endsAt, isWaiting: false };
  });
  return [...own, ...told].filter(({ id, endsAt }) => !ended.has(id) && Date.parse(endsAt) > now.getTime());
}
