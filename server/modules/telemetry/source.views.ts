import { sql } from 'kysely';
import type { z } from 'zod';
import type { sourceSchema, tallySchema } from '../../../contract/telemetry.ts';
import type { Db } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { outcomesOf } from './online.views.ts';
import type { SourceRow, TelemetryTables } from './tables.ts';

type SourceItem = Omit<z.infer<typeof sourceSchema>, 'can'>;
type Line = Omit<SourceRow, 'no' | 'version'> & {
  no: number;
  version: number;
  org_name: string | null;
  elevators: number;
  outcomes: { outcome: string; messages: number }[] | null;
};

/** Senders by name, with what came from each since the full hour. */
export async function listSourceItems(db: Db<TelemetryTables>, now: Date): Promise<SourceItem[]> {
  const { rows } = await sql<Line>`
    select s.*, o.name as org_name, coalesce(l.elevators, 0) as elevators,
      (select jsonb_agg(jsonb_build_object('outcome', t.outcome, 'messages', t.messages)) from telemetry.tally t
        where t.source_no = s.no and t.hour_at >= date_trunc('hour', ${now}::timestamptz)) as outcomes
    from telemetry.source s left join identity.org_card o on o.id = s.org_id
    left join (select source_no, count(*)::int as elevators from telemetry.live group by source_no) l on l.source_no = s.no
    order by s.name, s.no`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    no: row.no,
    clientId: row.client_id,
    name: row.name,
    org: row.org_id ? { id: row.org_id, name: row.org_name ?? '' } : null,
    codeSet: row.code_set,
    reach: row.reach,
    heardAt: row.heard_at?.toISOString() ?? null,
    silentSince: row.silent_since?.toISOString() ?? null,
    elevators: row.elevators,
    lastHour: outcomesOf(row.outcomes ?? []),
    version: row.version,
  }));
}

/** Change how a sender is named and read. False: it is not there, or somebody changed it meanwhile. */
export async function changeSource(
  db: Db<TelemetryTables>,
  id: string,
  to: { version: number; codeSet: string; name: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('telemetry.source')
    .set({ code_set: to.codeSet, name: to.name, version: to.version + 1 })
    .where('id', '=', id)
    .where('version', '=', to.version)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

type TallyItem = z.infer<typeof tallySchema>['items'][number];

/** Every message since an instant, by sender and outcome. */
export async function listTallies(
  db: Db<TelemetryTables>,
  { from, sourceId }: { from: Date; sourceId: string | undefined },
): Promise<TallyItem[]> {
  const { rows } = await sql<{ id: string; name: string; outcome: string; messages: number }>`
    select s.id, s.name, t.outcome, sum(t.messages)::int as messages from telemetry.tally t
    join telemetry.source s on s.no = t.source_no
    where t.hour_at >= date_trunc('hour', ${from}::timestamptz) and (${sourceId ?? null}::uuid is null or s.id = ${sourceId ?? null}::uuid)
    group by s.id, s.name, t.outcome order by s.name, s.id, messages desc`.execute(db);
  return rows.map(({ id, name, outcome, messages }) => ({ source: { id, name }, outcome, messages }));
}

/** Who sees a sender: those who see an elevator it speaks for. Kept up to date by a task. */
export async function spreadAreas(db: Db<TelemetryTables>): Promise<void> {
  await sql`update telemetry.source s set area_codes = a.codes from (
      select l.source_no, array_agg(distinct c) as codes from telemetry.live l, unnest(l.area_codes) c group by l.source_no) a
    where a.source_no = s.no and s.area_codes is distinct from a.codes`.execute(db);
}

type Silent = {
  id: string;
  name: string;
  org_id: OrgId | null;
  heard_at: Date;
  elevators: number;
  area_codes: string[];
  org_ids: OrgId[];
};

/** Mark senders of which nothing was heard since an instant. Answers those newly silent. */
export async function markSilent(db: Db<TelemetryTables>, since: Date): Promise<Silent[]> {
  const { rows } = await sql<Silent>`update telemetry.source s set silent_since = s.heard_at
    where s.silent_since is null and s.heard_at < ${since}
    returning s.id, s.name, s.org_id, s.heard_at, s.area_codes, s.org_ids,
      (select count(*)::int from telemetry.live l where l.source_no = s.no) as elevators`.execute(db);
  return rows;
}
