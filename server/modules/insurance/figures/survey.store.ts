import { sql } from 'kysely';
import type { Db } from '../../../kernel/db.ts';
import { type Day, startOf } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import type { Answers } from './annex.rules.ts';

type Pair = { use_org_id: string | null; lead_org_id: string };

/** A use unit and its insurer. */
export const askedKey = (r: Pair): string => `${r.use_org_id} ${r.lead_org_id}`;

/** Valid answers of the period by use unit and insurer, as far as they are seen. */
export async function answersOf(db: Db<InsuranceTables>, ask: { from: Day; until: Date }, rows: readonly Pair[]) {
  const units = [...new Set(rows.flatMap((r) => r.use_org_id ?? []))];
  const { rows: found } = await sql<
    { survey_id: string; use_org_id: string; lead_org_id: string } & Omit<Answers, 'surveyId'>
  >`
    select survey_id, use_org_id, insurer_org_id as lead_org_id, valid, satisfied from insurance.survey_answer
    where use_org_id = any(${units}::uuid[]) and closed_at >= ${startOf(ask.from)} and closed_at <= ${ask.until}`.execute(
    db,
  );
  const by = new Map<string, Answers[]>();
  for (const { survey_id: surveyId, valid, satisfied, ...key } of found) {
    by.set(askedKey(key), [...(by.get(askedKey(key)) ?? []), { surveyId, valid, satisfied }]);
  }
  return by;
}
