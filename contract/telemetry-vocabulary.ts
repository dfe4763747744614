/** The closed lists of telemetry that detection, its doors and the console share. */

/** What detection can find: `telemetry.finding.<kind>`. Others keep these words: add, never rename. */
export const FINDING_KINDS = [
  'entrapment_levelled', // 平层困人
  'entrapment_not_levelled', // 非平层困人
  'stopped_outside_door_zone', // 门区外停梯
  'running_with_open_door', // 运行中开门
  'unintended_movement', // 开门走梯
  'overspeed',
  'overrun_top', // 冲顶
  'overrun_bottom', // 蹲底
  'repeated_door', // 反复开关门
  'safety_circuit',
  'power_cut',
  'button_alarm',
  'offline',
  'machine_room_temperature',
  'statistics_anomaly',
  'vendor_fault', // any other mapped code; `detail` says which
  'escalator_fault',
] as const;

/** Why a message was set aside; `telemetry.set_aside.<reason>`. */
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
  'rules_failed', // our own mistake, not the sender's
] as const;
