import { sql } from 'kysely';
import { OFFICIALS } from '../../../contract/identity-vocabulary.ts';
import type { WaitingKind, Waits } from '../../kernel/waiting.ts';
import { REGISTRARS } from './roles.ts';

/** Changes that somebody asked for, and elevators nobody answers for. */
export const registryWaiting: readonly WaitingKind[] = [
  {
    code: 'registry.waiting.changes',
    roles: REGISTRARS,
    ask: () => sql<Waits>`select count(*)::int as count, min(due_on) as "dueOn"
      from registry.change_request where decision is null`,
  },
  {
    code: 'registry.waiting.cases',
    roles: OFFICIALS,
    ask: () => sql<Waits>`select count(*)::int as count, min(due_on) as "dueOn"
      from registry.responsibility_case where outcome is null`,
  },
];
