/** Work declared on elevators, and senders bound to them. */
export const telemetryWorkWords = {
  'telemetry.work_foreign': {
    zh: '只有这台电梯的维保单位可以登记维保作业',
    en: 'Only the unit that maintains this elevator may declare work on it',
  },
  'telemetry.work_open': { zh: '已登记维保作业，请先结束', en: 'Work is declared already; end it first' },
  'telemetry.work_over': { zh: '维保作业已结束', en: 'The work is over' },
  'telemetry.work_people_inside': {
    zh: '这台电梯有困人或按钮报警未结束，不能登记维保作业',
    en: 'People may be inside: an entrapment or alarm is open on this elevator',
  },
  'telemetry.work_unknown_plate': {
    zh: '没有找到这块标牌或识别码对应的电梯，或它不由本单位维保',
    en: 'No elevator has this plate or code, or your unit does not maintain it',
  },
  'telemetry.trace.work_told_late': {
    zh: '维保作业（事后上传）：{reason}，{minutes} 分钟；上传时已结束，未屏蔽报警',
    en: 'Work reported afterwards: {reason}, {minutes} min; it was over by then and silenced nothing',
  },
  'telemetry.trace.work_begun': {
    zh: '登记维保作业 {minutes} 分钟：{reason}',
    en: 'Work declared for {minutes} min: {reason}',
  },
  'telemetry.trace.work_ended': { zh: '维保作业结束', en: 'Work ended' },
  'web.work.now': {
    zh: '维保作业中，至 {until}（{org}：{reason}）',
    en: 'Work in progress until {until} ({org}: {reason})',
  },
  'web.work.begin': { zh: '登记维保作业', en: 'Declare work' },
  'web.work.end': { zh: '结束维保作业', en: 'End the work' },
  'web.work.minutes': { zh: '预计用时', en: 'At most' },
  'web.work.minutes_hint': {
    zh: '到时自动结束；作业期间的停梯、开门和按钮不报警',
    en: 'It ends by itself; stops, doors and the button raise no alarm meanwhile',
  },
  'web.work.half_hours': { zh: '{hours} 小时', en: '{hours} h' },
  'web.work.reason': { zh: '作业内容', en: 'What for' },
  'web.work.reason_hint': { zh: '例：半月保养、更换门机', en: 'Such as: half-monthly maintenance' },
  'web.bindings.title': { zh: '绑定的电梯', en: 'Bound elevators' },
  'web.bindings.what': {
    zh: '该来源可代这些电梯上报，即使其单位不是维保或制造单位',
    en: 'This sender may speak for these elevators although its organisation is no party to them',
  },
  'web.bindings.empty': { zh: '没有绑定电梯', en: 'No elevator is bound' },
  'web.bindings.empty_hint': {
    zh: '由维保或制造单位的平台上报的电梯无需绑定',
    en: 'Elevators of its own organisation need no binding',
  },
  'web.bindings.codes': { zh: '救援识别码或注册代码', en: 'Rescue or registration codes' },
  'web.bindings.codes_hint': { zh: '一行一个，可从表格粘贴', en: 'One a line; paste from a table' },
  'web.bindings.add': { zh: '绑定', en: 'Bind' },
  'web.bindings.remove': { zh: '解除绑定', en: 'Unbind' },
  'web.bindings.remove_title': { zh: '解除「{address}」的绑定？', en: 'Unbind “{address}”?' },
  'web.bindings.remove_consequence': {
    zh: '该来源再上报这台电梯的报文将进入隔离区',
    en: 'What it sends about this elevator will be set aside',
  },
  'web.bindings.done': {
    zh: '新绑定 {bound} 台，原已绑定 {known} 台',
    en: '{bound} bound, {known} were bound already',
  },
  'web.bindings.unknown': { zh: '没有这些编码的电梯：{codes}', en: 'No elevator has these codes: {codes}' },
} as const;
