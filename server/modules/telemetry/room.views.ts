import { sql } from 'kysely';
import type { z } from 'zod';
import { presentSchema } from '../../../contract/telemetry.ts';
import type { RoomLine, roomFilter, roomQuery } from '../../../contract/telemetry-rooms.ts';
import type { Db } from '../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import { type PageOf, type Place, pageOf, readPlace } from '../../kernel/page.ts';
import { countMachineRooms, machineRooms, type RoomFilter } from '../registry/index.ts';
import { liveFor } from './online.views.ts';
import type { TelemetryTables } from './tables.ts';

type Filter = z.output<typeof roomFilter>;
type Breach = { elevatorId: ElevatorId; n: number; lastAt: Date; isOpen: boolean };

/** Machine rooms under the sun as the viewer of the transaction sees them, by address, with what was measured there. */
export async function listRooms(
  db: Db<TelemetryTables>,
  { after, limit, ...filter }: z.output<typeof roomQuery>,
  since: Date,
): Promise<PageOf<RoomLine>> {
  const among = filter.breached ? (await breachesOf(db, since)).map((b) => b.elevatorId) : undefined;
  return roomsAfter(
    db,
    { filter: { ...partOf(filter), cooled: filter.cooled, among }, since, limit },
    readAddress(after),
  );
}

const readAddress = (after: string | undefined): Place | null => readPlace(after, () => true);

/** Page after page of what a filter means, for a file. */
export async function* allRooms(
  db: Db<TelemetryTables>,
  filter: Filter,
  since: Date,
): AsyncGenerator<readonly RoomLine[]> {
  for (let after: string | undefined; ; ) {
    const page: PageOf<RoomLine> = await listRooms(db, { ...filter, after, limit: 1_000 }, since);
    yield page.items;
    if (page.next === null) return;
    after = page.next;
  }
}

/** How many rooms there are, cooled and not, and how many were outside their limits. */
export async function countRooms(db: Db<TelemetryTables>, filter: Filter, since: Date) {
  const part = partOf(filter);
  const among = (await breachesOf(db, since)).map((b) => b.elevatorId);
  const counts = await countMachineRooms(db, part);
  const breached = among.length === 0 ? 0 : (await countMachineRooms(db, { ...part, among })).rooms;
  return { ...counts, breached };
}

/** The part of the city that is asked about, whatever else is asked. */
const partOf = ({ q, place, area, useOrg }: Filter): RoomFilter => ({
  q: q?.trim(),
  place,
  area,
  useOrg: useOrg as OrgId | undefined,
});

type Asked = { filter: RoomFilter; since: Date; limit: number };

async function roomsAfter(db: Db<TelemetryTables>, { filter, since, limit }: Asked, after: Place | null) {
  const rooms = await machineRooms(db, filter, { after, limit: limit + 1 });
  const ids = rooms.map((room) => room.elevatorId);
  const breaches = new Map((await breachesOf(db, since, ids)).map((b) => [b.elevatorId, b]));
  const live = await liveFor(db, ids);
  return pageOf(rooms, limit, {
    place: ({ address, elevatorId }) => ({ key: address, id: elevatorId }),
    item: (room): RoomLine => {
      const breach = breaches.get(room.elevatorId);
      const heard = live.get(room.elevatorId);
      return {
        ...room,
        celsius: presentSchema.parse(heard?.present ?? {}).machineRoomCelsius ?? null,
        heardAt: heard?.heardAt.toISOString() ?? null,
        breaches: breach?.n ?? 0,
        lastBreachAt: breach?.lastAt.toISOString() ?? null,
        isOutside: breach?.isOpen ?? false,
      };
    },
  });
}

/** Machine rooms that were outside their limits since an instant, or still are. */
async function breachesOf(db: Db<TelemetryTables>, since: Date, ids?: readonly ElevatorId[]): Promise<Breach[]> {
  const { rows } = await sql<Breach>`
    select elevator_id as "elevatorId", count(*)::int as n, max(started_at) as "lastAt", bool_or(closed_at is null) as "isOpen"
    from telemetry.finding
    where kind = 'machine_room_temperature' and (opened_at >= ${since} or closed_at is null)
      ${ids ? sql`and elevator_id = any (${[...ids]}::uuid[])` : sql``}
    group by elevator_id`.execute(db);
  return rows;
}
