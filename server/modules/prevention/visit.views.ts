import { sql } from 'kysely';
import { z } from 'zod';
import type { lookAtCode, visitItem, visitQuery } from '../../../contract/prevention.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { isInstantKey, pageOf, readPlace } from '../../kernel/page.ts';
import { coversOn } from '../insurance/index.ts';
import type { PreventionTables } from './tables.ts';
import { passRate } from './visit.rules.ts';
import { elevatorWithCode } from './visit.store.ts';

type Item = z.output<typeof visitItem>;
type Raw = Omit<Item, 'startedAt' | 'endedAt' | 'passRate' | 'checks'> & {
  startedAt: Date;
  endedAt: Date;
  checks: unknown;
};
const checksRow = z.array(z.object({ code: z.string(), result: z.enum(['pass', 'fail', 'not_seen']) }));

/** Visits as far as the viewer sees them, the newest first. */
export async function listVisits(db: Db<PreventionTables>, { kind, after, limit }: z.output<typeof visitQuery>) {
  const place = readPlace(after, isInstantKey);
  const { rows } = await sql<Raw>`
    select v.id, v.number, v.kind, i.name as insurer, c.id as "elevatorId", v.rescue_code as "rescueCode", v.address,
      u.name as "useUnit", m.name as "maintenanceUnit", v.started_at as "startedAt", v.ended_at as "endedAt", v.checks,
      v.summary, v.remarks, f.n as findings, f.open
    from prevention.visit v join identity.org_card i on i.id = v.insurer_org_id
    left join identity.org_card u on u.id = v.use_org_id left join identity.org_card m on m.id = v.maintenance_org_id
    left join registry.elevator_card c on c.id = v.elevator_id
    cross join lateral (select count(*)::int as n, count(*) filter (where f.ended_at is null)::int as open
      from prevention.finding f where f.visit_id = v.id) f
    where (${kind ?? null}::text is null or v.kind = ${kind ?? null})
      ${place ? sql`and (v.ended_at, v.id) < (${place.key}::timestamptz, ${place.id}::uuid)` : sql``}
    order by v.ended_at desc, v.id desc limit ${limit + 1}`.execute(db);
  return pageOf(rows, limit, { place: ({ endedAt, id }) => ({ key: endedAt.toISOString(), id }), item: itemOf });
}

function itemOf({ startedAt, endedAt, checks, ...row }: Raw): Item {
  const seen = checksRow.parse(checks);
  return {
    ...row,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    checks: seen,
    passRate: passRate(seen),
  };
}

/** What a surveyor sees who types the code on the plate: where he stands, and whether this insurer owes service here. */
export async function lookAt(
  db: Db<PreventionTables>,
  tx: Tx<PreventionTables>,
  asked: { rescueCode: string; insurerOrgId: OrgId; on: string },
): Promise<z.output<typeof lookAtCode> | undefined> {
  const card = await elevatorWithCode(db, asked.rescueCode);
  if (!card) return undefined;
  const covers = await coversOn(tx, { ...asked, elevatorIds: [card.id] });
  const cover = covers.get(card.id);
  const { rows } = await sql<{ use: string | null; maintenance: string | null; open: number }>`select
    (select name from identity.org_card where id = ${card.use_org_id}) as use,
    (select name from identity.org_card where id = ${card.maintenance_org_id}) as maintenance,
    (select count(*)::int from prevention.finding where elevator_id = ${card.id} and ended_at is null
      and insurer_org_id = ${asked.insurerOrgId}) as open`.execute(tx);
  return {
    rescueCode: asked.rescueCode,
    address: card.address,
    useUnit: rows[0]?.use ?? null,
    maintenanceUnit: rows[0]?.maintenance ?? null,
    covered: cover !== undefined,
    policyNumber: cover?.number ?? null,
    openFindings: rows[0]?.open ?? 0,
  };
}
