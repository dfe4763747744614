import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { get, type Query } from '../../api.ts';

/** A page of a list, as every list route answers: `next` is the cursor of the page after, null at the end. */
export type PageOf<Row> = { items: readonly Row[]; next: string | number | null };

/** The rows read so far, and the way to more. */
export type RowsState<Row> = {
  rows: readonly Row[] | undefined; // undefined: not read yet
  error: unknown;
  isFetching: boolean;
  more: (() => void) | null; // null: these are all
  again: () => void;
  /** Read the whole list, page by page: at most `MOST_EXPORTED` rows. */
  everything: () => Promise<readonly Row[]>;
};

const PAGE_ROWS = 100;
const EXPORT_PAGE_ROWS = 200;
export const MOST_EXPORTED = 50_000;

/**
 * What is asked. `cursor`: the name under which the route takes the place to read on from. `exportPage`: how many rows an export
 * reads at a time, where a page costs the route as much as the whole.
 */
type Ask = Query & { cursor?: 'after' | 'before'; exportPage?: number };

/** Read a list page by page. `topic` is the module that owns it, so that its events refresh the list. */
export function useRows<Row>(
  topic: string,
  path: string,
  { cursor = 'after', exportPage = EXPORT_PAGE_ROWS, ...query }: Ask,
): RowsState<Row> {
  const read = useInfiniteQuery({
    queryKey: [topic, path, query],
    queryFn: ({ pageParam, signal }) =>
      get<PageOf<Row>>(path, { limit: PAGE_ROWS, ...query, [cursor]: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => (page.next === null ? undefined : String(page.next)),
    placeholderData: keepPreviousData,
  });
  return {
    rows: read.data?.pages.flatMap((page) => page.items),
    error: read.data ? null : read.error,
    isFetching: read.isFetching,
    more: read.hasNextPage ? () => void (read.isFetchingNextPage ? null : read.fetchNextPage()) : null,
    again: () => void read.refetch(),
    everything: () => readAll<Row>(path, query, { cursor, page: exportPage }),
  };
}

/** Every row of a list, page by page: at most `MOST_EXPORTED`. */
export async function readAll<Row>(
  path: string,
  query: Query,
  { cursor = 'after', page: limit = EXPORT_PAGE_ROWS }: { cursor?: string; page?: number } = {},
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let from: string | undefined;
  do {
    const page: PageOf<Row> = await get(path, { ...query, limit, [cursor]: from });
    rows.push(...page.items);
    from = page.next === null ? undefined : String(page.next);
  } while (from !== undefined && rows.length < MOST_EXPORTED);
  return rows;
}
