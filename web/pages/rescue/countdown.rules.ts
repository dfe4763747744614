/** How pressing a running timer is: amber from two thirds of its time, red when it has run out. */
export type Pressure = 'calm' | 'soon' | 'over';

/** `since`: when it began to run; `dueAt`: when it runs out. All in milliseconds. */
export function pressureOf({ since, dueAt, now }: { since: number; dueAt: number; now: number }): Pressure {
  if (now >= dueAt) return 'over';
  return now >= since + ((dueAt - since) * 2) / 3 ? 'soon' : 'calm';
}
