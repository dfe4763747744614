/** The release form while it is being filled in. */
export type Draft = {
  people: number;
  injuries: boolean | null; // null: not answered
  classCode: string;
  detailCode: string;
  method: string;
  remark: string;
};

export const MOST_PEOPLE = 200;

/** How people come out of a car that stands; words under `phone.method.*`. */
export const METHODS = ['levelled', 'by_hand', 'electric', 'restarted', 'forced', 'other'] as const;

/** What is known of the people inside is where the form begins: one person when nothing is, and nothing said of injuries. */
export const emptyDraft = ({ people, injuries }: Pick<Draft, 'injuries'> & { people: number | null }): Draft => ({
  people: people ?? 1,
  injuries,
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
  if (!Number.isInteger(people) || ![true, false, null].includes(values.get('injuries') as boolean | null))
    return false;
  return TEXTS.every((name) => typeof values.get(name) === 'string');
};
