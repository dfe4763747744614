import { sql } from 'kysely';
import type { WaitingKind, Waits } from '../../kernel/waiting.ts';

const OWNERS = ['use_unit_head', 'safety_director', 'safety_officer', 'maintenance_manager'];

/** Findings to mend for those who own them, and mended ones to look at again for the insurer. */
export const preventionWaiting: readonly WaitingKind[] = [
  {
    code: 'prevention.waiting.findings',
    roles: OWNERS,
    ask: ({ orgId }) => sql<Waits>`select count(*)::int as count, min(due_on) as "dueOn"
      from prevention.finding where state = 'open' and owner_org_id = ${orgId}::uuid`,
  },
  {
    code: 'prevention.waiting.mended',
    roles: ['surveyor'],
    ask: ({ orgId }) => sql<Waits>`select count(*)::int as count, null::date as "dueOn"
      from prevention.finding where state = 'mended' and insurer_org_id = ${orgId}::uuid`,
  },
];
