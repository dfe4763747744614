/** Words by which an act on a claim is refused, with their remedy. */
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
    zh: '被保险人未向第三者赔偿的，不得向被保险人支付（保险法第六十五条）。请直接付给受害人，或选定被保险人已赔付的凭证材料',
    en: 'The insured is not paid before he has paid the victim (Insurance Law 65). Pay the victim, or name the paper that proves it',
  },
  'insurance.victim_proof_unknown': {
    zh: '本赔案的材料里没有这份凭证，请先由理赔员在「材料」页上传，再选定',
    en: 'The claim keeps no such paper: let a handler add it under its papers, then choose it',
  },
  'insurance.victim_proof_whom': {
    zh: '被保险人赔付的须是本赔案的受害人，请在当事人中选定；没有的请先由理赔员登记',
    en: 'Whom the insured paid must be a victim of this claim: choose one, or let a handler add him',
  },
  'insurance.victim_proof_day': {
    zh: '赔付日期 {paidOn} 不可能：应在出险日 {from} 与今天 {today} 之间，请核对凭证',
    en: '{paidOn} cannot be: the day lies between the accident on {from} and today, {today}. Look at the paper again',
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
    zh: '只接收照片（JPEG、PNG、WebP）或 PDF 文件；HEIC 照片请在手机上另存为 JPEG，或截图后上传',
    en: 'Only photographs (JPEG, PNG, WebP) or PDF files are taken; save a HEIC picture as JPEG first',
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
  'insurance.part_repeated': {
    zh: '第 {line} 行「{name}」：本梯另一案件已于 {on} 列出同一部件，30 天内再次维修须写明原因',
    en: 'Line {line}, {name}: another claim of this elevator listed the same part on {on}; say why it is replaced again within 30 days',
  },
  'insurance.price_above_benchmark': {
    zh: '第 {line} 行「{name}」单价 {unitPriceYuan} 元，高于同类已核定价格的上四分位 {upperYuan} 元，请填写理由',
    en: 'Line {line}, "{name}": ¥{unitPriceYuan} is above the upper quartile of ¥{upperYuan}; give the reason',
  },
  'insurance.repair_listed': { zh: '维修清单已登记，不能重复登记', en: 'The repair is already listed' },
  'insurance.letter_not_found': {
    zh: '没有这份函件，或不在您的管辖范围内',
    en: 'There is no such letter within your scope',
  },
} as const;
