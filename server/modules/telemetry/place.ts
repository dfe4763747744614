import { posAt } from './reading.rules.ts';

/** Gives out places in history: the time of receipt, and later than every place before, also those before the start. */
export function openPlaces(lastPos: number): (atMs: number) => number {
  let last = lastPos;
  return (atMs) => {
    last = Math.max(last + 1, posAt(atMs));
    return last;
  };
}
