import { type RawBuilder, sql } from 'kysely';

/**
 * The last day a policy `p` covers: of its term, or the day a cancellation set. A cancelled policy covers until then, as its
 * lines do and as a claim finds it; what counts policies asks the day, never the state alone.
 */
export const lastCovered: RawBuilder<string> = sql`least(p.to_on, coalesce(p.ended_on, p.to_on))`;

/** Was the policy `p` written, and not yet over on a day? Its first day may still come. */
export const notOver = (on: string): RawBuilder<boolean> =>
  sql`(p.state in ('issued', 'cancelled') and ${lastCovered} >= greatest(p.from_on, ${on}::date))`;

/** Does the policy `p` cover on a day? */
export const inForceOn = (on: string): RawBuilder<boolean> => sql`(p.from_on <= ${on}::date and ${notOver(on)})`;
