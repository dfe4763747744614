/** Numbers that look random and are the same on every run: the demo city and the benches are repeatable. */
export type Seeded = {
  /** In [0, 1). */
  next: () => number;
  /** A whole number from `from` to `to`, both included. */
  between: (from: number, to: number) => number;
  pick: <T>(from: readonly T[]) => T;
  /** One of the keys, as often as its weight says. */
  weighted: <K extends string>(weights: Readonly<Record<K, number>>) => K;
};

/** A generator by Mulberry32: small, fast, and good enough for a city that does not exist. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (from) => {
      const found = from[Math.floor(next() * from.length)];
      if (found === undefined) throw new Error('Broken promise: a list to pick from is not empty');
      return found;
    },
    weighted: (weights) => weightedKey(weights, next()),
  };
}

function weightedKey<K extends string>(weights: Readonly<Record<K, number>>, at: number): K {
  const keys = Object.keys(weights).filter((key): key is K => key in weights);
  const total = keys.reduce((sum, key) => sum + weights[key], 0);
  let left = at * total;
  for (const key of keys) {
    left -= weights[key];
    if (left < 0) return key;
  }
  const last = keys.at(-1);
  if (last === undefined) throw new Error('Broken promise: there is a weight');
  return last;
}
