import { REGULATORS } from '../../../../contract/identity-vocabulary.ts';
import { EVIDENCE_ANSWERS, type RecordedKind } from '../../../../contract/insurance-vocabulary.ts';
import { compareFactors, type Factor, factor } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Day } from '../../../kernel/time.ts';

const USE_UNIT = ['use_unit_head', 'safety_director'];

/** Who records what: whoever establishes it. */
const RECORDERS: Readonly<Record<RecordedKind, readonly string[]>> = {
  stars: REGULATORS,
  management_grade: REGULATORS,
  unit_losses: ['underwriter'],
  inspection: ['inspector', ...REGULATORS],
  unit_facts: [...USE_UNIT, 'underwriter'],
  residents_consent: [...USE_UNIT, 'underwriter'],
};
/** Whom a record is about: a unit, or one elevator. */
export const SUBJECTS: Readonly<Record<RecordedKind, 'org' | 'elevator'>> = {
  stars: 'org',
  management_grade: 'org',
  unit_losses: 'org',
  unit_facts: 'org',
  inspection: 'elevator',
  residents_consent: 'elevator',
};
/** Who may be the second person, whatever the kind: an insurer prices by it, a regulator answers for it. */
const SECONDS = ['underwriter', 'approver', ...REGULATORS];

export type EvidenceRefusal =
  | { code: 'insurance.evidence_not_yours'; kind: string }
  | { code: 'insurance.evidence_answer_unknown'; key: string }
  | { code: 'insurance.evidence_subject_unknown' }
  | { code: 'insurance.evidence_file_unknown' }
  | { code: 'insurance.evidence_not_found' }
  | { code: 'insurance.evidence_confirmed' }
  | { code: 'insurance.evidence_needs_none' }
  | { code: 'insurance.evidence_same_person' }
  | { code: 'insurance.evidence_withdrawn' };

/** May this role record this answer? */
export function mayRecord(role: string, kind: RecordedKind, key: string): Result<null, EvidenceRefusal> {
  if (!RECORDERS[kind].includes(role)) return refuse({ code: 'insurance.evidence_not_yours', kind });
  const answers: readonly string[] = EVIDENCE_ANSWERS[kind];
  return answers.includes(key) ? accept(null) : refuse({ code: 'insurance.evidence_answer_unknown', key });
}

export type AskedTable = { evidence: string; rows: readonly { key: string; factor: Factor }[] };

/**
 * Does this answer lower a premium, beside the one that counts without it? By any price list on file: then one person alone
 * does not record it.
 */
export function lowers(
  tables: readonly AskedTable[],
  kind: RecordedKind,
  { before, key }: { before: string; key: string },
) {
  return tables
    .filter((t) => t.evidence === kind)
    .some(({ rows }) => {
      const of = (answer: string): Factor => rows.find((r) => r.key === answer)?.factor ?? factor('1');
      return compareFactors(of(key), of(before)) < 0;
    });
}

export type EvidenceStanding = {
  recordedBy: string;
  needsSecond: boolean;
  confirmed: boolean;
  withdrawn: boolean;
};
export type Who = { accountId: string; role: string };

/** The second pair of eyes: another person, of an insurer or the regulator. */
export function mayConfirm(e: EvidenceStanding, who: Who): Result<null, EvidenceRefusal> {
  if (e.withdrawn) return refuse({ code: 'insurance.evidence_withdrawn' });
  if (e.confirmed) return refuse({ code: 'insurance.evidence_confirmed' });
  if (!e.needsSecond) return refuse({ code: 'insurance.evidence_needs_none' });
  if (e.recordedBy === who.accountId) return refuse({ code: 'insurance.evidence_same_person' });
  return SECONDS.includes(who.role) ? accept(null) : refuse({ code: 'insurance.evidence_not_yours', kind: who.role });
}

/**
 * A record is taken back by who made it, or by the regulator; premiums rated by it stand. What still waits for its second
 * person may be refused by whoever may be that person.
 */
export function mayWithdraw(e: EvidenceStanding, who: Who): Result<null, EvidenceRefusal> {
  if (e.withdrawn) return refuse({ code: 'insurance.evidence_withdrawn' });
  const may = e.recordedBy === who.accountId || REGULATORS.includes(who.role) || mayConfirm(e, who).ok;
  return may ? accept(null) : refuse({ code: 'insurance.evidence_not_yours', kind: who.role });
}

export type EvidenceState = 'waiting' | 'counting' | 'over' | 'withdrawn';

/** How a record stands on a day. */
export function evidenceState(e: EvidenceStanding & { from: string; to: string | null }, on: Day): EvidenceState {
  if (e.withdrawn) return 'withdrawn';
  if (e.needsSecond && !e.confirmed) return 'waiting';
  return e.from <= on && (e.to === null || on <= e.to) ? 'counting' : 'over';
}
