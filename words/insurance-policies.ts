/** Words of mandates, rosters, offers, policies and what changes them. */
export const insurancePoliciesWords = {
  'insurance.lead_not_in_pool': {
    zh: '本方案由招标确定的共保体承保，不能另选保险公司；请留空',
    en: 'This scheme is insured by the pool of the tender; leave the insurer empty',
  },
  'insurance.lead_unknown': {
    zh: '请选定保险公司：系统不会代为指定',
    en: 'Choose an insurer: the system designates none',
  },
  'insurance.lead_does_not_sell': {
    zh: '该产品不由所选保险公司销售，请按报价中的公司投保',
    en: 'The chosen insurer does not sell this product; bind with the insurer of the quote',
  },
  'insurance.number_missing': {
    zh: '该保险公司没有可用的预分配保单号，请填写其保单号，或请其先行分配',
    en: 'The insurer has no allotted policy number left; enter its number, or ask it to allot some',
  },
  'insurance.key_used': {
    zh: '幂等键「{key}」已用于另一项请求，请换一个键再提交',
    en: 'The idempotency key "{key}" was used for another request; send this one with a new key',
  },
  'insurance.issued_elsewhere': {
    zh: '该保单在平台外出具，批改请在原保险公司办理后重新登记',
    en: 'The policy was issued elsewhere; have its insurer endorse it and record it again',
  },
  'insurance.none_insurable': {
    zh: '所选电梯均不能承保，第一台（{first}）的原因见明细',
    en: 'None of these elevators can be insured; see the details, first of all for {first}',
  },
  'insurance.endorsement_not_found': {
    zh: '没有这份批单，或不在您的管辖范围内',
    en: 'There is no such endorsement within your scope',
  },
  'insurance.endorsement_state': {
    zh: '批单当前状态为「{state}」，不能进行此操作',
    en: 'The endorsement is {state}; this cannot be done',
  },
  'insurance.endorsement_outside_term': {
    zh: '生效日 {on} 不在保险期间 {from} 至 {to} 之内',
    en: '{on} lies outside the term {from} to {to}',
  },
  'insurance.endorsement_in_the_past': {
    zh: '不能早于 {earliest}，请改为该日或以后',
    en: 'It cannot be earlier than {earliest}; choose that day or a later one',
  },
  'insurance.already_covered': {
    zh: '以下电梯在该日已由本保单承保：{elevators}',
    en: 'This policy already covers these elevators on that day: {elevators}',
  },
  'insurance.not_covered': {
    zh: '以下电梯在该日不在本保单承保范围内：{elevators}',
    en: 'This policy does not cover these elevators on that day: {elevators}',
  },
  'insurance.nothing_left': {
    zh: '批减后保单不再承保任何电梯，请改为退保',
    en: 'No elevator would be left on the policy; cancel it instead',
  },
  'insurance.same_holder': {
    zh: '承接单位与现投保人相同，无须接续',
    en: 'The party taking over already holds the policy',
  },
  'insurance.cancel_not_before_start': {
    zh: '保险责任已开始，不能按起保前退保，请选择其他退保原因',
    en: 'Cover has begun; choose another reason than cancelling before the start',
  },
  'insurance.cancel_outside_term': {
    zh: '最后承保日 {last} 不在保险期间内',
    en: 'The last day of cover {last} lies outside the term',
  },
  'insurance.not_cancelled': {
    zh: '保单未退保，无须复效',
    en: 'The policy is not cancelled; there is nothing to reinstate',
  },
  'insurance.term_over': {
    zh: '保险期间已于 {to} 届满，不能复效，请重新投保',
    en: 'The term ended on {to}; take out new cover instead of reinstating',
  },
  'insurance.ended_for_cause': {
    zh: '保险公司依法解除的合同不能复效，请重新投保',
    en: 'A contract ended by the insurer for cause is not reinstated; take out new cover',
  },
  'insurance.trace.insured': {
    zh: '保险：保单 {number} 承保，{from} 零时至 {to} 二十四时',
    en: 'Insurance: policy {number} covers it from {from} 00:00 to {to} 24:00',
  },
  'insurance.trace.joined': {
    zh: '保险：自 {on} 零时起由保单 {number} 承保',
    en: 'Insurance: policy {number} covers it from {on} 00:00',
  },
  'insurance.trace.left': {
    zh: '保险：自 {on} 零时起不再由保单 {number} 承保',
    en: 'Insurance: policy {number} no longer covers it from {on} 00:00',
  },
  'insurance.trace.taken_over': {
    zh: '保险：保单 {number} 自 {on} 零时起由新的投保人接续',
    en: 'Insurance: another party takes over policy {number} from {on} 00:00',
  },
} as const;
