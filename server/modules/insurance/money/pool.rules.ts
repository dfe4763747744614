import { type Fen, fen, share, split, sum } from '../../../kernel/money.ts';

/** Members of a co-insurance pool (共保体), lead first, shares in basis points that sum to 10,000. */
export type Member = { insurer: string; shareBp: number };
export type MemberAmount = { insurer: string; amount: Fen };

export const sharesAreWhole = (members: readonly Member[]): boolean =>
  members.length > 0 && members.every((m) => m.shareBp > 0) && members.reduce((a, m) => a + m.shareBp, 0) === 10_000;

/** Each member's part of one amount: largest remainder, a tie to the earlier member. */
export function memberParts(amount: Fen, members: readonly Member[]): readonly MemberAmount[] {
  const parts = split(
    amount,
    members.map((m) => m.shareBp),
  );
  return members.map(({ insurer }, i) => ({ insurer, amount: parts[i] ?? fen(0) }));
}

/** What each member is owed beyond its lines: the month's sum split once, less the lines as split one by one. */
export function trueUp(lines: readonly Fen[], members: readonly Member[]): readonly MemberAmount[] {
  const perLine = lines.map((line) => memberParts(line, members));
  return memberParts(sum(lines), members).map(({ insurer, amount }, i) => ({
    insurer,
    amount: fen(amount - sum(perLine.map((parts) => parts[i]?.amount ?? fen(0)))),
  }));
}

/** 出单费: what followers owe the lead for issuing, on their part of the premium. `feeBp` in basis points. */
export const issuingFees = (premium: Fen, members: readonly Member[], feeBp: number): readonly MemberAmount[] =>
  memberParts(premium, members)
    .slice(1)
    .map(({ insurer, amount }) => ({ insurer, amount: share(amount, feeBp, 10_000) }));
