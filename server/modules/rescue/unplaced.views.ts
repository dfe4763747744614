import type { z } from 'zod';
import { needs } from '../../../contract/rescue.ts';
import type { unplacedCall } from '../../../contract/rescue-queue.ts';
import type { Db } from '../../kernel/db.ts';
import { maskPhone, type SecretData } from '../../kernel/secret-data.ts';
import { CALLER } from './call.service.ts';
import type { RescueTables } from './tables.ts';

const MOST = 100;

/** Calls for help of which nobody knows yet which elevator they mean, the one that waits longest first; numbers masked. */
export async function unplacedCalls(db: Db<RescueTables>, secret: SecretData): Promise<z.input<typeof unplacedCall>[]> {
  const rows = await db
    .selectFrom('rescue.call')
    .select(['id', 'at', 'channel', 'caller', 'said', 'needs'])
    .where('kind', '=', 'entrapment')
    .where('incident_id', 'is', null)
    .where('settled_at', 'is', null)
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
