import type { Tx } from '../../../kernel/db.ts';
import { publish } from '../../../kernel/outbox.ts';
import { note } from '../../../kernel/trace.ts';
import type { ClaimChanged } from '../events.ts';
import type { InsuranceTables } from '../tables.ts';
import type { ClaimDeps } from './claim.deps.ts';
import type { StoredClaim } from './claim.store.ts';

/** Tell the house that a claim moved: ids and what was done, never amounts or persons. */
export async function claimEvent(
  tx: Tx<InsuranceTables>,
  deps: Pick<ClaimDeps, 'newId' | 'now'>,
  { claim, by }: { claim: StoredClaim; by: string },
): Promise<void> {
  const event: ClaimChanged = {
    type: 'insurance.claim_changed',
    v: 1,
    data: { claimId: claim.id, elevatorId: claim.elevatorId, policyId: claim.policyId, phase: claim.phase, by },
  };
  await publish(tx, [
    {
      ...event,
      id: deps.newId(),
      occurredAt: deps.now(),
      subject: claim.id,
      version: claim.version,
      audience: { areaCodes: claim.areaCodes, orgIds: claim.orgIds },
    },
  ]);
}

/** A line on the elevator's page: that there is a claim, and how it went. No names, no amounts. */
export const claimNote = (
  tx: Tx<InsuranceTables>,
  claim: Pick<StoredClaim, 'id' | 'number' | 'elevatorId' | 'areaCodes' | 'orgIds'>,
  { at, code }: { at: Date; code: string },
): Promise<void> =>
  note(tx, [
    {
      subject: claim.elevatorId,
      at,
      code,
      params: { number: claim.number },
      ref: claim.id,
      audience: { areaCodes: claim.areaCodes, orgIds: claim.orgIds },
    },
  ]);
