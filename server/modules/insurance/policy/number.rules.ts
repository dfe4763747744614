export type NumberStanding = 'enough' | 'low' | 'none';

/** Do the numbers an insurer allotted suffice? Low: fewer than a tenth of them all are left, so that new ones come in time. */
export function standingOf({ free, used }: { free: number; used: number }): NumberStanding {
  if (free === 0) return 'none';
  return free * 10 < free + used ? 'low' : 'enough';
}
