import { type RefObject, useEffect, useRef } from 'react';

/** The newest value, for listeners that are set up once and called later. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}
