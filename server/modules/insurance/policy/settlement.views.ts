import { sql } from 'kysely';
import type { Db } from '../../../kernel/db.ts';
import type { InsuranceTables } from '../tables.ts';
import { documentContent } from './document.rules.ts';

/** Sheets of 接续 and 赎回 of a policy, each beside what the books had written at its instant: they tie or they do not. */
export async function viewSettlements(db: Db<InsuranceTables>, policyId: string) {
  const { rows } = await sql<{ id: string; no: number; made_at: Date; content: unknown; written: number | null }>`
    select d.id, d.no, d.made_at, d.content::jsonb as content,
      (select w.amount from insurance.written_on(array[d.policy_id], d.made_at) w) as written
    from insurance.document d where d.policy_id = ${policyId}::uuid and d.kind = 'settlement' order by d.no desc`.execute(
    db,
  );
  return rows.flatMap(({ id, no, made_at, content, written }) => {
    const { settlement } = documentContent.parse(content);
    return settlement
      ? [{ id, no, madeAt: made_at.toISOString(), ...settlement, ties: settlement.written === (written ?? 0) }]
      : [];
  });
}
