/**
 * The normal form of what a box on an elevator says, after GB/T 24476-2017 clauses 9–11.
 * Doors translate every vendor's dialect into this; detection, storage and screens know nothing else.
 */

/** 当前服务模式 of a lift (GB/T 24476 9.x): the number on the wire is the index. */
export const SERVICE_MODES = [
  'out_of_service', // 0 停止服务
  'normal', // 1 正常运行
  'inspection', // 2 检修
  'fire_return', // 3 消防返回
  'firefighter', // 4 消防员运行
  'emergency_power', // 5 应急电源运行
  'earthquake', // 6 地震模式
  'unknown', // 7 未知
] as const;
export type ServiceMode = (typeof SERVICE_MODES)[number];

export const DIRECTIONS = ['none', 'up', 'down'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Real-time status. Absent or `undefined` means the message did not say; the last known value stays. */
export type Status = {
  kind: 'status';
  serviceMode?: ServiceMode | undefined;
  moving?: boolean | undefined; // 轿厢运行状态; for an escalator 运行状态
  direction?: Direction | undefined; // the real one, not the indicator
  inDoorZone?: boolean | undefined; // 门区; means something only while stopped
  floor?: number | undefined; // physical floor number; the label is the registry's
  doorClosed?: boolean | undefined; // 关门到位; false is "no such signal", not "open"
  doorOpen?: boolean | undefined; // 开门到位, from senders that report door phases
  occupied?: boolean | undefined; // 轿内是否有人
  speedMmPerS?: number | undefined; // down is negative
  loadPercent?: number | undefined; // of the rated load
  carCelsius?: number | undefined;
  machineRoomCelsius?: number | undefined;
  mainsPower?: boolean | undefined; // false: on battery or dead
  safetyCircuitClosed?: boolean | undefined;
};

/** Counters (统计数据). Absolute values since installation; a smaller value than before is an anomaly. */
export type Statistics = {
  kind: 'statistics';
  runningHours?: number;
  runs?: number;
  doorCycles?: number;
  runDistanceM?: number;
  ropeBends?: number;
};

/** A fault, event or alarm as the sender codes it, and what we made of it. */
export type Notice = {
  kind: 'notice';
  group: 'fault' | 'event' | 'alarm';
  rawCode: string; // as sent, kept for ever
  code: NoticeCode | 'unmapped'; // normalised through the source's code set
  noticeId: string | null; // the sender's id that ties add to clear
  phase: 'add' | 'clear';
};

/** What every fault, event or alarm code means, whatever number a sender gives it. */
export const NOTICE_CODES = [
  'no_fault',
  'safety_circuit_open', // 运行时安全回路断路
  'door_close_fault',
  'door_open_fault',
  'stopped_outside_door_zone', // 门区外停梯
  'unintended_movement', // 轿厢意外移动 / 开门走梯
  'motor_run_limit', // 电动机运转时间限制器动作
  'position_lost',
  'restart_prevented', // 防止再运行故障
  'overrun_top', // 冲顶
  'overrun_bottom', // 蹲底
  'overspeed',
  'running_with_open_door',
  'entrapment_levelled', // 平层关人
  'entrapment_not_levelled', // 非平层关人
  'entrapment', // 困人, the sender does not say where
  'repeated_door', // 反复开关门
  'door_lock_open',
  'button_stuck',
  'speed_abnormal',
  'brake_fault',
  'door_blocked',
  'vibration_abnormal',
  'door_motor_jam',
  'electric_bike_in_car',
  'user_alarm', // 报警按钮
  'power_cut',
  'back_to_normal',
  'out_of_service',
  'inspection_mode',
  'fire_return_mode',
  'firefighter_mode',
  'emergency_power_mode',
  'earthquake_mode',
  'escalator_safety_circuit',
  'escalator_overspeed',
  'escalator_reversal', // 非操纵逆转
  'escalator_step_missing',
  'escalator_restart_prevented',
  'escalator_emergency_stop',
  'escalator_cover_open',
  'escalator_brake_not_released',
  'escalator_comb_jam',
  'escalator_handrail',
  'other_fault',
] as const;
export type NoticeCode = (typeof NOTICE_CODES)[number];

/** The box says it lives. */
export type Heartbeat = { kind: 'heartbeat' };

export type Body = Status | Statistics | Notice | Heartbeat;

/** One message in normal form, tied to an elevator and a sender. */
export type Message = {
  elevatorNo: number;
  sourceNo: number;
  boot: number; // rises when the sender restarts its counting
  seq: number | null; // rises per sender and elevator within one boot; null: it came in a batch without numbers
  deviceMs: number; // the sender's clock, ms since 1970
  receivedMs: number; // ours
  body: Body;
};
