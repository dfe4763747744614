import type { z } from 'zod';
import type { claimView } from '../../../../contract/insurance-claim-file.ts';
import type { Tx } from '../../../kernel/db.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { InsuranceTables } from '../tables.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { MEDIATORS } from './claim.roles.ts';
import { findClaim, ruleViewOf, type StoredClaim } from './claim.store.ts';
import { claimItemOf } from './claim.views.ts';
import { claimCan } from './claim-can.rules.ts';
import { clocksFor } from './claim-clocks.ts';
import {
  aftermathOf,
  headsOf,
  lettersOf,
  papersOf,
  paymentsOn,
  repairOf,
  reportsOf,
  stepsOf,
} from './claim-parts.views.ts';
import { partiesOf } from './claim-party.store.ts';

type View = z.infer<typeof claimView>;

/** The whole file of a claim as its reader may see it: masked, with what he may do. Undefined: not his to see. */
export async function viewClaim(
  tx: Tx<InsuranceTables>,
  deps: ClaimDeps,
  { viewer, id }: { viewer: Viewer; id: string },
): Promise<View | undefined> {
  const item = await claimItemOf(tx, id);
  const claim = item && (await findClaim(tx, id));
  if (!claim) return undefined;
  const isLead = viewer.orgId === claim.leadOrgId;
  const parties = await partiesOf(tx, deps.secret, [id]);
  const opens = isLead ? deps.secret : null; // what people wrote is the lead insurer's to read
  return {
    ...item,
    ...headOf(claim),
    ...(await filesSeen(tx, claim)),
    ...judgementOf(claim, isLead),
    clocks: clocksFor(deps, claim, deps.now()).map((c) => ({
      ...c,
      startedAt: c.startedAt.toISOString(),
      dueAt: c.dueAt?.toISOString() ?? null,
      stoppedAt: c.stoppedAt?.toISOString() ?? null,
    })),
    parties: parties.map(({ claimId: _same, addedAt: _when, ...party }) => party),
    heads: await headsOf(tx, id),
    payments: await paymentsOn(tx, id),
    papers: await papersOf(tx, opens, id),
    documents: await lettersOf(tx, id),
    reports: await reportsOf(tx, opens, id),
    ...(await aftermathOf(tx, { opens, mediates: MEDIATORS.includes(viewer.role) ? deps.secret : opens }, id)),
    repair: await repairOf(tx, { claimId: id, now: deps.now() }),
    steps: await stepsOf(tx, id),
    can: claimCan(ruleViewOf(claim), {
      id: viewer.accountId,
      role: viewer.role,
      isLead,
      letterSent: claim.moments.refusal_sent !== undefined,
    }),
  };
}

/** The elevator's file and the rescue are named to those who may open them: an insurer sees its claim, not the file. */
async function filesSeen(tx: Tx<InsuranceTables>, { elevatorId, incidentId }: StoredClaim) {
  const card = await tx
    .selectFrom('registry.elevator_card')
    .select('id')
    .where('id', '=', elevatorId)
    .executeTakeFirst();
  return card ? { elevatorId, incidentId } : { elevatorId: null, incidentId: null };
}

function headOf(claim: StoredClaim) {
  const { verification: v, coverage, body } = claim;
  return {
    version: claim.version,
    channel: claim.channel,
    keepUntil: claim.keepUntilOn,
    coverage: v.coverage,
    liability: body.liability,
    verification: {
      policyFrom: v.policyFrom,
      policyTo: v.policyTo,
      lineFrom: v.lineFrom,
      lineTo: v.lineTo,
      endorsement: v.endorsement,
      product: v.product,
      productVersion: v.productVersion,
      tariffVersion: v.tariffVersion,
      waiting: v.waiting,
      others: v.others,
    },
    limits: coverage?.limits ?? null,
    papersAskedOn: body.papersAskedOn,
    papersMissing: body.papersMissing,
  };
}

function judgementOf({ body }: StoredClaim, isLead: boolean) {
  const { release, assessment, decision, refusal } = body;
  return {
    release: release && {
      seconds: release.trapped.seconds,
      from: release.trapped.from,
      stoppedAt: release.stoppedAt,
      reportedAt: release.reportedAt,
      awareAt: release.awareAt,
      releasedAt: release.releasedAt,
      people: release.people,
      injuries: release.injuries,
      trusted: release.trusted,
    },
    assessment: assessment && {
      by: assessment.by,
      note: isLead ? assessment.note : '',
      items: assessment.items,
      working: assessment.working,
    },
    decision: decision && {
      amount: decision.amount,
      by: decision.by,
      round: decision.round,
      byRule: decision.rule !== null,
    },
    refusal,
  };
}
