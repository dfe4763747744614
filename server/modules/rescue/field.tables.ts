import type { Generated } from 'kysely';
import type { ElevatorId, IncidentId, OrgId, PersonId } from '../../kernel/ids.ts';
import type { Audience } from './tables.ts';

/** Who stands ready: stations, rescuers, rosters, drills, shifts. */

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
  unplaced: Generated<number>; // calls for help without an elevator, then
  accepted_at: Date | null;
};
