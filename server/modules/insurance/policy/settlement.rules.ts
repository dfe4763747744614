import { type Fen, fen, share, sum } from '../../../kernel/money.ts';
import { addDays, type Day } from '../../../kernel/time.ts';
import type { PayerPart } from '../product/rating.ts';
import { apportion, type Standing, type Stretch } from './standing.rules.ts';
import { daysOf, type Term } from './term.rules.ts';

/** What a sheet of 接续 or 赎回 says, in fen. Used and left sum to the premium, line by line and payer by payer. */
export type Settlement = {
  kind: 'takeover' | 'redeemed';
  on: Day; // first day of the new holder, or without cover
  usedDays: number;
  termDays: number;
  lines: readonly { code: string; address: string; premium: Fen; used: Fen; left: Fen }[];
  payers: readonly {
    payer: string;
    premium: Fen; // his part of the whole term
    arrived: Fen;
    used: Fen; // for the days of cover until then
    refund: Fen; // to be given back by the insurer
    receivable: Fen; // still to be paid
  }[];
  premium: Fen;
  used: Fen;
  left: Fen;
};

/** What the books hold of a payer after the act. */
export type BookedPayer = { payer: string; arrived: Fen; refundable: Fen; receivable: Fen };

type Ending = { kind: Settlement['kind']; on: Day; term: Term; before: Standing; after: Standing };

/**
 * The sheet of an act. Who leaves gets what was not used, by the day, and the books say to whom: the sheet shows their figures
 * and none of its own. Who takes over changes nothing in them: used and left tell the two holders what they settle between
 * themselves.
 */
export function settlementOf({ kind, on, term, before, after }: Ending, booked: readonly BookedPayer[]): Settlement {
  const lines = linesOf({ kind, on, before, after });
  const premium = sum(lines.map((l) => l.premium));
  const used = sum(lines.map((l) => l.used));
  const last = addDays(on, -1);
  return {
    kind,
    on,
    usedDays: last < term.from ? 0 : daysOf({ from: term.from, to: last > term.to ? term.to : last }),
    termDays: daysOf(term),
    lines,
    payers: before.owed.map(({ payer, amount }) => {
      const at = booked.find((b) => b.payer === payer);
      return {
        payer,
        premium: amount,
        arrived: at?.arrived ?? fen(0),
        used: usedOf({ kind, on, before, after }, payer),
        refund: at?.refundable ?? fen(0),
        receivable: at?.receivable ?? fen(0),
      };
    }),
    premium,
    used,
    left: fen(premium - used),
  };
}

type Split = Pick<Ending, 'kind' | 'on' | 'before' | 'after'>;

function linesOf({ kind, on, before, after }: Split): Settlement['lines'] {
  const ids = [...new Set(before.stretches.map((s) => s.elevatorId))];
  return ids.map((id) => {
    const was = before.stretches.filter((s) => s.elevatorId === id);
    const rated = was[0]?.rated;
    const premium = sum(was.map((s) => s.premium));
    const used =
      kind === 'takeover'
        ? sum(was.map((s) => usedBy(s, s.premium, on)))
        : sum(after.stretches.filter((s) => s.elevatorId === id).map((s) => s.premium));
    return { code: rated?.code ?? '', address: rated?.address ?? '', premium, used, left: fen(premium - used) };
  });
}

/** The part of an amount that falls on the days of a stretch before `on`, by the day. */
function usedBy({ from, to }: Pick<Stretch, 'from' | 'to'>, amount: Fen, on: Day): Fen {
  const last = addDays(on, -1);
  if (last < from) return fen(0);
  return last >= to ? amount : share(amount, daysOf({ from, to: last }), daysOf({ from, to }));
}

const partOf = (parts: readonly PayerPart[], payer: string): Fen =>
  sum(parts.filter((p) => p.payer === payer).map((p) => p.amount));

/** Shared out among the payers, not computed for each: his own rounding would leave a sheet whose parts miss its total. */
function usedOf({ kind, on, before, after }: Split, payer: string): Fen {
  if (kind === 'redeemed') return partOf(after.owed, payer);
  return sum(before.stretches.map((s) => partOf(usedParts(s, on), payer)));
}

/** Also where rounding left a payer a fen below zero on the stretch: he had been re-rated to nothing. */
function usedParts({ from, to, parts }: Stretch, on: Day): readonly PayerPart[] {
  const last = addDays(on, -1);
  if (last < from) return [];
  return last >= to ? parts : apportion(parts, daysOf({ from, to: last }), daysOf({ from, to }));
}
