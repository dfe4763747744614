/** Words of rescue: refusals, messages to rescuers and use units, the lines on an elevator’s page. */
export const rescueWords = {
  'rescue.not_found': { zh: '没有找到该事件，或不在您的管辖范围内', en: 'No such incident, or outside your scope' },
  'rescue.no_elevator': { zh: '没有找到这台电梯，请核对识别码', en: 'No such elevator; check the code' },
  'rescue.not_a_rescuer': {
    zh: '您还没有登记为救援人员，请联系本单位负责人',
    en: 'You are not registered as a rescuer; ask your manager',
  },
  'rescue.changed_meanwhile': {
    zh: '另一位坐席刚刚更改了该事件，请看过后再操作',
    en: 'Another agent has just changed this incident; look again before you act',
  },
  'rescue.ended': { zh: '该事件已结束，不能再派单', en: 'The incident has ended' },
  'rescue.crew_on_site': { zh: '救援人员已在现场', en: 'A crew is on site' },
  'rescue.crew_under_way': { zh: '救援人员已在途中，请先撤回', en: 'A crew is under way; withdraw it first' },
  'rescue.top_level': { zh: '已是第三级', en: 'Level 3 is open already' },
  'rescue.already_offered': { zh: '该救援人员已收到此单', en: 'This rescuer has been asked already' },
  'rescue.no_such_offer': { zh: '没有可撤回的派单', en: 'There is no offer to take back' },
  'rescue.not_released': { zh: '尚未确认解救，不能办结', en: 'The people are not out yet' },
  'rescue.still_open': { zh: '事件尚未结束', en: 'The incident is still open' },
  'rescue.already_open': { zh: '这台电梯已有新的事件，请在新事件中处理', en: 'The elevator has a newer open incident' },
  'rescue.must_look_again': {
    zh: '有与结论不符的报告，请先复核',
    en: 'A report contradicts the file; look at it first',
  },
  'rescue.nothing_to_look_at': { zh: '没有需要复核的报告', en: 'There is nothing to look at' },
  'rescue.no_timer': { zh: '计时已取消', en: 'The timer is gone' },

  'rescue.no_station': { zh: '没有该救援站，或已撤销', en: 'No such station, or it was closed' },
  'rescue.station_changed': {
    zh: '该救援站刚被他人修改，请刷新后再改',
    en: 'Somebody has just changed this station; reload and try again',
  },
  'rescue.no_person': {
    zh: '没有该人员，或不属于您管理的单位；请先在“人员”中登记',
    en: 'No such person in an organisation you keep; record him under People first',
  },
  'rescue.no_rescuer': { zh: '没有该救援人员，或已退出', en: 'No such rescuer, or he has left' },
  'rescue.ends_before': { zh: '结束时间早于开始时间', en: 'It ends before it begins' },
  'rescue.on_duty_already': { zh: '该时段已有排班', en: 'Already on duty at that time' },
  'rescue.no_duty': { zh: '没有该排班，或已结束', en: 'No such line in the roster, or it is over' },
  'rescue.no_drill': { zh: '没有该演练', en: 'No such drill' },
  'rescue.drill_over': { zh: '该演练已开始或已结束，请刷新', en: 'The drill has begun or ended; reload' },
  'rescue.drill_in_past': { zh: '计划日期不能早于今天', en: 'A drill cannot be planned for a past day' },
  'rescue.elevator_busy': {
    zh: '该电梯正有困人事件或演练，请另选电梯或稍后再试',
    en: 'The elevator has an incident or a drill now; take another or try later',
  },
  'rescue.not_your_unit': { zh: '只能安排本单位的演练', en: 'You can arrange drills of your own unit only' },
  'rescue.half_a_place': { zh: '经度和纬度须同时填写', en: 'Give longitude and latitude, or neither' },
  'rescue.no_call': { zh: '没有该来电', en: 'No such call' },
  'rescue.no_caller': { zh: '没有留号码，或已到期删除', en: 'No number was given, or its time is over' },
  'rescue.call_settled': {
    zh: '该来电不是困人，或已了结，请刷新队列',
    en: 'This call is no entrapment, or it is settled; read the queue again',
  },
  'rescue.no_call_back': { zh: '该来电无需回访，或已回访', en: 'No call-back is wanted, or it was done' },

  'rescue.tell.offered': {
    zh: '【电梯困人】{address}，请立即在手机上响应或拒绝（{number}）',
    en: 'People are trapped at {address}: accept or refuse on your phone now ({number})',
  },
  'rescue.tell.drill': {
    zh: '【演练】{address}，请按真实救援响应（{number}）',
    en: 'Drill at {address}: answer as in earnest ({number})',
  },
  'rescue.tell.drill_withdrawn': {
    zh: '【演练】{number} 已撤回，不必前往：{address}',
    en: 'Drill {number} was withdrawn, nobody need come: {address}',
  },
  'rescue.tell.withdrawn': {
    zh: '【无需前往】{address}（{number}）已撤回或排除',
    en: 'Stand down: {address} ({number}) was withdrawn or dismissed',
  },
  'rescue.notice.use_unit': {
    zh: '{address} 有人被困（{number}），请立即到场安抚并配合救援',
    en: 'People are trapped at {address} ({number}): go there, calm them and help the rescuers',
  },

  'rescue.cleared_by_device': {
    zh: '设备显示已恢复，且无人员报告',
    en: 'The device recovered and nobody had reported',
  },
  'rescue.drill_real_alarm': { zh: '收到真实报警，演练终止', en: 'A real alarm ended the drill' },
  'rescue.talk_connected': { zh: '电话系统正在接通轿厢', en: 'The exchange connects the car' },
  'rescue.talk_not_connected': {
    zh: '电话系统未接通，请人工拨打',
    en: 'The exchange did not connect: dial by hand',
  },
  'rescue.talk_by_hand': { zh: '未接入电话系统，请人工拨打', en: 'No telephony is connected: dial by hand' },

  'rescue.trace.raised': { zh: '困人事件 {number}', en: 'Entrapment {number}' },
  'rescue.trace.offered': {
    zh: '困人事件 {number}：已派单（第 {level} 级）',
    en: 'Entrapment {number}: offered (level {level})',
  },
  'rescue.trace.under_way': { zh: '困人事件 {number}：救援人员已响应', en: 'Entrapment {number}: a crew has accepted' },
  'rescue.trace.on_site': { zh: '困人事件 {number}：救援人员已到达', en: 'Entrapment {number}: a crew is on site' },
  'rescue.trace.released': {
    zh: '困人事件 {number}：已解救 {people} 人',
    en: 'Entrapment {number}: {people} released',
  },
  'rescue.trace.closed': { zh: '困人事件 {number}：办结', en: 'Entrapment {number}: closed' },
  'rescue.trace.dismissed': { zh: '困人事件 {number}：排除', en: 'Entrapment {number}: dismissed' },
  'rescue.trace.joined': { zh: '困人事件 {number}：并入其他事件', en: 'Entrapment {number}: joined to another' },
  'rescue.waiting.files': {
    zh: '{n} 起已解救事件待回访、报原因或办结',
    en: '{n} released incidents to call back, explain or close',
  },
} as const;
