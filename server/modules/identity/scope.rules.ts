import type { OrgId } from '../../kernel/ids.ts';
import { type Role, reachOf } from './roles.rules.ts';

/** As kernel/scope.ts reads it: a row is seen by `all`, by one of its areas, or by one of its parties. */
type Reached = { all: boolean; areas: readonly string[]; orgs: readonly OrgId[] };

/** What decides how far an account sees. */
export type Standing = {
  role: Role;
  orgId: OrgId | null;
  areas: readonly string[]; // the divisions an official answers for; none: the whole city
  buildingIds: readonly string[]; // an owner's verified buildings
  city: string; // this installation's division code
};

const nothing: Reached = { all: false, areas: [], orgs: [] };
const everything: Reached = { all: true, areas: [], orgs: [] };

/**
 * What an account sees. City roles and the desk see the city; offices see their divisions, because every row carries
 * the codes of its district, street and community; the others see what their organisation is a party to.
 *
 * The owners of a building are a party to its elevators as a body, under the building's own id: an owner sees what
 * concerns the buildings for which the household was verified, and no neighbour's.
 *
 * Administrators manage accounts and auditors read the audit: neither sees business data.
 */
export function scopeOf({ role, orgId, areas, buildingIds, city }: Standing): Reached {
  const orgs = orgId ? [orgId] : [];
  switch (reachOf(role)) {
    case 'city':
      return everything;
    case 'areas':
      return areas.includes(city) || (areas.length === 0 && cityOffices.includes(role))
        ? everything
        : { all: false, areas, orgs };
    case 'org':
      return { all: false, areas: [], orgs };
    case 'building':
      return { all: false, areas: [], orgs: buildingIds.map((id) => id as OrgId) };
    case 'nothing':
      return nothing;
  }
}

/** Offices that may answer for the whole city: an account without divisions does. A district without one sees nothing. */
const cityOffices: readonly Role[] = ['department', 'housing_fund_office'];

/** What a machine client sees: the whole city when it speaks for it, otherwise what its organisation is a party to. */
export const scopeOfClient = (client: { orgId: OrgId | null; wholeCity: boolean }): Reached =>
  client.wholeCity ? everything : { all: false, areas: [], orgs: client.orgId ? [client.orgId] : [] };
