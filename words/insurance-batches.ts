/** Words of binding and issuing many policies in one act. */
export const insuranceBatchesWords = {
  'web.policies.issue_paid': { zh: '已到账的全部出单', en: 'Issue all that are paid' },
  'web.policies.issue_paid_means': {
    zh: '保费已全部到账的保单逐份出单；未到账的不受影响',
    en: 'Every policy whose money has arrived is issued; the others stay as they are',
  },
  'web.policies.issued_n': {
    zh: '已出单 {issued} 份，未成 {refused} 份',
    en: '{issued} issued, {refused} refused',
  },
  'web.policies.issued_none': { zh: '没有已到账待出单的保单', en: 'No policy that is paid waits to be issued' },
  'web.roster.bind': { zh: '全部投保（{n} 份）', en: 'Take out all {n}' },
  'web.roster.bind_means': {
    zh: '每个使用单位一份保单，缴费后出单；保单号用保险公司已分配的',
    en: 'One policy a use unit, issued once it is paid, with the numbers the insurer allotted',
  },
  'web.roster.bound': { zh: '已投保 {n} 份，未成 {refused} 份', en: '{n} taken out, {refused} refused' },
  'web.roster.unbound': { zh: '未能投保', en: 'Not taken out' },
  'web.policies.unissued': { zh: '未能出单', en: 'Not issued' },
  'web.quote.number': { zh: '报价号', en: 'Quote no.' },
} as const;
