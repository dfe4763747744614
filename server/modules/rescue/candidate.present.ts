import type { z } from 'zod';
import type { candidate } from '../../../contract/rescue.ts';
import type { Db } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import type { Candidate, Point } from './candidate.rules.ts';
import type { RescueDeps } from './deps.ts';
import type { RescueTables } from './tables.ts';

type Item = z.input<typeof candidate>;

/** Ways are drawn of so many: the desk's number keys choose among these. */
const MOST_WAYS = 5;
/** About a metre: closer corners look the same on any map. */
const DIGITS = 5;

type Roads = { ways: RescueDeps['ways']; to: Point | null };

/** Candidates as a screen shows them: with the names of their organisations, and the first of them with their ways. */
export async function candidateItems(
  db: Db<RescueTables>,
  found: readonly Candidate[],
  { ways, to }: Roads,
): Promise<Item[]> {
  const ids = [...new Set(found.map((c) => c.orgId as OrgId))];
  const orgs =
    ids.length > 0
      ? await db.selectFrom('identity.org_card').select(['id', 'name']).where('id', 'in', ids).execute()
      : [];
  const names = new Map<string, string>(orgs.map((o) => [o.id, o.name]));
  const first = found.slice(0, MOST_WAYS).filter((c) => c.at !== null);
  const drawn = to
    ? ways(
        first.flatMap((c) => c.at ?? []),
        to,
      )
    : [];
  const wayOf = new Map(first.map((c, i) => [c.personId, drawn[i] ?? null]));
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
    way: wayOf.get(c.personId)?.map(({ lng, lat }) => [rounded(lng), rounded(lat)] as [number, number]) ?? null,
  }));
}

const rounded = (degrees: number): number => Number(degrees.toFixed(DIGITS));
