import type { z } from 'zod';
import type { candidate } from '../../../contract/rescue.ts';
import type { Db } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import type { Candidate } from './candidate.rules.ts';
import type { RescueTables } from './tables.ts';

type Item = z.input<typeof candidate>;

/** Candidates as a screen shows them, with the names of their organisations. */
export async function candidateItems(db: Db<RescueTables>, found: readonly Candidate[]): Promise<Item[]> {
  const ids = [...new Set(found.map((c) => c.orgId as OrgId))];
  const orgs =
    ids.length > 0
      ? await db.selectFrom('identity.org_card').select(['id', 'name']).where('id', 'in', ids).execute()
      : [];
  const names = new Map<string, string>(orgs.map((o) => [o.id, o.name]));
  return found.map((c) => ({
    personId: c.personId,
    label: c.label,
    org: names.get(c.orgId) ?? '',
    kind: c.kind,
    place: c.place,
    onDuty: c.onDuty,
    travelSeconds: c.travel ? Math.round(c.travel.seconds) : null,
    travelMetres: c.travel ? Math.round(c.travel.metres) : null,
    travelBy: c.travel?.by ?? null,
    positionAgeSeconds: c.positionAgeSeconds,
    lng: c.at?.lng ?? null,
    lat: c.at?.lat ?? null,
    costSeconds: c.costSeconds,
    reasons: c.reasons.map((r) => ({ ...r, params: { ...r.params } })),
  }));
}
