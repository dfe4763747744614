/** Words of claims: refusals with their remedy, letters, notices, and lines of an elevator's page. */
export const insuranceClaimsWords = {
  'insurance.claim_not_found': {
    zh: '没有这件理赔案，或不在您的管辖范围内',
    en: 'There is no such claim within your scope',
  },
  'insurance.not_the_lead': {
    zh: '只有承办的保险公司可以处理此案，您可以查看',
    en: 'Only the lead insurer acts on this claim; you may read it',
  },
  'insurance.not_an_insurer': { zh: '您的账户不属于保险公司', en: 'Your account belongs to no insurer' },
  'insurance.act_of_another_role': {
    zh: '此操作由其他岗位办理（{roles}）',
    en: 'Another role does this ({roles})',
  },
  'insurance.claim_changed': {
    zh: '案件已被他人更新，请刷新后再办理',
    en: 'Somebody changed the claim meanwhile; read it again',
  },
  'insurance.claim_phase': {
    zh: '案件当前状态不能进行此操作',
    en: 'This cannot be done in the claim’s present state',
  },
  'insurance.papers_asked_once': {
    zh: '已于 {on} 一次性通知补充材料，依法不得再次要求（保险法第二十二条）',
    en: 'All missing papers were listed on {on}; the law allows one list only (Insurance Law 22)',
  },
  'insurance.papers_missing': {
    zh: '材料尚未齐全：{papers}。收到后再办理',
    en: 'Papers are missing: {papers}. Record them first',
  },
  'insurance.no_papers_missing': { zh: '没有待补充的材料', en: 'No papers are missing' },
  'insurance.reserve_first': { zh: '请先提取未决赔款准备金', en: 'Set the reserve first' },
  'insurance.reserve_below_paid': {
    zh: '准备金不得低于已付 {paidYuan} 元',
    en: 'The reserve cannot be below the ¥{paidYuan} already paid',
  },
  'insurance.four_eyes': {
    zh: '同一人不能办理相邻两个环节（核定、审批、付款须由不同人员），请换另一人办理',
    en: 'Two steps in a row need two people; somebody else must do this one',
  },
  'insurance.above_authority': {
    zh: '核定金额 {amountYuan} 元超过您的权限 {authorityYuan} 元，请由上一级审批',
    en: '¥{amountYuan} is above your authority of ¥{authorityYuan}; a higher tier decides',
  },
  'insurance.unknown_item': { zh: '核定结果中没有项目「{item}」', en: 'The assessment has no item "{item}"' },
  'insurance.more_than_accepted': {
    zh: '该项目核定 {acceptedYuan} 元，累计付款将达 {paidYuan} 元，请改小金额',
    en: '¥{acceptedYuan} was accepted on this item and ¥{paidYuan} would be paid; lower the amount',
  },
  'insurance.victim_first': {
    zh: '被保险人未向第三者赔偿的，不得向被保险人支付（保险法第六十五条）。请直接付给受害人，或填写被保险人已赔付的凭证',
    en: 'The insured is not paid before he has paid the victim (Insurance Law 65). Pay the victim, or name the proof',
  },
  'insurance.unpaid_items': {
    zh: '还有 {amountYuan} 元未支付，付清后才能结案',
    en: '¥{amountYuan} is still unpaid; pay it before closing',
  },
  'insurance.assessed_below_paid': {
    zh: '项目「{item}」已付 {paidYuan} 元，重新核定不得低于已付金额',
    en: '¥{paidYuan} has been paid on "{item}"; it cannot be assessed below that',
  },
  'insurance.nothing_to_assess': { zh: '还没有核定损失', en: 'Nothing has been assessed yet' },
  'insurance.party_unknown': { zh: '案件中没有这位当事人，请先登记', en: 'The claim has no such party; add it first' },
  'insurance.limit_changed': {
    zh: '年度累计限额剩余 {leftYuan} 元，已不足核定的 {assessedYuan} 元，请重新核定',
    en: 'Only ¥{leftYuan} of the year’s limit is left for the assessed ¥{assessedYuan}; assess again',
  },
  'insurance.above_benefit': {
    zh: '按被困时间最多赔付 {mostYuan} 元，不能核定 {amountYuan} 元',
    en: 'The trapped time is due ¥{mostYuan} at most, not ¥{amountYuan}',
  },
  'insurance.sent_before_refused': {
    zh: '拒赔通知的送达时间早于拒赔决定，请核对',
    en: 'The letter cannot have been sent before the refusal; check the time',
  },
  'insurance.loss_twice': { zh: '损失「{loss}」重复登记', en: 'The loss "{loss}" stands twice' },
  'insurance.key_reused': {
    zh: '幂等键 {key} 已用于另一笔请求，未作任何更改，请换新的键',
    en: 'The key {key} was used for another request; nothing was changed. Use a new key',
  },
  'insurance.key_missing': {
    zh: '缺少请求头 Idempotency-Key，请为每笔付款生成一个键',
    en: 'The header Idempotency-Key is missing; make one key for each payment',
  },
  'insurance.payee_mismatch': {
    zh: '项目「{item}」核定给另一位收款人，不能付给此人',
    en: '"{item}" was accepted for another payee',
  },
  'insurance.account_missing': {
    zh: '收款人还没有登记账户，请先补充',
    en: 'The payee has given no account yet; add it first',
  },
  'insurance.payment_not_found': {
    zh: '没有这笔付款，或不在您的管辖范围内',
    en: 'There is no such payment within your scope',
  },
  'insurance.payment_state': {
    zh: '该付款当前状态不能进行此操作，请刷新后查看',
    en: 'The payment’s present state does not allow this; read it again',
  },
  'insurance.bank_amount_differs': {
    zh: '银行流水 {amountYuan} 元与付款指令 {orderedYuan} 元不一致',
    en: 'The bank says ¥{amountYuan}, ordered were ¥{orderedYuan}',
  },
  'insurance.sent_in_future': { zh: '送达时间不能晚于现在', en: 'The letter cannot have been sent in the future' },
  'insurance.bank_time_future': { zh: '到账时间不能晚于现在', en: 'The money cannot have arrived in the future' },
  'insurance.payment_under_way': {
    zh: '本案还有赔款在支付途中，请等银行到账或退回后再拒赔或结案',
    en: 'A payment of this claim is on its way; wait until it arrived or came back before refusing or closing',
  },
  'insurance.account_stands': {
    zh: '已核赔，账户和证件号码不能更改；银行退回后可以更正',
    en: 'The claim is decided: account and identity number stand, unless the bank gives the payment back',
  },
  'insurance.bank_time_wrong': {
    zh: '到账时间须在付款指令（{orderedAtCity}）之后、现在之前',
    en: 'The bank’s time must lie between the order ({orderedAtCity}) and now',
  },
  'insurance.elevator_unknown': {
    zh: '没有查到电梯「{value}」。请核对电梯标牌上的应急救援码，或拨打救援热线',
    en: 'No elevator "{value}" was found. Check the rescue code on the plate, or call the hotline',
  },
  'insurance.happened_in_future': { zh: '出险时间不能晚于现在', en: 'The accident cannot lie in the future' },
  'insurance.paper_too_large': { zh: '文件超过 {limit}，请压缩后再上传', en: 'The file is larger than {limit}' },
  'insurance.paper_missing': { zh: '请选择要上传的文件', en: 'Choose a file to send' },
  'insurance.paper_kind': {
    zh: '只接收照片（JPEG、PNG、WebP）或 PDF 文件',
    en: 'Only photographs (JPEG, PNG, WebP) or PDF files are taken',
  },
  'insurance.paper_too_many': { zh: '本案材料已达 {most} 份上限', en: 'The claim already holds {most} papers' },
  'insurance.claim_code_unknown': {
    zh: '没有这个理赔码，或链接已过期。请核对后重新输入',
    en: 'This claim code is unknown, or the link has run out. Check it and enter it again',
  },
  'insurance.draft_filled': {
    zh: '该理赔码已经填写过，可在此查看进度',
    en: 'This claim code has been used; its progress is shown here',
  },
  'insurance.draft_used_before': {
    zh: '同一事故中，每人、每部手机、每个账户只能申请一次',
    en: 'Each person, phone and account counts once in one accident',
  },
  'insurance.id_number_wrong': {
    zh: '证件号码有误，请核对（居民身份证为 18 位）',
    en: 'The identity number is wrong; please check it',
  },
  'insurance.account_number_wrong': {
    zh: '银行账号应为 8 至 30 位数字，请核对',
    en: 'An account number has 8 to 30 digits; please check it',
  },
  'insurance.account_not_own': {
    zh: '须使用本人名下的账户（户名与姓名一致）',
    en: 'The account must be your own: its holder bears your name',
  },
  'insurance.clean_rule_exists': {
    zh: '已有生效的快速赔付规则，请先撤回',
    en: 'A clean rule is in force; withdraw it first',
  },
  'insurance.clean_rule_not_found': { zh: '没有生效的快速赔付规则', en: 'No clean rule is in force' },
  'insurance.recovery_above_paid': {
    zh: '追偿合计 {amountYuan} 元不得超过已付赔款 {paidYuan} 元（保险法第六十条）',
    en: 'Recoveries of ¥{amountYuan} exceed the ¥{paidYuan} paid (Insurance Law 60)',
  },
  'insurance.recovery_not_found': { zh: '没有进行中的这笔追偿', en: 'There is no such open recovery' },
  'insurance.recovery_over': {
    zh: '尚待追回 {leftYuan} 元，不能登记 {amountYuan} 元',
    en: 'Only ¥{leftYuan} is still owed, not ¥{amountYuan}',
  },
  'insurance.mediation_not_found': { zh: '没有进行中的这项调解', en: 'There is no such open mediation' },
  'insurance.price_above_benchmark': {
    zh: '第 {line} 行「{name}」单价 {unitPriceYuan} 元，高于同类已核定价格的上四分位 {upperYuan} 元，请填写理由',
    en: 'Line {line}, "{name}": ¥{unitPriceYuan} is above the upper quartile of ¥{upperYuan}; give the reason',
  },
  'insurance.repair_listed': { zh: '维修清单已登记，不能重复登记', en: 'The repair is already listed' },
  'insurance.letter_not_found': {
    zh: '没有这份函件，或不在您的管辖范围内',
    en: 'There is no such letter within your scope',
  },
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
