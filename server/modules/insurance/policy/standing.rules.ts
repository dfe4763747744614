import { type Fen, fen, share, sum } from '../../../kernel/money.ts';
import { addDays, type Day } from '../../../kernel/time.ts';
import type { PayerPart } from '../product/rating.ts';
import { daysOf, monthsBegun, type ShortRate, type Term } from './term.rules.ts';

/** An elevator at a yearly premium: what a quote, or a new rating under the policy's own tariff, says. */
export type Rated = {
  elevatorId: string;
  code: string;
  address: string;
  areaCodes: readonly string[];
  orgIds: readonly string[];
  annual: Fen;
  parts: readonly PayerPart[]; // of `annual`
  working: unknown; // factors and their records, kept for reading
};

/**
 * What changes a policy. `on` is the first day of the new state of things, from 00:00: who leaves at 24:00 of the 14th is
 * out on the 15th. `no` is the order of recording; acts take effect in the order of `on`, then `no`.
 */
export type Act = { no: number; on: Day } & (
  | { kind: 'add'; elevators: readonly Rated[] }
  | { kind: 'remove'; elevatorIds: readonly string[] }
  | { kind: 'change'; elevators: readonly Rated[] } // rated anew
  | { kind: 'takeover' } // 接续: another party stands in; the money does not move
  | { kind: 'cancel'; keeps: Keeping }
  | { kind: 'reinstate'; cancels: number } // the cancellation that is undone
);

/** What the insurer keeps when cover ends early, beyond or below the days it gave. */
export type Keeping =
  | { method: 'by_day' }
  | { method: 'fee'; percent: number } // before the start (保险法 54)
  | { method: 'short_rate'; table: ShortRate }
  | { method: 'none' } // nothing goes back (16, 27)
  | { method: 'all' }; // everything goes back (16)

/** A stretch of cover of one elevator at one yearly premium. Its premium is earned by the day. */
export type Stretch = {
  elevatorId: string;
  from: Day;
  to: Day;
  annual: Fen;
  premium: Fen;
  parts: readonly PayerPart[];
  rated: Rated;
  endorsement: number; // 0: as issued
};

/** A policy as its acts leave it: cover by stretches, what is kept beyond it, and whether it ended. */
export type Standing = {
  stretches: readonly Stretch[];
  kept: readonly PayerPart[]; // fee, holdback or forfeit; negative when given back beyond the days
  premium: Fen; // of all stretches and what is kept
  owed: readonly PayerPart[]; // by payer; sums to the premium
  ended: { on: Day; no: number } | null; // first day without cover
};

export type PolicyBase = { term: Term; lines: readonly Rated[] };

/** One elevator's cover from joining to leaving, with every yearly premium it had. */
type Stint = { from: Day; to: Day; levels: { on: Day; rated: Rated; no: number }[] };

/**
 * The policy after all its acts, whatever order they were recorded in: acts are played in the order they take effect, so a
 * late one re-prices those after it, and replay is the same as having known from the start.
 */
export function standingOf(base: PolicyBase, acts: readonly Act[]): Standing {
  const undone = new Set(acts.flatMap((a) => (a.kind === 'reinstate' ? [a.cancels] : [])));
  const played = acts
    .filter((a) => a.kind !== 'reinstate' && !undone.has(a.no))
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.no - b.no));
  const cancel = played.find((a) => a.kind === 'cancel');
  const before = cancel ? played.slice(0, played.indexOf(cancel)) : played;
  const stints = stintsOf(base, before);
  const running = [...stints.values()].flat();
  const full = running.flatMap((s) => stretchesOf(s, base.term));
  if (!cancel) return closed(full, [], null);
  const cut = running.flatMap((s) => (s.from < cancel.on ? [ending(s, cancel.on)] : []));
  const given = cut.flatMap((s) => stretchesOf(s, base.term));
  return closed(given, keptOf({ cancel, term: base.term, full, given }), { on: cancel.on, no: cancel.no });
}

function stintsOf({ term, lines }: PolicyBase, acts: readonly Act[]): Map<string, Stint[]> {
  const stints = new Map<string, Stint[]>();
  const join = (rated: Rated, on: Day, no: number) => {
    const own = stints.get(rated.elevatorId) ?? [];
    stints.set(rated.elevatorId, [...own, { from: on, to: term.to, levels: [{ on, rated, no }] }]);
  };
  for (const line of lines) join(line, term.from, 0);
  for (const act of acts) {
    const ids = act.kind === 'remove' ? act.elevatorIds : [];
    for (const id of ids) stints.set(id, leaving(stints.get(id) ?? [], act.on));
    const elevators = act.kind === 'add' || act.kind === 'change' ? act.elevators : [];
    for (const rated of elevators) {
      const running = runs(stints, rated.elevatorId, act.on);
      if (act.kind === 'change') running?.levels.push({ on: act.on, no: act.no, rated });
      else if (!running) join(rated, act.on, act.no);
    }
  }
  return stints;
}

/** The stint that covers this elevator on that day. */
const runs = (stints: ReadonlyMap<string, readonly Stint[]>, id: string, on: Day): Stint | undefined =>
  stints.get(id)?.find((s) => s.from <= on && on <= s.to);

/** Who leaves before he joined was never in. */
const leaving = (own: readonly Stint[], on: Day): Stint[] =>
  own.flatMap((s) => (s.to < on ? [s] : s.from < on ? [ending(s, on)] : []));

const ending = (stint: Stint, on: Day): Stint => ({ ...stint, to: stint.to < on ? stint.to : addDays(on, -1) });

/**
 * Stretches of a stint. What is earned to a day is the first yearly premium by its days, and each later change by the days
 * since it took effect, each rounded once (W4, W5, W16); a stretch's premium is the difference of two such sums, so the
 * stretches always add up to what was earned in all.
 */
function stretchesOf(stint: Stint, term: Term): Stretch[] {
  const levels = stint.levels.filter((l) => l.on <= stint.to);
  const lasting = levels.filter((l, i) => levels[i + 1]?.on !== l.on); // of two on one day the later recorded stands
  let [before, partsBefore] = [fen(0), [] as readonly PayerPart[]];
  return lasting.map((level, i): Stretch => {
    const next = lasting[i + 1];
    const to = next ? addDays(next.on, -1) : stint.to;
    const earned = earnedOf(lasting.slice(0, i + 1), to, term);
    const premium = fen(sum(earned.map((p) => p.amount)) - before);
    const parts = minus(earned, partsBefore);
    before = fen(before + premium);
    partsBefore = earned;
    const { rated, no } = level;
    return {
      elevatorId: rated.elevatorId,
      from: level.on,
      to,
      annual: rated.annual,
      premium,
      parts,
      rated,
      endorsement: no,
    };
  });
}

function earnedOf(levels: Stint['levels'], to: Day, term: Term): readonly PayerPart[] {
  let earned: readonly PayerPart[] = [];
  let was: readonly PayerPart[] = [];
  for (const { on, rated } of levels) {
    const days = daysOf({ from: on, to });
    earned = plus(earned, apportion(minus(rated.parts, was), days, daysOf(term)));
    was = rated.parts;
  }
  return earned;
}

/** `parts` × days / whole, summing exactly to their rounded sum: largest remainder, a tie to the earlier payer. */
export function apportion(parts: readonly PayerPart[], days: number, whole: number): readonly PayerPart[] {
  const total = share(sum(parts.map((p) => p.amount)), days, whole);
  const cells = parts.map(({ payer, amount }, i) => {
    const exact = BigInt(amount) * BigInt(days);
    const rest = ((exact % BigInt(whole)) + BigInt(whole)) % BigInt(whole);
    return { i, payer, floor: Number((exact - rest) / BigInt(whole)), rest };
  });
  const missing = total - cells.reduce((a, c) => a + c.floor, 0);
  const favoured = new Set(
    cells
      .toSorted((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1))
      .slice(0, missing)
      .map((c) => c.i),
  );
  return cells.map(({ i, payer, floor }) => ({ payer, amount: fen(floor + (favoured.has(i) ? 1 : 0)) }));
}

type Ending = { cancel: Act & { kind: 'cancel' }; term: Term; full: readonly Stretch[]; given: readonly Stretch[] };

/** What is kept beyond the days of cover given: negative when more goes back than was not used. */
function keptOf({ cancel, term, full, given }: Ending): readonly PayerPart[] {
  const [whole, earned] = [owedOn(full), owedOn(given)];
  const total = sum(whole.map((p) => p.amount));
  const { keeps } = cancel;
  switch (keeps.method) {
    case 'by_day':
      return [];
    case 'none':
      return minus(whole, earned);
    case 'all':
      return minus([], earned);
    case 'fee':
      return divided(share(total, keeps.percent, 100), whole);
    case 'short_rate': {
      const begun = Math.min(Math.max(monthsBegun(term, addDays(cancel.on, -1)), 1), 12);
      const kept = share(total, keeps.table[begun - 1] ?? 100, 100);
      // Never less than the days given: a table below them would give cover away.
      const beyond = Math.max(kept - sum(earned.map((p) => p.amount)), 0);
      return divided(fen(beyond), whole);
    }
  }
}

/** An amount divided as these parts stand to each other. */
function divided(amount: Fen, by: readonly PayerPart[]): readonly PayerPart[] {
  const total = sum(by.map((p) => p.amount));
  return total === 0 || amount === 0 ? [] : apportion(by, amount, total);
}

function closed(stretches: readonly Stretch[], kept: readonly PayerPart[], ended: Standing['ended']): Standing {
  const owed = plus(owedOn(stretches), kept);
  return { stretches, kept: kept.filter((p) => p.amount !== 0), premium: sum(owed.map((p) => p.amount)), owed, ended };
}

const owedOn = (stretches: readonly Stretch[]): readonly PayerPart[] =>
  stretches.reduce<readonly PayerPart[]>((at, s) => plus(at, s.parts), []);

/** Sums by payer; payers keep the order in which they first come. */
export function plus(a: readonly PayerPart[], b: readonly PayerPart[]): readonly PayerPart[] {
  const at = new Map(a.map((p) => [p.payer, p.amount]));
  for (const { payer, amount } of b) at.set(payer, fen((at.get(payer) ?? 0) + amount));
  return [...at].map(([payer, amount]) => ({ payer, amount }));
}

export const minus = (a: readonly PayerPart[], b: readonly PayerPart[]): readonly PayerPart[] =>
  plus(
    a,
    b.map(({ payer, amount }) => ({ payer, amount: fen(-amount) })),
  );
