import type { Generated } from 'kysely';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import type { FindingState, Severity } from './finding.rules.ts';
import type { JudgementTables } from './judgement.tables.ts';
import type { VisitKind } from './visit.rules.ts';

/** Every table this module may name, and the two views of other modules it may join. */
export type PreventionTables = JudgementTables & {
  'prevention.visit': VisitRow;
  'prevention.finding': FindingRow;
  'prevention.finding_step': FindingStepRow;
  'prevention.service_cost': ServiceCostRow;
  'registry.elevator_card': CardColumns;
  'identity.org_card': { id: OrgId; name: string; kind: string; kinds: string[] };
};

type Seen = { area_codes: string[]; org_ids: string[] };

export type VisitRow = Seen & {
  id: string;
  number: string;
  kind: VisitKind;
  insurer_org_id: OrgId;
  elevator_id: ElevatorId;
  use_org_id: OrgId | null;
  maintenance_org_id: OrgId | null;
  rescue_code: string | null;
  address: string;
  policy_id: string | null;
  started_at: Date;
  ended_at: Date;
  received_at: Date;
  lng: number | null;
  lat: number | null;
  accuracy_m: number | null;
  checks: unknown; // jsonb
  summary: string;
  remarks: string[];
  actor: string;
};

export type FindingRow = Seen & {
  id: string;
  number: string;
  visit_id: string;
  elevator_id: ElevatorId;
  insurer_org_id: OrgId;
  category: string;
  severity: Severity;
  description: string;
  owner_kind: 'use_unit' | 'maintenance_unit';
  owner_org_id: OrgId | null;
  found_at: Date;
  due_on: string;
  state: FindingState;
  mended_at: Date | null;
  ended_at: Date | null;
  returned: Generated<number>;
  was_late: Generated<boolean>; // before its day was moved
  version: Generated<number>;
};

export type FindingStepRow = Seen & {
  id: string;
  finding_id: string;
  at: Date;
  step: string;
  org_id: OrgId | null;
  actor: string;
  note: string;
};

export type ServiceCostRow = Seen & {
  id: string;
  insurer_org_id: OrgId;
  policy_id: string;
  service: string;
  visit_id: string | null;
  on_day: string;
  amount: number; // fen
  payee: string;
  voucher: string;
  reverses: string | null;
  written_at: Date;
  actor: string;
};

/** The columns of the registry's published view that this module reads. */
export type CardColumns = {
  id: ElevatorId;
  rescue_code: string | null;
  state: string;
  address: string;
  use_org_id: OrgId | null;
  maintenance_org_id: OrgId | null;
  lng: number | null;
  lat: number | null;
  in_use_on: string | null;
  area_codes: string[];
  org_ids: string[];
};
