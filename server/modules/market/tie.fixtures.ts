import type { District, Known, Losses, Match, Placement, TieInput } from './tie.rules.ts';

/** A market that does not exist, in which it is known who is tied to whom. The same seed gives the same market. */
export type Truth = { input: TieInput; tied: ReadonlySet<string> };

type Random = { next: () => number; below: (n: number) => number; chance: (p: number) => boolean };

function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { next, below: (n) => Math.floor(next() * n), chance: (p) => next() < p };
}

const DISTRICTS = 8;
const UNITS = 80;
const SELLERS = 400;
const TIED = 60;

type World = {
  random: Random;
  districts: District[];
  holders: { id: string; district: string; unitId: string; elevators: number }[];
};

/** Units share a district unevenly: one of them often maintains a third of it, which proves nothing about anybody. */
function worldOf(random: Random): World {
  const districts: District[] = [];
  const holders: World['holders'] = [];
  for (let d = 0; d < DISTRICTS; d += 1) {
    const units = Array.from({ length: 12 }, () => `u${random.below(UNITS)}`);
    for (let h = 0; h < 160; h += 1) {
      const unitId = units[Math.floor(random.next() ** 2.2 * units.length)] ?? 'u0';
      holders.push({ id: `h${d}-${h}`, district: `d${d}`, unitId, elevators: 2 + random.below(18) });
    }
  }
  const sums = new Map<string, District>();
  for (const { district, unitId, elevators } of holders) {
    const key = `${district}/${unitId}`;
    sums.set(key, { district, unitId, elevators: (sums.get(key)?.elevators ?? 0) + elevators });
  }
  districts.push(...sums.values());
  return { random, districts, holders };
}

/**
 * Sellers, most of them honest, among traps: switchboards that whole offices share, common names, big units in small
 * districts, units that have many accidents with everybody. A true tie shows only some of its motifs.
 */
export function marketOf(seed: number): Truth {
  const world = worldOf(randomOf(seed));
  const tied = new Set<string>();
  const placements: Placement[] = [];
  const matches: Match[] = [];
  const known: Known[] = [];
  const losses: Losses[] = [];
  const prone = new Set(Array.from({ length: 10 }, () => `u${world.random.below(UNITS)}`));
  for (let s = 0; s < SELLERS; s += 1) {
    const salespersonId = `s${s}`;
    const unitId = s < TIED ? `u${world.random.below(UNITS)}` : null;
    if (unitId) {
      tied.add(`${salespersonId}/${unitId}`);
      showTie({ salespersonId, unitId, random: world.random }, { matches, known });
    }
    // One honest seller in fifteen has a circle of customers with one unit: chance explains it no better than a tie.
    const circle = unitId === null && world.random.chance(0.07) ? `u${world.random.below(UNITS)}` : null;
    const own = sell(world, salespersonId, unitId ?? circle);
    placements.push(...own);
    losses.push(...lossesOf(world.random, { own, salespersonId, tiedTo: unitId, prone }));
    setTraps(world.random, salespersonId, { matches, known });
  }
  return { input: { placements, matches, known, losses, districts: world.districts }, tied };
}

type Shown = { matches: Match[]; known: Known[] };
type Tie = { salespersonId: string; unitId: string; random: Random };

function showTie({ salespersonId, unitId, random }: Tie, into: Shown): void {
  const pair = { salespersonId, unitId };
  if (random.chance(0.35)) into.matches.push({ ...pair, by: 'phone', sharedBy: 1 + random.below(3) });
  if (random.chance(0.25)) into.matches.push({ ...pair, by: 'account', sharedBy: 1 });
  if (random.chance(0.3)) into.matches.push({ ...pair, by: 'name', sharedBy: 1 + random.below(4) });
  if (random.chance(0.25)) into.known.push({ ...pair, kind: 'shareholding', shareBp: 300 + random.below(4_000) });
}

/** A seller's year: customers of one or two districts, and, when he is tied, many whom the unit brought. */
function sell({ random, holders }: World, salespersonId: string, tiedTo: string | null): Placement[] {
  const districts = [`d${random.below(DISTRICTS)}`, `d${random.below(DISTRICTS)}`];
  const near = holders.filter((h) => districts.includes(h.district));
  const brought = holders.filter((h) => h.unitId === tiedTo);
  const count = 8 + random.below(30);
  const share = 0.3 + random.next() * 0.5;
  const chosen = new Map<string, Placement>();
  for (let n = 0; n < count; n += 1) {
    const from = brought.length > 0 && random.chance(share) ? brought : near;
    const holder = from[random.below(from.length)];
    if (!holder) continue;
    const { id, district, unitId, elevators } = holder;
    chosen.set(id, { salespersonId, holderId: id, districts: [district], units: [{ unitId, elevators }] });
  }
  return [...chosen.values()];
}

type Lossy = { own: readonly Placement[]; salespersonId: string; tiedTo: string | null; prone: ReadonlySet<string> };

function lossesOf(random: Random, { own, salespersonId, tiedTo, prone }: Lossy): Losses[] {
  const worse = tiedTo !== null && random.chance(0.3);
  const units = new Map<string, number>();
  for (const { unitId, elevators } of own.flatMap((p) => p.units))
    units.set(unitId, (units.get(unitId) ?? 0) + elevators);
  return [...units].map(([unitId, elevators]) => {
    const rate = 0.03 * (prone.has(unitId) ? 3 : 1) * (worse && unitId === tiedTo ? 4 : 1);
    const claims = Array.from({ length: elevators }, () => random.chance(rate)).filter(Boolean).length;
    return { salespersonId, unitId, elevators, claims };
  });
}

/** What looks like a tie and is none. */
function setTraps(random: Random, salespersonId: string, { matches, known }: Shown): void {
  const unitId = `u${random.below(UNITS)}`;
  if (random.chance(0.05)) matches.push({ salespersonId, unitId, by: 'phone', sharedBy: 3 + random.below(6) }); // a family's, a mistake
  if (random.chance(0.04)) known.push({ salespersonId, unitId, kind: 'shareholding', shareBp: 20 + random.below(280) });
  if (random.chance(0.12)) matches.push({ salespersonId, unitId, by: 'phone', sharedBy: 40 + random.below(80) });
  if (random.chance(0.2)) matches.push({ salespersonId, unitId, by: 'name', sharedBy: 2 + random.below(20) });
}

/** Of the first `n` found, how many are true; and how many of all true ones they are. */
export function judge(
  found: readonly { salespersonId: string; unitId: string }[],
  tied: ReadonlySet<string>,
  n: number,
) {
  const top = found.slice(0, n);
  const right = top.filter((t) => tied.has(`${t.salespersonId}/${t.unitId}`)).length;
  return { precision: top.length === 0 ? 0 : right / top.length, recall: tied.size === 0 ? 0 : right / tied.size };
}
