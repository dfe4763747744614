import Button from 'antd/es/button/index.js';
import { Fragment, type ReactNode, useState } from 'react';

type Props<T> = {
  rows: readonly T[];
  onChange: (rows: T[]) => void;
  least: number; // rows that always stay
  fresh: T; // what the next row starts with
  words: { add: string; drop: string };
  row: (row: T, at: number, change: (patch: Partial<T>) => void) => ReactNode;
  children?: ReactNode; // further buttons beside the two
};

/**
 * Rows of a form that have no name of their own, such as steps of a scale. They grow and shrink at the end, and each
 * keeps the key it was made with.
 */
export function RowList<T extends object>({ rows, onChange, least, fresh, words, row, children }: Props<T>) {
  const keys = useRowKeys(rows.length);
  const change = (at: number) => (patch: Partial<T>) =>
    onChange(rows.map((one, i) => (i === at ? { ...one, ...patch } : one)));
  return (
    <>
      {rows.map((one, at) => (
        <Fragment key={keys[at]}>{row(one, at, change(at))}</Fragment>
      ))}
      <div className="row">
        <Button onClick={() => onChange([...rows, fresh])}>{words.add}</Button>
        {rows.length > least ? <Button onClick={() => onChange(rows.slice(0, -1))}>{words.drop}</Button> : null}
        {children}
      </div>
    </>
  );
}

/** One key for each row there is; a key that was given up is never given again. */
function useRowKeys(count: number): readonly number[] {
  const [{ keys, next }, setKept] = useState({ keys: upTo(count, 0), next: count });
  if (keys.length !== count) {
    const more = upTo(count - keys.length, next);
    setKept({ keys: [...keys.slice(0, count), ...more], next: next + more.length });
  }
  return keys;
}

const upTo = (count: number, from: number): readonly number[] =>
  Array.from({ length: Math.max(0, count) }, (_, i) => from + i);
