import { newId } from '../../kernel/ids.ts';
import type { Kernel } from '../../kernel/module.ts';

/** Every use unit's first elevator was visited by one insurer, who found something: most of it is foreign to whoever asks. */
export async function recordVisits({ pool }: Kernel): Promise<void> {
  const { rows } = await pool.query<{
    id: string;
    unit: string;
    area_codes: string[];
    org_ids: string[];
    insurer: string;
  }>(
    `select distinct on (e.use_org_id) e.id, e.use_org_id as unit, e.area_codes, e.org_ids,
       (select id from identity.org where 'insurer' = any(kinds) order by id limit 1) as insurer
     from registry.elevator e where e.use_org_id is not null order by e.use_org_id`,
  );
  for (const [i, { id, unit, area_codes, org_ids, insurer }] of rows.entries()) {
    const [visit, finding, parties] = [newId(), newId(), [insurer, ...org_ids]];
    await pool.query(
      `insert into prevention.visit (id, number, kind, insurer_org_id, elevator_id, use_org_id, address, started_at, ended_at,
         received_at, actor, area_codes, org_ids)
       values ($1, $2, 'quality_check', $3, $4, $5, 'scope', now(), now(), now(), 'test', $6, $7)`,
      [visit, `scope-v${i}`, insurer, id, unit, area_codes, parties],
    );
    await pool.query(
      `insert into prevention.finding (id, number, visit_id, elevator_id, insurer_org_id, category, severity, description,
         owner_kind, owner_org_id, found_at, due_on, state, area_codes, org_ids)
       values ($1, $2, $3, $4, $5, 'door', 'general', 'scope', 'use_unit', $6, now(), '2027-01-01', 'open', $7, $8)`,
      [finding, `scope-f${i}`, visit, id, insurer, unit, area_codes, parties],
    );
    await pool.query(
      `insert into prevention.finding_step (id, finding_id, at, step, actor, area_codes, org_ids)
       values ($1, $2, now(), 'found', 'test', $3, $4)`,
      [newId(), finding, area_codes, parties],
    );
    await pool.query(
      `insert into prevention.service_cost (id, insurer_org_id, policy_id, service, on_day, amount, voucher, written_at, actor,
         area_codes, org_ids)
       select $1, $2, p.id, 'prevention_visit', '2026-11-01', 100, $3, now(), 'test', p.area_codes, p.org_ids
       from insurance.policy p where p.holder_org_id = $4 limit 1`,
      [newId(), insurer, `scope-c${i}`, unit],
    );
  }
}
