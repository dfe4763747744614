/** A row of a roster as it stands in the table: its line, and by which codes it names the elevator: none, one or two. */
export type RosterRow = { row: number; codes: readonly string[] };
/** A row that is not taken: its line, its code as written, why, and where the elevator stands when it is known. */
export type RosterFault<Refusal = RosterRefusal> = { row: number; code: string; place: string; refusal: Refusal };
export type RosterRefusal =
  | { code: 'insurance.roster_empty_cell' }
  | { code: 'insurance.roster_twice'; first: number }
  | { code: 'insurance.roster_unknown' }
  | { code: 'insurance.roster_digits_lost' }
  | { code: 'insurance.roster_codes_differ'; codes: string }
  | { code: 'insurance.use_unit_unknown' }
  | { code: 'insurance.no_mandate'; agent: string };

/** An elevator a code was found to mean. */
export type RosterCard = { elevatorId: string; codes: readonly string[]; address: string; useOrgId: string | null };

export type Roster<Card extends RosterCard> = {
  faults: readonly RosterFault[];
  groups: ReadonlyMap<string, readonly Card[]>; // by use unit, in the order they come
  named: ReadonlyMap<string, RosterRow>; // by elevator: the row that takes it out
};

/** Codes people write with spaces, hyphens or in full width. */
export const plainCode = (text: string): string =>
  /^[\dA-Z]*$/.test(text) ? text : text.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase();

/** What units and registers call the codes by which an elevator is found, as `headOf` writes a column's name. */
const CODE_HEADS: readonly (readonly string[])[] = [
  [
    '救援识别码',
    '救援码',
    '电梯救援码',
    '应急救援码',
    '识别码',
    '电梯识别码',
    '96333编码',
    '96333识别码',
    '电梯编号',
    'rescuecode',
  ],
  ['注册代码', '设备注册代码', '电梯注册代码', '注册编码', '设备注册编码', '注册代码编号', 'registrationcode'],
];

/** The name of a column without what people put around it: spaces, stars, brackets, full width. */
const headOf = (cell: string): string =>
  cell
    .normalize('NFKC')
    .replaceAll(/[\s*:_]|\(.*\)|\[.*\]/g, '')
    .toLowerCase();

/** Is this the name of a column of codes? */
export const isCodeHead = (cell: string): boolean => CODE_HEADS.some((heads) => heads.includes(headOf(cell)));

/** Where the codes stand: the places of their columns, the rescue code's first. A table of one column needs no name. */
export function codeColumns(columns: readonly string[]): readonly number[] {
  const places = CODE_HEADS.map((heads) => columns.findIndex((column) => heads.includes(headOf(column))));
  const found = places.filter((place) => place >= 0);
  return found.length === 0 && columns.length === 1 ? [0] : found;
}

/** Does this read as a code, and not as the name of a column? A list of codes without a name begins with its first. */
export const isCode = (cell: string): boolean => /^(?=(?:\D*\d){5})[\dA-Z]+$/.test(plainCode(cell));

/** A long code that a spreadsheet took for a number: it shows its first digits, the others are gone. */
const isNumberOfSheet = (code: string): boolean => /^\d(?:\.\d+)?E\+?\d+$/.test(plainCode(code));

/** The codes of a row's cells: what is empty is not there, and what lost its digits counts only where nothing better stands. */
export function codesIn(cells: readonly string[]): readonly string[] {
  const written = cells.map((cell) => cell.trim().slice(0, 80)).filter((cell) => plainCode(cell) !== '');
  const whole = written.filter((code) => !isNumberOfSheet(code));
  return whole.length > 0 ? whole : written.slice(0, 1);
}

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
  const named = new Map<string, RosterRow>();
  const faults: RosterFault[] = [];
  const groups = new Map<string, Card[]>();
  for (const row of rows) {
    const meant = row.codes.map((code) => byCode.get(plainCode(code)));
    const card = meant.find((one) => one !== undefined);
    const first = card && named.get(card.elevatorId)?.row;
    const refusal = wrongWith({ row, card, isOther: card !== undefined && saysOther(row, card), first, mayActFor });
    if (refusal) faults.push({ row: row.row, code: row.codes[0] ?? '', place: card?.address ?? '', refusal });
    else if (card?.useOrgId) groupOf(groups, card.useOrgId).push(card);
    if (card && first === undefined && refusal?.code !== 'insurance.roster_codes_differ')
      named.set(card.elevatorId, row);
  }
  return { faults, groups, named };
}

/** One of the row's codes is not this elevator's, though it has both: the row means two elevators, or one wrongly. */
const saysOther = ({ codes }: RosterRow, card: RosterCard): boolean =>
  card.codes.length > 1 && codes.some((code) => !card.codes.some((own) => plainCode(own) === plainCode(code)));

function groupOf<Card>(groups: Map<string, Card[]>, useOrgId: string): Card[] {
  const group = groups.get(useOrgId) ?? [];
  groups.set(useOrgId, group);
  return group;
}

type Judging = {
  row: RosterRow;
  card: RosterCard | undefined;
  isOther: boolean;
  first: number | undefined;
  mayActFor: (useOrgId: string) => boolean;
};

function wrongWith({ row: { codes }, card, isOther, first, mayActFor }: Judging): RosterRefusal | undefined {
  const [code] = codes;
  if (code === undefined) return { code: 'insurance.roster_empty_cell' };
  if (!card) return { code: isNumberOfSheet(code) ? 'insurance.roster_digits_lost' : 'insurance.roster_unknown' };
  if (isOther) return { code: 'insurance.roster_codes_differ', codes: codes.join('、') };
  if (first !== undefined) return { code: 'insurance.roster_twice', first };
  if (card.useOrgId === null) return { code: 'insurance.use_unit_unknown' };
  return mayActFor(card.useOrgId) ? undefined : { code: 'insurance.no_mandate', agent: '' };
}
