import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { Sheet } from '../../../kernel/sheet.ts';
import { type Day, dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { agencyOf } from './mandate.rules.ts';
import { mandatesOf } from './mandate.store.ts';
import { quote } from './quote.service.ts';
import { type RosterFault, type RosterRow, sortRoster } from './roster.rules.ts';
import { cardsOfCodes, coveredAlready, namesOfOrgs } from './roster.store.ts';

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
 * Quote a roster, use unit by use unit. All its quotes stand or none; a use unit that cannot be quoted says why, and a dry run
 * keeps nothing.
 */
export const quoteRoster = (deps: InsuranceDeps, viewer: Viewer, wish: RosterWish): Promise<RosterDone> =>
  deps.scoped(viewer, async (tx): Promise<RosterDone> => {
    const { rows, productId, from, dry } = wish;
    const cards = await cardsOfCodes(
      tx,
      rows.map((r) => r.code),
    );
    const today = dayOf(deps.now());
    const { role, orgId } = viewer;
    const mandates = orgId ? await mandatesOf(tx, { agentOrgId: orgId }) : [];
    const mayActFor = (holderOrgId: string) => {
      const agency = agencyOf({ role, orgId, holderOrgId, mandates, on: today });
      return agency === null || !('code' in agency);
    };
    const { faults, groups } = sortRoster(rows, cards, mayActFor);
    const names = await namesOfOrgs(tx, [...groups.keys()]);
    const here: InsuranceDeps = { ...deps, scoped: (_, work) => work(tx) };
    const done: RosterGroup[] = [];
    for (const [holder, group] of groups) {
      const [holderOrgId, elevatorIds] = [holder as OrgId, group.map((c) => c.elevatorId as ElevatorId)];
      const base = { holderOrgId, holder: names.get(holder) ?? '', elevators: group.length };
      const asked = { productId, holderOrgId, leadOrgId: null, elevatorIds, from, dry };
      const made = await quote(here, viewer, asked);
      if (!made.ok) {
        done.push({ ...base, rated: 0, refused: 0, total: 0, coveredAlready: 0, quoteId: null, refusal: made.refusal });
        continue;
      }
      const { elevators, refused, total, quoteId } = made.value;
      const covered = await coveredAlready(deps.db, { elevatorIds, productId, from }); // as the owner, like binding
      const figures = { rated: elevators, refused, total, coveredAlready: covered, refusal: null };
      done.push({ ...base, ...figures, quoteId: dry ? null : quoteId });
    }
    const taken = done.reduce((n, g) => n + g.rated, 0);
    return { rows: rows.length, taken, faults, groups: done };
  });
