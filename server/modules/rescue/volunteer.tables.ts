import type { Generated } from 'kysely';
import type { OrgId } from '../../kernel/ids.ts';
import type { Audience } from './tables.ts';

/** Volunteers: who applied, and what he handed in. */

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
