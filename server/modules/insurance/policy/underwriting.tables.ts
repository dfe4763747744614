import type { Generated } from 'kysely';
import type { RecordedKind } from '../../../../contract/insurance-vocabulary.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import type { SchemeRow, Seen } from '../tables.ts';

/** One payer's part of a premium, with the last day it may come. */
export type InstalmentRow = { policy_id: string; no: number; payer: string; due_on: string; amount: number };
export type InstalmentNoticeRow = {
  id: string;
  policy_id: string;
  sent_on: string;
  ends_on: string;
  unpaid: number; // fen
  sent_at: Date;
  sent_by: string;
  cured_at: Date | null;
  area_codes: string[];
  org_ids: string[];
};

/** Rows of what stands between a wish for cover and a policy, and of its papers. */
export type AdmissionRow = Seen & {
  id: string;
  scheme_id: string;
  insurer_org_id: OrgId;
  asked_at: Date;
  decide_by_on: string;
  decided_at: Date | null;
  admitted: boolean | null;
  reason: Generated<string>;
  criterion: Generated<string>;
  appeal: Generated<string>;
  appealed_at: Date | null;
  decided_by: string | null;
  answers: unknown; // jsonb
};

export type ComparisonRow = Seen & {
  id: string;
  holder_org_id: OrgId;
  kind: SchemeRow['kind'];
  from_on: string;
  asked_by: string;
  asked_at: Date;
  seed: string;
  shown: string[];
  on_sale: number;
  chosen_quote_id: string | null;
  chosen_at: Date | null;
};

export type MandateRow = Seen & {
  id: string;
  giver_org_id: OrgId;
  agent_org_id: OrgId;
  contract_ref: string;
  from_on: string;
  to_on: string;
  ended_on: string | null;
  recorded_at: Generated<Date>;
  recorded_by: Generated<string>;
  proof: string | null;
};

export type DocumentRow = Seen & {
  id: string;
  policy_id: string;
  kind: 'policy' | 'endorsement' | 'receipt' | 'settlement';
  no: number;
  content: unknown; // jsonb
  hash: string;
  code: string;
  made_at: Date;
  made_by: string;
};

export type KeptAnswerRow = {
  actor: string;
  key: string;
  act: string;
  body_hash: string;
  answer: unknown; // jsonb
  at: Date;
};

export type PremiumAccountRow = Seen & {
  id: string;
  insurer_org_id: OrgId;
  bank: string;
  holder: string;
  number: string;
  recorded_at: Date;
  recorded_by: string;
  confirmed_at: Date | null;
  confirmed_by: string | null;
};

export type PayNoticeRow = Seen & {
  id: string;
  policy_id: string;
  endorsement_id: string | null;
  part: number | null; // of a schedule; null: the premium at once, or an endorsement's
  no: number;
  payer: string;
  payer_org_id: OrgId;
  amount: number; // fen
  due_on: string;
  content: unknown; // jsonb
  hash: string;
  made_at: Date;
  made_by: string;
};

export type EvidenceRow = Seen & {
  id: string;
  subject_kind: 'org' | 'elevator';
  subject_id: string;
  kind: RecordedKind;
  key: string;
  source: string;
  document: Generated<string>;
  as_of_on: string;
  valid_to: Generated<string | null>;
  recorded_at: Generated<Date>;
  recorded_by: string;
  recorded_name: Generated<string>;
  needs_second: Generated<boolean>;
  confirmed_at: Generated<Date | null>;
  confirmed_by: Generated<string | null>;
  confirmed_name: Generated<string>;
  withdrawn_at: Generated<Date | null>;
  withdrawn_by: Generated<string | null>;
  withdrawn_reason: Generated<string>;
};
