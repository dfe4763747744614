import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

/** `name` ascending, `-name` descending, as it stands in the address. */
export type Sort = string;

/** The state of one list, held by the address: filters, order, and the row that is open beside it. */
export type ListState = {
  filters: Readonly<Record<string, string>>;
  sort: Sort;
  open: string; // the id of the row shown in the drawer; '' is none
  setFilter: (name: string, value: string) => void;
  clearFilters: () => void;
  setSort: (sort: Sort) => void;
  setOpen: (id: string) => void;
};

/** Read and change the list's state in the address. */
export function useListState(names: readonly string[], firstSort: Sort = ''): ListState {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (changes: Readonly<Record<string, string>>, replace = false) =>
      setParams((now) => changed(now, changes), { replace }),
    [setParams],
  );
  return useMemo(
    () => ({
      filters: Object.fromEntries(names.flatMap((name) => (params.get(name) ? [[name, params.get(name) ?? '']] : []))),
      sort: params.get('sort') ?? firstSort,
      open: params.get('open') ?? '',
      setFilter: (name, value) => change({ [name]: value }),
      clearFilters: () => change(Object.fromEntries(names.map((name) => [name, '']))),
      setSort: (sort) => change({ sort }),
      setOpen: (open) => change({ open }, true),
    }),
    [change, firstSort, names, params],
  );
}

/** A query string with some names set, or taken away where the value is empty. */
export function changed(now: URLSearchParams, changes: Readonly<Record<string, string>>): URLSearchParams {
  const next = new URLSearchParams(now);
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') next.delete(name);
    else next.set(name, value);
  }
  return next;
}

/** The order after a press on a column's head: ascending, descending, then the list's own order again. */
export function nextSort(now: Sort, column: string): Sort {
  if (now === column) return `-${column}`;
  return now === `-${column}` ? '' : column;
}

/** The order as routes take it: a name, and whether the largest comes first. */
export const sortQuery = (sort: Sort): { sort?: string; descending?: boolean } =>
  sort === '' ? {} : { sort: sort.replace(/^-/, ''), descending: sort.startsWith('-') };
