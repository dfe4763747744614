/** A share of one as a percentage with one decimal; a dash when there was nothing to count. */
export const shareText = (share: number | null): string => (share === null ? '—' : `${(share * 100).toFixed(1)} %`);

/** Seconds as minutes with one decimal, for columns whose head names the unit; a dash when there were none. */
export const minutesText = (seconds: number | undefined): string =>
  seconds === undefined ? '—' : (seconds / 60).toFixed(1);
