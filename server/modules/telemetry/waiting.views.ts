import { sql } from 'kysely';
import { USE_UNIT } from '../../../contract/identity-vocabulary.ts';
import type { WaitingKind, Waits } from '../../kernel/waiting.ts';

/** What the boxes found and nobody of the unit that must act has taken in hand. */
export const telemetryWaiting: readonly WaitingKind[] = [
  {
    code: 'telemetry.waiting.findings',
    roles: ['maintenance_manager', ...USE_UNIT],
    ask: ({ orgId }) => sql<Waits>`select count(*)::int as count, null::date as "dueOn" from telemetry.finding
      where closed_at is null and taken_by is null and owner_org_id = ${orgId}::uuid`,
  },
];
