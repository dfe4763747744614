import { sql } from 'kysely';
import type { Db } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import type { Identifier } from './file.rules.ts';
import { identifierKey } from './identifier.rules.ts';
import type { RegistryTables } from './tables.ts';

/**
 * The first of these codes that is another elevator's, whoever may see that one; undefined when all are free. A rescue
 * code is taken for ever. It tells that a code is taken and not by whom.
 */
export async function codeTaken(
  db: Db<RegistryTables>,
  id: ElevatorId,
  identifiers: readonly Identifier[],
): Promise<string | undefined> {
  const asked = identifiers
    .filter((i) => i.validTo === null)
    .map((i) => ({ type: i.type, value: i.value, value_key: identifierKey(i.value), issuer: i.issuer }));
  const { rows } = await sql<{ value: string }>`
    select a.value from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as a (type text, value text, value_key text, issuer text)
    where registry.code_taken(${id}, a.type, a.value_key, a.issuer) limit 1`.execute(db);
  return rows[0]?.value;
}
