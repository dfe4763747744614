import type { Generated } from 'kysely';
import type { AccountId, OrgId, PersonId } from '../../kernel/ids.ts';
import type { Stage } from './sign-in.rules.ts';

/** Every table this module may name. */
export type IdentityTables = {
  'identity.division': DivisionRow;
  'identity.org': OrgRow;
  'identity.org_card': { id: OrgId; name: string; kind: string; kinds: string[] };
  'identity.licence': LicenceRow;
  'identity.person': PersonRow;
  'identity.certificate': CertificateRow;
  'identity.account': AccountRow;
  'identity.credential': CredentialRow;
  'identity.session': SessionRow;
  'identity.sign_in': SignInRow;
  'identity.household': HouseholdRow;
  'identity.client': ClientRow;
  'identity.client_secret': ClientSecretRow;
  'identity.webhook': WebhookRow;
  'identity.webhook_call': WebhookCallRow;
  'identity.retention': { subject: string; keep_days: number; source: string; verified: boolean };
};

type Audience = { area_codes: string[]; org_ids: string[] };

export type DivisionRow = {
  code: string;
  name: string;
  level: 'province' | 'city' | 'district' | 'street' | 'community';
  parent_code: string | null;
  valid_from: string | null;
  valid_to: string | null;
  successors: string[];
};

export type OrgRow = Audience & {
  id: OrgId;
  name: string;
  name_key: string;
  kinds: string[];
  uscc: string | null;
  warnings: string[];
  address: string;
  duty_phone: string;
  seat_areas: string[];
  work_areas: string[];
  closed_on: string | null;
  version: Generated<number>;
  created_at: Generated<Date>;
};

export type LicenceRow = Audience & {
  id: string;
  org_id: OrgId;
  kind: string;
  number: string;
  scope: string;
  issuer: string;
  issued_on: string | null;
  expires_on: string | null;
  ended_on: string | null;
};

export type PersonRow = Audience & {
  id: PersonId;
  org_id: OrgId | null;
  name: string | null; // cipher text, as is phone
  name_key: string | null;
  phone: string | null;
  phone_key: string | null;
  demo: boolean;
  duties: string[];
  left_on: string | null;
  erased_at: Generated<Date | null>;
  version: Generated<number>;
  created_at: Generated<Date>;
};

export type CertificateRow = Audience & {
  id: string;
  person_id: PersonId;
  kind: string;
  number: string; // cipher text
  number_key: string;
  issuer: string;
  issued_on: string | null;
  expires_on: string | null;
  ended_on: string | null;
};

export type AccountRow = {
  id: AccountId;
  username: string;
  username_key: string;
  label: string;
  person_id: PersonId | null;
  org_id: OrgId | null;
  role: string;
  areas: string[];
  state: 'active' | 'suspended';
  demo: boolean;
  version: Generated<number>;
  created_at: Generated<Date>;
};

export type CredentialRow = {
  account_id: AccountId;
  password_hash: string;
  password_at: Date;
  must_change: boolean;
  totp_secret: string | null;
  totp_at: Date | null;
  totp_last_step: number | null;
  recovery_hashes: string[];
};

export type SessionRow = {
  id: string;
  token_hash: string;
  account_id: AccountId;
  stage: Stage;
  started_at: Date;
  last_seen_at: Date;
  ends_at: Date;
  ended_at: Date | null;
  address: string;
  agent: string;
};

export type SignInRow = {
  id: string;
  at: Date;
  username_key: string;
  account_id: AccountId | null;
  address: string;
  agent: string;
  outcome: 'trying' | 'refused' | 'suspended' | 'half' | 'accepted' | 'cleared';
};

export type HouseholdRow = Audience & {
  id: string;
  account_id: AccountId;
  building_id: string;
  unit: string | null; // cipher text
  unit_plain: Generated<string | null>; // of a version that did not seal it, until the next start
  asked_at: Generated<Date>;
  verified_at: Date | null;
  verified_by: AccountId | null;
  ended_at: Date | null;
  ended_reason: string | null;
};

export type ClientRow = {
  id: string;
  name: string;
  org_id: OrgId | null;
  whole_city: boolean;
  grants: string[];
  state: 'active' | 'suspended';
  created_at: Generated<Date>;
  last_used_at: Date | null;
  version: Generated<number>;
};

export type ClientSecretRow = {
  id: string;
  client_id: string;
  door: 'api' | 'mqtt';
  secret_hash: string;
  hint: string;
  created_at: Date;
  ends_at: Date | null;
  last_used_at: Date | null;
};

export type WebhookRow = Audience & {
  id: string;
  org_id: OrgId;
  name: string;
  url: string;
  secret: string; // cipher text
  events: string[];
  scope: unknown; // jsonb: `Scope` of its maker
  active: Generated<boolean>;
  version: Generated<number>;
  created_at: Date;
};

export type WebhookCallRow = {
  id: string;
  webhook_id: string;
  event_id: string;
  type: string;
  v: number;
  subject: string;
  subject_version: number;
  occurred_at: Date;
  state: 'waiting' | 'sent' | 'dead';
  attempts: Generated<number>;
  retry_at: Date;
  done_at: Date | null;
  last_error: Generated<string>;
};
