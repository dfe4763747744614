import type { Db } from '../../kernel/db.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { IdentityTables } from './tables.ts';

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** What actors are called: the account's name, or the machine client's with its organisation. Others ('event:…', 'cli') are their own name. */
export async function namesOfActors(
  db: Db<IdentityTables>,
  actors: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(actors)].filter(isUuid);
  if (ids.length === 0) return new Map();
  const [accounts, clients] = await Promise.all([
    db
      .selectFrom('identity.account as a')
      .select(['a.id', 'a.username as name'])
      .where(
        'a.id',
        'in',
        ids.map((id) => id as AccountId),
      )
      .execute(),
    db
      .selectFrom('identity.client as c')
      .leftJoin('identity.org as o', 'o.id', 'c.org_id')
      .select(['c.id', 'c.name', 'o.name as org'])
      .where('c.id', 'in', ids)
      .execute(),
  ]);
  return new Map([
    ...accounts.map((r) => [r.id, r.name] as const),
    ...clients.map((r) => [r.id, r.org === null ? r.name : `${r.name} · ${r.org}`] as const),
  ]);
}
