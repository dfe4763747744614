/** Words for whoever is trapped and waits: the page after the call for help, and the texts to his phone. */
export const rescueSosWords = {
  'rescue.sos.title': { zh: '救援进度', en: 'How far the rescue is' },
  'rescue.sos.call': { zh: '拨打 {number}', en: 'Call {number}' },
  'rescue.sos.code': { zh: '告诉坐席这六位识别码', en: 'Tell them these six digits' },
  'rescue.sos.refresh': { zh: '刷新进度', en: 'Refresh' },
  'rescue.sos.refresh_hint': {
    zh: '进度每 {seconds} 秒自动刷新，信号弱时可能稍慢；救援不受影响。',
    en: 'It is refreshed every {seconds} seconds, more slowly where the signal is weak; the rescue goes on all the same.',
  },
  'rescue.sos.as_of': { zh: '{at} 更新', en: 'As of {at}' },
  'rescue.sos.stage.received': { zh: '求助已收到', en: 'Your call for help has arrived' },
  'rescue.sos.stage.asking': { zh: '正在联系救援人员', en: 'A rescuer is being asked' },
  'rescue.sos.stage.coming': { zh: '救援人员正在赶来', en: 'A rescuer is on the way' },
  'rescue.sos.stage.emergency_services': { zh: '已转消防救援', en: 'The fire service was called' },
  'rescue.sos.stage.on_site': { zh: '救援人员已到现场', en: 'The rescuers are here' },
  'rescue.sos.stage.after': { zh: '救援已完成', en: 'The rescue is done' },
  'rescue.sos.stage.dismissed': { zh: '这次求助已结束', en: 'This call for help was ended' },
  'rescue.sos.eta': { zh: '预计还需约 {minutes} 分钟', en: 'About {minutes} minutes more' },
  'rescue.sos.crew.maintenance': { zh: '电梯维保单位救援人员', en: 'Rescuers of the maintenance unit' },
  'rescue.sos.crew.public': { zh: '电梯救援站人员', en: 'Rescuers of a station' },
  'rescue.sos.crew.social': { zh: '登记的社会救援力量', en: 'Registered volunteers' },
  'rescue.sos.crew.services': { zh: '消防救援', en: 'Fire service' },
  'rescue.sos.step.received': { zh: '求助已收到', en: 'Received' },
  'rescue.sos.step.accepted': { zh: '救援人员已响应', en: 'A rescuer has answered' },
  'rescue.sos.step.departed': { zh: '已出发', en: 'Set out' },
  'rescue.sos.step.arrived': { zh: '已到现场', en: 'Arrived' },
  'rescue.sos.step.released': { zh: '已解救', en: 'Released' },
  'rescue.sos.accident': { zh: '有人受伤或财物受损，申请保险理赔', en: 'Somebody was hurt: report it to the insurer' },
  'rescue.sos.gone': { zh: '这个页面已失效', en: 'This page has run out' },
  'rescue.sos.gone_hint': {
    zh: '如果您仍被困，请立即拨打 {number}。',
    en: 'If you are still inside, call {number} at once.',
  },
  'rescue.sos.foot': { zh: '本页不显示任何人的姓名和电话。', en: 'No names or phone numbers are shown here.' },

  'rescue.caller.received': {
    zh: '【电梯应急】您在 {address} 的求助已收到，正在安排救援。请勿扒门，等待救援。热线 {hotline}',
    en: 'Your call for help at {address} has arrived; a rescue is being arranged. Do not force the doors. Hotline {hotline}',
  },
  'rescue.caller.coming': {
    zh: '【电梯应急】救援人员已响应，正赶往 {address}{eta}。请保持冷静，不要扒门。热线 {hotline}',
    en: 'A rescuer is on the way to {address}{eta}. Stay calm and do not force the doors. Hotline {hotline}',
  },
  'rescue.caller.coming_eta': { zh: '，预计约 {minutes} 分钟到达', en: ', about {minutes} minutes' },
  'rescue.caller.emergency_services': {
    zh: '【电梯应急】{address} 的救援已转消防，请保持冷静、不要扒门。热线 {hotline}',
    en: 'The fire service was called to {address}. Stay calm and do not force the doors. Hotline {hotline}',
  },
  'rescue.caller.on_site': {
    zh: '【电梯应急】救援人员已到达 {address}，请听从现场指挥。热线 {hotline}',
    en: 'The rescuers are at {address}; do as they say. Hotline {hotline}',
  },
  'rescue.caller.after': {
    zh: '【电梯应急】{address} 的救援已完成。如有不适请就医，需要帮助请拨打 {hotline}',
    en: 'The rescue at {address} is done. See a doctor if you feel unwell; for help call {hotline}',
  },
} as const;
