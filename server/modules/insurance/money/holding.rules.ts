import { type Fen, fen, sum } from '../../../kernel/money.ts';

/** What one owner has under one head, as the books moved it. */
export type HeldHead = {
  kind: string;
  owner: string;
  policy: string | null;
  claim: string | null;
  received: Fen;
  passed: Fen;
  since: Date;
};
export type HeldKind = {
  kind: string;
  received: Fen;
  passed: Fen;
  held: Fen;
  over30: Fen;
  over90: Fen;
};

/** Whole days money has waited. */
export const daysHeld = (since: Date, now: Date): number =>
  Math.max(0, Math.floor((now.getTime() - since.getTime()) / 86_400_000));

/** What is still held of a head. */
export const heldOf = ({ received, passed }: Pick<HeldHead, 'received' | 'passed'>): Fen => fen(received - passed);

/** Sums of a kind with what has waited longer than 30 and 90 days. */
export function heldKind(kind: string, heads: readonly HeldHead[], now: Date): HeldKind {
  const own = heads.filter((h) => h.kind === kind);
  const older = (days: number) => sum(own.filter((h) => daysHeld(h.since, now) > days).map(heldOf));
  return {
    kind,
    received: sum(own.map((h) => h.received)),
    passed: sum(own.map((h) => h.passed)),
    held: sum(own.map(heldOf)),
    over30: older(30),
    over90: older(90),
  };
}
