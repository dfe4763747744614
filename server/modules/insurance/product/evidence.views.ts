import type { Db } from '../../../kernel/db.ts';
import { attachmentsOf } from '../../../kernel/files.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import { evidenceState, mayConfirm, mayWithdraw } from './evidence.rules.ts';
import { standing } from './evidence.service.ts';
import { type DescribedEvidence, listEvidence } from './evidence.store.ts';

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

type Asked = { kind: string | undefined; state: string | undefined; limit: number };

/** Records with their copies and what the viewer may do with them. */
export async function viewEvidence(db: Db<InsuranceTables>, viewer: Viewer, { asked, on }: { asked: Asked; on: Day }) {
  const rows = await listEvidence(db, asked);
  const files = await attachmentsOf(
    db,
    rows.map((r) => r.id),
  );
  return rows
    .map((row) => ({
      ...evidenceText(row, on),
      files: files.filter((f) => f.subject === row.id).map(({ id, name }) => ({ id, name })),
      can: { confirm: mayConfirm(standing(row), viewer).ok, withdraw: mayWithdraw(standing(row), viewer).ok },
    }))
    .filter((item) => asked.state === undefined || item.state === asked.state);
}
