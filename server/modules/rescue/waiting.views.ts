import { sql } from 'kysely';
import { DESK } from '../../../contract/identity-vocabulary.ts';
import type { WaitingKind, Waits } from '../../kernel/waiting.ts';
import { DECIDERS } from './volunteer-apply.service.ts';

/** Incidents whose people are out and whose file is still open: the cause, the call back. And who wants to help. */
export const rescueWaiting: readonly WaitingKind[] = [
  {
    code: 'rescue.waiting.files',
    roles: [...DESK, 'maintenance_manager'],
    ask: () =>
      sql<Waits>`select count(*)::int as count, null::date as "dueOn" from rescue.incident where phase = 'released'`,
  },
  {
    code: 'rescue.waiting.volunteers',
    roles: DECIDERS,
    ask: () =>
      sql<Waits>`select count(*)::int as count, null::date as "dueOn" from rescue.volunteer_force where state = 'waiting'`,
  },
];
