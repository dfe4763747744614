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
    zh: '批单当前状态为「{state|web.endorse.state}」，不能进行此操作',
    en: 'The endorsement is {state|web.endorse.state}; this cannot be done',
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
  'insurance.mandate_not_found': {
    zh: '没有这份投保委托，或已终止',
    en: 'There is no such mandate of yours, or it has ended',
  },
  'insurance.mandate_overlaps': {
    zh: '与该维保单位在 {from} 至 {to} 已有委托，请先终止或改为其后的期间',
    en: 'This unit already has a mandate from {from} to {to}; end it or choose a later period',
  },
  'insurance.not_a_partner': {
    zh: '该单位没有维保贵单位的在用电梯，不能受托投保',
    en: 'That unit maintains none of your elevators in use and cannot be mandated',
  },
  'insurance.no_organisation': {
    zh: '您的账号没有所属单位，不能进行此操作',
    en: 'Your account belongs to no organisation; this cannot be done',
  },
  'insurance.no_mandate': {
    zh: '使用单位没有委托贵单位投保，请其先登记投保委托',
    en: 'The use unit has not mandated you to insure; ask it to record a mandate first',
  },
  'insurance.not_holder': {
    zh: '只能为本单位投保',
    en: 'You can take out cover for your own organisation only',
  },
  'insurance.offers_not_compared': {
    zh: '开放市场须先比较报价：已显示 {shown} 家，至少 {least} 家，请先做并列报价',
    en: 'In an open market offers are compared first: {shown} shown, at least {least} needed',
  },
  'insurance.not_referred': {
    zh: '报价当前状态为「{state|web.quote.state}」，无须核保',
    en: 'The quote is {state|web.quote.state}; there is nothing to decide',
  },
  'insurance.same_person': {
    zh: '您已签署过意见，须由另一位核保人复核',
    en: 'You have had your say; another underwriter must check it',
  },
  'insurance.renewal_exists': {
    zh: '该保单已有续保报价或续保保单，未重复办理',
    en: 'This policy already has a renewal; nothing was done twice',
  },
  'insurance.not_renewable': {
    zh: '只有在平台出具、当前有效的保单可以续保（当前：{state|web.policy.state}）',
    en: 'Only a policy issued here and in force can be renewed (now: {state|web.policy.state})',
  },
  'insurance.renewal_too_early': {
    zh: '续保最早从 {earliest} 起办理',
    en: 'It can be renewed from {earliest} on',
  },
  'insurance.insurer_unknown': {
    zh: '所填机构不是登记的保险公司',
    en: 'That organisation is not a registered insurer',
  },
  'insurance.not_elsewhere': {
    zh: '该保单由平台出具，无须确认',
    en: 'The policy was issued here and needs no confirmation',
  },
  'insurance.confirmed_before': { zh: '该保单已确认过', en: 'The policy was already answered for' },
  'insurance.comparison_not_found': {
    zh: '没有这份比价，或不在您的管辖范围内',
    en: 'There is no such comparison within your scope',
  },
  'insurance.roster_too_long': {
    zh: '清单超过 {most} 行，请分批上传',
    en: 'The roster has more than {most} rows; send it in parts',
  },
  'insurance.roster_no_column': {
    zh: '找不到电梯编号一列（现有列：{columns}）。列名请写「救援识别码」或「注册代码」，或使用模板',
    en: 'There is no column with elevator codes (columns: {columns}). Name it “Rescue code” or “Registration code”, or use the template',
  },
  'insurance.roster_empty_cell': {
    zh: '电梯编号为空（是公式的，请粘贴为数值）',
    en: 'The code is empty; if it is a formula, paste its value',
  },
  'insurance.roster_digits_lost': {
    zh: '编号被表格软件当成数字，末尾几位已丢失；请把该列设为文本后重新填写',
    en: 'The spreadsheet took the code for a number and lost its last digits; make the column text and write it again',
  },
  'insurance.roster_codes_differ': {
    zh: '同一行的编号（{codes}）不是同一台电梯，请核对后改正其一',
    en: 'The codes of this row ({codes}) are not of one elevator; correct the wrong one',
  },
  'insurance.quote_none_insurable': {
    zh: '所选电梯目前没有一台可以承保，未生成报价。{why}',
    en: 'Not one of these elevators can be insured now; nothing was quoted. {why}',
  },
  'insurance.roster_none_insurable': { zh: '没有一台目前可以承保', en: 'Not one can be insured now' },
  'insurance.not_handed_over': {
    zh: '尚未交付使用（{state|registry.state}），应由制造或安装单位投保',
    en: 'Not handed over yet ({state|registry.state}): its maker or installer insures it',
  },
  'insurance.handed_over': {
    zh: '已交付使用，应由使用单位投保；原保单请办理接续',
    en: 'Handed over: its use unit insures it; a policy that stands is passed on',
  },
  'insurance.roster_twice': {
    zh: '与第 {first} 行是同一台电梯，请删去一行',
    en: 'The same elevator as row {first}; remove one of them',
  },
  'insurance.roster_unknown': {
    zh: '没有这个编号的电梯，或不在您的管辖范围内；请按电梯档案核对编号',
    en: 'No elevator with this code within your scope; check it against the elevator’s file',
  },
  'insurance.roster.sheet': { zh: '投保清单', en: 'Roster' },
  'insurance.roster.column.code': { zh: '救援识别码', en: 'Rescue code' },
  'insurance.roster.column.registration': { zh: '注册代码', en: 'Registration code' },
  'insurance.roster.column.address': { zh: '安装地点', en: 'Address' },
  'insurance.roster.column.holder': { zh: '使用单位', en: 'Use unit' },
  'insurance.roster.column.inspection': { zh: '下次检验日期', en: 'Next inspection' },
  'packs.fact.insurance.schemes.products.renewalDays': { zh: '可提前续保天数', en: 'Renewal window' },
  'packs.fact.insurance.schemes.products.referral': {
    zh: '须两人核保的界限',
    en: 'Limits above which two underwriters decide',
  },
  'insurance.document_not_found': {
    zh: '没有这份单证，或不在您的管辖范围内',
    en: 'There is no such paper within your scope',
  },
  'insurance.paper.title.policy': { zh: '保险单', en: 'Policy' },
  'insurance.paper.title.endorsement': { zh: '批单', en: 'Endorsement' },
  'insurance.paper.title.receipt': { zh: '保费收据', en: 'Receipt' },
  'insurance.paper.number': { zh: '保单号', en: 'Policy number' },
  'insurance.paper.no': { zh: '第 {no} 号批改', en: 'endorsement {no}' },
  'insurance.paper.made': { zh: '签发日期', en: 'Made on' },
  'insurance.paper.verify': { zh: '扫码验真', en: 'Scan to verify' },
  'insurance.paper.hash': { zh: '内容摘要 SHA-256', en: 'SHA-256 of the content' },
  'insurance.paper.sealed': { zh: '{insurer}（盖章）', en: '{insurer} (seal)' },
  'insurance.paper.sum': { zh: '合计', en: 'Total' },
  'insurance.paper.page': { zh: '第 {page} 页，共 {of} 页', en: 'Page {page} of {of}' },
  'insurance.paper.holder': { zh: '投保人', en: 'Policyholder' },
  'insurance.paper.agent': { zh: '投保代理人', en: 'Agent of the policyholder' },
  'insurance.paper.term': { zh: '保险期间', en: 'Term' },
  'insurance.paper.term_value': { zh: '{from} 零时起至 {to} 二十四时止', en: 'from {from} 00:00 to {to} 24:00' },
  'insurance.paper.filing': { zh: '费率备案', en: 'Filed tariff' },
  'insurance.paper.filing_value': { zh: '{filing}（第 {version} 版）', en: '{filing} (version {version})' },
  'insurance.paper.scheme': { zh: '保险方案', en: 'Scheme' },
  'insurance.paper.lead': { zh: '首席保险人', en: 'Lead insurer' },
  'insurance.paper.member': { zh: '共保人', en: 'Co-insurer' },
  'insurance.paper.in_words': { zh: '{figure}（人民币{text}）', en: '{figure}' },
  'insurance.paper.premium': { zh: '保险费', en: 'Premium' },
  'insurance.paper.change': { zh: '批改内容', en: 'Change' },
  'insurance.paper.effective': { zh: '生效时间', en: 'Takes effect' },
  'insurance.paper.effective_value': { zh: '{on} 零时', en: '{on} 00:00' },
  'insurance.paper.delta': { zh: '保费增减', en: 'Premium difference' },
  'insurance.paper.elevators': { zh: '涉及电梯', en: 'Elevators' },
  'insurance.paper.received': { zh: '到账保费', en: 'Money received' },
  'insurance.paper.coverages': { zh: '保障内容', en: 'Coverages' },
  'insurance.paper.coverage': { zh: '保障', en: 'Coverage' },
  'insurance.paper.per_person': { zh: '每人限额', en: 'Per person' },
  'insurance.paper.per_accident': { zh: '每次事故限额', en: 'Per accident' },
  'insurance.paper.aggregate': { zh: '累计限额', en: 'Aggregate' },
  'insurance.paper.deductible': { zh: '免赔额', en: 'Deductible' },
  'insurance.paper.payers': { zh: '保费分担', en: 'Who pays' },
  'insurance.paper.schedule': { zh: '承保电梯明细（{n} 台次）', en: 'Schedule of elevators ({n} lines)' },
  'insurance.paper.code': { zh: '电梯编号', en: 'Code' },
  'insurance.paper.address': { zh: '安装地点', en: 'Address' },
  'insurance.paper.from': { zh: '起', en: 'From' },
  'insurance.paper.to': { zh: '止', en: 'To' },
  'insurance.paper.change.add': { zh: '批增电梯', en: 'Elevators added' },
  'insurance.paper.change.remove': { zh: '批减电梯', en: 'Elevators removed' },
  'insurance.paper.change.change': { zh: '费率要素变更', en: 'Rated anew' },
  'insurance.paper.change.takeover': { zh: '接续', en: 'Taken over' },
  'insurance.paper.change.cancel': { zh: '退保（解除合同）', en: 'Cancelled' },
  'insurance.paper.change.reinstate': { zh: '复效', en: 'Reinstated' },
  'insurance.verify.title': { zh: '保险单证验真', en: 'Verify an insurance paper' },
  'insurance.verify.unknown': { zh: '没有这份单证：请核对二维码或编码', en: 'There is no such paper: check the code' },
  'insurance.verify.paper': { zh: '单证', en: 'Paper' },
  'insurance.verify.number': { zh: '保单号', en: 'Policy number' },
  'insurance.verify.made_on': { zh: '签发日期', en: 'Made on' },
  'insurance.verify.lead': { zh: '保险人', en: 'Insurer' },
  'insurance.verify.term': { zh: '保险期间', en: 'Term' },
  'insurance.verify.from_to': { zh: '{from} 零时至 {to} 二十四时', en: '{from} 00:00 to {to} 24:00' },
  'insurance.verify.in_force': { zh: '该保单今日有效', en: 'The policy is in force today' },
  'insurance.verify.not_begun': { zh: '该保单尚未起保', en: 'The policy has not begun' },
  'insurance.verify.over': { zh: '该保单今日不在有效期内', en: 'The policy is not in force today' },
  'insurance.verify.ended_on': { zh: '提前终止，最后一日', en: 'Ended early, last day' },
  'insurance.verify.hash': { zh: '内容摘要（应与单证页脚一致）', en: 'Hash (must match the paper’s footer)' },
  'insurance.verify.foot': {
    zh: '本页只核对单证真伪与当日效力，不显示任何个人信息',
    en: 'This page only tells whether a paper is genuine and in force today; it shows no personal data',
  },
} as const;
