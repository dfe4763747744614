import type { AccountId } from '../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';

export type TakeRefusal = { code: 'telemetry.finding_closed' } | { code: 'telemetry.finding_taken' };

/** May this account take a finding in hand? Once is enough, and what is over needs nobody. */
export function mayTake(
  finding: { closed: boolean; takenBy: AccountId | null },
  by: AccountId,
): Result<{ takenBy: AccountId }, TakeRefusal> {
  if (finding.closed) return refuse({ code: 'telemetry.finding_closed' });
  if (finding.takenBy !== null && finding.takenBy !== by) return refuse({ code: 'telemetry.finding_taken' });
  return accept({ takenBy: by });
}
