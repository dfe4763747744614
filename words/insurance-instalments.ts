/** Words of paying in parts. */
export const insuranceInstalmentsWords = {
  'insurance.instalments_not_filed': {
    zh: '「{product}」的备案条款没有约定分期缴费，保费须在起保前一次缴清',
    en: 'The filed contract of "{product}" allows no parts: the premium is paid before the cover begins',
  },
  'insurance.instalments_below_least': {
    zh: '保费 {total|yuan} 低于可分期的最低保费 {least|yuan}，请一次缴清',
    en: 'The premium of {total|yuan} is below the {least|yuan} from which parts are allowed: pay it at once',
  },
  'insurance.instalment_not_overdue': {
    zh: '没有超过宽限期的未缴分期（宽限期至 {graceUntil}），宽限期内不得催告解除',
    en: 'No part is past its grace (which ends on {graceUntil}): no notice may be given before',
  },
  'insurance.instalment_notice_running': {
    zh: '已发出解除通知，保障至 {endsOn}，其间缴清即撤销',
    en: 'A notice was given: cover ends on {endsOn} unless the premium comes',
  },
  'insurance.instalment_notice_missing': {
    zh: '未发出解除通知，不得因欠费解除保单',
    en: 'Without a notice the policy cannot be ended for an unpaid part',
  },
  'insurance.instalment_notice_first': {
    zh: '解除通知载明保障至 {endsOn}，须在该日之后办理，终止日不得早于办理当日',
    en: 'The notice names {endsOn} as the last day: end the policy after it, and on no day before today',
  },
  'insurance.instalment_paid': {
    zh: '到期的分期均已缴清，不得因欠费解除',
    en: 'Every part that is due was paid: the policy cannot be ended for it',
  },
  'insurance.notify.instalment_due': {
    zh: '保单 {number} 第 {no} 期保费 ¥{amount} 应于 {dueOn} 前缴纳',
    en: 'Part {no} of policy {number}, ¥{amount}, is due by {dueOn}',
  },
  'insurance.notify.instalment_grace': {
    zh: '保单 {number} 第 {no} 期保费 ¥{amount} 应于 {dueOn} 缴纳，现在宽限期内，保障不受影响，请尽快缴纳',
    en: 'Part {no} of policy {number}, ¥{amount}, was due on {dueOn}; cover stands during the grace, pay it soon',
  },
  'insurance.notify.instalment_overdue': {
    zh: '保单 {number} 第 {no} 期保费 ¥{amount}（应缴日 {dueOn}）已超过宽限期，保险公司可发出解除通知',
    en: 'Part {no} of policy {number}, ¥{amount}, due on {dueOn}, is past its grace; a notice may follow',
  },
  'insurance.notify.instalment_notice': {
    zh: '保单 {number} 欠缴保费 ¥{amount}，如未在 {endsOn} 前缴清，合同将解除；其间保障有效',
    en: 'Policy {number}: ¥{amount} is overdue. Unless it comes by {endsOn} the contract ends; cover stands until then',
  },
  'packs.fact.insurance.schemes.products.instalments': { zh: '分期缴费约定', en: 'Paying in parts' },
  'web.endorse.reason.instalment_unpaid': {
    zh: '分期保费逾期（通知期满）',
    en: 'A part was not paid, after its notice',
  },
  'web.instalment.choose': {
    zh: '分 {n} 期缴费（首期在起保前到账，其余 {days} 天内）',
    en: 'Pay in {n} parts (the first before the cover, the rest within {days} days)',
  },
  'web.instalment.least': { zh: '保费满 {least} 可分期', en: 'From a premium of {least} on' },
  'web.instalment.title': { zh: '分期缴费', en: 'Paid in parts' },
  'web.instalment.what': {
    zh: '每期到期后有 {grace} 天宽限期，宽限期内及解除通知期（{notice} 天）内保障有效',
    en: '{grace} days of grace after each day; cover stands during the grace and the {notice} days of a notice',
  },
  'web.instalment.no': { zh: '期次', en: 'Part' },
  'web.instalment.due_on': { zh: '应缴日', en: 'Due by' },
  'web.instalment.amount': { zh: '应缴', en: 'To pay' },
  'web.instalment.unpaid': { zh: '未缴', en: 'Missing' },
  'web.instalment.stage': { zh: '状态', en: 'State' },
  'web.instalment.stage.paid': { zh: '已缴清', en: 'Paid' },
  'web.instalment.stage.not_due': { zh: '未到期', en: 'Not due yet' },
  'web.instalment.stage.reminded': { zh: '即将到期', en: 'Due soon' },
  'web.instalment.stage.grace': { zh: '宽限期内', en: 'In grace' },
  'web.instalment.stage.overdue': { zh: '超过宽限期', en: 'Past its grace' },
  'web.instalment.notice': {
    zh: '{on} 已通知：欠缴 {amount}，如未缴清保障至 {until} 止',
    en: 'Notice of {on}: {amount} is missing; cover ends on {until} unless it comes',
  },
  'web.instalment.give': { zh: '发出解除通知', en: 'Give notice' },
  'web.instalment.give_means': {
    zh: '通知投保人：{days} 天内未缴清则合同解除。其间保障有效，缴清即撤销',
    en: 'Tells the policyholder that the contract ends in {days} days unless the premium comes; cover stands meanwhile',
  },
} as const;
