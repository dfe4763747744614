/** Words of letters about a claim, of notices, texts, and of the lines on an elevator’s page. */
export const insuranceClaimLettersWords = {
  'insurance.refusal_reason.not_in_force': {
    zh: '出险时保险合同未生效或已终止',
    en: 'the policy was not in force at the loss',
  },
  'insurance.refusal_reason.not_covered': { zh: '事故不属于保险责任', en: 'the loss is not covered' },
  'insurance.refusal_reason.waiting_period': { zh: '事故发生在等待期内', en: 'the loss fell into the waiting period' },
  'insurance.refusal_reason.excluded': { zh: '事故属于责任免除范围', en: 'the loss is excluded' },
  'insurance.refusal_reason.below_threshold': {
    zh: '未达到约定的赔付条件或免赔额',
    en: 'the loss is below the agreed threshold',
  },
  'insurance.refusal_reason.not_insured_elevator': {
    zh: '出险电梯不在保险单所列范围',
    en: 'the elevator is not on the policy',
  },
  'insurance.refusal_reason.fraud': {
    zh: '故意制造事故或虚报损失（保险法第二十七条）',
    en: 'a feigned accident or loss (Insurance Law 27)',
  },
  'insurance.refusal_reason.duplicate': { zh: '同一损失已经赔付', en: 'the loss was paid already' },
  'insurance.refusal_reason.limit_used': { zh: '赔偿限额已用完', en: 'the limit is used up' },
  'insurance.refusal_reason.withdrawn': { zh: '申请人撤回索赔', en: 'the claim was withdrawn' },
  'insurance.letter.claim': { zh: '报案号', en: 'Claim' },
  'insurance.letter.policy': { zh: '保险单号', en: 'Policy' },
  'insurance.letter.address': { zh: '出险地点', en: 'Place' },
  'insurance.letter.happened': { zh: '出险日期', en: 'Date of loss' },
  'insurance.letter.claimed': { zh: '索赔金额', en: 'Claimed' },
  'insurance.letter.after_own_limits': { zh: '分项限额内金额', en: 'Within own limits' },
  'insurance.letter.payable': { zh: '核定赔款', en: 'Payable' },
  'insurance.letter.colon': { zh: '：', en: ':' },
  'insurance.letter.page': { zh: '{number}　第 {page} 页，共 {of} 页', en: '{number}, page {page} of {of}' },
  'insurance.letter.hash': { zh: '内容校验（SHA-256）：{hash}', en: 'SHA-256 of the content: {hash}' },
  'insurance.letter.acknowledgement.title': { zh: '理赔受理通知书', en: 'Claim acknowledgement' },
  'insurance.letter.acknowledgement.body': {
    zh: '我司已于 {on} 收到报案（{number}），现予受理。我司将及时查勘核定，并依法一次性告知需要补充的材料。',
    en: 'We received the report on {on} ({number}) and will assess it promptly.',
  },
  'insurance.letter.acknowledgement.rights': {
    zh: '依照《保险法》第二十二条、第二十三条，您有权了解案件进度和核定结果。任何单位和个人不得非法干预赔付。',
    en: 'You may ask for progress and result at any time (Insurance Law 22 and 23).',
  },
  'insurance.letter.paper_request.title': { zh: '补充材料一次性告知书', en: 'The one list of missing papers' },
  'insurance.letter.paper_request.body': {
    zh: '为核定 {number} 号案件，请补充下列材料：{papers}。',
    en: 'To assess {number} please send: {papers}.',
  },
  'insurance.letter.paper_request.rights': {
    zh: '依照《保险法》第二十二条，以上为一次性告知，材料齐全后我司不再另行要求。补充材料期间不计入核定期限。',
    en: 'This list is complete (Insurance Law 22); the clock stands still until the papers arrive.',
  },
  'insurance.letter.decision.title': { zh: '赔款核定通知书', en: 'Notice of the assessed amount' },
  'insurance.letter.decision.body': {
    zh: '{number} 号案件经核定，属于保险责任，赔款金额为 {amount}。',
    en: 'Claim {number} is covered; the amount is {amount}.',
  },
  'insurance.letter.decision.rights': {
    zh: '依照《保险法》第二十三条，赔款将在达成协议后十日内支付。对核定结果有异议的，可申请复核、调解，或依法起诉、仲裁。',
    en: 'It is paid within ten days (Insurance Law 23). You may ask for a review or mediation.',
  },
  'insurance.letter.refusal.title': { zh: '拒绝赔偿通知书', en: 'Notice of refusal' },
  'insurance.letter.refusal.body': {
    zh: '{number} 号案件经核定，不予赔偿。理由：{reason}。说明：{text}',
    en: 'Claim {number} is refused because {reason}. {text}',
  },
  'insurance.letter.refusal.rights': {
    zh: '本通知依照《保险法》第二十四条自作出核定之日起三日内发出。您如有异议，可申请复核、调解，或依法起诉、仲裁。',
    en: 'Sent within three days (Insurance Law 24). You may ask for a review or mediation, or go to court.',
  },
  'insurance.letter.payment_notice.title': { zh: '赔款支付通知书', en: 'Notice of payment' },
  'insurance.letter.payment_notice.body': {
    zh: '{number} 号案件赔款 {amount} 已于 {on} 支付到账，银行流水号 {bankRef}。',
    en: '{amount} for claim {number} arrived on {on}, bank reference {bankRef}.',
  },
  'insurance.letter.payment_notice.rights': {
    zh: '请核对到账情况。如有疑问，请联系我司。',
    en: 'Please check the receipt and contact us with any question.',
  },
  'insurance.notice.payment_returned': {
    zh: '{address}，{number}：银行退回了一笔赔款，须核对账户后重新支付',
    en: '{address}, {number}: the bank gave a payment back; check the account and pay again',
  },
  'insurance.notice.claim_opened': {
    zh: '新报案 {number}：{address}',
    en: 'New claim {number}: {address}',
  },
  'insurance.notice.claim_codes': {
    zh: '{address} 困人事件可理赔，请将 {heads} 个理赔码交给被困人员（{number}）',
    en: '{address}: hand the {heads} claim codes to the people who were inside ({number})',
  },
  'insurance.notice.mediation_opened': {
    zh: '理赔案 {number}（{address}）的争议已受理调解',
    en: 'A dispute about claim {number} ({address}) is being mediated',
  },
  'insurance.notice.mediation_ended': {
    zh: '理赔案 {number}（{address}）的调解已结束，结果见案卷',
    en: 'The mediation of claim {number} ({address}) has ended; its outcome is in the file',
  },
  'insurance.text.mediation_opened': {
    zh: '【电梯保险】您的理赔案 {number} 已受理调解，调解人将与您联系。调解不收费，也不影响您起诉的权利。',
    en: 'Your claim {number} is being mediated; the mediator will call you. It is free, and you may still go to court.',
  },
  'insurance.text.mediation_ended': {
    zh: '【电梯保险】理赔案 {number} 的调解已结束，结果请向调解人询问。',
    en: 'The mediation of claim {number} has ended. Ask the mediator.',
  },
  'insurance.text.claim_code_link': {
    zh: '【电梯保险】您在 {address} 被困一事可以理赔，理赔码 {code}。打开 {link} 或扫电梯里的二维码，填一次姓名和账户即可。理赔码只供当时在轿厢里的人使用，请勿转发。',
    en: 'You can claim for being trapped at {address}. Claim code {code}: open {link}, or scan the QR code of the elevator, and enter it. For a person who was inside only; do not forward.',
  },
  'insurance.text.claim_code': {
    zh: '【电梯保险】您在 {address} 被困一事可以理赔，理赔码 {code}。扫电梯里的二维码，点“有理赔码”，填一次姓名和账户即可。理赔码只供当时在轿厢里的人使用，请勿转发。',
    en: 'You can claim for being trapped at {address}. Claim code {code}: scan the QR code of the elevator, choose A claim code, enter it. For a person who was inside only; do not forward.',
  },
  'insurance.notice.release_corrected': {
    zh: '{number} 解救人数、伤情或时间有更正，请核对：{address}，新增 {heads} 人',
    en: '{number}: how many came out, injuries or the time were corrected, {heads} added. Please check: {address}',
  },
  'insurance.notice.draft_to_handler': {
    zh: '{number} 有被困人员提交申请，需人工处理：{address}',
    en: '{number}: a person filled in and needs a handler, {address}',
  },
  'insurance.trace.claim_opened': { zh: '保险报案 {number}', en: 'Claim {number} reported' },
  'insurance.trace.decide': { zh: '保险案 {number} 核定赔付', en: 'Claim {number} accepted' },
  'insurance.trace.refuse': { zh: '保险案 {number} 拒赔', en: 'Claim {number} refused' },
  'insurance.trace.reopen': { zh: '保险案 {number} 重新审理', en: 'Claim {number} opened again' },
  'insurance.trace.claim_paid': { zh: '保险案 {number} 赔款到账', en: 'Claim {number} paid' },
} as const;
