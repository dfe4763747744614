import type { Generated } from 'kysely';
import type { ElevatorId, IncidentId } from '../../kernel/ids.ts';
import type { Audience } from './tables.ts';

/** What was said: calls, talks with the car, causes, call backs, messages of other platforms. */

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
  settled_at: Generated<Date | null>; // named no elevator: found to need none
  settled_why: Generated<string>;
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

export type ExchangeRow = {
  id: string;
  peer: string;
  direction: 'in' | 'out';
  message_id: string;
  incident_id: IncidentId | null;
  peer_ref: string | null;
  body: unknown; // jsonb
  at: Date;
  state: 'waiting' | 'acknowledged' | 'given_up'; // given up: the rescue was over before it arrived
  attempts: number;
  retry_at: Date;
  last_error: Generated<string>;
};
