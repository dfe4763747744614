import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { accept, invariant, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { type Day, dayOf } from '../../kernel/time.ts';
import { strengthOf } from '../identity/index.ts';
import type { PreventionDeps } from './deps.ts';
import { type Method, scoreUnit, type UnitFacts } from './score.rules.ts';
import type { PreventionTables } from './tables.ts';
import { type Check, passRate } from './visit.rules.ts';
import { nextNumber } from './visit.store.ts';

export type EvaluationRefusal =
  | { code: 'prevention.evaluation_empty'; from: string; to: string }
  | { code: 'prevention.evaluation_not_found' }
  | { code: 'prevention.evaluation_published' }
  | { code: 'prevention.evaluation_nothing'; least: number };

type Made = { evaluationId: string; number: string; units: number; shown: number };

/** The method as a round keeps it: what was weighed, how, and from when on something is published. */
const methodOf = ({ settings }: PreventionDeps): Method & { version: string; windowMonths: number } => ({
  version: settings.evaluation.method,
  windowMonths: settings.evaluation.windowMonths,
  weights: settings.evaluation.weights,
  elevatorsPerTechnician: settings.evaluation.elevatorsPerTechnician,
  leastChecks: settings.evaluation.leastChecks,
});

/** Evaluate every maintenance unit this insurer checked in the window. Nothing is public before it is published. */
export async function evaluate(deps: PreventionDeps, viewer: Viewer): Promise<Result<Made, EvaluationRefusal>> {
  const insurer = viewer.orgId;
  invariant(insurer, 'an insurer’s person belongs to it');
  const method = methodOf(deps);
  const to = dayOf(deps.now());
  const from = monthsBefore(to, method.windowMonths);
  return deps.scoped(viewer, async (tx): Promise<Result<Made, EvaluationRefusal>> => {
    const facts = await factsOf(tx, deps, { insurer, from, to });
    if (facts.size === 0) return refuse({ code: 'prevention.evaluation_empty', from, to });
    const number = await nextNumber(tx, 'PC', to.slice(0, 4));
    const id = deps.newId();
    const units = [...facts.keys()];
    await tx
      .insertInto('prevention.evaluation')
      .values({
        id,
        number,
        insurer_org_id: insurer,
        method: JSON.stringify(method),
        from_on: from,
        to_on: to,
        made_at: deps.now(),
        published_at: null,
        area_codes: [],
        org_ids: [insurer, ...units],
      })
      .execute();
    const rows = [...facts].map(([unit, known]) => {
      const { parts, totalTenths, checks, shown } = scoreUnit(known, method);
      return {
        id: deps.newId(),
        evaluation_id: id,
        insurer_org_id: insurer,
        unit_org_id: unit,
        checks,
        parts: JSON.stringify(parts),
        total_tenths: totalTenths,
        shown,
        withdrawn_at: null,
        area_codes: [],
        org_ids: [insurer, unit],
      };
    });
    await tx.insertInto('prevention.evaluation_score').values(rows).execute();
    return accept({ evaluationId: id, number, units: rows.length, shown: rows.filter((r) => r.shown).length });
  });
}

/** The same day so many months before; the last of the month where there is none. */
function monthsBefore(day: Day, months: number): Day {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 - months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date, last));
  return first.toISOString().slice(0, 10) as Day;
}

const checksRow = z.array(z.object({ code: z.string(), result: z.enum(['pass', 'fail', 'not_seen']) }));
type Window = { insurer: OrgId; from: Day; to: Day };

async function factsOf(
  tx: Tx<PreventionTables>,
  deps: PreventionDeps,
  { insurer, from, to }: Window,
): Promise<ReadonlyMap<OrgId, UnitFacts>> {
  const { rows: visits } = await sql<{ unit: OrgId; checks: unknown }>`select maintenance_org_id as unit, checks
    from prevention.visit where insurer_org_id = ${insurer} and kind = 'quality_check' and maintenance_org_id is not null
      and (ended_at at time zone 'Asia/Shanghai')::date between ${from}::date and ${to}::date`.execute(tx);
  const units = [...new Set(visits.map((v) => v.unit))];
  const { rows: found } = await sql<{ unit: OrgId; due: number; kept: number }>`select f.owner_org_id as unit,
      count(*) filter (where f.mended_at is not null or f.was_late or f.due_on < ${to}::date)::int as due,
      count(*) filter (where (f.mended_at at time zone 'Asia/Shanghai')::date <= f.due_on and not f.was_late)::int as kept
    from prevention.finding f where f.insurer_org_id = ${insurer} and f.owner_kind = 'maintenance_unit'
      and f.state <> 'withdrawn' and (f.found_at at time zone 'Asia/Shanghai')::date between ${from}::date and ${to}::date
    group by 1`.execute(tx);
  // Licences, certificates and how many elevators a unit has lie in other scopes: sums only, asked as the owner.
  const strengths = await strengthOf(deps.db, {
    orgIds: units,
    licence: 'maintenance',
    certificate: 'elevator_work',
    on: to,
  });
  const { rows: counts } = await sql<{ unit: OrgId; n: number }>`select maintenance_org_id as unit, count(*)::int as n
    from registry.elevator_card where state = 'in_use' and maintenance_org_id = any(${units}::uuid[]) group by 1`.execute(
    deps.db,
  );
  return new Map(
    units.map((unit): [OrgId, UnitFacts] => {
      const own = found.find((f) => f.unit === unit);
      const rates = visits
        .filter((v) => v.unit === unit)
        .flatMap((v) => passRate(checksRow.parse(v.checks) satisfies readonly Check[]) ?? []);
      return [
        unit,
        {
          licensed: strengths.get(unit)?.licensed ?? false,
          certified: strengths.get(unit)?.certified ?? 0,
          elevators: counts.find((c) => c.unit === unit)?.n ?? 0,
          passRates: rates,
          findingsDue: own?.due ?? 0,
          findingsInTime: own?.kept ?? 0,
        },
      ];
    }),
  );
}

/** Publish a round: from now on everybody reads the results with enough checks, and the appeal window runs. */
export const publishEvaluation = (
  deps: PreventionDeps,
  viewer: Viewer,
  id: string,
): Promise<Result<{ ok: true }, EvaluationRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ ok: true }, EvaluationRefusal>> => {
    const row = await tx
      .selectFrom('prevention.evaluation')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!row || row.insurer_org_id !== viewer.orgId) return refuse({ code: 'prevention.evaluation_not_found' });
    if (row.published_at) return refuse({ code: 'prevention.evaluation_published' });
    const shown = await tx
      .selectFrom('prevention.evaluation_score')
      .select('id')
      .where('evaluation_id', '=', id)
      .where('shown', '=', true)
      .executeTakeFirst();
    if (!shown) return refuse({ code: 'prevention.evaluation_nothing', least: deps.settings.evaluation.leastChecks });
    await tx.updateTable('prevention.evaluation').set({ published_at: deps.now() }).where('id', '=', id).execute();
    return accept({ ok: true as const });
  });
