import type { Tx } from '../../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import { notify } from '../../../kernel/notify.ts';
import { invariant } from '../../../kernel/result.ts';
import { dayOf } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import { claimEvent, claimNote } from './claim.announce.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { NEW_BODY, type StoredRelease } from './claim.rows.ts';
import {
  claimsNear,
  findClaim,
  insertClaim,
  type NewClaim,
  nextClaimNumber,
  type StoredClaim,
  saveClaim,
} from './claim.store.ts';
import type { Channel } from './claim.tables.ts';
import { nextClock } from './claim-clock.rules.ts';
import { clocksFor } from './claim-clocks.ts';
import { orgName, writeLetter } from './claim-letter.store.ts';
import { type Cover, coverAt, keepUntil, type LossKind, sameAccident } from './cover.rules.ts';
import { type ClaimPlace, coverLines, holdAccidents, placeOf } from './cover.store.ts';

/** One word about an accident, whoever gave it. */
export type Report = {
  key: string; // sent twice it is one
  channel: Channel;
  kind: LossKind;
  elevatorId: ElevatorId;
  happenedAt: Date;
  reportedAt: Date;
  said: string;
  reporter: { name: string; phone: string } | null;
  codeKey: string | null; // keyed hash of the code the reporter follows his claim with
  incidentId: string | null;
  release: StoredRelease | null;
};

export type Reported = {
  reportId: string;
  outcome: 'opened' | 'joined' | 'no_cover';
  claimId: string | null;
  cover: Cover | null;
};

const SAID = 'insurance.report.said';
const REPORTER = 'insurance.report.reporter';

/**
 * Take a report in, as the owner of the books: who reports need not see the elevator's file. It joins the claim of the
 * same accident, or opens one on the policy that answered for this elevator at that instant. Without cover it is kept
 * all the same, so that nobody can say it was never told.
 */
export async function takeReport(tx: Tx<InsuranceTables>, deps: ClaimDeps, report: Report): Promise<Reported> {
  await holdAccidents(tx, report.elevatorId);
  const place = await placeOf(tx, report.elevatorId);
  invariant(place, 'who reports has looked the elevator up');
  const lines = await coverLines(tx, report.elevatorId, dayOf(report.happenedAt));
  const cover = coverAt(lines, { at: report.happenedAt, kind: report.kind });
  const near = (await claimsNear(tx, report.elevatorId, report.happenedAt)).filter((c) => sameAccident(c, report));
  // The same accident on the same policy is the same claim, also when this word calls it by another name.
  const same = near.find((c) => c.policyId === cover?.line.policyId) ?? (cover ? undefined : near[0]);
  if (same) {
    await join(tx, deps, { claimId: same.id, report });
    return keepReport(tx, deps, { report, place, outcome: 'joined', claimId: same.id, cover: cover ?? null });
  }
  if (!cover) return keepReport(tx, deps, { report, place, outcome: 'no_cover', claimId: null, cover: null });
  const claim = await open(tx, deps, { report, place, cover });
  return keepReport(tx, deps, { report, place, outcome: 'opened', claimId: claim.id, cover });
}

type Opening = { report: Report; place: ClaimPlace; cover: Cover };

async function open(tx: Tx<InsuranceTables>, deps: ClaimDeps, { report, place, cover }: Opening): Promise<NewClaim> {
  const { line, coverage } = cover;
  const { areaCodes, orgIds: _seenByFile, ...kept } = place;
  const claim: Omit<NewClaim, 'next'> = {
    id: deps.newId(),
    number: await nextClaimNumber(tx, deps.now()),
    policyId: line.policyId,
    elevatorId: report.elevatorId,
    coverageId: coverage.id,
    kind: report.kind,
    accidentKey: report.incidentId ?? `${report.elevatorId} ${report.happenedAt.toISOString()}`,
    incidentId: report.incidentId,
    happenedAt: report.happenedAt,
    reportedAt: report.reportedAt,
    channel: report.channel,
    phase: 'reported',
    body: { ...NEW_BODY, liability: coverage.kind === 'third_party', release: report.release },
    moments: { reported: report.reportedAt },
    verification: {
      policyNumber: line.policyNumber,
      policyFrom: line.policyFrom,
      policyTo: line.policyTo,
      lineFrom: line.from,
      lineTo: line.to,
      endorsement: line.endorsement,
      product: line.productCode,
      productVersion: line.productVersion,
      tariffVersion: line.tariffVersion,
      coverage: coverage.name,
      waiting: cover.waiting,
      others: [...cover.others],
    },
    place: kept,
    leadOrgId: line.leadOrgId as OrgId,
    areaCodes,
    orgIds: [...new Set([...line.orgIds, ...(place.useOrgId ? [place.useOrgId] : [])])],
    keepUntilOn: keepUntil(line.policyFrom, line.policyTo),
  };
  await insertClaim(tx, { ...claim, next: undefined });
  const opened = await findClaim(tx, claim.id, { hold: true });
  invariant(opened, 'the claim was just made');
  const next = nextClock(clocksFor(deps, opened, deps.now()));
  await saveClaim(tx, { was: opened, is: opened }, { at: deps.now(), actor: report.channel, name: 'report', next });
  await announceOpening(tx, deps, opened);
  return { ...claim, next };
}

async function announceOpening(tx: Tx<InsuranceTables>, deps: ClaimDeps, claim: StoredClaim): Promise<void> {
  const at = deps.now();
  const { number, verification, place, happenedAt, leadOrgId, id } = claim;
  await writeLetter(tx, deps, {
    kind: 'acknowledgement',
    claim: { id, number, leadOrgId, policyNumber: verification.policyNumber, address: place.address, happenedAt },
    to: await orgName(tx, place.useOrgId),
    params: { number, on: dayOf(claim.reportedAt) },
    rows: [],
    by: claim.channel,
  });
  const audience = { areaCodes: [], orgIds: [leadOrgId] };
  await notify(tx, [
    {
      id: deps.newId(),
      at,
      to: { roles: ['handler', 'approver'], audience },
      code: 'insurance.notice.claim_opened',
      params: { number, address: place.address },
      link: `/claims/${id}`,
    },
  ]);
  await claimNote(tx, claim, { at, code: 'insurance.trace.claim_opened' });
  await claimEvent(tx, deps, { claim, by: 'reported' });
}

/** A further word about an accident that is on file. An injury told of later ends the quick way: a handler must look. */
async function join(
  tx: Tx<InsuranceTables>,
  deps: ClaimDeps,
  { claimId, report }: { claimId: string; report: Report },
): Promise<void> {
  const was = await findClaim(tx, claimId, { hold: true });
  invariant(was, 'the claim was just found');
  const isMore = report.kind !== 'entrapment';
  const is: StoredClaim = {
    ...was,
    body: {
      ...was.body,
      release: was.body.release ?? report.release,
      otherReports: was.body.otherReports || (isMore && was.kind === 'entrapment'),
    },
  };
  const next = nextClock(clocksFor(deps, is, deps.now()));
  await saveClaim(tx, { was, is }, { at: deps.now(), actor: report.channel, name: 'report_joined', next });
  await claimEvent(tx, deps, { claim: is, by: 'report_joined' });
}

type Keeping = {
  report: Report;
  place: ClaimPlace;
  outcome: Reported['outcome'];
  claimId: string | null;
  cover: Cover | null;
};

async function keepReport(tx: Tx<InsuranceTables>, deps: ClaimDeps, kept: Keeping): Promise<Reported> {
  const { report, place, outcome, claimId, cover } = kept;
  const reportId = deps.newId();
  const orgs = [...(cover?.line.orgIds ?? []), ...(place.useOrgId ? [place.useOrgId] : [])];
  await tx
    .insertInto('insurance.claim_report')
    .values({
      id: reportId,
      claim_id: claimId,
      elevator_id: report.elevatorId,
      channel: report.channel,
      kind: report.kind,
      happened_at: report.happenedAt,
      reported_at: report.reportedAt,
      said: deps.secret.seal(SAID, report.said),
      reporter: report.reporter && deps.secret.seal(REPORTER, JSON.stringify(report.reporter)),
      key: report.key,
      code_key: report.codeKey,
      outcome,
      area_codes: place.areaCodes,
      org_ids: [...new Set(orgs)],
    })
    .execute();
  return { reportId, outcome, claimId, cover };
}
