import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db.ts';
import { giveTo } from '../../kernel/files.ts';
import type { OrgId } from '../../kernel/ids.ts';
import type { CardColumns, FindingRow, PreventionTables, VisitRow } from './tables.ts';

/** The elevator with this rescue code, whoever asks: the code stands on a plate that everybody can read. */
export const elevatorWithCode = (db: Db<PreventionTables>, rescueCode: string): Promise<CardColumns | undefined> =>
  db.selectFrom('registry.elevator_card').selectAll().where('rescue_code', '=', rescueCode).executeTakeFirst();

/** A number as it is written on paper: `FW-2026-000123`. */
export async function nextNumber(db: Db<PreventionTables>, prefix: string, year: string): Promise<string> {
  const { rows } = await sql<{ n: number }>`select nextval('prevention.number')::int as n`.execute(db);
  return `${prefix}-${year}-${String(rows[0]?.n ?? 0).padStart(6, '0')}`;
}

/** Keep a visit once. False: the phone sent it before. */
export async function insertVisit(tx: Tx<PreventionTables>, row: VisitRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('prevention.visit')
    .values({ ...row, checks: JSON.stringify(row.checks) })
    .onConflict((c) => c.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

export const findVisit = (db: Db<PreventionTables>, id: string) =>
  db.selectFrom('prevention.visit').selectAll().where('id', '=', id).executeTakeFirst();

export const findingsOfVisit = (db: Db<PreventionTables>, visitId: string) =>
  db
    .selectFrom('prevention.finding')
    .select(['id', 'number', 'due_on as dueOn'])
    .where('visit_id', '=', visitId)
    .orderBy('number')
    .execute();

export type NewStep = {
  id: string;
  finding: Pick<FindingRow, 'id' | 'area_codes' | 'org_ids'>;
  at: Date;
  step: string;
  orgId: OrgId | null;
  actor: string;
  note: string;
  files: readonly string[];
};

/** Write a step of a finding and give it its photos. Returns how many files it took. */
export async function insertStep(tx: Tx<PreventionTables>, s: NewStep): Promise<number> {
  const { area_codes, org_ids } = s.finding;
  await tx
    .insertInto('prevention.finding_step')
    .values({
      id: s.id,
      finding_id: s.finding.id,
      at: s.at,
      step: s.step,
      org_id: s.orgId,
      actor: s.actor,
      note: s.note,
      area_codes,
      org_ids,
    })
    .execute();
  const audience = { areaCodes: area_codes, orgIds: org_ids };
  const given = await giveTo(tx, s.files, { subject: s.id, purpose: `prevention.${s.step}`, audience });
  return given.length;
}

export async function insertFinding(
  tx: Tx<PreventionTables>,
  row: Omit<FindingRow, 'returned' | 'was_late' | 'version'>,
) {
  await tx.insertInto('prevention.finding').values(row).execute();
}
