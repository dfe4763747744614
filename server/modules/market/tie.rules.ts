/**
 * Does a person who sells insurance belong to a maintenance unit? (业务员与维保单位不得挂钩强行进入, notice 2 五(二)二.)
 * Every pair is weighed by motifs; each gives bits of evidence against chance, and says in figures why. A person decides.
 */

export type Placement = {
  salespersonId: string;
  holderId: string;
  districts: readonly string[];
  units: readonly UnitShare[];
};
export type UnitShare = { unitId: string; elevators: number };
/** `sharedBy`: how many people or units carry the same phone, name or account. A switchboard ties nobody. */
export type Match = { salespersonId: string; unitId: string; by: 'phone' | 'name' | 'account'; sharedBy: number };
export type Known = {
  salespersonId: string;
  unitId: string;
  kind: 'shareholding' | 'employment';
  shareBp: number | null;
};
/** Claims on elevators placed by one and maintained by the other. */
export type Losses = { salespersonId: string; unitId: string; elevators: number; claims: number };
/** How many elevators of a district each unit maintains: what chance would give. */
export type District = { district: string; unitId: string; elevators: number };

export type TieInput = {
  placements: readonly Placement[];
  matches: readonly Match[];
  known: readonly Known[];
  losses: readonly Losses[];
  districts: readonly District[];
};
export type TieSettings = { leastHolders: number; leastClaims: number; workListBits: number };

export type Motif =
  | { kind: 'phone' | 'name' | 'account'; bits: number; sharedBy: number }
  | { kind: 'shareholding'; bits: number; shareBp: number }
  | { kind: 'employment'; bits: number }
  | { kind: 'referral'; bits: number; holders: number; ofHolders: number; expectedPercent: number }
  | { kind: 'losses'; bits: number; claims: number; expected: number };
export type Tie = { salespersonId: string; unitId: string; bits: number; motifs: readonly Motif[] };

/** Bits a match is worth when nobody else shares it, and what it loses each time the sharers double. */
const MATCH = { phone: { bits: 12, loss: 3 }, account: { bits: 14, loss: 2 }, name: { bits: 4, loss: 1 } } as const;
const EMPLOYMENT_BITS = 14;
// Honest circles of customers exist: however unlikely by chance, referrals alone stay below the work list.
const MOST_REFERRAL_BITS = 8;
const MOST_LOSS_BITS = 6;

/** Every pair that weighs enough for the work list, the heaviest first; equal weights in the order of their ids. */
export function findTies(input: TieInput, settings: TieSettings): readonly Tie[] {
  const pairs = new Map<string, { salespersonId: string; unitId: string; motifs: Motif[] }>();
  const add = (of: { salespersonId: string; unitId: string }, motif: Motif) => {
    if (motif.bits <= 0) return;
    const key = `${of.salespersonId}/${of.unitId}`;
    const pair = pairs.get(key) ?? { salespersonId: of.salespersonId, unitId: of.unitId, motifs: [] };
    pair.motifs.push({ ...motif, bits: tenth(motif.bits) });
    pairs.set(key, pair);
  };
  for (const match of strongest(input.matches)) add(match, matchMotif(match));
  for (const fact of input.known) add(fact, knownMotif(fact));
  for (const { pair, motif } of referrals(input, settings)) add(pair, motif);
  for (const { pair, motif } of lossMotifs(input.losses, settings)) add(pair, motif);
  return [...pairs.values()]
    .map((pair) => ({
      ...pair,
      motifs: pair.motifs.sort((a, b) => b.bits - a.bits || a.kind.localeCompare(b.kind)),
      bits: tenth(pair.motifs.reduce((sum, m) => sum + m.bits, 0)),
    }))
    .filter((tie) => tie.bits >= settings.workListBits)
    .sort((a, b) => b.bits - a.bits || `${a.salespersonId}${a.unitId}`.localeCompare(`${b.salespersonId}${b.unitId}`));
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

const tenth = (bits: number): number => Math.round(bits * 10) / 10;

/** One motif of each kind a pair: the same person found by phone twice is not two proofs. */
function strongest(matches: readonly Match[]): readonly Match[] {
  const best = new Map<string, Match>();
  for (const match of matches) {
    const key = `${match.salespersonId}/${match.unitId}/${match.by}`;
    const there = best.get(key);
    if (!there || match.sharedBy < there.sharedBy) best.set(key, match);
  }
  return [...best.values()];
}

function matchMotif({ by, sharedBy }: Match): Motif {
  const { bits, loss } = MATCH[by];
  return { kind: by, sharedBy, bits: bits - loss * Math.log2(Math.max(1, sharedBy)) };
}

/** A share of 5 % is enough to be looked at by itself (9 bits), a half is 14: more of the unit, more of its interest. */
function knownMotif({ kind, shareBp }: Known): Motif {
  if (kind === 'employment' || shareBp === null) return { kind: 'employment', bits: EMPLOYMENT_BITS };
  return { kind: 'shareholding', shareBp, bits: Math.min(14, Math.log2(shareBp) * 1.5 - 4.4) };
}

type Found = { pair: { salespersonId: string; unitId: string }; motif: Motif };

/** Do his customers' elevators stand with one unit more often than its share of those districts explains? */
function referrals({ placements, districts }: TieInput, { leastHolders }: TieSettings): readonly Found[] {
  const shares = districtShares(districts);
  const bySeller = grouped(placements, (p) => p.salespersonId);
  return [...bySeller].flatMap(([salespersonId, own]) => {
    const holders = holdersOf(own);
    if (holders.length < leastHolders) return [];
    const units = new Set(holders.flatMap((h) => h.mainUnit ?? []));
    return [...units].flatMap((unitId) => {
      const k = holders.filter((h) => h.mainUnit === unitId).length;
      const expected = meanOf(holders.map((h) => chance(shares, h.districts, unitId)));
      if (k < Math.max(3, 2 * expected * holders.length)) return [];
      const against = bitsAgainst(binomialTail(k, holders.length, expected), units.size);
      const bits = Math.min(MOST_REFERRAL_BITS, against);
      const expectedPercent = Math.round(expected * 1_000) / 10;
      const motif: Motif = { kind: 'referral', bits, holders: k, ofHolders: holders.length, expectedPercent };
      return [{ pair: { salespersonId, unitId }, motif }];
    });
  });
}

/** Customers, not policies: one property company that renews every year is one referral. */
function holdersOf(placements: readonly Placement[]) {
  return [...grouped(placements, (p) => p.holderId).values()].map((own) => {
    const units = new Map<string, number>();
    for (const { unitId, elevators } of own.flatMap((p) => p.units))
      units.set(unitId, (units.get(unitId) ?? 0) + elevators);
    const [main] = [...units].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
    return { mainUnit: main?.[0], districts: [...new Set(own.flatMap((p) => p.districts))] };
  });
}

type Shares = ReadonlyMap<string, { total: number; units: ReadonlyMap<string, number> }>;

function districtShares(districts: readonly District[]): Shares {
  return new Map(
    [...grouped(districts, (d) => d.district)].map(([district, rows]) => [
      district,
      {
        total: rows.reduce((sum, r) => sum + r.elevators, 0),
        units: new Map(rows.map((r) => [r.unitId, r.elevators])),
      },
    ]),
  );
}

/** The unit's share of these districts, never below one in two hundred: an unknown district proves nothing. */
function chance(shares: Shares, districts: readonly string[], unitId: string): number {
  const known = districts.flatMap((d) => shares.get(d) ?? []);
  const total = known.reduce((sum, d) => sum + d.total, 0);
  const own = known.reduce((sum, d) => sum + (d.units.get(unitId) ?? 0), 0);
  return Math.min(0.95, Math.max(0.005, total === 0 ? 0 : own / total));
}

/**
 * More claims on this pair's elevators than on the same unit's elevators with other sellers? Asked within the unit: of all
 * claims it had, chance gives the pair as many as its part of the elevators. A unit that fails with everybody speaks against
 * nobody, and one of which nobody else sells cover cannot be compared.
 */
function lossMotifs(losses: readonly Losses[], { leastClaims }: TieSettings): readonly Found[] {
  const compared = grouped(losses, (l) => l.salespersonId);
  return [...grouped(losses, (l) => l.unitId).values()].flatMap((unit) => {
    const of = (key: 'claims' | 'elevators') => unit.reduce((sum, l) => sum + l[key], 0);
    const [claims, elevators] = [of('claims'), of('elevators')];
    return unit.flatMap((pair): Found[] => {
      const share = pair.elevators / elevators;
      const expected = claims * share;
      if (pair.claims < leastClaims || pair.claims <= 2 * expected) return [];
      const against = bitsAgainst(
        binomialTail(pair.claims, claims, share),
        compared.get(pair.salespersonId)?.length ?? 1,
      );
      const bits = Math.min(MOST_LOSS_BITS, against);
      return [{ pair, motif: { kind: 'losses', bits, claims: pair.claims, expected: Math.round(expected * 10) / 10 } }];
    });
  });
}

/**
 * Bits that speak against chance. Who is compared with twenty units stands out with one of them by chance alone: that many
 * looks cost their logarithm.
 */
const bitsAgainst = (likely: number, looks: number): number => -Math.log2(likely) - Math.log2(Math.max(1, looks));

const meanOf = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / Math.max(1, numbers.length);

/** P(X ≥ k) of a binomial; never zero, so that its logarithm stands. */
export function binomialTail(k: number, n: number, p: number): number {
  let term = (1 - p) ** n;
  let below = 0;
  for (let i = 0; i < k; i += 1) {
    below += term;
    term *= ((n - i) / (i + 1)) * (p / (1 - p));
  }
  return Math.max(1e-12, 1 - below);
}

export type TieState = 'open' | 'watched' | 'cleared' | 'confirmed';

/** More weight than when it was decided, by this much, brings a tie back to the work list. */
export const RISES_BY_BITS = 4;

/** What a new run makes of a tie that was decided: it stays decided unless much more speaks for it now. */
export const afterRun = (was: { state: TieState; decidedBits: number | null }, bits: number): TieState =>
  was.state === 'open' || bits >= (was.decidedBits ?? bits) + RISES_BY_BITS ? 'open' : was.state;
