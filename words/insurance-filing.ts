/** Words of filing and admission. */
export const insuranceFilingWords = {
  'insurance.product_not_found': { zh: '没有这个产品', en: 'There is no such product' },
  'insurance.filing_not_yours': {
    zh: '只有本方案的首席保险公司可以备案产品',
    en: 'Only the lead of this scheme files its products',
  },
  'insurance.filing_not_admitted': {
    zh: '贵公司尚未获准入，请先申请准入',
    en: 'You are not admitted to this market yet; ask to be admitted first',
  },
  'insurance.filing_faults': {
    zh: '产品有不符合规定之处，请逐项改正',
    en: 'The product breaks rules; mend each of them',
  },
  'insurance.scheme_closed': {
    zh: '「{scheme}」由招标确定承保人，不受理准入申请',
    en: '“{scheme}” was put out to tender and admits nobody',
  },
  'insurance.notice.admission_asked': {
    zh: '有保险公司申请准入「{scheme}」，须在 {by} 前作出决定',
    en: 'An insurer asks to be admitted to {scheme}; decide by {by}',
  },
  'insurance.notice.admission_appealed': {
    zh: '「{scheme}」的一份不予准入决定被申诉，须在 {by} 前复查',
    en: 'A refusal for {scheme} was appealed; look again by {by}',
  },
  'insurance.notice.admission_granted': { zh: '贵公司获准入「{scheme}」', en: 'You are admitted to {scheme}' },
  'insurance.notice.admission_denied': {
    zh: '「{scheme}」不予准入，理由见市场准入，可申诉一次',
    en: 'You were not admitted to {scheme}; the reason is in the register, and you may appeal once',
  },
  'insurance.admission_open': { zh: '已有一份申请在审，请等待结果', en: 'A request is being decided already' },
  'insurance.admitted_before': { zh: '贵公司已获准入', en: 'You are admitted already' },
  'insurance.criteria_unanswered': { zh: '请逐项说明如何满足：{criteria}', en: 'Say how you meet: {criteria}' },
  'insurance.admission_decided': { zh: '该申请已作出决定', en: 'The request is decided' },
  'insurance.criterion_unknown': {
    zh: '不予准入须依据已公布的条件，没有「{criterion}」这一条',
    en: 'A refusal rests on a published criterion; there is no “{criterion}”',
  },
  'insurance.admission_not_refused': {
    zh: '只有不予准入的决定可以申诉一次',
    en: 'Only a refusal can be appealed, once',
  },
  'insurance.admission_not_found': { zh: '没有这份准入申请', en: 'There is no such request' },
  'insurance.fault.upkeep_in_liability': {
    zh: '{at}：责任保障中不得包含必然发生的维护',
    en: '{at}: certain upkeep cannot stand in a liability cover',
  },
  'insurance.fault.fund_on_liability': {
    zh: '{at}：维修资金、大修理基金只能用于维修类保障',
    en: '{at}: repair funds may pay for repair cover only',
  },
  'insurance.fault.benefit_missing': {
    zh: '{at}：困人保障须有赔付标准',
    en: '{at}: an entrapment cover needs its benefit table',
  },
  'insurance.fault.steps_not_rising': { zh: '{at}：困人时长须逐级增大', en: '{at}: the steps must rise' },
  'insurance.fault.instalments_not_rising': {
    zh: '分期缴费的首期须在起保前，其后各期的天数须逐期增大',
    en: 'The first part is due before the cover, each later one after the one before',
  },
  'insurance.fault.split_without_payer': {
    zh: '{at}：承担加费的一方不在分摊名单中',
    en: '{at}: who bears the loading is not among the payers',
  },
  'packs.fact.insurance.schemes.criteria': { zh: '准入条件', en: 'Criteria of admission' },
} as const;
