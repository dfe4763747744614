/** A row's place in an ordered list: what the list is ordered by, then the row's id. */
export type Place = { key: string; id: string };

/** One page of a list; `next` is the place to read on from, null at the end. */
export type PageOf<Item> = { items: Item[]; next: string | null };

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The place that a cursor names. A cursor that was typed by hand begins at the beginning. */
export function readPlace(after: string | undefined, isKey: (key: string) => boolean): Place | null {
  const cut = after?.lastIndexOf('_') ?? -1;
  if (after === undefined || cut < 0) return null;
  const [key, id] = [after.slice(0, cut), after.slice(cut + 1)];
  return ID.test(id) && isKey(key) ? { key, id } : null;
}

/** Rows that were read one more than asked, as a page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  { place, item }: { place: (row: Row) => Place; item: (row: Row) => Item },
): PageOf<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? place(last) : null;
  return { items: shown.map(item), next: next && `${next.key}_${next.id}` };
}

/** Is this an instant as `toISOString` writes it? */
export const isInstantKey = (key: string): boolean => isWritten(key, (at) => at.toISOString());

/** Is this a day, YYYY-MM-DD, that exists? */
export const isDayKey = (key: string): boolean => isWritten(key, (at) => at.toISOString().slice(0, 10));

function isWritten(key: string, write: (at: Date) => string): boolean {
  const at = new Date(key);
  return !Number.isNaN(at.getTime()) && write(at) === key;
}

/** Is this a finite number as JavaScript writes it? */
export const isNumberKey = (key: string): boolean => Number.isFinite(Number(key)) && String(Number(key)) === key;

/** Is this a text that can be read back as JSON, for lists in the order of several columns? */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The pattern for `ilike` that finds this text anywhere, its signs taken as they are. */
export const containing = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
