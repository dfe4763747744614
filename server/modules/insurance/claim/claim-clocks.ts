import type { ClaimDeps } from './claim.deps.ts';
import type { ClaimBody } from './claim.rows.ts';
import type { StoredClaim } from './claim.store.ts';
import { type ClaimClock, clocksOf } from './claim-clock.rules.ts';
import type { Pause } from './clock.rules.ts';

/** The spans of a claim's row in which nobody could be paid. */
export const unclaimedSpans = ({ unclaimed }: Pick<ClaimBody, 'unclaimed'>): readonly Pause[] =>
  unclaimed.map(({ from, to }) => ({ from: new Date(from), to: to === null ? null : new Date(to) }));

/** Every clock of a claim as it stands: the law's, and what the product it was sold under promises. */
export const clocksFor = (
  { clocks, calendar }: Pick<ClaimDeps, 'clocks' | 'calendar'>,
  { promises, moments, body }: StoredClaim,
  now: Date,
): readonly ClaimClock[] =>
  clocksOf([...clocks, ...promises], {
    moments,
    pause: body.papersAskedAt
      ? { from: new Date(body.papersAskedAt), to: body.papersAllAt ? new Date(body.papersAllAt) : null }
      : null,
    unclaimed: unclaimedSpans(body),
    decided: body.decision?.amount ?? null,
    calendar,
    now,
  });
