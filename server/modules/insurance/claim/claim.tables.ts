import type { Generated } from 'kysely';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import type { LossKind } from './cover.rules.ts';

type Seen = { area_codes: string[]; org_ids: string[] };

/** Every table of claims. What is marked sealed is cipher text; jsonb is read through its schema. */
export type ClaimTables = {
  'insurance.claim': ClaimRow;
  'insurance.claim_step': ClaimStepRow;
  'insurance.claim_report': ClaimReportRow;
  'insurance.claim_party': ClaimPartyRow;
  'insurance.claim_paper': ClaimPaperRow;
  'insurance.claim_payment': ClaimPaymentRow;
  'insurance.claim_document': ClaimDocumentRow;
  'insurance.claim_survey': ClaimSurveyRow;
  'insurance.claim_recovery': ClaimRecoveryRow;
  'insurance.claim_mediation': ClaimMediationRow;
  'insurance.claim_authority': ClaimAuthorityRow;
  'insurance.repair_line': RepairLineRow;
  'insurance.entrapment_draft': EntrapmentDraftRow;
  'insurance.clean_rule': CleanRuleRow;
};

export type ClaimRow = Seen & {
  id: string;
  number: string;
  policy_id: string;
  elevator_id: ElevatorId;
  coverage_id: string;
  kind: LossKind;
  accident_key: string;
  incident_id: string | null;
  happened_at: Date;
  reported_at: Date;
  channel: Channel;
  phase: 'reported' | 'assessing' | 'accepted' | 'refused' | 'closed';
  body: unknown;
  moments: unknown;
  verification: unknown;
  place: unknown;
  lead_org_id: OrgId;
  due_at: Date | null;
  due_clock: string | null;
  keep_until_on: string | null;
  version: Generated<number>;
};
export type Channel = 'phone' | 'qr' | 'desk' | 'interface' | 'rescue';

export type ClaimStepRow = {
  id: Generated<number>;
  claim_id: string;
  at: Date;
  actor: string;
  step: string;
  before: unknown;
  after: unknown;
};

export type ClaimReportRow = Seen & {
  id: string;
  claim_id: string | null;
  elevator_id: ElevatorId;
  channel: Channel;
  kind: LossKind;
  happened_at: Date;
  reported_at: Date;
  said: string; // sealed
  reporter: string | null; // sealed
  key: string;
  code_key: string | null;
  outcome: 'opened' | 'joined' | 'no_cover';
  actor: Generated<string>;
};

export type ClaimPartyRow = {
  id: string;
  claim_id: string;
  kind: 'victim' | 'insured' | 'service';
  name: string; // sealed
  id_number: string | null; // sealed
  phone: string | null; // sealed
  account: string | null; // sealed
  account_tail: string | null;
  account_key: string | null;
  person_key: string | null;
  phone_key: string | null;
  added_at: Date;
  added_by: string;
};

export type ClaimPaperRow = {
  id: string;
  claim_id: string;
  party_id: string | null;
  kind: string;
  name: string; // sealed
  media_type: string;
  size_bytes: number;
  hash: string;
  content: string; // sealed
  at: Date;
  actor: string;
};

export type ClaimPaymentRow = Seen & {
  id: string;
  claim_id: string;
  item_id: string;
  party_id: string;
  payee_kind: ClaimPartyRow['kind'];
  amount: number; // fen
  kind: 'final' | 'advance' | 'interim';
  victim_paid_proof: string | null; // the text of earlier orders; now the paper says it
  victim_paid_paper: string | null;
  victim_paid_party: string | null;
  victim_paid_on: string | null;
  state: 'proposed' | 'ordered' | 'paid' | 'returned';
  key: string;
  body_hash: string;
  proposed_at: Date;
  proposed_by: string;
  ordered_at: Date | null;
  ordered_by: string | null;
  complete_at: Date | null;
  reported_at: Date;
  paid_at: Date | null; // stays when it came back
  returned_at: Date | null;
  bank_ref: string | null;
  entry_id: string | null; // the entry that booked its arrival
  returned_reason: string | null;
  lead_org_id: OrgId;
  policy_id: string;
  version: Generated<number>;
};

export type ClaimDocumentRow = {
  id: string;
  claim_id: string;
  no: number;
  kind: 'acknowledgement' | 'paper_request' | 'decision' | 'refusal' | 'payment_notice';
  made_at: Date;
  made_by: string;
  content: string; // sealed
  content_hash: string;
  pdf: string | null; // sealed
  pdf_hash: string | null;
};

export type ClaimSurveyRow = {
  id: string;
  claim_id: string;
  at: Date;
  actor: string;
  findings: string; // sealed
  lng: number | null;
  lat: number | null;
};

export type ClaimRecoveryRow = {
  id: string;
  claim_id: string;
  kind: 'subrogation' | 'residual';
  debtor: string; // sealed
  amount: number; // fen
  received: Generated<number>; // fen
  state: 'open' | 'received' | 'given_up';
  opened_at: Date;
  opened_by: string;
  ended_at: Date | null;
  version: Generated<number>;
};

export type ClaimMediationRow = {
  id: string;
  claim_id: string;
  at: Date;
  actor: string;
  subject: string; // sealed
  outcome: string | null; // sealed
  ended_at: Date | null;
};

export type ClaimAuthorityRow = Seen & {
  id: string;
  lead_org_id: OrgId;
  role: 'handler' | 'approver';
  amount: number; // fen
  set_by: string;
  set_at: Date;
};

export type RepairLineRow = {
  id: string;
  claim_id: string;
  line: number;
  code: string;
  name: string;
  quantity: number;
  unit_price: number; // fen
  accepted: number | null; // fen for the line
  reason: Generated<string>;
  at: Date;
};

export type EntrapmentDraftRow = {
  id: string;
  claim_id: string;
  head: number;
  code_key: string;
  code: string; // sealed
  due: number; // fen
  trapped_seconds: number;
  phone_key: string | null;
  person_key: string | null;
  account_key: string | null;
  filled_at: Date | null;
  state: 'waiting' | 'clean' | 'to_handler';
  party_id: string | null;
  reasons: Generated<unknown>; // jsonb
  made_at: Generated<Date>;
  texted_at: Generated<Date | null>; // the code went by text to whoever called
  texted_to: Generated<string | null>; // masked
};

export type CleanRuleRow = Seen & {
  id: string;
  lead_org_id: OrgId;
  most_per_head: number; // fen
  most_heads: number;
  approved_by: string;
  approved_at: Date;
  release_limit: Generated<number>; // fen a city day
  release_by: string | null;
  release_set_at: Date | null;
  withdrawn_at: Date | null;
  withdrawn_by: string | null;
  version: Generated<number>;
};
