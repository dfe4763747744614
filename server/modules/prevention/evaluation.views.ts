import { sql } from 'kysely';
import { z } from 'zod';
import type { evaluationItem, publishedList } from '../../../contract/prevention-figures.ts';
import type { Db } from '../../kernel/db.ts';
import type { PreventionDeps } from './deps.ts';
import { appealUntil } from './letter.service.ts';
import type { PreventionTables } from './tables.ts';

type Item = z.output<typeof evaluationItem>;
type Published = z.output<typeof publishedList>['items'][number];
const partsRow = z.object({ qualification: z.number(), capacity: z.number(), record: z.number().nullable() });
const methodRow = z.object({
  version: z.string(),
  leastChecks: z.int(),
  weights: z.object({ qualification: z.int(), capacity: z.int(), record: z.int() }),
});

type Round = Omit<Item, 'scores' | 'madeAt' | 'publishedAt' | 'method'> & {
  method: unknown;
  madeAt: Date;
  publishedAt: Date | null;
};
type Score = Omit<Item['scores'][number], 'parts' | 'total'> & { evaluationId: string; parts: unknown; tenths: number };

/** Rounds as far as the viewer sees them, the newest first, with every unit's result. */
export async function listEvaluations(db: Db<PreventionTables>): Promise<Item[]> {
  const { rows: rounds } =
    await sql<Round>`select e.id, e.number, o.name as insurer, e.method, e.from_on::text as "from",
      e.to_on::text as "to", e.made_at as "madeAt", e.published_at as "publishedAt"
    from prevention.evaluation e join identity.org_card o on o.id = e.insurer_org_id order by e.id desc limit 20`.execute(
      db,
    );
  const ids = rounds.map((r) => r.id);
  const { rows: scores } = await sql<Score>`select s.evaluation_id as "evaluationId", s.unit_org_id as "unitOrgId",
      o.name as unit, s.checks, s.parts, s.total_tenths as tenths, s.shown, s.withdrawn_at is not null as withdrawn
    from prevention.evaluation_score s join identity.org_card o on o.id = s.unit_org_id
    where s.evaluation_id = any(${ids}::uuid[]) order by s.total_tenths desc, o.name`.execute(db);
  return rounds.map(({ method, madeAt, publishedAt, ...round }) => ({
    ...round,
    method: methodRow.parse(method).version,
    madeAt: madeAt.toISOString(),
    publishedAt: publishedAt?.toISOString() ?? null,
    scores: scores
      .filter((s) => s.evaluationId === round.id)
      .map(({ unitOrgId, unit, checks, parts, tenths, shown, withdrawn }) => ({
        unitOrgId,
        unit,
        checks,
        parts: partsRow.parse(parts),
        total: tenths / 10,
        shown,
        withdrawn,
      })),
  }));
}

type Row = { number: string; insurer: string; method: unknown; from: string; to: string; publishedAt: Date } & Pick<
  Published,
  'unitOrgId' | 'unit' | 'checks' | 'withdrawn'
> & { parts: unknown; tenths: number };

/** The newest published round of every insurer, as everybody may read it: results with enough checks. As the owner. */
export async function publishedScores(deps: PreventionDeps): Promise<Published[]> {
  const { rows } = await sql<Row>`
    with newest as (select distinct on (insurer_org_id) * from prevention.evaluation where published_at is not null
      order by insurer_org_id, published_at desc)
    select e.number, i.name as insurer, e.method, e.from_on::text as "from", e.to_on::text as "to",
      e.published_at as "publishedAt", s.unit_org_id as "unitOrgId", u.name as unit, s.checks, s.parts,
      s.total_tenths as tenths, s.withdrawn_at is not null as withdrawn
    from newest e join prevention.evaluation_score s on s.evaluation_id = e.id and s.shown
    join identity.org_card i on i.id = e.insurer_org_id join identity.org_card u on u.id = s.unit_org_id
    order by s.total_tenths desc, u.name`.execute(deps.db);
  return rows.map(({ method, parts, tenths, publishedAt, ...row }) => {
    const { version, weights, leastChecks } = methodRow.parse(method);
    return {
      ...row,
      method: version,
      weights,
      leastChecks,
      publishedAt: publishedAt.toISOString(),
      parts: partsRow.parse(parts),
      total: tenths / 10,
      appealUntil: appealUntil(deps, publishedAt),
    };
  });
}
