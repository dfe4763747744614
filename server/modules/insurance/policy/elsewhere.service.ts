import { sql } from 'kysely';
import type { Tx } from '../../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import { type Fen, split } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import type { InsuranceTables, SchemeRow } from '../tables.ts';
import { plainCode } from './roster.rules.ts';
import { cardsOfCodes } from './roster.store.ts';

export type Elsewhere = {
  insurerOrgId: OrgId;
  number: string;
  kind: SchemeRow['kind'];
  from: Day;
  to: Day;
  premium: Fen;
  codes: readonly string[];
};
export type ElsewhereRefusal =
  | { code: 'insurance.insurer_unknown' }
  | { code: 'insurance.number_taken'; number: string }
  | { code: 'insurance.nothing_to_insure' }
  | { code: 'insurance.policy_not_found' }
  | { code: 'insurance.not_elsewhere' }
  | { code: 'insurance.confirmed_before' };

/**
 * Record a policy issued elsewhere. It counts for cover and for double insurance from now on, marked as unconfirmed until its
 * insurer says so. A code that means no elevator is named and left out; the others are recorded.
 */
export const recordElsewhere = (
  deps: InsuranceDeps,
  viewer: Viewer,
  wish: Elsewhere,
): Promise<Result<{ policyId: string; elevators: number; unknown: readonly string[] }, ElsewhereRefusal>> =>
  deps.scoped(viewer, async (tx) => {
    if (!(await isInsurer(tx, wish.insurerOrgId))) return refuse({ code: 'insurance.insurer_unknown' as const });
    const cards = await cardsOfCodes(tx, wish.codes);
    const known = new Set(cards.flatMap((c) => c.codes.map(plainCode)));
    const unknown = wish.codes.filter((code) => !known.has(plainCode(code)));
    const holder = cards.find((c) => c.useOrgId !== null)?.useOrgId;
    if (!holder) return refuse({ code: 'insurance.nothing_to_insure' as const });
    const ids = [...new Set(cards.map((c) => c.elevatorId as ElevatorId))];
    const policyId = deps.newId();
    const row = { ...wish, id: policyId, holder: holder as OrgId, ids, recordedFor: viewer.orgId };
    if (!(await insertElsewhere(tx, row)))
      return refuse({ code: 'insurance.number_taken' as const, number: wish.number });
    return accept({ policyId, elevators: ids.length, unknown });
  });

async function isInsurer(tx: Tx<InsuranceTables>, id: OrgId): Promise<boolean> {
  const row = await tx.selectFrom('identity.org_card').select('kinds').where('id', '=', id).executeTakeFirst();
  return row?.kinds.includes('insurer') ?? false;
}

type Row = Elsewhere & { id: string; holder: OrgId; ids: readonly ElevatorId[]; recordedFor: OrgId | null };

async function insertElsewhere(tx: Tx<InsuranceTables>, row: Row): Promise<boolean> {
  // Who records it sees it: a maintenance unit or a broker as well as the holder.
  const orgIds = [...new Set([row.holder, row.insurerOrgId, ...(row.recordedFor ? [row.recordedFor] : [])])];
  const { numAffectedRows } = await sql`
    insert into insurance.policy (id, number, lead_org_id, members, holder_org_id, insured_org_id, kind, from_on, to_on, state,
      elsewhere, premium, area_codes, org_ids)
    select ${row.id}::uuid, ${row.number}, ${row.insurerOrgId}::uuid,
      ${JSON.stringify([{ insurer: row.insurerOrgId, shareBp: 10_000 }])}::jsonb, ${row.holder}::uuid, ${row.holder}::uuid,
      ${row.kind}, ${row.from}::date, ${row.to}::date, 'issued', true, ${row.premium},
      coalesce((select array_agg(distinct a) from registry.elevator_card c, unnest(c.area_codes) a
        where c.id = any(${[...row.ids]}::uuid[])), '{}'),
      ${orgIds}::uuid[]
    on conflict (lead_org_id, number) do nothing`.execute(tx);
  if (numAffectedRows !== 1n) return false;
  const shares = split(
    row.premium,
    row.ids.map(() => 1),
  );
  await sql`insert into insurance.policy_line (id, policy_id, elevator_id, from_on, to_on, premium, annual, parts, code, address,
      area_codes, org_ids)
    select gen_random_uuid(), ${row.id}::uuid, c.id, ${row.from}::date, ${row.to}::date, l.premium, l.premium, '[]'::jsonb,
      coalesce(c.rescue_code, c.registration_code, ''), c.address, c.area_codes, ${orgIds}::uuid[] || c.org_ids
    from unnest(${[...row.ids]}::uuid[], ${[...shares]}::bigint[]) as l (id, premium)
      join registry.elevator_card c on c.id = l.id`.execute(tx);
  return true;
}

/** The insurer says whether a policy recorded in its name is its own. One that is not is void from the beginning. */
export const confirmElsewhere = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { policyId, confirmed, note }: { policyId: string; confirmed: boolean; note: string },
): Promise<Result<null, ElsewhereRefusal>> =>
  deps.scoped(viewer, async (tx) => {
    const row = await tx
      .selectFrom('insurance.policy')
      .select(['elsewhere', 'confirmed_at', 'state', 'version'])
      .where('id', '=', policyId)
      .where('lead_org_id', '=', viewer.orgId as OrgId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return refuse({ code: 'insurance.policy_not_found' as const });
    if (!row.elsewhere) return refuse({ code: 'insurance.not_elsewhere' as const });
    if (row.confirmed_at !== null || row.state !== 'issued')
      return refuse({ code: 'insurance.confirmed_before' as const });
    await tx
      .updateTable('insurance.policy')
      .set(confirmed ? { confirmed_at: deps.now() } : { state: 'void', end_reason: note || 'not_ours' })
      .set({ version: row.version + 1 })
      .where('id', '=', policyId)
      .execute();
    return accept(null);
  });
