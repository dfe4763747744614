import { yuan } from '../../words/index.ts';

export { yuan };

/** Fen, or a dash where there is no amount: nothing known is not zero. */
export const yuanOr = (fen: number | null | undefined): string => (fen === null || fen === undefined ? '—' : yuan(fen));

/** What a person types as yuan, in fen: `1,234.5` is 123450. Null when it is no amount of whole fen. */
export function fenTyped(text: string): number | null {
  const found = /^(\d{1,11})(?:\.(\d{1,2}))?$/.exec(text.replaceAll(/[,¥\s]/g, ''));
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : null;
}
