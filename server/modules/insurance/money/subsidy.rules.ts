import { type Fen, fen, share, sum } from '../../../kernel/money.ts';

/** One elevator's part that the public purse pays, in one batch. */
export type SubsidyLine = { elevatorId: string; premiumPart: Fen };
/** An elevator paid for in an earlier batch whose cover ended early. */
export type ClawBack = { elevatorId: string; premiumPart: Fen; daysUsed: number; termDays: number };

/**
 * A batch by real insured volume: the parts, less what goes back for covers that ended early, by the day and
 * **per elevator**: each is rounded by itself, so that every line can be shown and summed.
 */
export function subsidyBatch(lines: readonly SubsidyLine[], backs: readonly ClawBack[]) {
  const gross = sum(lines.map((l) => l.premiumPart));
  const clawBack = sum(backs.map(clawBackOf));
  return { gross, clawBack, net: fen(gross - clawBack) };
}

/** What goes back of one elevator's part: the days not used. */
export const clawBackOf = ({ premiumPart, daysUsed, termDays }: ClawBack): Fen =>
  share(premiumPart, termDays - daysUsed, termDays);

/** A subsidy as a share of the premium with a highest amount per elevator. */
export const cappedSubsidy = (premium: Fen, shareBp: number, cap: Fen): Fen =>
  fen(Math.min(share(premium, shareBp, 10_000), cap));
