/** Words of prevention: refusals, notices, remarks, and the names of its figures in a city pack. */
export const preventionWords = {
  'prevention.no_elevator': {
    zh: '没有救援识别码为 {rescueCode} 的电梯，请核对铭牌上的六位数字',
    en: 'No elevator has the rescue code {rescueCode}; check the six digits on the plate',
  },
  'prevention.visit_of_other': {
    zh: '该服务记录由另一家保险机构登记',
    en: 'This visit was recorded by another insurer',
  },
  'prevention.photo_missing': {
    zh: '第 {finding} 条隐患没有照片，请补拍后再提交',
    en: 'Finding {finding} has no photo; add one and send again',
  },
  'prevention.finding_not_found': {
    zh: '没有这条隐患，或不在您的管辖范围内',
    en: 'There is no such finding within your scope',
  },
  'prevention.finding_state': {
    zh: '隐患当前状态为「{state}」，不能进行此操作',
    en: 'The finding is {state}; this cannot be done now',
  },
  'prevention.finding_not_owner': {
    zh: '只有整改责任单位或使用单位可以报告整改完成',
    en: 'Only who must mend it, or the use unit, may report it mended',
  },
  'prevention.finding_not_insurer': {
    zh: '只有发现隐患的保险机构可以复查、延期或撤回',
    en: 'Only the insurer who found it may look again, give more time or withdraw it',
  },
  'prevention.finding_evidence': {
    zh: '报告整改完成须附照片或凭证，请至少上传一份',
    en: 'Reporting it mended needs a photo or a paper; add at least one',
  },
  'prevention.finding_note': { zh: '请写明情况或理由', en: 'Say what was done, or why' },
  'prevention.finding_due': {
    zh: '整改期限「{dueOn}」太早，最早为 {earliest}',
    en: 'The due day {dueOn} is too early; the earliest is {earliest}',
  },
  'prevention.changed_meanwhile': {
    zh: '他人已更新这条记录，请刷新后再试',
    en: 'Somebody changed this record meanwhile; read it again',
  },
  'prevention.policy_not_found': {
    zh: '没有这份保单，或不在您的管辖范围内',
    en: 'There is no such policy within your scope',
  },
  'prevention.cost_not_found': { zh: '没有这笔费用', en: 'There is no such cost entry' },
  'prevention.cost_of_other': {
    zh: '只能登记本机构为首席承保的保单的服务费用',
    en: 'Costs are booked by the policy’s lead insurer only',
  },
  'prevention.cost_in_future': {
    zh: '费用日期「{on}」在今天（{today}）之后',
    en: 'The cost’s day {on} lies after today ({today})',
  },
  'prevention.cost_known': {
    zh: '凭证号「{voucher}」在该保单该项服务下已登记',
    en: 'The voucher {voucher} is already booked for this policy and service',
  },
  'prevention.cost_reversed': { zh: '该笔费用已冲销', en: 'This entry is already reversed' },

  'prevention.notice.finding': {
    zh: '保险机构发现隐患 {number}，请于 {dueOn} 前整改',
    en: 'An insurer found {number}; mend it by {dueOn}',
  },
  'prevention.notice.due_soon': {
    zh: '{address} 的隐患 {number} 将于 {dueOn} 到期，请尽快整改',
    en: 'Finding {number} at {address} is due on {dueOn}; mend it soon',
  },
  'prevention.notice.overdue': {
    zh: '{address} 的隐患 {number} 已过整改期限 {dueOn}，仍未整改',
    en: 'Finding {number} at {address} was due on {dueOn} and is not mended',
  },
  'prevention.notice.urgent': {
    zh: '保险机构报告紧急隐患 {number}，整改期限 {dueOn}',
    en: 'An insurer reports the urgent finding {number}, due {dueOn}',
  },

  'packs.fact.prevention.findingDays.urgent': { zh: '紧急隐患整改期限', en: 'Time to mend: urgent' },
  'packs.fact.prevention.findingDays.serious': { zh: '严重隐患整改期限', en: 'Time to mend: serious' },
  'packs.fact.prevention.findingDays.general': { zh: '一般隐患整改期限', en: 'Time to mend: general' },
  'packs.fact.prevention.findingRemind.before': { zh: '隐患整改到期前提醒', en: 'Reminder before a finding is due' },
  'packs.fact.prevention.findingRemind.every': {
    zh: '隐患逾期后再次提醒间隔',
    en: 'Reminder again while a finding is overdue',
  },
  'packs.fact.prevention.suggestionDays': { zh: '合理化建议答复期限', en: 'Time to answer a suggestion' },
  'packs.fact.prevention.appealWindowDays': { zh: '评测结果异议提出期限', en: 'Time to appeal a result' },
  'packs.fact.prevention.appealAnswerDays': { zh: '异议答复期限', en: 'Time to answer an appeal' },
  'packs.fact.prevention.serviceCostCapPercent': {
    zh: '服务费用占保费的提示线',
    en: 'Service cost: share of premium that warns',
  },
  'packs.fact.prevention.checklist': { zh: '维保质量抽查要点', en: 'What a quality check looks at' },
  'packs.fact.prevention.evaluation.method': { zh: '维保评测方法版本', en: 'Evaluation method' },
  'packs.fact.prevention.evaluation.windowMonths': { zh: '评测统计期', en: 'Evaluation window' },
  'packs.fact.prevention.evaluation.leastChecks': {
    zh: '公布结果所需最少抽查次数',
    en: 'Checks needed to publish',
  },
  'packs.fact.prevention.evaluation.weights': { zh: '评测权重', en: 'Evaluation weights' },
  'packs.fact.prevention.evaluation.elevatorsPerTechnician': {
    zh: '每名持证人员负责电梯数（满分线）',
    en: 'Elevators per certified technician for full marks',
  },
  'packs.screen.unit.checks': { zh: '次抽查', en: 'checks' },
  'prevention.waiting.findings': { zh: '{n} 项防灾服务发现待整改', en: '{n} findings to mend' },
  'prevention.waiting.mended': { zh: '{n} 项整改待复查', en: '{n} mended findings to look at again' },
};
