import type { Tx } from '../../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { Sheet } from '../../../kernel/sheet.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import type { InsuranceTables } from '../tables.ts';
import { agenciesToday } from './mandate.service.ts';
import { type EachDone, quoteEach } from './quote.service.ts';
import { type InsurableCard, insurablesOfCodes, type QuoteLine, quoteNumbers } from './quote.store.ts';
import {
  codeColumns,
  codesIn,
  isCode,
  plainCode,
  type RosterFault,
  type RosterRefusal,
  type RosterRow,
  sortRoster,
} from './roster.rules.ts';
import { coveredAlready, namesOfOrgs } from './roster.store.ts';

/** A sheet holds no more: what a maintenance unit keeps in a city. */
export const MOST_ROWS = 5_000;

export type RosterDone = {
  rows: number;
  taken: number;
  faults: readonly RosterFault<RosterRefusal | NonNullable<QuoteLine['refusal']>>[]; // every row that is not taken
  groups: readonly RosterGroup[];
};
export type RosterGroup = {
  holderOrgId: OrgId;
  holder: string;
  elevators: number;
  rated: number;
  refused: number;
  total: number;
  coveredAlready: number;
  quoteId: string | null;
  quote: string | null; // its number
  refusal: ({ code: string } & Record<string, unknown>) | null;
};
export type RosterReading =
  | { code: 'insurance.roster_too_long'; most: number }
  | { code: 'insurance.roster_no_column'; columns: string };

/** The codes of a sheet, with their lines as a spreadsheet counts them. */
export async function readRoster(sheet: Sheet): Promise<Result<readonly RosterRow[], RosterReading>> {
  const places = codeColumns(sheet.columns);
  if (places.length === 0)
    return refuse({ code: 'insurance.roster_no_column', columns: sheet.columns.slice(0, 10).join('、') });
  const [only = ''] = sheet.columns;
  const rows: RosterRow[] = isCode(only) ? [{ row: sheet.headRow, codes: [only] }] : [];
  for await (const { rowNo, cells } of sheet.rows) {
    rows.push({ row: rowNo, codes: codesIn(places.map((at) => cells[at] ?? '')) });
    if (rows.length > MOST_ROWS) return refuse({ code: 'insurance.roster_too_long', most: MOST_ROWS });
  }
  return accept(rows);
}

export type RosterWish = { rows: readonly RosterRow[]; productId: string; from: Day; dry: boolean };

/**
 * Quote a roster, use unit by use unit. All its quotes stand or none; a product that cannot be quoted is said at every use unit,
 * and a dry run keeps nothing.
 */
export const quoteRoster = (deps: InsuranceDeps, viewer: Viewer, wish: RosterWish): Promise<RosterDone> =>
  deps.scoped(viewer, async (tx): Promise<RosterDone> => {
    const { rows, productId, from, dry } = wish;
    const codes = [...new Set(rows.flatMap((r) => r.codes.map(plainCode)))];
    const cards = await insurablesOfCodes(tx, codes);
    const actFor = await agenciesToday(deps, tx, viewer);
    const { faults, groups, named } = sortRoster(rows, cards, (holder) => actFor(holder).ok);
    const names = await namesOfOrgs(tx, [...groups.keys()]);
    const asked = [...groups].map(([holder, group]) => {
      const agency = actFor(holder);
      return { holderOrgId: holder as OrgId, cards: group, mandate: agency.ok ? agency.value : null };
    });
    const made = await quoteEach(deps, tx, { viewer, productId, leadOrgId: null, from, dry, groups: asked });
    const ids = asked.flatMap((g) => g.cards.map((c) => c.elevatorId));
    const covered = made.ok ? await coveredAlready(deps.db, { elevatorIds: ids, productId, from }) : new Set(); // as the owner, like binding
    const kept = dry || !made.ok ? new Map<string, never>() : await keptQuotes(tx, made.value);
    const done = asked.map(({ holderOrgId, cards: own }): RosterGroup => {
      const base = { holderOrgId, holder: names.get(holderOrgId) ?? '', elevators: own.length };
      const summary = made.ok ? made.value.quotes.get(holderOrgId) : undefined;
      if (!summary) {
        const refusal = made.ok ? null : made.refusal;
        return { ...base, rated: 0, refused: 0, total: 0, coveredAlready: 0, quoteId: null, quote: null, refusal };
      }
      const { elevators, refused, total, quoteId } = summary;
      const refusal = elevators === 0 ? ({ code: 'insurance.roster_none_insurable' } as const) : null;
      const figures = { rated: elevators, refused, total, refusal };
      const already = own.filter((c) => covered.has(c.elevatorId)).length;
      return { ...base, ...figures, coveredAlready: already, ...(kept.get(quoteId) ?? { quoteId: null, quote: null }) };
    });
    const barred = made.ok ? made.value.barred : new Map<ElevatorId, never>();
    const unrated = asked.flatMap((g) => g.cards).flatMap((card) => faultOf(card, barred, named) ?? []);
    const all = [...faults, ...unrated].toSorted((a, b) => a.row - b.row);
    return { rows: rows.length, taken: done.reduce((n, g) => n + g.rated, 0), faults: all, groups: done };
  });

/** The quotes that stand, with their numbers: one that insures nothing was not kept. */
async function keptQuotes(tx: Tx<InsuranceTables>, { quotes }: EachDone) {
  const numbers = await quoteNumbers(
    tx,
    [...quotes.values()].map((q) => q.quoteId),
  );
  return new Map([...numbers].map(([quoteId, quote]) => [quoteId, { quoteId, quote }]));
}

/** The row of an elevator that was not rated. */
function faultOf(
  { elevatorId, address: place }: InsurableCard,
  barred: EachDone['barred'],
  named: ReadonlyMap<string, RosterRow>,
): RosterDone['faults'][number] | undefined {
  const [refusal, row] = [barred.get(elevatorId), named.get(elevatorId)];
  return refusal && row && { row: row.row, code: row.codes[0] ?? '', place, refusal };
}
