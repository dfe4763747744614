import type { Db } from '../../kernel/db.ts';
import { doorToken, idBehind } from '../../kernel/door-token.ts';
import type { IncidentId } from '../../kernel/ids.ts';
import { addSeconds } from '../../kernel/time.ts';
import type { RescueDeps } from './deps.ts';
import { type Incident, isActive } from './incident.rules.ts';
import { incidentOf } from './incident.store.ts';
import { type Coming, type SosView, sosView, unplaced } from './sos.rules.ts';
import type { RescueTables } from './tables.ts';

const USE = 'rescue.sos.token';
/** Long enough for any rescue, short enough that a phone left behind tells nothing later. */
const TOKEN_SECONDS = 86_400;

/** The page of one call for help. Its address opens that page and nothing else. */
export const sosPath = ({ secret, now }: Pick<RescueDeps, 'secret' | 'now'>, callId: string): string =>
  `/~/sos/${doorToken(secret, USE, { id: callId, until: addSeconds(now(), TOKEN_SECONDS) })}`;

/** What stands on it: where, the six digits, and how far the rescue is. */
export type SosPage = { address: string; rescueCode: string; view: SosView };

/** What the person behind a token is shown; undefined when it ran out, or when we did not make it. */
export async function sosBehind(deps: RescueDeps, token: string): Promise<SosPage | undefined> {
  const { db, secret, now } = deps;
  const id = idBehind(secret, USE, { token, now: now() });
  if (!id) return undefined;
  const call = await db.selectFrom('rescue.call').select(['incident_id', 'at']).where('id', '=', id).executeTakeFirst();
  if (!call) return undefined;
  const found = call.incident_id ? await incidentNow(db, call.incident_id) : undefined;
  if (!found) return { address: '', rescueCode: '', view: unplaced(call.at) };
  const { row, incident, coming } = found;
  return { address: row.address, rescueCode: row.rescue_code ?? '', view: sosView(incident, coming, now()) };
}

/** An incident as it stands, with who comes and how long his way was reckoned. One that was joined to another is the other. */
export async function incidentNow(db: Db<RescueTables>, id: IncidentId) {
  const row = await db
    .selectFrom('rescue.incident as i')
    .leftJoin('rescue.incident as into', 'into.id', 'i.joined_into')
    .selectAll('i')
    .select('into.id as joined_id')
    .where('i.id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  const held = row.joined_id
    ? await db.selectFrom('rescue.incident').selectAll().where('id', '=', row.joined_id).executeTakeFirst()
    : row;
  if (!held) return undefined;
  const offers = await db
    .selectFrom('rescue.offer as o')
    .leftJoin('rescue.rescuer as r', 'r.person_id', 'o.person_id')
    .selectAll('o')
    .select('r.kind')
    .where('o.incident_id', '=', held.id)
    .execute();
  const incident: Incident = incidentOf(held, offers);
  const active = new Set(incident.offers.filter(isActive).map((o) => o.id));
  const first = offers.find((o) => o.state === 'arrived') ?? offers.find((o) => active.has(o.id));
  const coming: Coming = { kind: first?.kind ?? null, travelSeconds: first?.eta_seconds ?? null };
  return { row: held, incident, coming };
}
