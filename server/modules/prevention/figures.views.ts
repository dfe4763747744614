import { sql } from 'kysely';
import type { z } from 'zod';
import type { insurerFigures } from '../../../contract/prevention-figures.ts';
import type { Tx } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { addDays, type Day, dayOf, startOf } from '../../kernel/time.ts';
import { paidItems, promisesKept } from '../insurance/index.ts';
import type { PreventionDeps } from './deps.ts';
import { paymentHours, percentOf, satisfaction } from './score.rules.ts';
import type { PreventionTables } from './tables.ts';

type Figures = z.output<typeof insurerFigures>;
type Span = { from: Day; to: Day };
type Counted = { insurer: OrgId; a: number; b: number; c: number; d: number };

/**
 * Every insurer's figures of a span of days, as far as the viewer's rows go: payments from the bank's times, promises,
 * visits, findings, suggestions and ratings. One function feeds screen, report and check.
 */
export async function scorecards(
  tx: Tx<PreventionTables>,
  deps: PreventionDeps,
  { from, to }: Span,
): Promise<readonly Figures[]> {
  const span = { from: startOf(from), to: startOf(addDays(to, 1)) };
  const paid = await paidItems(tx, span);
  const promises = await promisesKept(tx, { ...span, now: deps.now(), calendar: deps.calendar });
  const visits = await countVisits(tx, span);
  const findings = await countFindings(tx, span, dayOf(deps.now()));
  const letters = await countLetters(tx, span, dayOf(deps.now()));
  const ratings = await readRatings(tx, span);
  const all = [...paid.map((p) => p.leadOrgId), ...promises.map((p) => p.leadOrgId)];
  const ids = [
    ...new Set([
      ...all,
      ...[...visits, ...findings, ...letters].map((c) => c.insurer),
      ...ratings.map((r) => r.insurer),
    ]),
  ];
  const names = await namesOf(tx, ids);
  return ids
    .map((id): Figures => {
      const own = paid.filter((p) => p.leadOrgId === id);
      const found = findings.find((c) => c.insurer === id);
      const written = letters.find((c) => c.insurer === id);
      const scores = ratings.filter((r) => r.insurer === id).map((r) => r.score);
      return {
        insurerOrgId: id,
        insurer: names.get(id) ?? '',
        payments: { ...paymentHours(own), amount: own.reduce((sum, p) => sum + p.amount, 0) },
        promises: promises
          .filter((p) => p.leadOrgId === id)
          .map(({ id: code, name, due, kept }) => ({ id: code, name, due, kept, percent: percentOf(kept, due) })),
        visits: visits.find((c) => c.insurer === id)?.a ?? 0,
        findings: findingShare(found),
        letters: letterShare(written),
        satisfaction: satisfaction(scores, deps.leastAnswers),
      };
    })
    .sort((a, b) => a.insurer.localeCompare(b.insurer, 'zh'));
}

const findingShare = (c: Counted | undefined) => ({
  found: c?.a ?? 0,
  ended: c?.b ?? 0,
  due: c?.c ?? 0,
  inTime: c?.d ?? 0,
  percent: percentOf(c?.d ?? 0, c?.c ?? 0),
});
const letterShare = (c: Counted | undefined) => ({
  received: c?.a ?? 0,
  due: c?.b ?? 0,
  inTime: c?.c ?? 0,
  percent: percentOf(c?.c ?? 0, c?.b ?? 0),
});

type Instants = { from: Date; to: Date };

async function countVisits(tx: Tx<PreventionTables>, { from, to }: Instants): Promise<readonly Counted[]> {
  const { rows } = await sql<Counted>`select insurer_org_id as insurer, count(*)::int as a, 0 as b, 0 as c, 0 as d
    from prevention.visit where ended_at >= ${from} and ended_at < ${to} group by 1`.execute(tx);
  return rows;
}

/**
 * Found in the span; due once the day has passed or it was mended; in time by the day it was mended, unless it had been late
 * before its day was moved. Withdrawn ones are left out.
 */
async function countFindings(
  tx: Tx<PreventionTables>,
  { from, to }: Instants,
  today: Day,
): Promise<readonly Counted[]> {
  const mended = sql`(f.mended_at at time zone 'Asia/Shanghai')::date`;
  const { rows } =
    await sql<Counted>`select f.insurer_org_id as insurer, count(*)::int as a, count(f.ended_at)::int as b,
      count(*) filter (where f.mended_at is not null or f.was_late or f.due_on < ${today}::date)::int as c,
      count(*) filter (where ${mended} <= f.due_on and not f.was_late)::int as d
    from prevention.finding f where f.found_at >= ${from} and f.found_at < ${to} and f.state <> 'withdrawn' group by 1`.execute(
      tx,
    );
  return rows;
}

async function countLetters(tx: Tx<PreventionTables>, { from, to }: Instants, today: Day): Promise<readonly Counted[]> {
  const answered = sql`(answered_at at time zone 'Asia/Shanghai')::date`;
  const { rows } = await sql<Counted>`select insurer_org_id as insurer, count(*)::int as a,
      count(*) filter (where answered_at is not null or due_on < ${today}::date)::int as b,
      count(*) filter (where ${answered} <= due_on)::int as c, 0 as d
    from prevention.letter where kind = 'suggestion' and at >= ${from} and at < ${to} group by 1`.execute(tx);
  return rows;
}

async function readRatings(
  tx: Tx<PreventionTables>,
  { from, to }: Instants,
): Promise<readonly { insurer: OrgId; score: number }[]> {
  const { rows } = await sql<{ insurer: OrgId; score: number }>`select insurer_org_id as insurer, score
    from prevention.rating where at >= ${from} and at < ${to} and from_role <> 'association'`.execute(tx);
  return rows;
}

/** Names of organisations by id: they are public. */
export async function namesOf(tx: Tx<PreventionTables>, ids: readonly OrgId[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('identity.org_card')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((r) => [r.id, r.name]));
}
