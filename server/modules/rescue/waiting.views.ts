import { sql } from 'kysely';
import type { WaitingKind, Waits } from '../../kernel/waiting.ts';
import { DESK } from '../identity/index.ts';

/** Incidents whose people are out and whose file is still open: the cause, the call back. */
export const rescueWaiting: readonly WaitingKind[] = [
  {
    code: 'rescue.waiting.files',
    roles: [...DESK, 'maintenance_manager'],
    ask: () =>
      sql<Waits>`select count(*)::int as count, null::date as "dueOn" from rescue.incident where phase = 'released'`,
  },
];
