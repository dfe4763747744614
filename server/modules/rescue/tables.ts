import type { Generated } from 'kysely';
import type { ElevatorId, IncidentId, OrgId, PersonId } from '../../kernel/ids.ts';
import type { ElevatorCard } from '../registry/index.ts';
import type { Level, OfferState, PhaseName } from './incident.rules.ts';

/** Every table this module may name, and the two views of other modules it may join. */
export type RescueTables = {
  'rescue.incident': IncidentRow;
  'rescue.event_group': EventGroupRow;
  'rescue.offer': OfferRow;
  'rescue.incident_log': LogRow;
  'rescue.timer_effect': TimerEffectRow;
  'rescue.evidence': EvidenceRow;
  'rescue.station': StationRow;
  'rescue.rescuer': RescuerRow;
  'rescue.duty': DutyRow;
  'rescue.call': CallRow;
  'rescue.talk': TalkRow;
  'rescue.cause': CauseRow;
  'rescue.confirmation': ConfirmationRow;
  'rescue.drill': DrillRow;
  'rescue.handover': HandoverRow;
  'rescue.exchange': ExchangeRow;
  'rescue.volunteer_force': VolunteerForceRow;
  'rescue.volunteer_paper': VolunteerPaperRow;
  'rescue.volunteer_member': { force_id: string; place: number; person_id: PersonId };
  'rescue.peer': { name: string; url: string; secret: string; active: boolean };
  'registry.elevator_card': ElevatorCard;
  'identity.org_card': { id: OrgId; name: string; kind: string; kinds: string[] };
};

type Audience = { area_codes: string[]; org_ids: string[] };

export type IncidentRow = Audience & {
  id: IncidentId;
  number: string;
  elevator_id: ElevatorId;
  group_id: string | null;
  drill_id: string | null;
  drill: boolean;
  version: number;
  phase: PhaseName;
  level: Level;
  aware_at: Date;
  clocks: unknown; // jsonb; read by `incidentOf`
  timers: unknown; // jsonb
  next_due_at: Date | null;
  needs: unknown; // jsonb
  confidence: number;
  by_person: boolean;
  must_look_again: boolean;
  hand_off: unknown; // jsonb
  released_at: Date | null;
  people: number | null;
  end_name: 'closed' | 'dismissed' | 'joined' | null;
  end_at: Date | null;
  end_reason: string;
  joined_into: IncidentId | null;
  danger: number;
  agent_id: string | null;
  district_code: string | null;
  street_code: string | null;
  community_code: string | null;
  place_class: string | null;
  kind: string;
  brand: string;
  in_use_on: string | null;
  use_org_id: OrgId | null;
  maintenance_org_id: OrgId | null;
  rescue_code: string | null;
  address: string;
  lng: number | null;
  lat: number | null;
};

export type EventGroupRow = {
  id: string;
  cause: 'feeder' | 'community' | 'desk';
  power_feeder: string | null;
  community_code: string | null;
  started_at: Date;
  last_at: Date;
  ref: string | null;
};

export type OfferRow = {
  id: string;
  incident_id: IncidentId;
  crew_id: string;
  person_id: PersonId | null;
  org_id: OrgId | null;
  level: Level;
  place: number;
  state: OfferState;
  offered_at: Date;
  reasons: unknown; // jsonb; read by `reasonsOf`
  eta_seconds: number | null;
  chosen_by: string;
  live: boolean;
};

export type LogRow = {
  incident_id: IncidentId;
  seq: number;
  at: Date;
  happened_at: Date | null;
  actor: string;
  what: string;
  data: unknown; // jsonb
  remarks: string[];
  report_key: string | null;
  corrects: number | null;
  before_hash: string;
  hash: string;
};

export type TimerEffectRow = {
  incident_id: IncidentId;
  level: Level;
  kind: string;
  version: number;
  due_at: Date;
  at: Date;
};

export type EvidenceRow = {
  id: string;
  incident_id: IncidentId;
  kind: string;
  source_ref: string;
  at: Date;
  received_at: Date;
  confidence: number;
  reasons: string[];
  detail: unknown; // jsonb
};

export type StationRow = Audience & {
  id: string;
  org_id: OrgId;
  name: string;
  address: string;
  kind: 'maintenance' | 'public' | 'social';
  lng: number | null;
  lat: number | null;
  closed_on: string | null;
  version: Generated<number>;
};

export type RescuerRow = Audience & {
  person_id: PersonId;
  org_id: OrgId;
  station_id: string | null;
  label: string;
  kind: 'maintenance' | 'public' | 'social';
  certified_until: string | null;
  lng: number | null;
  lat: number | null;
  position_at: Date | null;
  drill_only: Generated<boolean>;
  left_on: string | null;
};

export type DutyRow = Audience & {
  id: string;
  person_id: PersonId;
  from_at: Date;
  to_at: Date;
  source: 'roster' | 'phone' | 'import';
};

export type CallRow = Audience & {
  id: string;
  at: Date;
  connected_at: Date | null;
  channel: 'phone' | 'qr' | 'button' | 'partner' | 'exchange';
  kind: 'entrapment' | 'fault' | 'complaint' | 'question' | 'false_alarm';
  routed_to: string;
  elevator_id: ElevatorId | null;
  incident_id: IncidentId | null;
  joined: boolean;
  caller: string | null;
  caller_key: string | null;
  caller_until: string | null;
  call_back: '' | 'wanted' | 'done';
  call_back_at: Generated<Date | null>;
  call_back_said: Generated<string>;
  claim_text: Generated<boolean>; // he wants the claim code on this phone
  recording_ref: string | null;
  recording_until: string | null;
  said: string;
  needs: unknown; // jsonb
  report_key: string | null;
  partner_ref: string | null;
  actor: string;
};

export type TalkRow = {
  id: string;
  incident_id: IncidentId;
  started_at: Date;
  ended_at: Date | null;
  outcome: 'ended' | 'failed' | null;
  reason: string;
  adapter: string;
};

export type CauseRow = {
  id: string;
  incident_id: IncidentId;
  at: Date;
  stage: 'first' | 'final';
  class_code: string;
  detail_code: string;
  method: string;
  remark: string;
  actor: string;
  corrects: string | null;
};

export type ConfirmationRow = {
  id: string;
  incident_id: IncidentId;
  at: Date;
  outcome: 'all_out' | 'not_out' | 'unreachable';
  satisfaction: number | null;
  said: string;
  actor: string;
};

export type DrillRow = Audience & {
  id: string;
  org_id: OrgId;
  elevator_id: ElevatorId;
  incident_id: IncidentId | null;
  planned_on: Generated<string | null>;
  started_at: Date | null;
  ended_at: Date | null;
  outcome: '' | 'done' | 'real_alarm' | 'called_off';
  summary: string;
};

export type HandoverRow = Audience & {
  id: string;
  at: Date;
  from_account: string;
  to_account: string;
  note: string;
  open_ids: string[];
  accepted_at: Date | null;
};

export type ExchangeRow = {
  id: string;
  peer: string;
  direction: 'in' | 'out';
  message_id: string;
  incident_id: IncidentId | null;
  peer_ref: string | null;
  body: unknown; // jsonb
  at: Date;
  state: 'waiting' | 'acknowledged' | 'given_up';
  attempts: number;
  retry_at: Date;
  last_error: Generated<string>;
};

export type VolunteerForceRow = Audience & {
  id: string;
  number: string;
  report_key: string;
  code_key: string;
  state: 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'ended' | 'expired';
  applicant: 'person' | 'organisation';
  category: 'fire_volunteer' | 'retired_technician' | 'property_crew' | 'rescue_team' | 'other';
  name: string | null; // cipher text, as are contact, phone, certificate_number and members
  contact: string | null;
  phone: string | null;
  phone_key: string | null;
  members: string | null;
  competence: string;
  certificate_kind: string;
  certificate_number: string | null;
  certificate_until: string | null;
  district_code: string;
  address: string;
  lng: number | null;
  lat: number | null;
  weekdays: number[];
  from_time: string;
  to_time: string;
  applied_at: Date;
  decided_at: Date | null;
  decided_by: string | null;
  reason: Generated<string>;
  valid_until: string | null;
  ended_on: string | null;
  warned_on: string | null;
  rostered_to: string | null;
  org_id: OrgId | null;
  station_id: string | null;
  version: Generated<number>;
};

export type VolunteerPaperRow = {
  id: string;
  force_id: string;
  media_type: string;
  size_bytes: number;
  hash: string;
  content: string; // cipher text
  at: Date;
};
