import type { z } from 'zod';
import { needs } from '../../../contract/rescue.ts';
import type { unplacedCall } from '../../../contract/rescue-queue.ts';
import type { Db } from '../../kernel/db.ts';
import { maskPhone, type SecretData } from '../../kernel/secret-data.ts';
import { CALLER } from './call.service.ts';
import type { RescueTables } from './tables.ts';

const MOST = 100;

const waiting = (db: Db<RescueTables>) =>
  db
    .selectFrom('rescue.call')
    .where('kind', '=', 'entrapment')
    .where('incident_id', 'is', null)
    .where('settled_at', 'is', null);

/** How many calls for help wait for their elevator, as far as the viewer sees them. */
export async function countUnplaced(db: Db<RescueTables>): Promise<number> {
  const { n } = await waiting(db)
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** Calls for help of which nobody knows yet which elevator they mean, the one that waits longest first; numbers masked. */
export async function unplacedCalls(db: Db<RescueTables>, secret: SecretData): Promise<z.input<typeof unplacedCall>[]> {
  const rows = await waiting(db)
    .select(['id', 'at', 'channel', 'caller', 'said', 'needs'])
    .orderBy('at')
    .limit(MOST)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    channel: row.channel,
    caller: row.caller ? maskPhone(secret.open(CALLER, row.caller)) : '',
    said: row.said,
    needs: needs.parse(row.needs),
  }));
}
