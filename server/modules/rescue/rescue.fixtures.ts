import { sql } from 'kysely';
import type { Db } from '../../kernel/db.ts';
import { type ElevatorId, newId, type OrgId, type PersonId } from '../../kernel/ids.ts';
import { plainOf } from '../../kernel/packs.ts';
import { invariant } from '../../kernel/result.ts';
import { byLine, type Point } from './candidate.rules.ts';
import type { CommandDeps } from './deps.ts';
import type { Sign } from './intake.service.ts';
import { type RescueSettings, rescuePack } from './pack.ts';
import type { RescueTables } from './tables.ts';

/** The default city's settings, read from its pack by the caller. */
export const settingsFrom = (file: unknown): RescueSettings => plainOf(rescuePack.parse(file));

/** Commands on a test database, with a clock that the test moves. */
export function commandDeps(
  db: Db<RescueTables>,
  settings: RescueSettings,
): { deps: CommandDeps; pass: (seconds: number) => void } {
  let now = new Date('2026-11-20T13:00:00Z');
  const { straightLineFactor: factor, speedKmPerH } = settings.travel;
  const travel = (from: readonly Point[], to: Point) => from.map((p) => byLine(p, to, { factor, speedKmPerH }));
  return {
    deps: { db, now: () => now, newId, settings, travel },
    pass: (seconds) => (now = new Date(now.getTime() + seconds * 1000)),
  };
}

/** An organisation, as the identity module would keep it. */
export async function addOrg(db: Db<RescueTables>, name: string, kind: string): Promise<OrgId> {
  const id = newId() as OrgId;
  await sql`insert into identity.org (id, name, name_key, kinds, area_codes, org_ids)
    values (${id}, ${name}, ${name}, ${[kind]}, ${['320205']}, ${[id]})`.execute(db);
  return id;
}

export type ElevatorGiven = {
  maintenance?: OrgId | null;
  use?: OrgId | null;
  feeder?: string | null;
  community?: string | null;
  at?: Point;
  rescueCode?: string;
};

/** An elevator, as the registry would keep it. */
export async function addElevator(db: Db<RescueTables>, given: ElevatorGiven = {}): Promise<ElevatorId> {
  const id = newId() as ElevatorId;
  const { lng, lat } = given.at ?? { lng: 120.3, lat: 31.5 };
  const orgs = [given.maintenance, given.use].filter((o) => o !== null && o !== undefined);
  await sql`insert into registry.elevator (id, kind, variety, state, state_at, source, address, district_code, community_code, lng, lat,
      power_feeder, rescue_code, place_class, brand, use_org_id, maintenance_org_id, area_codes, org_ids)
    values (${id}, 'lift', 'traction_passenger', 'in_use', now(), 'test', '示例路 1 号', '320205', ${given.community ?? null},
      ${lng}, ${lat}, ${given.feeder ?? null}, ${given.rescueCode ?? null}, 'residential', '示例牌', ${given.use ?? null},
      ${given.maintenance ?? null}, ${['320205']}, ${orgs})`.execute(db);
  return id;
}

/** A rescuer on duty, standing somewhere. */
export async function addRescuer(
  db: Db<RescueTables>,
  given: { org: OrgId; label: string; at?: Point; now: Date; kind?: 'maintenance' | 'public' | 'social' },
): Promise<PersonId> {
  const personId = newId() as PersonId;
  const at = given.at ?? { lng: 120.31, lat: 31.5 };
  const audience = { area_codes: ['320205'], org_ids: [given.org] };
  await db
    .insertInto('rescue.rescuer')
    .values({
      person_id: personId,
      org_id: given.org,
      station_id: null,
      label: given.label,
      kind: given.kind ?? 'maintenance',
      certified_until: '2030-01-01',
      ...at,
      position_at: given.now,
      left_on: null,
      ...audience,
    })
    .execute();
  const day = 86_400_000;
  await db
    .insertInto('rescue.duty')
    .values({
      id: newId(),
      person_id: personId,
      from_at: new Date(given.now.getTime() - day),
      to_at: new Date(given.now.getTime() + day),
      source: 'roster',
      ...audience,
    })
    .execute();
  return personId;
}

/** What telemetry says when it believes that people are trapped. */
export const suspicion = (elevatorId: ElevatorId, at: Date, confidence = 0.95) => ({
  id: newId(),
  type: 'telemetry.entrapment_suspected',
  v: 1,
  occurredAt: at,
  subject: elevatorId,
  version: 1,
  audience: { areaCodes: [], orgIds: [] },
  data: {
    findingId: newId(),
    elevatorId,
    kind: 'entrapment_levelled',
    confidence,
    reasons: ['telemetry.reason.pattern'],
    evidence: [],
    evidenceAt: at.toISOString(),
    stoppedAt: new Date(at.getTime() - 90_000).toISOString(),
    occupied: true,
  },
});

/** A call from the car. */
export const call = (elevatorId: ElevatorId, at: Date, over: Partial<Sign> = {}): Sign => ({
  elevatorId,
  kind: 'phone_call',
  sourceRef: newId(),
  at,
  confidence: 0.95,
  reasons: [],
  detail: {},
  needs: { people: 2, elders: true },
  byPerson: true,
  stoppedAt: null,
  reportedAt: at,
  actor: 'test',
  ...over,
});

/** The one there must be. */
export function only<T>(list: readonly T[]): T {
  invariant(list.length === 1 && list[0] !== undefined, `there is exactly one, not ${list.length}`);
  return list[0];
}
