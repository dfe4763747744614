import { sql } from 'kysely';
import type { z } from 'zod';
import type { queue, queueEntry, queueEvent } from '../../../contract/rescue-queue.ts';
import type { Db } from '../../kernel/db.ts';
import type { IncidentId } from '../../kernel/ids.ts';
import { type Item, itemsOf } from './incident-list.views.ts';
import { type Entry, fold, isOut, STANDS, type Standing, standOf } from './queue.rules.ts';
import type { RescueTables } from './tables.ts';

type QueueEvent = z.input<typeof queueEvent>;
type QueueEntry = z.input<typeof queueEntry>;

/** Entries that are sent at most; what did not fit is counted. */
const MOST_ENTRIES = 500;
/** Incidents of an event that stand beside it because they need the agent. */
const MOST_CALLS = 10;
const MOST_ESTATES = 5;

/** Everything that is open, an event of at least `massFrom` incidents as one entry, the most urgent on top. */
export async function readQueue(
  db: Db<RescueTables>,
  { massFrom, now }: { massFrom: number; now: Date },
): Promise<Omit<z.input<typeof queue>, 'unplaced'>> {
  const standings = await openStandings(db);
  const groups = await groupsOf(db, [...new Set(standings.flatMap(({ groupId }) => groupId ?? []))]);
  const entries = fold(standings, (groupId) => (groups.get(groupId)?.total ?? 0) >= massFrom);
  const shown = entries.slice(0, MOST_ENTRIES);
  const items = await itemsOf(db, shown.flatMap(idsIn));
  const estates = await estatesOf(
    db,
    shown.flatMap((e) => (e.kind === 'event' ? e.groupId : [])),
  );
  return {
    entries: shown.flatMap((entry) => entryOf(entry, { items, groups, estates })),
    left: entries.length - shown.length,
    open: count(standings, (s) => !s.drill),
    drills: count(standings, (s) => s.drill),
    now: now.toISOString(),
  };
}

/** The incidents of an entry that are shown by themselves. */
const idsIn = (entry: Entry): readonly IncidentId[] =>
  entry.kind === 'incident'
    ? [entry.standing.id]
    : [...entry.calls.slice(0, MOST_CALLS).map((c) => c.standing.id), ...firstDue(entry.members)];

/** The one whose timer runs out next. */
function firstDue(members: readonly Standing[]): readonly IncidentId[] {
  const running = members.filter((m) => !isOut(m) && m.dueAt !== null);
  const [first] = running.toSorted((a, b) => (a.dueAt?.getTime() ?? 0) - (b.dueAt?.getTime() ?? 0));
  return first ? [first.id] : [];
}

async function openStandings(db: Db<RescueTables>): Promise<readonly Standing[]> {
  const { rows } =
    await sql<Standing>`select i.id, i.drill, i.group_id as "groupId", i.phase, i.level, i.danger, i.needs,
      i.aware_at as "awareAt", i.next_due_at as "dueAt", i.hand_off is not null as "handedOver",
      i.must_look_again as "mustLookAgain",
      coalesce((select jsonb_agg(jsonb_build_object('state', o.state, 'level', o.level)) from rescue.offer o
        where o.incident_id = i.id), '[]') as offers
    from rescue.incident i where i.end_name is null`.execute(db);
  return rows;
}

type Group = Pick<QueueEvent, 'cause' | 'feeder' | 'communityCode' | 'powerCut' | 'total' | 'freed'> & {
  id: string;
  startedAt: Date;
};

async function groupsOf(db: Db<RescueTables>, ids: readonly string[]): Promise<ReadonlyMap<string, Group>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Group>`select g.id, g.cause, g.power_feeder as feeder, g.community_code as "communityCode",
      g.ref is not null as "powerCut", g.started_at as "startedAt", count(*)::int as total,
      count(*) filter (where i.released_at is not null)::int as freed
    from rescue.event_group g join rescue.incident i on i.group_id = g.id and i.phase not in ('dismissed', 'joined')
    where g.id = any (${[...ids]}::uuid[]) group by g.id`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

type Estates = QueueEvent['estates'];

async function estatesOf(db: Db<RescueTables>, groups: readonly string[]): Promise<ReadonlyMap<string, Estates>> {
  if (groups.length === 0) return new Map();
  const { rows } = await sql<{ id: string; estates: Estates }>`select id,
      jsonb_agg(jsonb_build_object('name', name, 'incidents', n) order by n desc, name) as estates
    from (select i.group_id as id, coalesce(c.estate, i.address) as name, count(*)::int as n
      from rescue.incident i join registry.elevator_card c on c.id = i.elevator_id
      where i.group_id = any (${[...groups]}::uuid[]) and i.end_name is null group by 1, 2) counted
    group by id`.execute(db);
  return new Map(rows.map((row) => [row.id, row.estates]));
}

type Known = {
  items: ReadonlyMap<string, Item>;
  groups: ReadonlyMap<string, Group>;
  estates: ReadonlyMap<string, Estates>;
};

function entryOf(entry: Entry, known: Known): readonly QueueEntry[] {
  if (entry.kind === 'incident') {
    const item = known.items.get(entry.standing.id);
    return item ? [{ kind: 'incident', item }] : []; // it ended between two reads
  }
  const group = known.groups.get(entry.groupId);
  return group ? [{ kind: 'event', event: eventOf(entry, { ...known, group }) }] : [];
}

const count = <T>(list: readonly T[], is: (one: T) => boolean): number => list.filter(is).length;

function eventOf(
  { members, calls }: Extract<Entry, { kind: 'event' }>,
  { items, estates, group }: Known & { group: Group },
): QueueEvent {
  const inside = members.filter((m) => !isOut(m));
  const places = estates.get(group.id) ?? [];
  const [first] = firstDue(members);
  const needing = (need: keyof QueueEvent['needs']) => count(inside, ({ needs }) => needs[need] === true);
  return {
    ...group,
    startedAt: group.startedAt.toISOString(),
    estates: places.slice(0, MOST_ESTATES),
    estateCount: places.length,
    open: members.length,
    people: inside.reduce((sum, { needs }) => sum + (needs.people ?? 0), 0),
    stands: Object.fromEntries(
      STANDS.map((stand) => [stand, count(members, (m) => standOf(m) === stand)]),
    ) as QueueEvent['stands'],
    needs: {
      fire: needing('fire'),
      water: needing('water'),
      injuries: needing('injuries'),
      patients: needing('patients'),
      infants: needing('infants'),
      elders: needing('elders'),
    },
    level: Math.max(0, ...inside.map((m) => m.level)),
    danger: inside[0]?.danger ?? 0,
    oldestAt: inside.map((m) => m.awareAt.toISOString()).toSorted()[0] ?? null,
    timer: (first && items.get(first)?.timer) ?? null,
    calling: calls.slice(0, MOST_CALLS).flatMap(({ why, standing }) => {
      const item = items.get(standing.id);
      return item ? [{ why, item }] : [];
    }),
    callingCount: calls.length,
  };
}
