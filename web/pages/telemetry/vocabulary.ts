/** What detection can find; words under `telemetry.finding.<kind>`. */
export const FINDING_KINDS = [
  'entrapment_levelled',
  'entrapment_not_levelled',
  'button_alarm',
  'stopped_outside_door_zone',
  'running_with_open_door',
  'unintended_movement',
  'overspeed',
  'overrun_top',
  'overrun_bottom',
  'repeated_door',
  'safety_circuit',
  'power_cut',
  'offline',
  'machine_room_temperature',
  'statistics_anomaly',
  'vendor_fault',
  'escalator_fault',
] as const;

/** Why a message was set aside; words under `telemetry.set_aside.<reason>`. */
export const SET_ASIDE_REASONS = [
  'not_json',
  'not_object',
  'unknown_type',
  'bad_field',
  'bad_text',
  'bad_time',
  'too_large',
  'wrong_topic',
  'seq_missing',
  'seq_too_old',
  'unknown_elevator',
  'foreign_elevator',
] as const;
