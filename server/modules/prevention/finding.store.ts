import type { Db, Tx } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { invariant } from '../../kernel/result.ts';
import type { Day } from '../../kernel/time.ts';
import type { Finding } from './finding.rules.ts';
import type { FindingRow, PreventionTables } from './tables.ts';

/** A row as it is read, with the use unit of the visit's day: it answers beside whoever must mend. */
export type FindingWithUnit = Omit<FindingRow, 'returned' | 'was_late' | 'version'> & {
  returned: number;
  was_late: boolean;
  version: number;
  use_org_id: OrgId | null;
};

const read = (db: Db<PreventionTables>) =>
  db
    .selectFrom('prevention.finding as f')
    .innerJoin('prevention.visit as v', 'v.id', 'f.visit_id')
    .selectAll('f')
    .select('v.use_org_id');

/** A finding, held until the transaction ends; undefined when the viewer does not see it. */
export const lockFinding = (tx: Tx<PreventionTables>, id: string): Promise<FindingWithUnit | undefined> =>
  read(tx).where('f.id', '=', id).forUpdate('f').executeTakeFirst();

export const findFinding = (db: Db<PreventionTables>, id: string): Promise<FindingWithUnit | undefined> =>
  read(db).where('f.id', '=', id).executeTakeFirst();

export const findingOf = (row: FindingWithUnit): Finding => ({
  state: row.state,
  severity: row.severity,
  insurerOrgId: row.insurer_org_id,
  ownerOrgId: row.owner_org_id,
  useOrgId: row.use_org_id,
  dueOn: row.due_on as Day,
  mendedAt: row.mended_at,
  returned: row.returned,
  wasLate: row.was_late,
});

/** Save what was decided. The row is locked, so nobody came between. */
export async function saveFinding(
  tx: Tx<PreventionTables>,
  was: FindingWithUnit,
  next: Finding & { endedAt: Date | null },
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('prevention.finding')
    .set({
      state: next.state,
      due_on: next.dueOn,
      mended_at: next.mendedAt,
      ended_at: next.endedAt,
      returned: next.returned,
      was_late: next.wasLate,
      version: was.version + 1,
    })
    .where('id', '=', was.id)
    .where('version', '=', was.version)
    .executeTakeFirstOrThrow();
  invariant(numUpdatedRows === 1n, 'a locked finding is saved');
}
