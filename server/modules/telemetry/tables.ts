import type { Generated } from 'kysely';
import type { AccountId, ElevatorId, FindingId, OrgId } from '../../kernel/ids.ts';
import type { ElevatorCard } from '../registry/index.ts';
import type { Evidence, FindingKind } from './finding.rules.ts';

/** Every table this module may name, and the published views it may join. */
export type TelemetryTables = {
  'telemetry.source': SourceRow;
  'telemetry.binding': BindingRow;
  'telemetry.maintenance_window': MaintenanceWindowRow;
  'telemetry.live': LiveRow;
  'telemetry.checkpoint': { shard: number; pos: number };
  'telemetry.finding': FindingRow;
  'telemetry.power_cut': PowerCutRow;
  'telemetry.gap': GapRow;
  'telemetry.quarantine': QuarantineRow;
  'telemetry.tally': TallyRow;
  'telemetry.batch': BatchRow;
  'telemetry.watch': { elevator_no: number; until_at: Date };
  'telemetry.reading': ReadingRow;
  'telemetry.stray': StrayRow;
  'telemetry.cold_file': ColdFileRow;
  'telemetry.cold_sum': ColdSumRow;
  'telemetry.hour_sum': HourSumRow;
  'telemetry.day_sum': DaySumRow;
  'registry.elevator_card': ElevatorCard;
  'identity.org_card': { id: OrgId; name: string; kind: string };
};

export type SourceRow = {
  id: string;
  no: Generated<number>;
  client_id: string;
  name: string;
  org_id: OrgId | null;
  code_set: string;
  reach: 'parties' | 'city';
  heard_at: Date | null;
  silent_since: Date | null;
  version: Generated<number>;
  created_at: Generated<Date>;
  area_codes: Generated<string[]>;
  org_ids: OrgId[];
};

export type BindingRow = { source_no: number; elevator_id: ElevatorId; bound_by: string; bound_at: Generated<Date> };

export type LiveRow = {
  elevator_no: number;
  elevator_id: ElevatorId;
  source_no: number;
  heard_at: Date;
  at: Date;
  first_at: Generated<Date>;
  present: unknown; // jsonb: `Present`
  detector: unknown; // jsonb: what detection remembers
  wake_at: Date | null;
  windows: unknown; // jsonb: `Windows`
  pos: number;
  area_codes: string[];
  org_ids: OrgId[];
};

export type FindingRow = {
  id: FindingId;
  elevator_no: number;
  elevator_id: ElevatorId;
  kind: FindingKind;
  detail: string | null;
  confidence: number;
  reasons: string[];
  evidence: readonly Evidence[]; // jsonb
  started_at: Date;
  evidence_at: Date;
  opened_at: Date;
  closed_at: Date | null;
  close_reason: string | null;
  owner_org_id: OrgId | null;
  taken_by: AccountId | null;
  taken_at: Date | null;
  taken_remark: Generated<string>;
  version: Generated<number>;
  area_codes: string[];
  org_ids: OrgId[];
};

export type PowerCutRow = {
  id: string;
  feeder: string | null;
  community_code: string | null;
  started_at: Date;
  last_at: Date; // when the last elevator that is counted went dark
  ended_at: Date | null;
  elevator_ids: ElevatorId[];
  version: number;
  area_codes: string[];
  org_ids: OrgId[];
};

export type GapRow = {
  elevator_no: number;
  from_at: Date;
  to_at: Date;
  source_no: number;
  area_codes: string[];
  org_ids: OrgId[];
};

export type QuarantineRow = {
  id: Generated<number>;
  source_no: number;
  received_at: Date;
  door: 'mqtt' | 'http';
  reason: string;
  detail: string;
  elevator: string;
  raw: Buffer;
  raw_bytes: number;
  area_codes: string[];
  org_ids: OrgId[];
};

export type TallyRow = { source_no: number; hour_at: Date; outcome: string; messages: number };

export type BatchRow = {
  source_no: number;
  key: string;
  body_sha256: Buffer;
  answer: unknown; // jsonb: what was answered
  received_at: Generated<Date>;
};

export type ReadingRow = {
  pos: number;
  at: Date;
  seq: number | null;
  elevator_no: number;
  source_no: number;
  boot: number;
  flags: number;
  kind: number;
  floor: number | null;
  speed_mm_per_s: number | null;
  load_permille: number | null;
  car_dc: number | null;
  room_dc: number | null;
  extra: unknown;
};

export type StrayRow = { elevator_no: number; day_on: string; hour_at: Date };

export type ColdFileRow = {
  hour_at: Date;
  part: number;
  path: string;
  rows: number;
  bytes: number;
  checksum: string;
  first_pos: number;
  last_pos: number;
  written_at: Generated<Date>;
};

export type ColdSumRow = {
  day_on: string;
  part: number;
  path: string;
  rows: number;
  bytes: number;
  checksum: string;
  written_at: Generated<Date>;
};

type Sums = {
  messages: number;
  trips: number;
  door_openings: number;
  moving_seconds: number;
  notices: number;
  room_dc_min: number | null;
  room_dc_max: number | null;
  load_permille_max: number | null;
};
export type HourSumRow = { elevator_no: number; hour_at: Date } & Sums;
export type DaySumRow = { elevator_no: number; day_on: string; offline_seconds: number } & Sums;

/** Work that is declared on an elevator. */
export type MaintenanceWindowRow = {
  id: string;
  elevator_id: ElevatorId;
  org_id: OrgId;
  reason: string;
  started_at: Date;
  ends_at: Date;
  ended_at: Date | null;
  begun_by: Generated<string>;
  area_codes: string[];
  org_ids: OrgId[];
};
