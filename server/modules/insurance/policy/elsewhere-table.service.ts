import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { Sheet } from '../../../kernel/sheet.ts';
import type { InsuranceDeps } from '../deps.ts';
import {
  beside,
  ELSEWHERE_COLUMNS,
  type ElsewhereCells,
  type ElsewhereColumn,
  type ElsewhereFault,
  type ElsewherePolicy,
  type ElsewhereRow,
  gather,
  type Names,
  readElsewhereRow,
} from './elsewhere.rules.ts';
import { addLines, insertElsewhere, type NewElsewhere, type NewLine, standingOf } from './elsewhere.store.ts';
import { MOST_ROWS } from './roster.service.ts';
import { cardsOfCodes } from './roster.store.ts';

export type TableReading =
  | { code: 'insurance.roster_too_long'; most: number }
  | { code: 'insurance.elsewhere_no_column'; columns: string };
export type ElsewhereTable = { rows: number; good: readonly ElsewhereRow[]; faults: readonly ElsewhereFault[] };
/** What each column may be called, in both languages; the first is said when it is missing. */
export type ColumnNames = Readonly<Record<ElsewhereColumn, readonly string[]>>;

/** Read a table of policies issued elsewhere: good rows, and every fault of the others. */
export async function readElsewhere(
  sheet: Sheet,
  columns: ColumnNames,
  names: Names,
): Promise<Result<ElsewhereTable, TableReading>> {
  const heads = sheet.columns.map((c) => c.trim());
  const at = new Map(ELSEWHERE_COLUMNS.map((c) => [c, heads.findIndex((head) => columns[c].includes(head))] as const));
  const missing = ELSEWHERE_COLUMNS.filter((c) => (at.get(c) ?? -1) < 0);
  if (missing.length > 0)
    return refuse({ code: 'insurance.elsewhere_no_column', columns: missing.map((c) => columns[c][0]).join('、') });
  const good: ElsewhereRow[] = [];
  const faults: ElsewhereFault[] = [];
  let rows = 0;
  for await (const { rowNo, cells } of sheet.rows) {
    rows += 1;
    if (rows > MOST_ROWS) return refuse({ code: 'insurance.roster_too_long', most: MOST_ROWS });
    const named = Object.fromEntries(ELSEWHERE_COLUMNS.map((c) => [c, cells[at.get(c) ?? -1] ?? ''])) as ElsewhereCells;
    const read = readElsewhereRow(rowNo, named, names);
    if (read.ok) good.push(read.value);
    else faults.push(...read.refusal);
  }
  return accept({ rows, good, faults });
}

export type TableDone = {
  rows: number;
  taken: number;
  known: number;
  policies: number;
  faults: readonly ElsewhereFault[];
};

/**
 * Record a table of policies issued elsewhere. Good rows stand whatever is wrong with others; the same table again records
 * nothing twice; an elevator left out the first time joins its policy as long as its insurer has not confirmed it. Dry: say
 * what would come, keep nothing.
 */
export const recordElsewhereTable = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { table, dry }: { table: ElsewhereTable; dry: boolean },
): Promise<TableDone> =>
  deps.scoped(viewer, async (tx): Promise<TableDone> => {
    const cards = await cardsOfCodes(
      tx,
      table.good.map((r) => r.code),
    );
    const { policies, faults } = gather(table.good, cards);
    const standing = await standingOf(deps.db, policies, viewer.orgId);
    const holders = new Map(cards.map((c) => [c.elevatorId, c.useOrgId]));
    const parts = policies.map((policy) => {
      const before = standing.get(`${policy.insurerOrgId} ${policy.number}`);
      return { policy, before, ...beside(policy, before) };
    });
    const fresh = parts.filter((p) => !p.before && p.fresh.length > 0);
    const more = parts.flatMap(({ before, fresh: lines }) => (before ? linesOf(before.id, lines) : []));
    const begun = fresh.map((p) => ({ id: deps.newId(), ...p }));
    if (!dry) {
      const rows = begun.map((p) => newPolicy(p.id, p.policy, { holders, viewer }));
      const lines = begun.flatMap((p) => linesOf(p.id, p.fresh));
      await insertElsewhere(tx, rows, lines);
      await addLines(tx, more);
    }
    return {
      rows: table.rows,
      taken: parts.reduce((n, p) => n + p.fresh.length, 0),
      known: parts.reduce((n, p) => n + p.known, 0),
      policies: fresh.length,
      faults: [...table.faults, ...faults, ...parts.flatMap((p) => p.faults)].toSorted((a, b) => a.row - b.row),
    };
  });

const linesOf = (policyId: string, lines: ElsewherePolicy['lines']): NewLine[] =>
  lines.map((l) => ({ policyId, elevatorId: l.elevatorId as ElevatorId, premium: l.premium }));

type Parties = { holders: ReadonlyMap<string, string | null>; viewer: Viewer };

/** The policyholder is the use unit of its first elevator, else who records it. Who records it sees it. */
function newPolicy(id: string, policy: ElsewherePolicy, { holders, viewer }: Parties): NewElsewhere {
  const { lines, ...rest } = policy;
  const use = lines.map((l) => holders.get(l.elevatorId)).find((h) => h !== null && h !== undefined);
  const holder = (use ?? viewer.orgId ?? policy.insurerOrgId) as OrgId;
  const parties = [holder, policy.insurerOrgId, ...(viewer.orgId ? [viewer.orgId] : [])];
  return {
    ...rest,
    id,
    insurerOrgId: policy.insurerOrgId as OrgId,
    holderOrgId: holder,
    orgIds: [...new Set(parties)],
  };
}
