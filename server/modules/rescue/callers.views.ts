import { sql } from 'kysely';
import type { Db } from '../../kernel/db.ts';
import type { IncidentId } from '../../kernel/ids.ts';
import type { SecretData } from '../../kernel/secret-data.ts';
import { CALLER } from './call.service.ts';
import type { RescueTables } from './tables.ts';

const MOBILE = /^1\d{10}$/;

/**
 * The mobile phones of people who called about an entrapment themselves, each once, first caller first. `agreed`: only
 * of those who want the claim code there. A number that was forgotten by its time is not found.
 */
export async function callersOf(
  db: Db<RescueTables>,
  secret: SecretData,
  { incidentId, agreed }: { incidentId: string; agreed?: true },
): Promise<readonly string[]> {
  const id = incidentId as IncidentId;
  const calls = await db
    .selectFrom('rescue.call as c')
    .innerJoin('rescue.incident as i', 'i.id', 'c.incident_id')
    .select(['c.caller'])
    .where('c.kind', '=', 'entrapment')
    .where('c.channel', 'in', ['phone', 'qr'])
    .where('c.caller', 'is not', null)
    .where((e) => e.or([e('i.id', '=', id), e('i.joined_into', '=', id)]))
    .$if(agreed === true, (q) => q.where('c.claim_text', '=', true))
    .orderBy('c.at')
    .orderBy('c.id')
    .execute();
  const numbers = calls.map((call) => dialled(secret.open(CALLER, call.caller ?? '')));
  return [...new Set(numbers.filter((number) => MOBILE.test(number)))];
}

/** Did anybody leave a number about an incident, about the one it was joined to, or about another that was joined to that one? */
export async function hasCallers(db: Db<RescueTables>, id: IncidentId): Promise<boolean> {
  const { rows } = await sql`select from rescue.incident told
    join rescue.incident i on i.id = coalesce(told.joined_into, told.id) or i.joined_into = coalesce(told.joined_into, told.id)
    join rescue.call c on c.incident_id = i.id
    where told.id = ${id} and c.caller is not null limit 1`.execute(db);
  return rows.length > 0;
}

const dialled = (caller: string): string =>
  caller
    .normalize('NFKC')
    .replace(/[\s-]/g, '')
    .replace(/^\+?86(?=1\d{10}$)/, '');
