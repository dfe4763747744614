/** The release form while it is being filled in. */
export type Draft = {
  people: number;
  injuries: boolean;
  classCode: string;
  detailCode: string;
  method: string;
  remark: string;
};

export const MOST_PEOPLE = 200;

/** How people come out of a car that stands; words under `phone.method.*`. */
export const METHODS = ['levelled', 'by_hand', 'electric', 'restarted', 'forced', 'other'] as const;

/** What is known of the people inside is where the count begins; one, when nothing is known. */
export const emptyDraft = (known: number | null): Draft => ({
  people: known ?? 1,
  injuries: false,
  classCode: '',
  detailCode: '',
  method: '',
  remark: '',
});

/** A form out of the phone's store; null when it is none, as one of an earlier version may be. */
export function draftIn(kept: unknown): Draft | null {
  return isDraft(kept) ? kept : null;
}

const TEXTS = ['classCode', 'detailCode', 'method', 'remark'];

const isDraft = (kept: unknown): kept is Draft => {
  if (typeof kept !== 'object' || kept === null) return false;
  const values = new Map<string, unknown>(Object.entries(kept));
  const people = values.get('people');
  if (!Number.isInteger(people) || typeof values.get('injuries') !== 'boolean') return false;
  return TEXTS.every((name) => typeof values.get(name) === 'string');
};
