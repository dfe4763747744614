import { sql } from 'kysely';
import { openDb, openPool } from '../kernel/db.ts';
import { hash } from './chance.ts';
import type { Fault, Settings, SimElevator } from './city.ts';
import type { Sender } from './credentials.ts';
import { chosenBy } from './doors.ts';

type Row = {
  no: number;
  id: string;
  registration_code: string | null;
  kind: string;
  place_class: string | null;
  bottom_floor: number | null;
  top_floor: number | null;
  rated_speed_mm_per_s: number | null;
  power_feeder: string | null;
  maker_org_id: string | null;
};

/** The elevators in use of the database at `url`, each with a sender that may speak for it. */
export async function readCity(url: string, senders: readonly Sender[]): Promise<readonly SimElevator[]> {
  const pool = openPool(url, 1);
  try {
    const { rows } = await sql<Row>`
      select no, id, registration_code, kind, place_class, bottom_floor, top_floor, rated_speed_mm_per_s,
        power_feeder, maker_org_id
      from registry.elevator_card where state = 'in_use' order by no`.execute(openDb(pool));
    return rows.flatMap((row) => simulated(row, senders));
  } finally {
    await pool.end();
  }
}

function simulated(row: Row, senders: readonly Sender[]): SimElevator[] {
  const able = senders.flatMap((s, i) => (s.orgId === null || s.orgId === row.maker_org_id ? [i] : []));
  const vendor = able[chosenBy(row.id, able.length)];
  if (vendor === undefined) return [];
  const bottomFloor = row.bottom_floor ?? 1;
  return [
    {
      no: row.no,
      name: row.registration_code
        ? { type: 'registration_code', value: row.registration_code }
        : { type: 'id', value: row.id },
      kind: row.kind === 'lift' ? 'lift' : 'escalator',
      placeClass: row.place_class ?? 'other',
      bottomFloor,
      topFloor: Math.max(bottomFloor + 1, row.top_floor ?? bottomFloor + 6),
      ratedSpeedMmPerS: row.rated_speed_mm_per_s ?? 1_000,
      feeder: row.power_feeder,
      vendor,
    },
  ];
}

/** More than a city sees, so that something can be watched in the first minutes of a demonstration. */
const DEMO_ENTRAPMENTS = 4;
const DEMO_FAULTS = 0.4;
const MINUTE_MS = 60_000;

/** A demonstration from now on: one entrapment within the first minute, later a dark feeder, and a lively city. */
export function demoSettings(city: readonly SimElevator[], senders: readonly Sender[], startAt: number): Settings {
  const alarming = (e: SimElevator) => senders[e.vendor]?.codeSet === 'camera_sensor';
  const lifts = city.filter((e) => e.kind === 'lift' && e.topFloor - e.bottomFloor >= 5);
  const first = [...lifts.filter((e) => alarming(e) && e.placeClass === 'residence'), ...lifts].slice(0, 200);
  const chosen = first[hash(String(startAt)) % Math.max(1, first.length)];
  const feeder = busiestFeeder(lifts);
  return {
    seed: startAt % 2_147_483_647,
    startAt,
    entrapmentsPerMonth: DEMO_ENTRAPMENTS,
    faultsPerMonth: everyFault(DEMO_FAULTS),
    visitDays: 15,
    entrapments: chosen ? [{ no: chosen.no, at: startAt + 3_000, level: false }] : [],
    powerCuts: feeder === null ? [] : [{ feeder, at: startAt + 20 * MINUTE_MS, minutes: 15 }],
  };
}

function busiestFeeder(city: readonly SimElevator[]): string | null {
  const counts = new Map<string, number>();
  for (const { feeder } of city) if (feeder !== null) counts.set(feeder, (counts.get(feeder) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** The same rate for every fault, per elevator and month. */
export const everyFault = (perMonth: number): Record<Fault, number> => ({
  stopped_outside_door_zone: perMonth,
  running_with_open_door: perMonth,
  unintended_movement: perMonth,
  overspeed: perMonth,
  overrun_top: perMonth,
  overrun_bottom: perMonth,
  repeated_door: perMonth,
  safety_circuit: perMonth,
  button_alarm: perMonth,
  offline: perMonth,
  machine_room_temperature: perMonth,
  statistics_anomaly: perMonth,
  vendor_fault: perMonth,
  escalator_fault: perMonth,
});
