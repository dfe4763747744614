import type { Generated } from 'kysely';
import type { OrgId } from '../../kernel/ids.ts';
import type { Phase, PhaseState } from './programme.rules.ts';
import type { TieState } from './tie.rules.ts';

/** Every table this module may name, and the two views of other modules it may join. */
export type MarketTables = {
  'market.salesperson': SalespersonRow;
  'market.placement': PlacementRow;
  'market.unit_fact': UnitFactRow;
  'market.tie': TieRow;
  'market.complaint': ComplaintRow;
  'market.programme': ProgrammeRow;
  'market.programme_phase': PhaseRow;
  'market.programme_item': ItemRow;
  'identity.org_card': { id: OrgId; name: string; kind: string; kinds: string[] };
};

type Seen = { area_codes: string[]; org_ids: string[] };

export type SalespersonRow = Seen & {
  id: string;
  insurer_org_id: OrgId;
  name: string; // cipher text, as phone
  name_key: string;
  phone: string;
  phone_key: string;
  account_tail: string;
  account_key: string | null;
  licence_no: string;
  from_on: string;
  left_on: string | null;
  version: Generated<number>;
};
export type PlacementRow = Seen & {
  id: string;
  salesperson_id: string;
  insurer_org_id: OrgId;
  policy_id: string;
  holder_org_id: OrgId;
  on_day: string;
  units: unknown; // jsonb
};
export type UnitFactRow = Seen & {
  id: string;
  org_id: OrgId;
  kind: 'account' | 'shareholding' | 'employment';
  salesperson_id: string | null;
  account_key: string | null;
  account_tail: string;
  share_bp: number | null;
  source: string;
  as_of_on: string;
  actor: string;
  recorded_at: Date;
};
export type TieRow = Seen & {
  id: string;
  salesperson_id: string;
  insurer_org_id: OrgId;
  unit_org_id: OrgId;
  method: string;
  bits: number;
  motifs: unknown; // jsonb
  found_at: Date;
  seen_at: Date;
  state: TieState;
  decided_bits: number | null;
  decided_at: Date | null;
  decided_by: string | null;
  reason: string;
  version: Generated<number>;
};
export type ComplaintRow = Seen & {
  id: string;
  number: string;
  topic: string;
  about_org_id: OrgId | null;
  text: string;
  from_role: string;
  actor: string;
  at: Date;
  due_on: string;
  answered_at: Date | null;
  outcome: 'founded' | 'unfounded' | 'passed_on' | null;
  answer: string;
  version: Generated<number>;
};
export type ProgrammeRow = Seen & {
  id: string;
  name: string;
  kind: 'liability' | 'comprehensive' | 'pension';
  area_code: string;
  marks: string[];
  aim: string;
  version: Generated<number>;
};
export type PhaseRow = Seen & {
  id: string;
  programme_id: string;
  phase: Phase;
  from_on: string;
  to_on: string;
  target_bp: number;
  state: PhaseState;
  evaluation: string;
  lessons: string;
  figures: unknown; // jsonb
  closed_at: Date | null;
  closed_by: string | null;
  version: Generated<number>;
};
export type ItemRow = Seen & {
  id: string;
  phase_id: string;
  code: string;
  title: string;
  due_on: string | null;
  done_on: string | null;
  note: string;
  version: Generated<number>;
};
