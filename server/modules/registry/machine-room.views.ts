import { sql } from 'kysely';
import type { AnyDb } from '../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import { containing, type Place } from '../../kernel/page.ts';

/** Where a machine room stands under the sun: these are listed with their air conditioning. */
export const HOT_ROOM_PLACES = ['roof', 'top_floor'] as const;
export type HotRoomPlace = (typeof HOT_ROOM_PLACES)[number];

/** A machine room under the sun. `cooled` null: nobody recorded whether it has air conditioning. */
export type MachineRoom = {
  elevatorId: ElevatorId;
  rescueCode: string | null;
  address: string;
  districtCode: string | null;
  place: HotRoomPlace;
  cooled: boolean | null;
  useUnit: string | null;
  maintenance: string | null;
};

export type RoomFilter = {
  q?: string | undefined; // part of an address or of the use unit's name, or a whole rescue code
  place?: HotRoomPlace | undefined;
  cooled?: 'yes' | 'no' | 'unknown' | undefined;
  area?: string | undefined; // a district, street or community
  useOrg?: OrgId | undefined;
  among?: readonly ElevatorId[] | undefined; // of these alone
};

/** Machine rooms under the sun of elevators that are not scrapped, by address, as far as `db` sees. */
export async function machineRooms(
  db: AnyDb,
  filter: RoomFilter,
  { after, limit }: { after: Place | null; limit: number },
): Promise<readonly MachineRoom[]> {
  const { rows } = await sql<MachineRoom>`
    select e.id as "elevatorId", e.rescue_code as "rescueCode", e.address, e.district_code as "districtCode", r.place, r.cooled,
      u.name as "useUnit", m.name as maintenance
    from ${matching(filter)} left join identity.org_card m on m.id = e.maintenance_org_id
    where ${conditions(filter)} ${after ? sql`and (e.address, e.id) > (${after.key}, ${after.id}::uuid)` : sql``}
    order by e.address, e.id limit ${limit}`.execute(db);
  return rows;
}

/** How many there are, by their air conditioning. */
export async function countMachineRooms(
  db: AnyDb,
  filter: RoomFilter,
): Promise<{ rooms: number; cooled: number; uncooled: number; unknown: number }> {
  const { rows } = await sql<{ rooms: number; cooled: number; uncooled: number; unknown: number }>`
    select count(*)::int as rooms, count(*) filter (where r.cooled)::int as cooled,
      count(*) filter (where not r.cooled)::int as uncooled, count(*) filter (where r.cooled is null)::int as unknown
    from ${matching(filter)} where ${conditions(filter)}`.execute(db);
  return rows[0] ?? { rooms: 0, cooled: 0, uncooled: 0, unknown: 0 };
}

const matching = ({ place }: RoomFilter) =>
  sql`registry.machine_rooms(${place ? [place] : [...HOT_ROOM_PLACES]}::text[]) r
    join registry.elevator e on e.id = r.elevator_id left join identity.org_card u on u.id = e.use_org_id`;

const COOLED = { yes: sql`r.cooled`, no: sql`not r.cooled`, unknown: sql`r.cooled is null` } as const;

function conditions({ q, cooled, area, useOrg, among }: RoomFilter) {
  const like = containing(q ?? '');
  const all = [
    sql`true`,
    ...(q ? [sql`(e.address ilike ${like} or u.name ilike ${like} or e.rescue_code = ${q})`] : []),
    ...(cooled ? [COOLED[cooled]] : []),
    ...(area ? [sql`(e.district_code = ${area} or e.street_code = ${area} or e.community_code = ${area})`] : []),
    ...(useOrg ? [sql`e.use_org_id = ${useOrg}::uuid`] : []),
    ...(among ? [sql`e.id = any (${[...among]}::uuid[])`] : []),
  ];
  return sql.join(all, sql` and `);
}
