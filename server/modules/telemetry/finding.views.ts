import { type SelectQueryBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { FindingItem, findingQuery } from '../../../contract/telemetry.ts';
import type { Db } from '../../kernel/db.ts';
import type { AccountId, ElevatorId, FindingId, OrgId } from '../../kernel/ids.ts';
import { isInstantKey, type PageOf, pageOf, readPlace } from '../../kernel/page.ts';
import type { FindingKind } from './finding.rules.ts';
import type { FindingRow, TelemetryTables } from './tables.ts';
import { mayTake } from './take.rules.ts';

type Query = z.infer<typeof findingQuery>;
type Findings = SelectQueryBuilder<TelemetryTables & { f: FindingRow }, 'f', object>;

/** A page of findings, newest first. */
export async function listFindings(
  db: Db<TelemetryTables>,
  query: Query,
  viewer: AccountId,
): Promise<PageOf<FindingItem>> {
  const rows = await linesOf(matching(db, query))
    .orderBy('f.opened_at', 'desc')
    .orderBy('f.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  return pageOf(rows, query.limit, {
    place: ({ opened_at, id }) => ({ key: opened_at.toISOString(), id }),
    item: (row) => itemOf(row, viewer),
  });
}

export async function findFinding(
  db: Db<TelemetryTables>,
  id: FindingId,
  viewer: AccountId,
): Promise<FindingItem | undefined> {
  const row = await linesOf(db.selectFrom('telemetry.finding as f').where('f.id', '=', id)).executeTakeFirst();
  return row && itemOf(row, viewer);
}

/** How many of each kind are open, and how many of them somebody has in hand. */
export async function countOpen(db: Db<TelemetryTables>): Promise<{ kind: string; open: number; taken: number }[]> {
  const { rows } = await sql<{ kind: string; open: number; taken: number }>`
    select kind, count(*)::int as open, count(taken_at)::int as taken
    from telemetry.finding where closed_at is null group by kind order by open desc, kind`.execute(db);
  return rows;
}

/** Open findings of these elevators, newest first, for other modules. */
export async function openFindingsFor(
  db: Db<TelemetryTables>,
  ids: readonly ElevatorId[],
): Promise<Map<ElevatorId, { id: FindingId; kind: FindingKind; confidence: number; startedAt: Date }[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('telemetry.finding')
    .select(['id', 'elevator_id', 'kind', 'confidence', 'started_at'])
    .where('elevator_id', 'in', [...ids])
    .where('closed_at', 'is', null)
    .orderBy('opened_at', 'desc')
    .execute();
  return groupByElevator(rows);
}

function matching(db: Db<TelemetryTables>, query: Query): Findings {
  let found: Findings = db.selectFrom('telemetry.finding as f');
  if (query.state === 'open') found = found.where('f.closed_at', 'is', null);
  if (query.state === 'closed') found = found.where('f.closed_at', 'is not', null);
  if (query.kind) found = found.where('f.kind', 'in', query.kind.split(',').filter(Boolean) as FindingKind[]);
  if (query.elevatorId) found = found.where('f.elevator_id', '=', query.elevatorId as ElevatorId);
  if (query.ownerOrgId) found = found.where('f.owner_org_id', '=', query.ownerOrgId as OrgId);
  if (query.area) found = found.where(sql<boolean>`f.area_codes @> array[${query.area}]`);
  if (query.taken) found = found.where('f.taken_at', query.taken === '1' ? 'is not' : 'is', null);
  if (query.from) found = found.where('f.opened_at', '>=', new Date(query.from));
  if (query.to) found = found.where('f.opened_at', '<', new Date(query.to));
  const place = readPlace(query.after, isInstantKey);
  if (place) found = found.where(sql<boolean>`(f.opened_at, f.id) < (${place.key}::timestamptz, ${place.id}::uuid)`);
  return found;
}

const linesOf = (found: Findings) =>
  found
    .leftJoin('registry.elevator_card as c', 'c.id', 'f.elevator_id')
    .leftJoin('identity.org_card as o', 'o.id', 'f.owner_org_id')
    .selectAll('f')
    .select(['c.rescue_code', 'c.address', 'c.unit', 'o.name as owner_name'])
    .select(
      sql<
        { no: number; id: string; name: string }[] | null
      >`(select jsonb_agg(jsonb_build_object('no', s.no, 'id', s.id, 'name', s.name))
        from telemetry.source s where s.no in (select (e ->> 'sourceNo')::int from jsonb_array_elements(f.evidence) e))`.as(
        'sources',
      ),
    );

type Line = Awaited<ReturnType<ReturnType<typeof linesOf>['execute']>>[number];

function itemOf(row: Line, viewer: AccountId): FindingItem {
  const take = mayTake({ closed: row.closed_at !== null, takenBy: row.taken_by }, viewer);
  return {
    id: row.id,
    elevator: { id: row.elevator_id, rescueCode: row.rescue_code, address: row.address, unit: row.unit },
    kind: row.kind,
    detail: row.detail,
    confidence: row.confidence,
    reasons: row.reasons,
    evidence: row.evidence.map(({ kind, at, sourceNo, detail }) => {
      const source = row.sources?.find((s) => s.no === sourceNo);
      return {
        kind,
        at: new Date(at).toISOString(),
        source: source ? { id: source.id, name: source.name } : null,
        detail,
      };
    }),
    startedAt: row.started_at.toISOString(),
    evidenceAt: row.evidence_at.toISOString(),
    openedAt: row.opened_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    closeReason: row.close_reason,
    owner: row.owner_org_id ? { id: row.owner_org_id, name: row.owner_name ?? '' } : null,
    taken: row.taken_at
      ? { at: row.taken_at.toISOString(), mine: row.taken_by === viewer, remark: row.taken_remark }
      : null,
    version: row.version,
    can: { take: take.ok ? true : { code: take.refusal.code } },
  };
}

type Open = { id: FindingId; elevator_id: ElevatorId; kind: FindingKind; confidence: number; started_at: Date };

function groupByElevator(rows: readonly Open[]) {
  const grouped = new Map<ElevatorId, { id: FindingId; kind: FindingKind; confidence: number; startedAt: Date }[]>();
  for (const { id, elevator_id, kind, confidence, started_at: startedAt } of rows) {
    const of = grouped.get(elevator_id) ?? [];
    grouped.set(elevator_id, [...of, { id, kind, confidence, startedAt }]);
  }
  return grouped;
}
