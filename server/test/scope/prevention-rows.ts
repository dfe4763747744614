import { newId } from '../../kernel/ids.ts';
import type { Kernel } from '../../kernel/module.ts';

const PENSION = {
  startAgeYears: 10,
  plannedYears: 15,
  scale: null,
  lapse: { graceDays: 30, reinstateDays: 180, afterwards: 'lost' },
};

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
    await recordPension({ pool }, { id, unit, insurer, area_codes, name: `scope-y${i}` });
  }
}

type Pensioned = { id: string; unit: string; insurer: string; area_codes: string[]; name: string };

/** A programme with a year and what a service of it cost. */
async function recordPension({ pool }: Pick<Kernel, 'pool'>, { id, unit, insurer, area_codes, name }: Pensioned) {
  const [pension, year] = [newId(), newId()];
  await pool.query(
    `insert into insurance.pension (id, number, elevator_id, address, insurer_org_id, holder_org_id, terms, made_at, made_by,
       area_codes, org_ids) values ($1, $2, $3, 'scope', $4, $5, $6, now(), 'test', $7, array[$4::uuid, $5::uuid])`,
    [pension, name, id, insurer, unit, JSON.stringify(PENSION), area_codes],
  );
  await pool.query(
    `insert into insurance.pension_year (id, pension_id, no, from_on, to_on, parts, services, premium, area_codes, org_ids)
     values ($1, $2, 1, '2025-01-01', '2025-12-31', '[]', '[]', 0, $3, $4)`,
    [year, pension, area_codes, [insurer, unit]],
  );
  await pool.query(
    `insert into insurance.pension_cost (id, year_id, service, on_day, amount, voucher, written_at, actor, area_codes, org_ids)
     values ($1, $2, 'upkeep', '2025-06-01', 100, 'scope', now(), 'test', $3, $4)`,
    [newId(), year, area_codes, [insurer, unit]],
  );
}

/** Every insurer has a letter, a rating, an evaluation with a result, and a check by an office. */
export async function judgeInsurers({ pool }: Kernel): Promise<void> {
  const { rows } = await pool.query<{ id: string; unit: string }>(
    `select id, (select id from identity.org where 'maintenance_unit' = any(kinds) order by id desc limit 1) as unit
     from identity.org where 'insurer' = any(kinds)`,
  );
  for (const [i, { id, unit }] of rows.entries()) {
    const [round, score] = [newId(), newId()];
    await pool.query(
      `insert into prevention.evaluation (id, number, insurer_org_id, method, from_on, to_on, made_at, area_codes, org_ids)
       values ($1, $2, $3, '{"version":"scope","leastChecks":1,"weights":{"qualification":1,"capacity":1,"record":1}}',
         '2026-01-01', '2026-11-01', now(), '{}', array[$3::uuid])`,
      [round, `scope-e${i}`, id],
    );
    await pool.query(
      `insert into prevention.evaluation_score (id, evaluation_id, insurer_org_id, unit_org_id, checks, parts, total_tenths, shown,
         area_codes, org_ids)
       values ($1, $2, $3, $4, 3, '{"qualification":1,"capacity":1,"record":1}', 10, true, '{}', array[$3::uuid, $4::uuid])`,
      [score, round, id, unit],
    );
    await pool.query(
      `insert into prevention.letter (id, number, kind, insurer_org_id, score_id, from_role, actor, text, at, due_on, area_codes, org_ids)
       values ($1, $2, 'appeal', $3, $4, 'maintenance_manager', 'test', 'scope', now(), '2027-01-01', '{}', array[$3::uuid])`,
      [newId(), `scope-l${i}`, id, score],
    );
    await pool.query(
      `insert into prevention.rating (id, year, insurer_org_id, actor, from_role, score, at, area_codes, org_ids)
       values ($1, 2026, $2, 'test', 'owner', 5, now(), '{}', array[$2::uuid])`,
      [newId(), id],
    );
    const figures = {
      insurerOrgId: id,
      insurer: 'scope',
      payments: { n: 0, amount: 0, min: null, p50: null, p90: null, max: null, withoutStart: 0 },
      promises: [],
      visits: 0,
      findings: { found: 0, ended: 0, due: 0, inTime: 0, percent: null },
      letters: { received: 0, due: 0, inTime: 0, percent: null },
      satisfaction: { n: 0, percent: null },
    };
    await pool.query(
      `insert into prevention.performance_check (id, number, insurer_org_id, from_on, to_on, figures, hash, opinion, reply_due_on,
         made_at, office, actor, area_codes, org_ids)
       values ($1, $2, $3, '2026-01-01', '2026-11-01', $4, 'x', 'scope', '2027-01-01', now(), 'scope', 'test', '{}', array[$3::uuid])`,
      [newId(), `scope-p${i}`, id, JSON.stringify(figures)],
    );
  }
}
