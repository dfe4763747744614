import type { REVIEW_OUTCOMES } from '../../../../contract/insurance-vocabulary.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { claimToActOn } from './claim.service.ts';
import { addStep } from './claim.store.ts';
import type { ActRefusal } from './claim-act.rules.ts';

type Reviewing = { claimId: string; outcome: (typeof REVIEW_OUTCOMES)[number]; note: string; seed: string };

/**
 * Keep what a second look at a decided claim found, on the claim's own history. Who assessed or decided does not look at his own
 * work. It changes nothing: a claim that was decided wrongly is opened again by its own act.
 */
export const reviewClaim = (
  deps: ClaimDeps,
  viewer: Viewer,
  { claimId, outcome, note, seed }: Reviewing,
): Promise<Result<{ id: string }, ActRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ id: string }, ActRefusal>> => {
    const found = await claimToActOn(tx, viewer, { id: claimId, role: 'review' });
    if (!found.ok) return found;
    const { phase, body } = found.value;
    if (body.decision === null || (phase !== 'accepted' && phase !== 'closed'))
      return refuse({ code: 'insurance.claim_phase', phase, command: 'review' });
    if (body.decision.by === viewer.accountId || body.assessment?.by === viewer.accountId)
      return refuse({ code: 'insurance.four_eyes' });
    const step = { claimId, at: deps.now(), actor: viewer.accountId, name: 'review', before: {} };
    await addStep(tx, { ...step, after: { outcome, note, seed } });
    return accept({ id: claimId });
  });
