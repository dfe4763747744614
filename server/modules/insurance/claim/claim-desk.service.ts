import { keepAct } from '../../../kernel/audit.ts';
import type { Tx } from '../../../kernel/db.ts';
import type { ElevatorId } from '../../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import { actAs, type Viewer } from '../../../kernel/scope.ts';
import { dayOf } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { claimToActOn } from './claim.service.ts';
import { addStep, findClaim, type StoredClaim } from './claim.store.ts';
import type { ClaimPartyRow } from './claim.tables.ts';
import type { ActRefusal } from './claim-act.rules.ts';
import { takeReport } from './claim-open.service.ts';
import { USES } from './claim-parts.views.ts';
import { completeParty, findParty, insertParty, type NewParty, openParty } from './claim-party.store.ts';
import type { LossKind } from './cover.rules.ts';
import { coverLines, elevatorByCode, holdReport } from './cover.store.ts';

export type ReportRefusal =
  | { code: 'insurance.elevator_unknown'; value: string }
  | { code: 'insurance.happened_in_future'; at: string }
  | { code: 'insurance.key_reused'; key: string };

export type DeskReport = {
  key: string;
  elevatorId: string | null;
  code: string;
  kind: LossKind;
  happenedAt: Date;
  said: string;
  reporter: { name: string; phone: string } | null;
  channel: 'phone' | 'desk' | 'interface';
};

export type Told = {
  outcome: 'opened' | 'joined' | 'no_cover';
  claimId: string | null;
  number: string | null;
  policyNumber: string | null;
};

/** A report by somebody with an account: for an elevator he sees, or one that he insures. */
export async function reportAccident(
  deps: ClaimDeps,
  viewer: Viewer,
  report: DeskReport,
): Promise<Result<Told, ReportRefusal>> {
  const now = deps.now();
  if (report.happenedAt > now)
    return refuse({ code: 'insurance.happened_in_future', at: report.happenedAt.toISOString() });
  const elevatorId = await elevatorSeen(deps, viewer, report);
  if (!elevatorId) return refuse({ code: 'insurance.elevator_unknown', value: report.elevatorId ?? report.code });
  const key = `${viewer.orgId ?? viewer.accountId}:${report.key}`;
  return deps.db.transaction().execute(async (tx): Promise<Result<Told, ReportRefusal>> => {
    await actAs(tx, viewer.accountId);
    await holdReport(tx, key);
    const earlier = await tx.selectFrom('insurance.claim_report').selectAll().where('key', '=', key).executeTakeFirst();
    if (earlier) {
      const same =
        earlier.elevator_id === elevatorId &&
        earlier.kind === report.kind &&
        earlier.happened_at.getTime() === report.happenedAt.getTime();
      if (!same) return refuse({ code: 'insurance.key_reused', key: report.key });
      return accept({ outcome: earlier.outcome, ...(await numbersOf(tx, earlier.claim_id)) });
    }
    const { outcome, claimId } = await takeReport(tx, deps, {
      ...report,
      key,
      elevatorId,
      reportedAt: now,
      codeKey: null,
      incidentId: null,
      release: null,
    });
    return accept({ outcome, ...(await numbersOf(tx, claimId)) });
  });
}

type ClaimTx = Parameters<Parameters<ReturnType<ClaimDeps['db']['transaction']>['execute']>[0]>[0];

async function numbersOf(tx: ClaimTx, claimId: string | null): Promise<Omit<Told, 'outcome'>> {
  const claim = claimId ? await findClaim(tx, claimId) : undefined;
  return {
    claimId,
    number: claim?.number ?? null,
    policyNumber: claim?.verification.policyNumber ?? null,
  };
}

/** An insurer does not see elevators' files, but it sees its own cover of them. */
async function elevatorSeen(deps: ClaimDeps, viewer: Viewer, report: DeskReport): Promise<ElevatorId | undefined> {
  const id = (report.elevatorId as ElevatorId | null) ?? (await elevatorByCode(deps.db, report.code));
  if (!id) return undefined;
  return deps.scoped(viewer, async (tx) => {
    const card = await tx.selectFrom('registry.elevator_card').select('id').where('id', '=', id).executeTakeFirst();
    if (card) return id;
    return (await coverLines(tx, id, dayOf(report.happenedAt))).length > 0 ? id : undefined;
  });
}

/** Take down who may be paid. */
export const addParty = (
  deps: ClaimDeps,
  viewer: Viewer,
  { claimId, party }: { claimId: string; party: NewParty },
): Promise<Result<{ partyId: string }, ActRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ partyId: string }, ActRefusal>> => {
    const claim = await claimToActOn(tx, viewer, { id: claimId, role: 'party' });
    if (!claim.ok) return claim;
    const partyId = deps.newId();
    await insertParty(tx, deps.secret, { id: partyId, claimId, at: deps.now(), by: viewer.accountId, party });
    const after = { partyId, kind: party.kind };
    await addStep(tx, { claimId, at: deps.now(), actor: viewer.accountId, name: 'add_party', before: {}, after });
    return accept({ partyId });
  });

/** Add what was missing of a party: an account that came later. What stood before stays in the audit of the step. */
export const addToParty = (
  deps: ClaimDeps,
  viewer: Viewer,
  { claimId, partyId, data }: { claimId: string; partyId: string; data: Omit<NewParty, 'kind' | 'name'> },
): Promise<Result<{ partyId: string }, ActRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ partyId: string }, ActRefusal>> => {
    const claim = await claimToActOn(tx, viewer, { id: claimId, role: 'party' });
    if (!claim.ok) return claim;
    const party = await findParty(tx, { claimId, id: partyId });
    if (!party) return refuse({ code: 'insurance.party_unknown', party: partyId });
    const stands = await whatStands(tx, { claim: claim.value, party, data });
    if (stands) return refuse(stands);
    await completeParty(tx, deps.secret, { id: partyId, data });
    const given = Object.entries(data).flatMap(([name, value]) => (value ? [name] : []));
    const after = { partyId, given, accountTailBefore: party.account_tail };
    await addStep(tx, { claimId, at: deps.now(), actor: viewer.accountId, name: 'complete_party', before: {}, after });
    return accept({ partyId });
  });

/**
 * What two persons decided on is not changed by one: once the claim is decided or money was asked for, an account or an
 * identity number that is there is replaced only after the bank gave the last payment back.
 */
async function whatStands(
  tx: Tx<InsuranceTables>,
  { claim, party, data }: { claim: StoredClaim; party: ClaimPartyRow; data: Omit<NewParty, 'kind' | 'name'> },
): Promise<ActRefusal | undefined> {
  const field = data.account && party.account ? 'account' : data.idNumber && party.id_number ? 'idNumber' : undefined;
  if (!field) return undefined;
  const last = await tx
    .selectFrom('insurance.claim_payment')
    .select('state')
    .where('claim_id', '=', claim.id)
    .where('party_id', '=', party.id)
    .orderBy('proposed_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  const isOpen = last ? last.state === 'returned' : claim.body.decision === null;
  return isOpen ? undefined : { code: 'insurance.account_stands', field };
}

/** The plain data of a party, for the lead insurer's own people. Who looked, when and why stays in the audit. */
export const unmaskParty = (
  deps: ClaimDeps,
  viewer: Viewer,
  { claimId, partyId, reason }: { claimId: string; partyId: string; reason: string },
): Promise<Result<ReturnType<typeof openParty>, ActRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<ReturnType<typeof openParty>, ActRefusal>> => {
    const claim = await findClaim(tx, claimId);
    if (!claim) return refuse({ code: 'insurance.claim_not_found' });
    if (viewer.orgId !== claim.leadOrgId) return refuse({ code: 'insurance.not_the_lead' });
    const party = await findParty(tx, { claimId, id: partyId });
    if (!party) return refuse({ code: 'insurance.party_unknown', party: partyId });
    await keepAct(tx, { action: 'unmask', object: 'insurance.claim_party', rowId: partyId, after: { reason } });
    return accept(openParty(deps.secret, party));
  });

/** What the surveyor found on site, from his phone. */
export const addSurvey = (
  deps: ClaimDeps,
  viewer: Viewer,
  { claimId, ...survey }: { claimId: string; at: Date; findings: string; lng: number | null; lat: number | null },
): Promise<Result<{ id: string }, ActRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ id: string }, ActRefusal>> => {
    const claim = await claimToActOn(tx, viewer, { id: claimId, role: 'survey' });
    if (!claim.ok) return claim;
    const id = deps.newId();
    const { accountId: actor } = viewer;
    const findings = deps.secret.seal(USES.findings, survey.findings);
    await tx
      .insertInto('insurance.claim_survey')
      .values({ id, claim_id: claimId, actor, ...survey, findings })
      .execute();
    await addStep(tx, { claimId, at: deps.now(), actor, name: 'survey', before: {}, after: { surveyId: id } });
    return accept({ id });
  });
