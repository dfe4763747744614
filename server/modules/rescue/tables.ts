import type { ElevatorId, IncidentId, OrgId, PersonId } from '../../kernel/ids.ts';
import type { ElevatorCard } from '../registry/index.ts';
import type { CallRow, CauseRow, ConfirmationRow, ExchangeRow, TalkRow } from './call.tables.ts';
import type { DrillRow, DutyRow, HandoverRow, RescuerRow, StationRow } from './field.tables.ts';
import type { Level, OfferState, PhaseName } from './incident.rules.ts';
import type { VolunteerForceRow, VolunteerPaperRow } from './volunteer.tables.ts';

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

/** Who may see a row. */
export type Audience = { area_codes: string[]; org_ids: string[] };

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
