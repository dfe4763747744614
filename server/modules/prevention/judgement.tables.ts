import type { Generated } from 'kysely';
import type { OrgId } from '../../kernel/ids.ts';

/** Tables about how well insurers and maintenance units do. */
export type JudgementTables = {
  'prevention.letter': LetterRow;
  'prevention.rating': RatingRow;
  'prevention.evaluation': EvaluationRow;
  'prevention.evaluation_score': EvaluationScoreRow;
  'prevention.performance_check': PerformanceCheckRow;
};
type Seen = { area_codes: string[]; org_ids: string[] };

export type LetterRow = Seen & {
  id: string;
  number: string;
  kind: 'suggestion' | 'appeal';
  insurer_org_id: OrgId;
  score_id: string | null;
  from_role: string;
  from_org_id: OrgId | null;
  actor: string;
  text: string;
  at: Date;
  due_on: string;
  answered_at: Date | null;
  outcome: 'adopted' | 'explained' | 'declined' | 'upheld' | 'rejected' | null;
  answer: string;
  version: Generated<number>;
};
export type RatingRow = Seen & {
  id: string;
  year: number;
  insurer_org_id: OrgId;
  actor: string;
  from_role: string;
  score: number;
  text: string;
  at: Date;
};
export type EvaluationRow = Seen & {
  id: string;
  number: string;
  insurer_org_id: OrgId;
  method: unknown; // jsonb
  from_on: string;
  to_on: string;
  made_at: Date;
  published_at: Date | null;
};
export type EvaluationScoreRow = Seen & {
  id: string;
  evaluation_id: string;
  insurer_org_id: OrgId;
  unit_org_id: OrgId;
  checks: number;
  parts: unknown; // jsonb
  total_tenths: number;
  shown: boolean;
  withdrawn_at: Date | null;
};
export type PerformanceCheckRow = Seen & {
  id: string;
  number: string;
  insurer_org_id: OrgId;
  from_on: string;
  to_on: string;
  figures: unknown; // jsonb
  hash: string;
  opinion: string;
  demands: string;
  reply_due_on: string;
  made_at: Date;
  office: string;
  actor: string;
  reply: string;
  replied_at: Date | null;
  version: Generated<number>;
};
