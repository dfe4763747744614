import type { z } from 'zod';
import type { changeLine } from '../../../contract/registry-changes.ts';
import { diffLine } from '../../../contract/registry-changes.ts';
import type { caseLine } from '../../../contract/registry-life.ts';
import type { Db } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import { caseEvidence } from './case.service.ts';
import type { RegistryTables } from './tables.ts';

export type PageAsk = { open: boolean; elevatorId: string | null; after: string | null; limit: number };

/** Cases by id, newest last; `open`: only those that are not settled. */
export async function listCases(
  db: Db<RegistryTables>,
  ask: PageAsk & { today: string },
): Promise<{ items: z.infer<typeof caseLine>[]; next: string | null }> {
  let query = db
    .selectFrom('registry.responsibility_case as c')
    .innerJoin('registry.elevator as e', 'e.id', 'c.elevator_id')
    .leftJoin('identity.org_card as o', 'o.id', 'c.use_org_id')
    .selectAll('c')
    .select(['e.address', 'e.rescue_code', 'o.name as org_name'])
    .orderBy('c.id')
    .limit(ask.limit + 1);
  if (ask.open) query = query.where('c.outcome', 'is', null);
  if (ask.elevatorId) query = query.where('c.elevator_id', '=', ask.elevatorId as ElevatorId);
  if (ask.after) query = query.where('c.id', '>', ask.after);
  const rows = await query.execute();
  return {
    items: rows.slice(0, ask.limit).map((row) => ({
      id: row.id,
      elevatorId: row.elevator_id,
      address: row.address,
      rescueCode: row.rescue_code,
      streetCode: row.street_code,
      openedAt: row.opened_at.toISOString(),
      dueOn: row.due_on,
      overdue: row.outcome === null && row.due_on < ask.today,
      evidence: caseEvidence.parse(row.evidence).map(({ at, note, fileHash }) => ({ at, note, fileHash })),
      outcome: row.outcome,
      decision: row.decision,
      useUnit: row.use_org_id ? { id: row.use_org_id, name: row.org_name ?? '' } : null,
      decidedAt: row.decided_at?.toISOString() ?? null,
      version: row.version,
    })),
    next: rows.length > ask.limit ? (rows[ask.limit - 1]?.id ?? null) : null,
  };
}

/** Change requests by id; `open`: only those that wait. */
export async function listChanges(
  db: Db<RegistryTables>,
  ask: PageAsk,
): Promise<{ items: z.infer<typeof changeLine>[]; next: string | null }> {
  let query = db
    .selectFrom('registry.change_request as c')
    .innerJoin('registry.elevator as e', 'e.id', 'c.elevator_id')
    .leftJoin('identity.org_card as o', 'o.id', 'c.asked_org_id')
    .selectAll('c')
    .select(['e.address', 'e.rescue_code', 'o.name as org_name'])
    .orderBy('c.id')
    .limit(ask.limit + 1);
  if (ask.open) query = query.where('c.decision', 'is', null);
  if (ask.elevatorId) query = query.where('c.elevator_id', '=', ask.elevatorId as ElevatorId);
  if (ask.after) query = query.where('c.id', '>', ask.after);
  const rows = await query.execute();
  return {
    items: rows.slice(0, ask.limit).map((row) => ({
      id: row.id,
      elevatorId: row.elevator_id,
      address: row.address,
      rescueCode: row.rescue_code,
      baseVersion: row.base_version,
      diff: diffLine.array().parse(row.diff),
      reason: row.reason,
      askedOrg: row.asked_org_id ? { id: row.asked_org_id, name: row.org_name ?? '' } : null,
      askedAt: row.asked_at.toISOString(),
      dueOn: row.due_on,
      decision: row.decision,
      decidedAt: row.decided_at?.toISOString() ?? null,
      decidedNote: row.decided_note,
    })),
    next: rows.length > ask.limit ? (rows[ask.limit - 1]?.id ?? null) : null,
  };
}

export type InsurableRefusal = { code: 'registry.use_unit_unknown' } | { code: 'registry.not_found' };

/** May these elevators be insured, as far as the registry knows? Not while nobody is known to answer for one. */
export async function insurable(
  db: Db<RegistryTables>,
  ids: readonly ElevatorId[],
): Promise<Map<ElevatorId, true | InsurableRefusal>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('registry.elevator as e')
    .leftJoin('registry.responsibility_case as c', (join) =>
      join.onRef('c.elevator_id', '=', 'e.id').on('c.outcome', 'is', null),
    )
    .select(['e.id', 'e.use_org_id', 'c.id as case_id'])
    .where('e.id', 'in', [...ids])
    .where('e.merged_into', 'is', null)
    .execute();
  const known = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    ids.map((id): [ElevatorId, true | InsurableRefusal] => {
      const row = known.get(id);
      if (!row) return [id, { code: 'registry.not_found' }];
      const settled = row.use_org_id !== null && row.case_id === null;
      return [id, settled ? true : { code: 'registry.use_unit_unknown' }];
    }),
  );
}
