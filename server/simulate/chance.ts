/** A source of chance that gives the same run again for the same seed. */
export type Chance = {
  next: () => number; // 0 ≤ n < 1
  between: (low: number, high: number) => number;
  whole: (low: number, high: number) => number; // both ends included
  happens: (share: number) => boolean;
  pick: <T>(from: readonly [T, ...(readonly T[])]) => T;
  wait: (mean: number) => number; // exponential: the time to the next of many independent events
};

/** Chance from a seed and a name: neighbours with other names run quite differently. */
export function chanceOf(seed: number, name: string): Chance {
  let state = hash(`${seed}:${name}`);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number) => low + next() * (high - low);
  return {
    next,
    between,
    whole: (low, high) => Math.floor(between(low, high + 1)),
    happens: (share) => next() < share,
    pick: (from) => from[Math.floor(next() * from.length)] ?? from[0],
    wait: (mean) => -Math.log(1 - next()) * mean,
  };
}

/** FNV-1a, 32 bits. */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
