import type { Generated } from 'kysely';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';

/** Tables of the lifecycle programme. */
export type PensionTables = {
  'insurance.pension': PensionRow;
  'insurance.pension_year': PensionYearRow;
  'insurance.pension_cost': PensionCostRow;
};
type Seen = { area_codes: string[]; org_ids: string[] };

export type PensionRow = Seen & {
  id: string;
  number: string;
  elevator_id: ElevatorId;
  address: string;
  insurer_org_id: OrgId;
  holder_org_id: OrgId;
  terms: unknown; // jsonb
  made_at: Date;
  made_by: string;
  ended_on: string | null;
  end_reason: 'renewed' | 'expired' | 'withdrawn' | null;
  end_note: Generated<string>;
  ended_by: string | null;
  renewal_cost: number | null; // fen
  renewal_benefit: number | null; // fen
  version: Generated<number>;
};
export type PensionYearRow = Seen & {
  id: string;
  pension_id: string;
  no: number;
  policy_id: string | null;
  from_on: string;
  to_on: string;
  reinstated: Generated<boolean>;
  parts: unknown; // jsonb
  services: unknown; // jsonb
  premium: number; // fen
};
export type PensionCostRow = Seen & {
  id: string;
  year_id: string;
  service: string;
  on_day: string;
  amount: number; // fen
  times: Generated<number>;
  turn: Generated<number>;
  voucher: string;
  note: string;
  reverses: string | null;
  written_at: Date;
  actor: string;
};
