import type { Db } from '../../../kernel/db.ts';
import { attachmentsOf } from '../../../kernel/files.ts';
import { isInstantKey, pageOf, readPlace } from '../../../kernel/page.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import { evidenceState, mayConfirm, mayWithdraw } from './evidence.rules.ts';
import { standing } from './evidence.service.ts';
import { type DescribedEvidence, type EvidenceAsk, listEvidence } from './evidence.store.ts';

/** A record as people read it. */
export function evidenceText(row: DescribedEvidence, on: Day) {
  const code = row.rescue_code ?? row.registration_code ?? '';
  return {
    id: row.id,
    kind: row.kind,
    key: row.key,
    subject: row.subject_kind === 'org' ? (row.unit ?? '') : [code, row.address].filter(Boolean).join(' '),
    source: row.source,
    document: row.document,
    from: row.as_of_on,
    to: row.valid_to,
    state: evidenceState({ ...standing(row), from: row.as_of_on, to: row.valid_to }, on),
    recordedAt: row.recorded_at.toISOString(),
    recordedBy: row.recorded_name,
    confirmedBy: row.confirmed_name,
    withdrawnReason: row.withdrawn_reason,
  };
}

/** Records page by page, with their copies and what the viewer may do with them. */
export async function viewEvidence(
  db: Db<InsuranceTables>,
  viewer: Viewer,
  { asked, on }: { asked: Omit<EvidenceAsk, 'after'> & { after: string | undefined }; on: Day },
) {
  const rows = await listEvidence(db, { ...asked, after: readPlace(asked.after, isInstantKey) }, on);
  const files = await attachmentsOf(
    db,
    rows.map((r) => r.id),
  );
  return pageOf(rows, asked.limit, {
    place: (row) => ({ key: row.recorded_at.toISOString(), id: row.id }),
    item: (row) => ({
      ...evidenceText(row, on),
      files: files.filter((f) => f.subject === row.id).map(({ id, name }) => ({ id, name })),
      can: { confirm: mayConfirm(standing(row), viewer).ok, withdraw: mayWithdraw(standing(row), viewer).ok },
    }),
  });
}
