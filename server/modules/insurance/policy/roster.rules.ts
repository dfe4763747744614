/** A row of a roster as it stands in the table: its line and the elevator's code. */
export type RosterRow = { row: number; code: string };
export type RosterFault = { row: number; code: string; refusal: RosterRefusal };
export type RosterRefusal =
  | { code: 'insurance.roster_empty_cell' }
  | { code: 'insurance.roster_twice'; first: number }
  | { code: 'insurance.roster_unknown' }
  | { code: 'insurance.use_unit_unknown' }
  | { code: 'insurance.no_mandate'; agent: string };

/** An elevator a code was found to mean. */
export type RosterCard = { elevatorId: string; codes: readonly string[]; useOrgId: string | null };

export type Roster<Card extends RosterCard> = {
  faults: readonly RosterFault[];
  groups: ReadonlyMap<string, readonly Card[]>; // by use unit, in the order they come
};

/** Codes people write with spaces, hyphens or in full width. */
export const plainCode = (text: string): string =>
  /^[\dA-Z]*$/.test(text) ? text : text.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase();

/**
 * Sort a roster by use unit. A row that names nothing, names it twice, or names an elevator nobody may insure here is a fault
 * of its own line; the others lose nothing by it.
 */
export function sortRoster<Card extends RosterCard>(
  rows: readonly RosterRow[],
  cards: readonly Card[],
  mayActFor: (useOrgId: string) => boolean,
): Roster<Card> {
  const byCode = new Map(cards.flatMap((card) => card.codes.map((code) => [plainCode(code), card] as const)));
  const seen = new Map<string, number>();
  const faults: RosterFault[] = [];
  const groups = new Map<string, Card[]>();
  for (const { row, code } of rows) {
    const card = byCode.get(plainCode(code));
    const first = card && seen.get(card.elevatorId);
    const refusal = wrongWith({ code, card, first, mayActFor });
    if (refusal) faults.push({ row, code, refusal });
    else if (card?.useOrgId) groupOf(groups, card.useOrgId).push(card);
    if (card && first === undefined) seen.set(card.elevatorId, row);
  }
  return { faults, groups };
}

function groupOf<Card>(groups: Map<string, Card[]>, useOrgId: string): Card[] {
  const group = groups.get(useOrgId) ?? [];
  groups.set(useOrgId, group);
  return group;
}

type Judging = {
  code: string;
  card: RosterCard | undefined;
  first: number | undefined;
  mayActFor: (useOrgId: string) => boolean;
};

function wrongWith({ code, card, first, mayActFor }: Judging): RosterRefusal | undefined {
  if (plainCode(code) === '') return { code: 'insurance.roster_empty_cell' };
  if (!card) return { code: 'insurance.roster_unknown' };
  if (first !== undefined) return { code: 'insurance.roster_twice', first };
  if (card.useOrgId === null) return { code: 'insurance.use_unit_unknown' };
  return mayActFor(card.useOrgId) ? undefined : { code: 'insurance.no_mandate', agent: '' };
}
