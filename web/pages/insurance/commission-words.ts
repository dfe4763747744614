/** A rate as people read it: `0.085` is `8.5 %`. */
export const percent = (rate: string): string => `${Number((Number(rate) * 100).toFixed(4))} %`;

/** A percentage as people type it, as the decimal it stands for: `8.5` is `0.085`. Null when it is none below 100. */
export function rateTyped(text: string): string | null {
  const found = /^(\d{1,2})(?:\.(\d{1,4}))?$/.exec(text.normalize('NFKC').replace('%', '').trim());
  if (!found) return null;
  const [, whole = '', decimals = ''] = found;
  const rate = `0.${whole.padStart(2, '0')}${decimals}`.replace(/0+$/, '').replace(/\.$/, '');
  return rate;
}

/** The last month that is over, of a day `YYYY-MM-DD`. */
export function monthBefore(day: string): string {
  const [y = 0, m = 1] = day.split('-').map(Number);
  return m === 1 ? `${y - 1}-12` : `${y}-${String(m - 1).padStart(2, '0')}`;
}
