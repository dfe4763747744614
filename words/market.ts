/** Words of the market: refusals, and the names of its figures in a city pack. */
export const marketWords = {
  'market.seller_not_found': {
    zh: '没有这名业务员，或不在您的管辖范围内',
    en: 'There is no such salesperson within your scope',
  },
  'market.seller_known': {
    zh: '执业登记编号 {licenceNo} 已登记',
    en: 'The licence {licenceNo} is already registered',
  },
  'market.seller_left': { zh: '该业务员已于 {leftOn} 离职', en: 'He left on {leftOn}' },
  'market.changed_meanwhile': {
    zh: '他人已更新这条记录，请刷新后再试',
    en: 'Somebody changed this record meanwhile; read it again',
  },
  'market.policy_not_found': {
    zh: '没有这份保单，或不在您的管辖范围内',
    en: 'There is no such policy within your scope',
  },
  'market.policy_of_other': { zh: '只能登记本机构首席承保的保单', en: 'Only policies your insurer leads' },
  'market.placement_known': {
    zh: '这份保单的经办业务员已登记为他人',
    en: 'Somebody else is already registered as having placed this policy',
  },
  'market.placement_before': {
    zh: '经办日期早于该业务员登记日期（{fromOn}）',
    en: 'The day lies before he began to sell ({fromOn})',
  },
  'market.unit_not_found': { zh: '没有这家维保单位', en: 'There is no such maintenance unit' },
  'market.tie_not_found': { zh: '没有这条线索，或不在您的管辖范围内', en: 'There is no such tie within your scope' },
  'market.tie_same': { zh: '线索已是该结论', en: 'The tie already says so' },
  'market.complaint_not_found': {
    zh: '没有这件投诉，或不在您的管辖范围内',
    en: 'There is no such complaint within your scope',
  },
  'market.complaint_topic': {
    zh: '投诉事项「{topic}」不在可选范围内，请重新选择',
    en: 'There is no topic "{topic}"; choose one of the list',
  },
  'market.complaint_answered': { zh: '该投诉已答复', en: 'The complaint is answered' },
  'market.programme_not_found': {
    zh: '没有这项方案内容，或不在您的管辖范围内',
    en: 'There is no such part of a programme within your scope',
  },
  'market.programme_area': {
    zh: '您不负责区县 {areaCode}，不能为其制定方案',
    en: 'You do not answer for {areaCode}',
  },
  'market.phase_missing': { zh: '缺少阶段「{phase}」', en: 'The phase {phase} is missing' },
  'market.phase_order': {
    zh: '阶段「{phase}」的起始日 {from} 须在上一阶段结束日之后，且不晚于本阶段结束日',
    en: 'The phase {phase} must begin after the one before ends, and end after it begins',
  },
  'market.phase_state': {
    zh: '阶段当前状态为「{state}」，不能进行此操作',
    en: 'The phase is {state}; this cannot be done',
  },
  'market.items_open': {
    zh: '还有 {open} 项未完成，首项为「{first}」；全部完成后才能结束阶段',
    en: '{open} things are not done yet, the first is "{first}"',
  },
  'market.evaluation_missing': { zh: '请填写阶段评估', en: 'Write the evaluation' },
  'market.lessons_missing': { zh: '请填写经验做法', en: 'Write what was learned' },
  'market.item_future': { zh: '完成日期「{on}」在今天（{today}）之后', en: 'The day {on} lies after today ({today})' },
  'market.item_note': { zh: '请写明完成情况', en: 'Say what was done' },

  'packs.fact.market.complaintDays': { zh: '公平市场投诉答复期限', en: 'Time to answer a complaint' },
  'packs.fact.market.ties.method': { zh: '关联线索方法版本', en: 'Tie finder method' },
  'packs.fact.market.ties.leastHolders': { zh: '转介集中度所需最少客户数', en: 'Customers needed to judge referrals' },
  'packs.fact.market.ties.leastClaims': { zh: '出险异常所需最少赔案数', en: 'Claims needed to judge losses' },
  'packs.fact.market.ties.workListBits': { zh: '列入线索清单的权重', en: 'Weight that makes the work list' },
  'packs.fact.market.programme.marks': { zh: '先行先试的电梯', en: 'Elevators that go first' },
  'packs.screen.unit.customers': { zh: '个客户', en: 'customers' },
  'packs.screen.unit.claims': { zh: '件赔案', en: 'claims' },
  'packs.screen.unit.bits': { zh: '比特', en: 'bits' },
};
