import { z } from 'zod';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
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

/** How an insurer's newest request stands. */
export async function standingOf(db: Db<InsuranceTables>, schemeId: string, orgId: OrgId): Promise<Standing> {
  const row = await db
    .selectFrom('insurance.admission')
    .select(['decided_at', 'admitted'])
    .where('scheme_id', '=', schemeId)
    .where('insurer_org_id', '=', orgId)
    .orderBy('asked_at', 'desc')
    .executeTakeFirst();
  if (!row) return 'none';
  return row.decided_at === null ? 'waiting' : row.admitted ? 'admitted' : 'refused';
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

export async function insertAdmission(tx: Tx<InsuranceTables>, a: NewAdmission): Promise<void> {
  await tx
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
    .execute();
}

/** One request, its row held until the transaction ends. */
export const findAdmission = (tx: Tx<InsuranceTables>, id: string) =>
  tx.selectFrom('insurance.admission').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** The register: the newest first, of everybody; `db` is the owner's, because the register is public. */
export async function listAdmissions(db: Db<InsuranceTables>) {
  return db
    .selectFrom('insurance.admission as a')
    .innerJoin('insurance.scheme as s', 's.id', 'a.scheme_id')
    .innerJoin('identity.org_card as o', 'o.id', 'a.insurer_org_id')
    .selectAll('a')
    .select(['s.name as scheme', 's.admission', 'o.name as insurer'])
    .orderBy('a.asked_at', 'desc')
    .limit(500)
    .execute();
}

export type AdmissionLine = Awaited<ReturnType<typeof listAdmissions>>[number];
