import { z } from 'zod';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import { FUNDING_SOURCES } from './annex.rules.ts';
import type { AnnexKind } from './annex.store.ts';

const annex1Row = z.object({
  source: z.enum([...FUNDING_SOURCES, 'total']),
  elevators: z.int(),
  useUnits: z.int(),
  insurers: z.int(),
  lowestPremium: z.int().nullable(),
  highestPremium: z.int().nullable(),
  paid: z.int(),
  satisfactionPercent: z.number().nullable(),
});
const annex2Row = z.object({
  elevatorId: z.string(),
  useUnit: z.string(),
  elevatorCode: z.string(),
  ageYears: z.int().nullable(),
  residents: z.int().nullable(),
  insurer: z.string(),
  otherInsurers: z.array(z.string()),
  premium: z.int(),
  paid: z.int(),
  shortestPaymentHours: z.number().nullable(),
  longestPaymentHours: z.number().nullable(),
  unpaidSince: z.string().nullable().optional(), // reports handed in before have none: their hash stays
});
export const annexContent = z.object({
  one: z.array(annex1Row),
  two: z.array(annex2Row),
  lineIds: z.array(z.string()),
});
export type AnnexContent = z.infer<typeof annexContent>;

export type AnnexReport = {
  id: string;
  areaCode: string;
  kind: AnnexKind;
  year: number;
  no: number;
  from: Day;
  until: Date;
  frozenAt: Date;
  reporter: string;
  reason: string;
  hash: string;
  previous: string | null;
  content: AnnexContent;
};

/** The reports of a district and year, the newest first. */
export async function reportsOf(
  db: Db<InsuranceTables>,
  { areaCode, kind, year }: { areaCode: string; kind: AnnexKind; year: number },
): Promise<readonly AnnexReport[]> {
  const rows = await db
    .selectFrom('insurance.annex_report')
    .selectAll()
    .where('area_code', '=', areaCode)
    .where('kind', '=', kind)
    .where('year', '=', year)
    .orderBy('no', 'desc')
    .execute();
  return rows.map(reportOf);
}

export async function findReport(db: Db<InsuranceTables>, id: string): Promise<AnnexReport | undefined> {
  const row = await db.selectFrom('insurance.annex_report').selectAll().where('id', '=', id).executeTakeFirst();
  return row && reportOf(row);
}

const reportOf = (row: InsuranceTables['insurance.annex_report']): AnnexReport => ({
  id: row.id,
  areaCode: row.area_code,
  kind: row.kind,
  year: row.year,
  no: row.no,
  from: row.from_on as Day,
  until: row.until_at,
  frozenAt: row.frozen_at,
  reporter: row.reporter,
  reason: row.reason,
  hash: row.hash,
  previous: row.previous,
  content: annexContent.parse(row.content),
});

/** Keep a report as it was handed in. False when this number exists already. */
export async function saveReport(tx: Tx<InsuranceTables>, report: AnnexReport, by: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('insurance.annex_report')
    .values({
      id: report.id,
      area_code: report.areaCode,
      kind: report.kind,
      year: report.year,
      no: report.no,
      from_on: report.from,
      until_at: report.until,
      frozen_at: report.frozenAt,
      frozen_by: by,
      reporter: report.reporter,
      reason: report.reason,
      content: JSON.stringify(report.content),
      hash: report.hash,
      previous: report.previous,
      area_codes: [report.areaCode],
      org_ids: [],
    })
    .onConflict((c) => c.columns(['area_code', 'kind', 'year', 'no']).doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}
