import type { FINDING_KINDS } from '../../../contract/telemetry-vocabulary.ts';
import type { FindingId } from '../../kernel/ids.ts';
import type { NoticeCode } from './message.ts';
import type { EvidenceKind } from './pack.ts';

export type FindingKind = (typeof FINDING_KINDS)[number];

/** What speaks for a finding. Beyond the evidence of entrapment: a counter that cannot be, and silence itself. */
export type Evidence = {
  kind: EvidenceKind | 'counter' | 'silence';
  at: number; // ms, on the corrected clock of the sender; our clock for silence
  sourceNo: number | null; // null: our own clock, or another door than telemetry
  detail: string; // a code of words/telemetry-findings.ts, or the sender's meaning
};

/** Something wrong on one elevator. Instants are ms since 1970, on the sender's corrected clock. */
export type Finding = {
  id: FindingId; // made from elevator, kind and opening message: a replay makes the same
  elevatorNo: number;
  kind: FindingKind;
  detail: NoticeCode | null; // for vendor and escalator faults: what the sender says it is
  confidence: number; // 0–1
  reasons: readonly string[]; // codes of words/telemetry-findings.ts, strongest first
  evidence: readonly Evidence[];
  beganAt: number; // when the condition began: for an entrapment, when the car stopped
  openedAt: number; // the message or tick that completed the evidence
  occupied: boolean | null; // null: no person sensor
  moving: boolean | null;
};

/** Why a finding closed; `telemetry.closed.*` in words. */
export type Closing =
  | 'cleared' // the sender said so
  | 'ended' // the status shows it is over; for an entrapment: level and open
  | 'overruled' // the status showed the opposite for long, the sender never cleared
  | 'silenced' // inspection, fire, earthquake mode or maintenance began
  | 'heard_again'
  | 'reconciled'; // after a start: no detector remembered it

export type FindingChange =
  | { change: 'opened'; finding: Finding }
  | { change: 'strengthened'; finding: Finding } // same id, more evidence, higher confidence
  | { change: 'closed'; id: FindingId; kind: FindingKind; beganAt: number; closedAt: number; why: Closing };

export const isEntrapment = (kind: FindingKind): boolean =>
  kind === 'entrapment_levelled' || kind === 'entrapment_not_levelled';

/** The kind of finding a sender's code speaks for. Mode events, 00 and unmapped codes speak for none. */
export function kindOf(code: NoticeCode | 'unmapped'): Slot | null {
  if (code === 'unmapped' || modeCodes.has(code)) return null;
  return slots[code] ?? (code.startsWith('escalator_') ? `escalator_fault:${code}` : `vendor_fault:${code}`);
}

/** A place for at most one open finding: both entrapments share one, each vendor fault has its own. */
export type Slot =
  | Exclude<FindingKind, 'entrapment_levelled' | 'entrapment_not_levelled' | 'vendor_fault' | 'escalator_fault'>
  | 'entrapment'
  | `vendor_fault:${NoticeCode}`
  | `escalator_fault:${NoticeCode}`;

const slots: Partial<Record<NoticeCode, Slot>> = {
  safety_circuit_open: 'safety_circuit',
  stopped_outside_door_zone: 'stopped_outside_door_zone',
  unintended_movement: 'unintended_movement',
  overrun_top: 'overrun_top',
  overrun_bottom: 'overrun_bottom',
  overspeed: 'overspeed',
  running_with_open_door: 'running_with_open_door',
  entrapment_levelled: 'entrapment',
  entrapment_not_levelled: 'entrapment',
  entrapment: 'entrapment',
  repeated_door: 'repeated_door',
  user_alarm: 'button_alarm',
  power_cut: 'power_cut',
};

const modeCodes: ReadonlySet<string> = new Set<NoticeCode>([
  'no_fault',
  'back_to_normal',
  'out_of_service',
  'inspection_mode',
  'fire_return_mode',
  'firefighter_mode',
  'emergency_power_mode',
  'earthquake_mode',
]);
