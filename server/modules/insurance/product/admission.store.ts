import { sql } from 'kysely';
import { z } from 'zod';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import type { Place } from '../../../kernel/page.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';

/** What a scheme says of admissions; older rows name no criteria. */
export const admissionTerms = z.object({
  days: z.int().nullable().default(null),
  criteria: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
});

export type SchemeTerms = z.infer<typeof admissionTerms> & {
  id: string;
  name: string;
  market: 'tender_pool' | 'open';
};

export async function findScheme(db: Db<InsuranceTables>, id: string): Promise<SchemeTerms | undefined> {
  const row = await db
    .selectFrom('insurance.scheme')
    .select(['id', 'name', 'market', 'admission'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { id, name: row.name, market: row.market, ...admissionTerms.parse(row.admission) };
}

export type Standing = 'none' | 'waiting' | 'admitted' | 'refused';

/** How an insurer's newest request stands; a refusal that is looked at again waits. */
export async function standingOf(db: Db<InsuranceTables>, schemeId: string, orgId: OrgId): Promise<Standing> {
  const row = await db
    .selectFrom('insurance.admission')
    .select(['decided_at', 'admitted', 'appealed_at'])
    .where('scheme_id', '=', schemeId)
    .where('insurer_org_id', '=', orgId)
    .orderBy('asked_at', 'desc')
    .executeTakeFirst();
  if (!row) return 'none';
  if (row.decided_at === null || (row.appealed_at !== null && row.appealed_at > row.decided_at)) return 'waiting';
  return row.admitted ? 'admitted' : 'refused';
}

export type NewAdmission = {
  id: string;
  schemeId: string;
  orgId: OrgId;
  at: Date;
  decideBy: Day;
  answers: unknown;
  areaCodes: readonly string[];
};

/** Keep a request; false when one of this insurer for this scheme came at the same moment. */
export async function insertAdmission(tx: Tx<InsuranceTables>, a: NewAdmission): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('insurance.admission')
    .values({
      id: a.id,
      scheme_id: a.schemeId,
      insurer_org_id: a.orgId,
      asked_at: a.at,
      decide_by_on: a.decideBy,
      decided_at: null,
      admitted: null,
      answers: JSON.stringify(a.answers),
      area_codes: [...a.areaCodes],
      org_ids: [a.orgId],
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** One request, its row held until the transaction ends. */
export const findAdmission = (tx: Tx<InsuranceTables>, id: string) =>
  tx.selectFrom('insurance.admission').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** A request that was not decided, or whose refusal is looked at again. */
const waits = sql<boolean>`(a.decided_at is null or coalesce(a.appealed_at > a.decided_at, false))`;

export type AdmissionAsk = {
  state: 'waiting' | 'admitted' | 'refused' | undefined;
  after: Place | null;
  limit: number;
  /** Whose requests are seen before they are decided; null: nobody's. */
  waitingOf: OrgId | null | 'all';
};

/**
 * The register, the newest first and one row more than asked. `db` is the owner's, because the register is public: what was
 * decided is everybody's to read, what waits is seen by whom it concerns.
 */
export async function listAdmissions(db: Db<InsuranceTables>, { state, after, limit, waitingOf }: AdmissionAsk) {
  let rows = db
    .selectFrom('insurance.admission as a')
    .innerJoin('insurance.scheme as s', 's.id', 'a.scheme_id')
    .innerJoin('identity.org_card as o', 'o.id', 'a.insurer_org_id')
    .selectAll('a')
    .select(['s.name as scheme', 's.admission', 'o.name as insurer']);
  if (waitingOf !== 'all')
    rows = rows.where(sql<boolean>`(a.decided_at is not null or a.insurer_org_id = ${waitingOf}::uuid)`);
  if (state === 'waiting') rows = rows.where(waits);
  else if (state) rows = rows.where('a.admitted', '=', state === 'admitted').where(sql<boolean>`not ${waits}`);
  if (after) rows = rows.where(sql<boolean>`(a.asked_at, a.id) < (${after.key}::timestamptz, ${after.id}::uuid)`);
  return rows
    .orderBy('a.asked_at', 'desc')
    .orderBy('a.id', 'desc')
    .limit(limit + 1)
    .execute();
}

export type AdmissionLine = Awaited<ReturnType<typeof listAdmissions>>[number];
