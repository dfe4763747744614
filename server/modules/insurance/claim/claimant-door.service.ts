import { accept, type Result, refuse } from '../../../kernel/result.ts';
import { actAs } from '../../../kernel/scope.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { findClaim } from './claim.store.ts';
import type { ReportRefusal } from './claim-desk.service.ts';
import { takeReport } from './claim-open.service.ts';
import { keepPaper, type PaperRefusal } from './claim-paper.service.ts';
import { findParty, insertParty } from './claim-party.store.ts';
import { holderOf } from './claimant.access.ts';
import { type Claimant, type ClaimantRefusal, checkClaimant, fillDraft } from './claimant.service.ts';
import type { LossKind } from './cover.rules.ts';
import { elevatorByCode, holdReport } from './cover.store.ts';
import { codeKey, newClaimCode } from './entrapment.store.ts';

type Filled = { state: 'waiting' | 'clean' | 'to_handler' };

/** Say who one is: for a head of an entrapment its draft is judged, anybody else becomes a party of his claim. */
export async function fillAsHolder(
  deps: ClaimDeps,
  { token, claimant }: { token: string; claimant: Claimant },
): Promise<Result<Filled, ClaimantRefusal>> {
  const holder = await holderOf(deps.db, deps, token);
  if (!holder) return refuse({ code: 'insurance.claim_code_unknown' });
  if (holder.kind === 'head') return fillDraft(deps, { draftId: holder.draft.id, claimant });
  const wrong = checkClaimant(claimant);
  if (wrong) return refuse(wrong);
  const { claim, reportId: id } = holder;
  return deps.db.transaction().execute(async (tx): Promise<Result<Filled, ClaimantRefusal>> => {
    await actAs(tx, 'claimant');
    await findClaim(tx, claim.id, { hold: true });
    if (await findParty(tx, { claimId: claim.id, id })) return refuse({ code: 'insurance.draft_filled' });
    const party = { ...claimant, kind: 'victim' as const };
    await insertParty(tx, deps.secret, { id, claimId: claim.id, at: deps.now(), by: 'claimant', party });
    return accept({ state: 'to_handler' });
  });
}

/** A photograph from the claimant's phone. */
export async function paperOfHolder(
  deps: ClaimDeps,
  { token, name, bytes }: { token: string; name: string; bytes: Buffer },
): Promise<Result<{ id: string }, ClaimantRefusal | PaperRefusal>> {
  const holder = await holderOf(deps.db, deps, token);
  if (!holder) return refuse({ code: 'insurance.claim_code_unknown' });
  const { claim } = holder;
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, 'claimant');
    await findClaim(tx, claim.id, { hold: true });
    const own = holder.kind === 'head' ? holder.draft.party_id : holder.reportId;
    const isParty = own !== null && (await findParty(tx, { claimId: claim.id, id: own })) !== undefined;
    return keepPaper(tx, deps, {
      claimId: claim.id,
      partyId: isParty ? own : null,
      kind: 'photo',
      name,
      bytes,
      by: 'claimant',
    });
  });
}

export type PublicReport = {
  key: string;
  code: string;
  kind: LossKind;
  happenedAt: Date;
  said: string;
  name: string;
  phone: string;
};
type Taken = { outcome: 'opened' | 'joined' | 'no_cover'; number: string | null; code: string | null };

/** An accident told by anybody who stands at the elevator. He gets a code to follow it with, unless nothing covers it. */
export async function reportByPublic(deps: ClaimDeps, report: PublicReport): Promise<Result<Taken, ReportRefusal>> {
  const now = deps.now();
  if (report.happenedAt > now)
    return refuse({ code: 'insurance.happened_in_future', at: report.happenedAt.toISOString() });
  const elevatorId = await elevatorByCode(deps.db, report.code);
  if (!elevatorId) return refuse({ code: 'insurance.elevator_unknown', value: report.code });
  const key = `qr:${report.key}`;
  return deps.db.transaction().execute(async (tx): Promise<Result<Taken, ReportRefusal>> => {
    await actAs(tx, 'qr');
    await holdReport(tx, key);
    const earlier = await tx
      .selectFrom('insurance.claim_report')
      .select(['outcome', 'claim_id'])
      .where('key', '=', key)
      .executeTakeFirst();
    // A form sent again: what was taken stays taken. Its code was shown the first time and is not known here.
    if (earlier) return refuse({ code: 'insurance.key_reused', key: report.key });
    const code = newClaimCode();
    const { name, phone } = report;
    const { outcome, claimId } = await takeReport(tx, deps, {
      key,
      channel: 'qr',
      kind: report.kind,
      elevatorId,
      happenedAt: report.happenedAt,
      reportedAt: now,
      said: report.said,
      reporter: { name, phone },
      codeKey: codeKey(deps.secret, code),
      incidentId: null,
      release: null,
    });
    const claim = claimId ? await findClaim(tx, claimId) : undefined;
    return accept({ outcome, number: claim?.number ?? null, code: claim ? code : null });
  });
}
