/** A kind of place as the pack lists it: the class it belongs to, and the industry whose department answers for it. */
export type PlaceKind = { code: string; class: string; industry: string };

/** Which industry an elevator belongs to, by the class and the kind of its place. */
export type IndustryBook = {
  /** Every industry that answers for some place, in the pack's order. */
  names: readonly string[];
  /** The industry of a place; a class without its kind counts where most kinds of that class do. Null: nobody's. */
  of: (placeClass: string | null, kind: string | null) => string | null;
  /** Kinds whose industry is not that of their class: only for these must the kind be looked at. */
  exceptions: readonly string[];
  /** The same as a list can be narrowed by: classes of the industry without some kinds, and kinds of other classes. */
  parts: (industry: string) => { classes: readonly string[]; without: readonly string[]; also: readonly string[] };
};

/** What the pack calls places that no department answers for. */
const NOBODY = 'none';

export function industryBook(kinds: readonly PlaceKind[]): IndustryBook {
  const byKind = new Map(kinds.map((kind) => [kind.code, kind]));
  const byClass = new Map([...new Set(kinds.map((kind) => kind.class))].map((one) => [one, mostOf(kinds, one)]));
  const exceptions = kinds.filter((kind) => byClass.get(kind.class) !== kind.industry);
  const named = (industry: string | undefined) => (industry === undefined || industry === NOBODY ? null : industry);
  return {
    names: [...new Set(kinds.map((kind) => kind.industry))].filter((industry) => industry !== NOBODY),
    of: (placeClass, kind) => named(byKind.get(kind ?? '')?.industry ?? byClass.get(placeClass ?? '')),
    exceptions: exceptions.map(({ code }) => code),
    parts: (industry) => {
      const classes = [...byClass].flatMap(([one, its]) => (its === industry ? [one] : []));
      return {
        classes,
        without: exceptions.flatMap((kind) => (kind.industry === industry ? [] : [kind.code])),
        also: exceptions.flatMap((kind) => (kind.industry === industry ? [kind.code] : [])),
      };
    },
  };
}

/** The industry of most kinds of a class; of equally many the one named first. */
function mostOf(kinds: readonly PlaceKind[], placeClass: string): string {
  const counts = new Map<string, number>();
  for (const kind of kinds)
    if (kind.class === placeClass) counts.set(kind.industry, (counts.get(kind.industry) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [NOBODY, 0] as [string, number])[0];
}
