import type { Generated, GeneratedAlways } from 'kysely';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import type { ClaimTables } from './claim/claim.tables.ts';
import type { CommissionTables } from './money/commission.tables.ts';
import type { PensionTables } from './pension/pension.tables.ts';
import type {
  AdmissionRow,
  ComparisonRow,
  DocumentRow,
  EvidenceRow,
  InstalmentNoticeRow,
  InstalmentRow,
  KeptAnswerRow,
  MandateRow,
  PayNoticeRow,
  PremiumAccountRow,
} from './policy/underwriting.tables.ts';

/** Every table this module may name, and the two views of other modules it may join. */
export type InsuranceTables = ClaimTables &
  CommissionTables &
  PensionTables & {
    'insurance.scheme': SchemeRow;
    'insurance.product': ProductRow;
    'insurance.tariff': TariffRow;
    'insurance.quote': QuoteRow;
    'insurance.quoted_line': QuotedLineRow;
    'insurance.policy': PolicyRow;
    'insurance.policy_line': PolicyLineRow;
    'insurance.endorsement': EndorsementRow;
    'insurance.mandate': MandateRow;
    'insurance.comparison': ComparisonRow;
    'insurance.kept_answer': KeptAnswerRow;
    'insurance.document': DocumentRow;
    'insurance.instalment': InstalmentRow;
    'insurance.instalment_notice': InstalmentNoticeRow;
    'insurance.admission': AdmissionRow;
    'insurance.premium_account': PremiumAccountRow;
    'insurance.pay_notice': PayNoticeRow;
    'insurance.evidence': EvidenceRow;
    'insurance.entry': EntryRow;
    'insurance.posting': PostingRow;
    'insurance.bank_line': BankLineRow;
    'insurance.bank_statement': BankStatementRow;
    'insurance.annex_report': AnnexReportRow;
    'insurance.pool_month': PoolMonthRow;
    'insurance.subsidy_budget': SubsidyBudgetRow;
    'registry.elevator_card': CardColumns;
    'identity.org_card': { id: OrgId; name: string; kind: string; kinds: string[] };
  };

export type Seen = { area_codes: string[]; org_ids: string[] };

export type SchemeRow = {
  id: string;
  code: string;
  name: string;
  kind: 'liability' | 'comprehensive' | 'pension';
  market: 'tender_pool' | 'open';
  basis: 'voluntary' | 'promoted' | 'local_mandatory';
  members: unknown; // jsonb
  excluded_areas: string[];
  admission: unknown; // jsonb
  source: string;
  verified: boolean;
  opened_on: string;
  closed_on: string | null;
};

type Filed = {
  id: string;
  version: number;
  filing_no: string;
  body: unknown; // jsonb; read through its schema
  from_on: string;
  to_on: string | null;
  used_at: Date | null;
  source: string;
  verified: boolean;
};
export type ProductRow = Filed & { scheme_id: string; insurer_org_id: OrgId | null; code: string; name: string };
export type TariffRow = Filed & { product_id: string };

export type QuoteRow = Seen & {
  id: string;
  no: GeneratedAlways<number>; // rises with the quotes; people see it as `quoteNumber` writes it
  product_id: string;
  tariff_id: string;
  lead_org_id: OrgId | null;
  holder_org_id: OrgId;
  agent_org_id: OrgId | null; // the maintenance unit that asks by mandate
  mandate_id: string | null;
  comparison_id: string | null;
  renewed_from: string | null;
  asked_by: string;
  asked_at: Date;
  valid_until: Date;
  from_on: string;
  to_on: string;
  state: 'offered' | 'referred' | 'released' | 'declined' | 'bound' | 'expired';
  referral: unknown; // jsonb
  elevators: number;
  refused: number;
  total: number; // fen
  version: Generated<number>;
};
/** A line with the rating it shares with those rated alike. */
export type QuotedLineRow = Seen & {
  quote_id: string;
  elevator_id: ElevatorId;
  code: string; // as the file stood
  address: string;
  in_use_on: string | null;
  premium: unknown; // jsonb; null when refused. Its working is whole after `workingFor`
  refusal: unknown; // jsonb; null when rated
  total: number; // fen
  funding: unknown; // jsonb
};

export type PolicyRow = Seen & {
  id: string;
  number: string;
  lead_org_id: OrgId;
  members: unknown; // jsonb
  product_id: string | null;
  tariff_id: string | null;
  quote_id: string | null;
  holder_org_id: OrgId;
  insured_org_id: OrgId;
  kind: SchemeRow['kind'];
  from_on: string;
  to_on: string;
  state: 'awaiting_cash' | 'issued' | 'cancelled' | 'void';
  elsewhere: Generated<boolean>;
  confirmed_at: Date | null;
  issued_at: Date | null;
  ended_on: string | null;
  end_reason: string | null;
  premium: number; // fen
  renewed_from: string | null;
  agent_org_id: OrgId | null;
  mandate_id: string | null;
  kept: Generated<unknown>; // jsonb: parts kept beyond the days of cover
  reason_code: string | null;
  version: Generated<number>;
};
export type PolicyLineRow = Seen & {
  id: string;
  policy_id: string;
  elevator_id: ElevatorId;
  code: Generated<string>;
  address: Generated<string>;
  coverage: Generated<string>;
  from_on: string;
  to_on: string;
  premium: number; // fen for this stretch
  annual: number; // fen for a whole term
  parts: unknown; // jsonb
  working: unknown; // jsonb; null: as its quote says
  endorsement: Generated<number>;
  funding: Generated<unknown>; // jsonb
};

export type EndorsementState = 'asked' | 'awaiting_cash' | 'issued' | 'declined' | 'void';
export type EndorsementRow = Seen & {
  id: string;
  policy_id: string;
  no: number;
  kind: 'add' | 'remove' | 'change' | 'takeover' | 'cancel' | 'reinstate';
  effective_on: string; // first day of the new state of things
  recorded_at: Date;
  recorded_by: string;
  change: unknown; // jsonb: the act, and what it does not say itself
  delta: number; // fen
  owed: Generated<unknown>; // jsonb: differences by payer
  replayed: unknown; // jsonb
  state: Generated<EndorsementState>;
  reason: Generated<string>;
  issued_at: Date | null;
  decided_by: string | null;
  note: Generated<string>;
};

export type EntryRow = Seen & {
  id: string;
  kind: string;
  at: Date;
  written_at: Generated<Date>;
  actor: Generated<string>;
  reverses: string | null;
  note: Generated<string>;
  lead_org_id: OrgId;
  bank_line_id: Generated<string | null>;
};
export type PostingRow = {
  entry_id: string;
  line: number;
  account: string;
  party: string | null;
  amount: number; // fen; debit positive
  policy_id: string | null;
  claim_id: string | null;
};

export type BankLineRow = Seen & {
  id: string;
  lead_org_id: OrgId;
  account: string; // masked
  bank_ref: string;
  at: Date;
  amount: number; // fen
  counterparty: Generated<string>;
  remark: Generated<string>;
  proof: string | null;
  entry_id: string | null;
  statement_id: Generated<string | null>;
};

export type AnnexReportRow = Seen & {
  id: string;
  area_code: string;
  kind: SchemeRow['kind'];
  year: number;
  no: number;
  from_on: string;
  until_at: Date;
  frozen_at: Date;
  frozen_by: string;
  reporter: string;
  reason: string;
  content: unknown; // jsonb; read through its schema
  hash: string;
  previous: string | null;
};

export type SubsidyBudgetRow = {
  id: string;
  scheme_id: string;
  year: number;
  amount: number; // fen
  reason: string;
  set_at: Date;
  set_by: string;
};

export type PoolMonthRow = Seen & {
  id: string;
  lead_org_id: OrgId;
  month: string; // YYYY-MM
  fee_bp: number;
  premium: number; // fen, the whole pool
  claims: number;
  content: unknown; // jsonb; read through its schema
  hash: string;
  entry_id: string | null;
  closed_at: Date;
  closed_by: string;
};

export type BankStatementRow = Seen & {
  id: string;
  lead_org_id: OrgId;
  file_hash: string | null;
  file_name: string;
  taken_at: Date;
  taken_by: string;
  rows: number;
  taken: number;
  known: number;
  faults: unknown; // jsonb: rows that could not be read
};

/** The columns of the registry's published view that this module reads. */
export type CardColumns = {
  id: ElevatorId;
  kind: 'lift' | 'escalator' | 'moving_walk';
  state: string;
  place_class: string | null;
  address: string;
  rescue_code: string | null;
  registration_code: string | null;
  use_org_id: OrgId | null;
  maintenance_org_id: OrgId | null;
  inspection_org_id: OrgId | null;
  maker_org_id: OrgId | null;
  in_use_on: string | null;
  next_inspection_on: string | null;
  area_codes: string[];
  org_ids: string[];
};
