import { sql } from 'kysely';
import { HOUSEHOLD_OFFICES } from '../../../contract/identity-vocabulary.ts';
import type { WaitingKind, Waits } from '../../kernel/waiting.ts';

/** Households that ask for their building. */
export const identityWaiting: readonly WaitingKind[] = [
  {
    code: 'identity.waiting.households',
    roles: HOUSEHOLD_OFFICES,
    ask: () => sql<Waits>`select count(*)::int as count, null::date as "dueOn"
      from identity.household where verified_at is null and ended_at is null`,
  },
];
