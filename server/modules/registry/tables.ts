import type { Generated, GeneratedAlways } from 'kysely';
import type { ElevatorId, ElevatorNo, OrgId, PersonId } from '../../kernel/ids.ts';
import type { ClassField, Crs, IdentifierType, Kind, PartyRole, State } from './vocabulary.rules.ts';

/** Every table this module may name, and the one view of another module it may join. */
export type RegistryTables = {
  'registry.building': BuildingRow;
  'registry.elevator': ElevatorRow;
  'registry.identifier': IdentifierRow;
  'registry.party': PartyRow;
  'registry.classification': ClassificationRow;
  'registry.elevator_card': CardRow;
  'registry.life_cycle_entry': LifeCycleRow;
  'registry.change_request': ChangeRequestRow;
  'registry.responsibility_case': ResponsibilityCaseRow;
  'registry.document': DocumentRow;
  'registry.industry_office': IndustryOfficeRow;
  'registry.import_source': ImportSourceRow;
  'registry.import_run': ImportRunRow;
  'registry.search_doc': SearchDocRow;
  'registry.search_gram': { gram: string; doc_id: number };
  'identity.org_card': { id: OrgId; name: string; kind: string; kinds: string[] };
};

export type BuildingRow = {
  id: string;
  estate: string;
  name: string;
  road: string;
  district_code: string | null;
  street_code: string | null;
  community_code: string | null;
  given_lng: number | null;
  given_lat: number | null;
  crs: Crs | null;
  lng: number | null;
  lat: number | null;
  power_feeder: string | null;
  source: string;
  version: Generated<number>;
  place_key: GeneratedAlways<string>;
};

export type ElevatorRow = {
  id: ElevatorId;
  no: GeneratedAlways<ElevatorNo>;
  kind: Kind;
  variety: string;
  catalogue_2014: string | null;
  catalogue_old: string | null;
  state: State;
  state_at: Date;
  building_id: string | null;
  unit: string;
  in_house_no: string;
  model: string;
  brand: string;
  made_on: string | null;
  installed_on: string | null;
  in_use_on: string | null;
  next_inspection_on: string | null;
  rated_speed_mm_per_s: number | null;
  rated_load_kg: number | null;
  bottom_floor: number | null;
  top_floor: number | null;
  stops: number | null;
  params: unknown; // jsonb; checked by `paramsOf`
  source: string;
  version: Generated<number>;
  merged_into: ElevatorId | null;
  created_at: Generated<Date>;
  changed_at: Generated<Date>;
  address: string;
  district_code: string | null;
  street_code: string | null;
  community_code: string | null;
  lng: number | null;
  lat: number | null;
  power_feeder: string | null;
  place_class: string | null;
  registration_code: string | null;
  rescue_code: string | null;
  use_org_id: OrgId | null;
  maintenance_org_id: OrgId | null;
  inspection_org_id: OrgId | null;
  maker_org_id: OrgId | null;
  quality: Generated<number>;
  gaps: Generated<string[]>;
  area_codes: string[];
  org_ids: OrgId[];
};

export type IdentifierRow = {
  id: string;
  elevator_id: ElevatorId;
  type: IdentifierType;
  value: string;
  value_key: string;
  issuer: string;
  valid_from: string | null;
  valid_to: string | null;
  warnings: string[];
  came_from: ElevatorId | null;
  recorded_at: Generated<Date>;
};

export type PartyRow = {
  id: string;
  elevator_id: ElevatorId;
  role: PartyRole;
  org_id: OrgId | null;
  person_id: PersonId | null;
  from_on: string;
  to_on: string | null;
  source: string;
  recorded_at: Generated<Date>;
};

export type ClassificationRow = {
  elevator_id: ElevatorId;
  field: ClassField;
  value: string;
  source: string;
  as_of_on: string;
  recorded_at: Generated<Date>;
};

export type LifeCycleRow = {
  id: string;
  elevator_id: ElevatorId;
  step: string;
  from_state: State;
  to_state: State;
  happened_on: string;
  evidence: unknown; // jsonb
  recorded_at: Generated<Date>;
  area_codes: string[];
  org_ids: OrgId[];
};

export type ChangeRequestRow = {
  id: string;
  elevator_id: ElevatorId;
  base_version: number;
  edit: unknown; // jsonb; read through the contract
  diff: unknown; // jsonb
  reason: string;
  asked_by: string;
  asked_org_id: OrgId | null;
  asked_at: Date;
  due_on: string;
  decision: 'approved' | 'rejected' | null;
  decided_by: string | null;
  decided_at: Date | null;
  decided_note: string | null;
  area_codes: string[];
  org_ids: OrgId[];
};

export type ResponsibilityCaseRow = {
  id: string;
  elevator_id: ElevatorId;
  street_code: string | null;
  opened_at: Date;
  due_on: string;
  evidence: unknown; // jsonb
  outcome: 'use_unit_named' | 'not_in_use' | 'opened_in_error' | null;
  decision: string | null;
  use_org_id: OrgId | null;
  decided_by: string | null;
  decided_at: Date | null;
  version: Generated<number>;
  area_codes: string[];
  org_ids: OrgId[];
};

export type DocumentRow = {
  id: string;
  elevator_id: ElevatorId;
  kind: string;
  title: string;
  file_hash: string;
  attachment_id: string | null;
  issuer: string;
  issued_on: string | null;
  expires_on: string | null;
  added_by: Generated<string>;
  added_org_id: OrgId | null;
  added_at: Generated<Date>;
  withdrawn_at: Generated<Date | null>;
  withdrawn_by: Generated<string | null>;
  withdrawn_reason: Generated<string | null>;
  area_codes: string[];
  org_ids: OrgId[];
};

export type ImportSourceRow = {
  id: string;
  kind: string;
  name: string;
  mapping: Generated<unknown>; // jsonb
  options: Generated<unknown>; // jsonb
  changed_at: Generated<Date>;
  area_codes: string[];
  org_ids: OrgId[];
};

export type ImportRunRow = {
  id: string;
  source_id: string;
  file_hash: string;
  file_name: string;
  format: unknown; // jsonb
  columns: string[];
  mapping: unknown; // jsonb
  options: unknown; // jsonb
  dry: boolean;
  state: 'ready' | 'running' | 'done' | 'failed' | 'cancelled';
  reason: string | null;
  rows_done: Generated<number>;
  created: Generated<number>;
  changed: Generated<number>;
  unchanged: Generated<number>;
  refused: Generated<number>;
  remarked: Generated<number>;
  missing: Generated<unknown>; // jsonb
  bytes: number;
  started_by: string;
  started_at: Date | null;
  ended_at: Date | null;
  made_at: Generated<Date>;
  area_codes: string[];
  org_ids: OrgId[];
  whole_city: boolean;
};

/** A place, an organisation or a division as the search box finds it. */
export type SearchDocRow = {
  id: GeneratedAlways<number>;
  kind: 'place' | 'org' | 'area';
  ref: string;
  title: string;
  subtitle: string;
  body: string;
  elevators: number;
  area_codes: string[];
  org_ids: OrgId[];
};

type IndustryOfficeRow = {
  id: string;
  industry: string;
  org_id: OrgId;
  named_at: Date;
  area_codes: Generated<string[]>;
  org_ids: OrgId[];
};

/** The published view. Columns are promises to other modules. */
export type CardRow = {
  id: ElevatorId;
  no: ElevatorNo;
  rescue_code: string | null;
  registration_code: string | null;
  kind: Kind;
  variety: string;
  state: State;
  place_class: string | null;
  address: string;
  estate: string | null;
  building_name: string | null;
  building_id: string | null;
  unit: string;
  district_code: string | null;
  street_code: string | null;
  community_code: string | null;
  area_codes: string[];
  org_ids: OrgId[];
  use_org_id: OrgId | null;
  maintenance_org_id: OrgId | null;
  inspection_org_id: OrgId | null;
  maker_org_id: OrgId | null;
  lng: number | null;
  lat: number | null;
  power_feeder: string | null;
  rated_speed_mm_per_s: number | null;
  rated_load_kg: number | null;
  bottom_floor: number | null;
  top_floor: number | null;
  stops: number | null;
  model: string;
  brand: string;
  made_on: string | null;
  installed_on: string | null;
  in_use_on: string | null;
  next_inspection_on: string | null;
};
