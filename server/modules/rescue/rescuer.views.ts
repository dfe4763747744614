import { sql } from 'kysely';
import type { z } from 'zod';
import type { rescuerChoice, rescuerList, rescuerQuery, roster, rosterQuery } from '../../../contract/rescue-field.ts';
import type { Tx } from '../../kernel/db.ts';
import type { OrgId, PersonId } from '../../kernel/ids.ts';
import { isInstantKey, isJson, type PageOf, pageOf, readPlace } from '../../kernel/page.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { addDays, type Day, startOf } from '../../kernel/time.ts';
import type { RescueDeps } from './deps.ts';
import type { RescueTables } from './tables.ts';

type Rescuer = z.input<typeof rescuerList>['items'][number];
type Row = Omit<Rescuer, 'name' | 'phone' | 'dutyUntil' | 'positionAt'> & { until: Date | null; seenAt: Date | null };

/** Rescuers as the viewer sees them, those on duty first; names and phones masked. */
export async function listRescuers(
  deps: RescueDeps,
  viewer: Viewer,
  asked: z.output<typeof rescuerQuery>,
): Promise<PageOf<Rescuer>> {
  const rows = await deps.scoped(viewer, (tx) => rowsOf(tx, deps.now(), asked));
  const cards = await deps.people.cards(
    viewer,
    rows.slice(0, asked.limit).map((r) => r.personId as PersonId),
  );
  return pageOf(rows, asked.limit, {
    place: ({ onDuty, org, label, personId }) => ({ key: JSON.stringify([!onDuty, org, label]), id: personId }),
    item: ({ until, seenAt, ...row }) => {
      const card = cards.get(row.personId as PersonId);
      return {
        ...row,
        name: card?.name ?? '',
        phone: card?.phone ?? '',
        dutyUntil: until?.toISOString() ?? null,
        positionAt: seenAt?.toISOString() ?? null,
      };
    },
  });
}

const isRescuerKey = (key: string): boolean => /^\[(?:true|false),".*",".*"\]$/.test(key) && isJson(key);

async function rowsOf(tx: Tx<RescueTables>, now: Date, asked: z.output<typeof rescuerQuery>): Promise<Row[]> {
  const place = readPlace(asked.after, isRescuerKey);
  const [off, org, label]: unknown[] = place ? JSON.parse(place.key) : [];
  const after = place
    ? sql`and (d.until is null, g.name, r.label, r.person_id) > (${off}::boolean, ${org}::text, ${label}::text, ${place.id}::uuid)`
    : sql``;
  const { rows } = await sql<Row>`select r.person_id as "personId", r.label, r.org_id as "orgId", g.name as org,
      r.station_id as "stationId", s.name as station, r.kind, r.certified_until::text as "certifiedUntil",
      d.until is not null as "onDuty", d.until, r.position_at as "seenAt",
      (select count(*)::int from rescue.offer o where o.person_id = r.person_id and o.live) as jobs
    from rescue.rescuer r join identity.org_card g on g.id = r.org_id left join rescue.station s on s.id = r.station_id
    left join lateral (select max(to_at) as until from rescue.duty d
      where d.person_id = r.person_id and d.from_at <= ${now} and d.to_at > ${now}) d on true
    where r.left_on is null ${after}
    order by d.until is null, g.name, r.label, r.person_id limit ${asked.limit + 1}`.execute(tx);
  return rows;
}

/** Who works on elevators in this organisation and is no rescuer yet. */
export async function choosable(
  deps: RescueDeps,
  viewer: Viewer,
  orgId: OrgId,
): Promise<z.input<typeof rescuerChoice>> {
  const ids = await deps.people.workersOf(viewer, orgId);
  if (ids.length === 0) return { items: [] };
  const [taken, org] = await deps.scoped(viewer, async (tx) => [
    await tx
      .selectFrom('rescue.rescuer')
      .select('person_id')
      .where('person_id', 'in', ids)
      .where('left_on', 'is', null)
      .execute(),
    await tx.selectFrom('identity.org_card').select('name').where('id', '=', orgId).executeTakeFirst(),
  ]);
  const gone = new Set<string>(taken.map((t) => t.person_id));
  const cards = await deps.people.cards(
    viewer,
    ids.filter((id) => !gone.has(id)),
  );
  return { items: [...cards.values()].map(({ id, name }) => ({ id, name, org: org?.name ?? '' })) };
}

/** The roster of some days, in the order people come on duty. */
export async function rosterOf(
  tx: Tx<RescueTables>,
  { from, to, after, limit }: z.output<typeof rosterQuery>,
): Promise<z.input<typeof roster>> {
  const [begin, end] = [startOf(from as Day), startOf(addDays(to as Day, 1))];
  const place = readPlace(after, isInstantKey);
  const rows = await tx
    .selectFrom('rescue.duty as d')
    .innerJoin('rescue.rescuer as r', 'r.person_id', 'd.person_id')
    .innerJoin('identity.org_card as g', 'g.id', 'r.org_id')
    .select(['d.id', 'd.person_id as personId', 'r.label', 'g.name as org', 'd.from_at', 'd.to_at', 'd.source'])
    .where('d.from_at', '<', end)
    .where('d.to_at', '>', begin)
    .$if(place !== null, (q) =>
      q.where(sql<boolean>`(d.from_at, d.id) > (${place?.key}::timestamptz, ${place?.id}::uuid)`),
    )
    .orderBy('d.from_at')
    .orderBy('d.id')
    .limit(limit + 1)
    .execute();
  return pageOf(rows, limit, {
    place: (row) => ({ key: row.from_at.toISOString(), id: row.id }),
    item: ({ from_at, to_at, ...row }) => ({ ...row, fromAt: from_at.toISOString(), toAt: to_at.toISOString() }),
  });
}
