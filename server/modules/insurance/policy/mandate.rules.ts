import type { Day } from '../../../kernel/time.ts';

/** A mandate as far as it decides: who lets whom, from when to when. */
export type Mandate = { id: string; giverOrgId: string; agentOrgId: string; from: Day; to: Day; endedOn: Day | null };

/** Is it in force on that day? The day it was ended on is its last. */
export const inForce = (m: Pick<Mandate, 'from' | 'to' | 'endedOn'>, on: Day): boolean =>
  m.from <= on && on <= m.to && (m.endedOn === null || on <= m.endedOn);

export type AgencyRefusal = { code: 'insurance.no_mandate'; agent: string } | { code: 'insurance.not_holder' };

type Acting = { role: string; orgId: string | null; holderOrgId: string; mandates: readonly Mandate[]; on: Day };

/** Who insures what is his own: a use unit, and before hand-over the maker or installer. */
const FOR_THEMSELVES = ['use_unit_head', 'safety_director', 'maker', 'installer'];

/**
 * May this person act for the holder? A use unit for itself; a maintenance unit only by a mandate of that unit in force that
 * day (无锡 2014 五(一)); insurers and brokers may quote to whom they like, a broker with the holder's mandate by it. The
 * mandate, or why not.
 */
export function agencyOf({ role, orgId, holderOrgId, mandates, on }: Acting): Mandate | null | AgencyRefusal {
  if (orgId === holderOrgId) return null;
  if (FOR_THEMSELVES.includes(role)) return { code: 'insurance.not_holder' };
  if (role !== 'maintenance_manager' && role !== 'broker') return null;
  const given = mandates.find((m) => m.giverOrgId === holderOrgId && m.agentOrgId === orgId && inForce(m, on));
  if (role === 'broker') return given ?? null;
  return given ?? { code: 'insurance.no_mandate', agent: orgId ?? '' };
}
