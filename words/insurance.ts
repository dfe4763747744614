/** Words of insurance: refusals, and the names of its figures in a city pack. */
export const insuranceWords = {
  'insurance.no_base': {
    zh: '费率表没有「{ratingClass|insurance.rating_class}」的基准保费',
    en: 'The tariff has no base premium for "{ratingClass|insurance.rating_class}"',
  },
  'insurance.no_answer': {
    zh: '缺少费率因子「{factorId|web.factor}」的依据，请补录后再报价',
    en: 'There is no evidence for the factor "{factorId|web.factor}"; record it and quote again',
  },
  'insurance.no_factor_row': {
    zh: '费率因子「{factorId|web.factor}」没有「{key|web.answer}」一档',
    en: 'The factor "{factorId|web.factor}" has no row "{key|web.answer}"',
  },
  'insurance.above_ceiling': {
    zh: '保费超过本方案上限，不予报价',
    en: 'The premium is above the scheme’s ceiling and is refused',
  },
  'insurance.no_split': {
    zh: '费率表没有「{splitClass|insurance.split_class}」的分摊规则',
    en: 'The tariff has no split rule for "{splitClass|insurance.split_class}"',
  },
  'insurance.negative_part': {
    zh: '按此规则「{payer|insurance.payer}」的分摊为负，不予报价',
    en: 'Under this rule the part of "{payer|insurance.payer}" would be negative; refused',
  },
  'insurance.use_unit_unknown': {
    zh: '使用单位尚未明确，须先办结责任认定，再行投保',
    en: 'The use unit is not settled yet; insurance waits for that decision',
  },
  'insurance.not_in_use': {
    zh: '电梯不在用（{state|registry.state}），不能投保；已恢复使用的，请先更新电梯档案',
    en: 'The elevator is not in use ({state|registry.state}) and cannot be insured; if it runs again, its file is changed first',
  },
  'insurance.not_inspected': {
    zh: '检验不在有效期内（{nextInspectionOn|insurance.inspection_on}），只有检验合格的电梯可以投保；请报检合格后再投',
    en: 'Inspection is not valid ({nextInspectionOn|insurance.inspection_on}); only inspected elevators can be insured: have it inspected first',
  },
  'insurance.inspection_on.': { zh: '档案没有检验日期', en: 'no date on file' },
  'insurance.area_excluded': { zh: '本方案不含该区县（{area}）', en: 'The scheme leaves this county out ({area})' },
  'insurance.age_unknown': {
    zh: '档案缺少投入使用日期，无法确定梯龄；请在电梯档案补录',
    en: 'The file has no date of first use, so its age is unknown; add it to the file',
  },
  'insurance.place_unknown': {
    zh: '档案缺少使用场所，无法确定费率；请在电梯档案补录',
    en: 'The file has no place class, so it cannot be rated; add it to the file',
  },
  'insurance.product_not_sold': { zh: '该产品在 {on} 不销售', en: 'The product is not sold on {on}' },
  'insurance.not_filed': {
    zh: '「{product}」的费率没有备案号，不能报价',
    en: 'The tariff of "{product}" has no filing number and cannot be quoted',
  },
  'insurance.not_of_holder': {
    zh: '该电梯的使用单位不是投保人。请由其使用单位投保，或先在档案中变更使用单位。',
    en: 'Another use unit answers for this elevator. It insures it itself, or the file is changed first.',
  },
  'insurance.starts_in_the_past': {
    zh: '保险期间最早从 {earliest} 零时起',
    en: 'Cover can begin on {earliest} 00:00 at the earliest',
  },
  'insurance.nothing_to_insure': {
    zh: '没有可投保的电梯，或不在您的管辖范围内',
    en: 'There is no elevator to insure within your scope',
  },
  'insurance.quote_not_found': {
    zh: '没有这份报价，或不在您的管辖范围内',
    en: 'There is no such quote within your scope',
  },
  'insurance.quote_expired': {
    zh: '报价已于 {validUntil|time} 失效，请重新报价',
    en: 'The quote ran out at {validUntil|time}; quote again',
  },
  'insurance.quote_not_offered': {
    zh: '报价已处理（{state|web.quote.state}），不能再次投保',
    en: 'The quote is already {state|web.quote.state} and cannot be bound again',
  },
  'insurance.quote_empty': { zh: '报价中没有可承保的电梯', en: 'The quote holds no elevator that can be insured' },
  'insurance.number_taken': {
    zh: '保单号 {number} 在该保险公司已使用',
    en: 'This insurer already used the policy number {number}',
  },
  'insurance.double_cover': {
    zh: '有 {elevators} 台电梯在该期间已有同类保险（{number}），如确需重复投保请说明并告知保险公司',
    en: '{elevators} elevators already have this kind of cover in the period ({number}); say so if double insurance is meant',
  },
  'insurance.policy_not_found': {
    zh: '没有这份保单，或不在您的管辖范围内',
    en: 'There is no such policy within your scope',
  },
  'insurance.policy_state': {
    zh: '保单当前状态为「{state|web.policy.state}」，不能进行此操作',
    en: 'The policy is {state|web.policy.state}; this cannot be done',
  },
  'insurance.nothing_owed': {
    zh: '保单上没有电梯，也没有应缴保费，不能出单',
    en: 'No elevator is on the policy and nothing is owed: it cannot be issued',
  },
  'insurance.cash_missing': {
    zh: '首席保险公司尚未收到全部保费（已到 {arrived|yuan}，应到 {due|yuan}），不能出单',
    en: 'The lead insurer has not received the whole premium ({arrived|yuan} of {due|yuan}); the policy cannot be issued',
  },
  'insurance.cash_after_start': {
    zh: '保费于 {arrivedOn} 到账，保险期间最早从 {earliest} 零时起，请改期后重新投保',
    en: 'The money arrived on {arrivedOn}; cover can begin on {earliest} 00:00 at the earliest. Bind again from that day',
  },
  'insurance.bank_line_known': {
    zh: '银行流水 {bankRef} 已登记，未重复入账',
    en: 'The bank line {bankRef} is already booked; nothing was booked twice',
  },
  'insurance.allocation_too_much': {
    zh: '认领金额合计 {allocated|yuan}，超过到账金额 {amount|yuan}',
    en: 'The allocations of {allocated|yuan} exceed the amount of {amount|yuan}',
  },
  'insurance.payer_unknown': {
    zh: '保单没有缴费方「{payer|insurance.payer}」',
    en: 'The policy has no payer "{payer|insurance.payer}"',
  },
  'insurance.payer_overpaid': {
    zh: '「{payer|insurance.payer}」应缴 {due|yuan}，认领后为 {paid|yuan}，多出部分请留在待认领',
    en: '"{payer|insurance.payer}" owes {due|yuan} and would have {paid|yuan}; leave the rest in suspense',
  },
  'insurance.proof_missing': { zh: '手工登记到账须附凭证', en: 'Money entered by hand needs a proof' },
  'packs.fact.insurance.schemes.market': { zh: '承保方式', en: 'Market' },
  'packs.fact.insurance.schemes.basis': { zh: '投保性质', en: 'Standing in law' },
  'packs.fact.insurance.schemes.excludedAreas': { zh: '不在方案内的区县', en: 'Counties left out' },
  'packs.fact.insurance.schemes.subsidisedPayers': {
    zh: '由财政结算的缴费方',
    en: 'Payers settled by the public purse',
  },
  'packs.fact.insurance.schemes.admissionDays': { zh: '保险机构准入审核时限', en: 'Time to decide an admission' },
  'packs.fact.insurance.schemes.products.coverages.limits': { zh: '赔偿限额（分）', en: 'Limits (fen)' },
  'packs.fact.insurance.schemes.products.coverages.benefit': {
    zh: '困人赔偿标准（分）',
    en: 'Entrapment benefit (fen)',
  },
  'packs.fact.insurance.schemes.products.coverages.funding': { zh: '可用资金来源', en: 'Money it may be paid from' },
  'packs.fact.insurance.schemes.products.coverages.waitingDays': { zh: '等待期', en: 'Waiting period' },
  'packs.fact.insurance.schemes.products.promises.length': { zh: '服务承诺时限', en: 'Promised time' },
  'packs.fact.insurance.schemes.products.service.perYear': { zh: '每年预防服务次数', en: 'Prevention visits a year' },
  'packs.fact.insurance.schemes.products.quoteDays': { zh: '报价有效期', en: 'Quote validity' },
  'packs.fact.insurance.schemes.products.cancelFeePercent': {
    zh: '起保前退保手续费（%）',
    en: 'Fee for cancelling before the start (%)',
  },
  'packs.fact.insurance.schemes.products.tariff.bases': { zh: '基准保费（分）', en: 'Base premiums (fen)' },
  'packs.fact.insurance.schemes.products.tariff.factors.rows': { zh: '费率因子', en: 'Rating factor' },
  'packs.fact.insurance.schemes.products.tariff.ceilings': { zh: '保费上限（分）', en: 'Premium ceilings (fen)' },
  'packs.fact.insurance.schemes.products.tariff.splits': { zh: '保费分摊', en: 'Who pays which part' },
  'packs.fact.insurance.schemes.products.tariff.discountSplit': {
    zh: '下浮部分的受益方',
    en: 'Who gains from a discount',
  },
  'packs.fact.insurance.clocks.length': { zh: '法定理赔时限', en: 'Statutory time' },
  'packs.fact.insurance.clocks.movesToWorkingDay': { zh: '末日遇休息日顺延', en: 'A last day on a holiday moves on' },
  'packs.fact.insurance.clocks.pausesOnMissingPapers': {
    zh: '补充材料期间中止计时',
    en: 'Stops while papers are missing',
  },
  'packs.fact.insurance.poolCommission': { zh: '共保业务手续费由谁承担', en: 'Who bears commission in a pool' },
  'packs.fact.insurance.satisfactionLeastAnswers': {
    zh: '公布满意度的最少答卷数',
    en: 'Fewest answers for a published satisfaction',
  },
  'packs.screen.unit.working_days': { zh: '个工作日', en: 'working days' },
  'packs.screen.unit.answers': { zh: '份', en: 'answers' },
  'packs.screen.unit.percent': { zh: '%', en: '%' },
  'insurance.waiting.money': { zh: '{n} 份保单待缴费', en: '{n} policies wait for their premium' },
  'insurance.waiting.referrals': { zh: '{n} 份报价待核保', en: '{n} quotes to underwrite' },
  'insurance.waiting.endorsements': { zh: '{n} 项批改申请待处理', en: '{n} endorsements to decide' },
  'insurance.waiting.claims': { zh: '{n} 件赔案在限期内办理', en: '{n} claims with a clock running' },
  'insurance.waiting.payments': { zh: '{n} 笔赔款待支付', en: '{n} claim payments to release' },
} as const;
