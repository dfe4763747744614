import type { Selectable } from 'kysely';
import type { RecordedKind } from '../../../../contract/insurance-vocabulary.ts';
import { giveTo } from '../../../kernel/files.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import type { EvidenceRow } from '../policy/underwriting.tables.ts';
import {
  type EvidenceRefusal,
  type EvidenceStanding,
  lowers,
  mayConfirm,
  mayRecord,
  mayWithdraw,
  SUBJECTS,
} from './evidence.rules.ts';
import { answerOn, askedTables, elevatorSubject, findEvidence, insertEvidence, orgSubject } from './evidence.store.ts';

export type EvidenceWish = {
  kind: RecordedKind;
  key: string;
  orgId: OrgId | null;
  code: string;
  source: string;
  document: string;
  fileId: string | null;
  from: Day;
  to: Day | null;
};

/** Record what a factor rests on. Where it lowers a premium it counts only after another person has confirmed it. */
export const recordEvidence = (
  deps: InsuranceDeps,
  viewer: Viewer,
  wish: EvidenceWish,
): Promise<Result<{ evidenceId: string; needsSecond: boolean }, EvidenceRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ evidenceId: string; needsSecond: boolean }, EvidenceRefusal>> => {
    const { kind, key, from, to, source, document } = wish;
    const may = mayRecord(viewer.role, kind, key);
    if (!may.ok) return may;
    // As the owner: an insurer sees none of a unit's elevators, and records its losses.
    const about =
      SUBJECTS[kind] === 'org' ? wish.orgId && orgSubject(deps.db, wish.orgId) : elevatorSubject(tx, wish.code);
    const subject = await about;
    if (!subject) return refuse({ code: 'insurance.evidence_subject_unknown' });
    const before = await answerOn(tx, { id: subject.id, kind, on: from });
    const needsSecond = lowers(await askedTables(tx, from), kind, { before, key });
    const evidenceId = deps.newId();
    const audience = await insertEvidence(tx, {
      id: evidenceId,
      subject,
      kind,
      key,
      source,
      document,
      as_of_on: from,
      valid_to: to,
      recorded_by: viewer.accountId,
      recorded_name: viewer.displayName,
      needs_second: needsSecond,
      recorderOrgId: viewer.orgId,
    });
    if (wish.fileId === null) return accept({ evidenceId, needsSecond });
    const given = await giveTo(tx, [wish.fileId], { subject: evidenceId, purpose: 'insurance.evidence', audience });
    return given.length === 1
      ? accept({ evidenceId, needsSecond })
      : refuse({ code: 'insurance.evidence_file_unknown' });
  });

export const standing = (row: Selectable<EvidenceRow>): EvidenceStanding => ({
  recordedBy: row.recorded_by,
  needsSecond: row.needs_second,
  confirmed: row.confirmed_at !== null,
  withdrawn: row.withdrawn_at !== null,
});

/** The second pair of eyes: from now on the record counts. */
export const confirmEvidence = (
  deps: InsuranceDeps,
  viewer: Viewer,
  id: string,
): Promise<Result<null, EvidenceRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<null, EvidenceRefusal>> => {
    const row = await findEvidence(tx, id);
    if (!row) return refuse({ code: 'insurance.evidence_not_found' });
    const may = mayConfirm(standing(row), viewer);
    if (!may.ok) return may;
    await tx
      .updateTable('insurance.evidence')
      .set({ confirmed_at: deps.now(), confirmed_by: viewer.accountId, confirmed_name: viewer.displayName })
      .where('id', '=', id)
      .execute();
    return accept(null);
  });

/** Take a record back, with the reason. What was rated by it stands; from now on it counts no more. */
export const withdrawEvidence = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { id, reason }: { id: string; reason: string },
): Promise<Result<null, EvidenceRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<null, EvidenceRefusal>> => {
    const row = await findEvidence(tx, id);
    if (!row) return refuse({ code: 'insurance.evidence_not_found' });
    const may = mayWithdraw(standing(row), viewer);
    if (!may.ok) return may;
    await tx
      .updateTable('insurance.evidence')
      .set({ withdrawn_at: deps.now(), withdrawn_by: viewer.accountId, withdrawn_reason: reason })
      .where('id', '=', id)
      .execute();
    return accept(null);
  });
