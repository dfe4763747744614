import { serveThread } from './thread.ts';

let sum = 0;
const work = {
  add: (n: number): number => {
    sum += n;
    return sum;
  },
  fail: (why: string): never => {
    throw new Error(why);
  },
  /** Take memory until there is none. */
  swallow: (): number => {
    const held: number[][] = [];
    for (;;) held.push(Array.from({ length: 100_000 }, (_unused, i) => i));
  },
  /** Keep the thread busy for so many milliseconds. */
  work: (ms: number): void => {
    const endMs = performance.now() + ms;
    while (performance.now() < endMs);
  },
};
export type TriedWork = typeof work;
serveThread(work);
