import type { z } from 'zod';
import type { householdPage, Household as Line } from '../../../contract/registry-households.ts';
import type { Tx } from '../../kernel/db.ts';
import { refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import {
  askForBuilding,
  type Household,
  type IdentityTables,
  listHouseholds,
  settleHousehold,
  unmaskFlat,
} from '../identity/index.ts';
import { findByIdentifier } from './card.views.ts';
import type { RegistryDeps } from './deps.ts';

type Deps = Pick<RegistryDeps, 'db' | 'scoped' | 'secret' | 'now' | 'newId'>;

/**
 * Ask for the building in which an elevator with this code stands: whoever lives there reads it on the plate. The file
 * says in whose divisions the building lies, so that no other office is asked.
 */
export async function askAtPlate(
  { db, scoped, secret, newId }: Deps,
  viewer: Viewer,
  asked: { code: string; unit: string },
) {
  const value = asked.code;
  // As the owner: who asks sees nothing of the building yet.
  const found = await findByIdentifier(db, [
    { type: 'rescue_code', value },
    { type: 'registration_code', value },
  ]);
  const elevatorId = found.find((id) => id !== null);
  if (!elevatorId) return refuse({ code: 'registry.plate_unknown', value } as const);
  const { building_id, area_codes } = await db
    .selectFrom('registry.elevator')
    .select(['building_id', 'area_codes'])
    .where('id', '=', elevatorId)
    .executeTakeFirstOrThrow();
  if (building_id === null) return refuse({ code: 'registry.no_building', value } as const);
  const ask = { id: newId(), accountId: viewer.accountId, buildingId: building_id, unit: asked.unit };
  return scoped(viewer, (tx) =>
    askForBuilding(tx as unknown as Tx<IdentityTables>, secret, { ...ask, areaCodes: area_codes }),
  );
}

type PageAsk = Omit<Parameters<typeof listHouseholds>[2], 'reader'>;

/** Households as far as the viewer sees them, each with the address of its building. */
export async function householdsOf(
  { db, scoped, secret }: Deps,
  viewer: Viewer,
  { limit, ...ask }: PageAsk,
): Promise<z.infer<typeof householdPage>> {
  const rows = await scoped(viewer, (tx) =>
    listHouseholds(tx as unknown as Tx<IdentityTables>, secret, { ...ask, limit: limit + 1, reader: viewer.accountId }),
  );
  const shown = rows.slice(0, limit);
  const addresses = await addressesOf(
    db,
    shown.map((row) => row.buildingId),
  );
  return {
    items: shown.map((row) => lineOf(row, addresses.get(row.buildingId) ?? '')),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** As the owner: whoever asks for a building names its plate, and reads no more of it than the plate says. */
async function addressesOf(db: Deps['db'], ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('registry.building')
    .select(['id', 'estate', 'road', 'name'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ id, estate, road, name }) => [id, [road, estate, name].filter(Boolean).join(' ')]));
}

/** The last eight signs of the id: the office and whoever stands before it read them to one another. */
const numberOf = (id: string): string => id.slice(-8).toUpperCase();

const lineOf = ({ id, unit, askedAt, verifiedAt, endedAt, reason }: Household, address: string): Line => ({
  id,
  number: numberOf(id),
  address,
  unit,
  state: endedAt ? (verifiedAt ? 'ended' : 'refused') : verifiedAt ? 'verified' : 'asked',
  askedAt: askedAt.toISOString(),
  verifiedAt: verifiedAt?.toISOString() ?? null,
  endedAt: endedAt?.toISOString() ?? null,
  reason,
});

/** The flat of a household in full, for a reason that is kept. */
export const lookAtFlat = ({ scoped, secret }: Deps, viewer: Viewer, of: { id: string; reason: string }) =>
  scoped(viewer, (tx) => unmaskFlat(tx as unknown as Tx<IdentityTables>, secret, of));

/** An office confirms a household, or ends what was asked or confirmed and says why (`ended`). */
export const settle = ({ scoped, now }: Deps, viewer: Viewer, of: { id: string; ended: string | null }) =>
  scoped(viewer, (tx) =>
    settleHousehold(tx as unknown as Tx<IdentityTables>, { ...of, by: viewer.accountId, at: now() }),
  );
