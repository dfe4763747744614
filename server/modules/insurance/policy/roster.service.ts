import type { OrgId } from '../../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { Sheet } from '../../../kernel/sheet.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { agenciesToday } from './mandate.service.ts';
import { quoteEach } from './quote.service.ts';
import { insurablesOfCodes } from './quote.store.ts';
import { plainCode, type RosterFault, type RosterRow, sortRoster } from './roster.rules.ts';
import { coveredAlready, namesOfOrgs } from './roster.store.ts';

/** A sheet holds no more: what a maintenance unit keeps in a city. */
export const MOST_ROWS = 5_000;

export type RosterDone = {
  rows: number;
  taken: number;
  faults: readonly RosterFault[];
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
  refusal: ({ code: string } & Record<string, unknown>) | null;
};
export type RosterReading =
  | { code: 'insurance.roster_too_long'; most: number }
  | { code: 'insurance.roster_no_column'; columns: string };

/** The codes of a sheet, with their lines as a spreadsheet counts them. `names` are what the column of codes may be called. */
export async function readRoster(
  sheet: Sheet,
  names: readonly string[],
): Promise<Result<readonly RosterRow[], RosterReading>> {
  const at = sheet.columns.length === 1 ? 0 : sheet.columns.findIndex((c) => names.includes(c.trim()));
  if (at < 0) return refuse({ code: 'insurance.roster_no_column', columns: sheet.columns.slice(0, 10).join('、') });
  const rows: RosterRow[] = [];
  for await (const { rowNo, cells } of sheet.rows) {
    rows.push({ row: rowNo, code: (cells[at] ?? '').trim().slice(0, 80) });
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
    const codes = [...new Set(rows.map((r) => plainCode(r.code)))].filter((code) => code !== '');
    const cards = await insurablesOfCodes(tx, codes);
    const actFor = await agenciesToday(deps, tx, viewer);
    const { faults, groups } = sortRoster(rows, cards, (holder) => actFor(holder).ok);
    const names = await namesOfOrgs(tx, [...groups.keys()]);
    const asked = [...groups].map(([holder, group]) => {
      const agency = actFor(holder);
      return { holderOrgId: holder as OrgId, cards: group, mandate: agency.ok ? agency.value : null };
    });
    const made = await quoteEach(deps, tx, { viewer, productId, leadOrgId: null, from, dry, groups: asked });
    const ids = asked.flatMap((g) => g.cards.map((c) => c.elevatorId));
    const covered = made.ok ? await coveredAlready(deps.db, { elevatorIds: ids, productId, from }) : new Set(); // as the owner, like binding
    const done = asked.map(({ holderOrgId, cards: own }): RosterGroup => {
      const base = { holderOrgId, holder: names.get(holderOrgId) ?? '', elevators: own.length };
      const summary = made.ok ? made.value.get(holderOrgId) : undefined;
      if (!summary) {
        const refusal = made.ok ? null : made.refusal;
        return { ...base, rated: 0, refused: 0, total: 0, coveredAlready: 0, quoteId: null, refusal };
      }
      const { elevators, refused, total, quoteId } = summary;
      const refusal = elevators === 0 ? ({ code: 'insurance.roster_none_insurable' } as const) : null;
      const figures = { rated: elevators, refused, total, refusal };
      const already = own.filter((c) => covered.has(c.elevatorId)).length;
      return { ...base, ...figures, coveredAlready: already, quoteId: dry || elevators === 0 ? null : quoteId };
    });
    return { rows: rows.length, taken: done.reduce((n, g) => n + g.rated, 0), faults, groups: done };
  });
