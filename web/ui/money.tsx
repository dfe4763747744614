/** Fen as people read them: `¥1,234.56`, with the sign before it. */
export const yuan = (fen: number): string =>
  `${fen < 0 ? '-' : ''}¥${(Math.abs(fen) / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

/** An amount in fen, in its own line; a dash when there is none. */
export const Money = ({ fen }: { fen: number | null | undefined }) =>
  fen === null || fen === undefined ? <span className="muted">—</span> : <span className="nowrap">{yuan(fen)}</span>;
