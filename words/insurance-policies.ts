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
} as const;
