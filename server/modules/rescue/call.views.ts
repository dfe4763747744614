import { type Selectable, sql } from 'kysely';
import type { z } from 'zod';
import type { callList, callQuery } from '../../../contract/rescue-field.ts';
import type { Db } from '../../kernel/db.ts';
import { isInstantKey, pageOf, readPlace } from '../../kernel/page.ts';
import { maskPhone, type SecretData } from '../../kernel/secret-data.ts';
import { CALLER } from './call.service.ts';
import type { CallRow } from './call.tables.ts';
import { callItem } from './incident.views.ts';
import type { RescueTables } from './tables.ts';

type Row = Selectable<CallRow> & { address: string; number: string | null };

/** Calls, those that wait to be rung back first, then the newest; numbers masked. */
export async function listCalls(
  db: Db<RescueTables>,
  secret: SecretData,
  { kind, callBack, after, limit }: z.output<typeof callQuery>,
): Promise<z.input<typeof callList>> {
  const place = readPlace(after, (key) => /^[01]~/.test(key) && isInstantKey(key.slice(2)));
  const conditions = [
    sql`true`,
    ...(kind ? [sql`c.kind = ${kind}`] : []),
    ...(callBack ? [sql`c.call_back = ${callBack}`] : []),
    ...(place
      ? [
          sql`(c.call_back = 'wanted', c.at, c.id) < (${place.key.startsWith('1')}, ${place.key.slice(2)}::timestamptz, ${place.id}::uuid)`,
        ]
      : []),
  ];
  const { rows } = await sql<Row>`select c.*, coalesce(i.address, e.address, '') as address, i.number
    from rescue.call c left join rescue.incident i on i.id = c.incident_id
      left join registry.elevator_card e on e.id = c.elevator_id
    where ${sql.join(conditions, sql` and `)}
    order by c.call_back = 'wanted' desc, c.at desc, c.id desc limit ${limit + 1}`.execute(db);
  return pageOf(rows, limit, {
    place: (row) => ({ key: `${row.call_back === 'wanted' ? 1 : 0}~${row.at.toISOString()}`, id: row.id }),
    item: ({ address, number, ...row }) => ({
      ...callItem(row, row.caller ? maskPhone(secret.open(CALLER, row.caller)) : ''),
      address,
      number,
    }),
  });
}
