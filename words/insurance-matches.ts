/** Words of matching the money that arrived to what is owed, in one act. */
export const insuranceMatchesWords = {
  'web.bank.tab.matches': { zh: '批量核销', en: 'Match' },
  'web.match.what': {
    zh: '摘要只写明一份本公司保单或缴费通知，且金额与其尚缴（分期的，与接下来的期款）一分不差的，为明确的到账；其余留待人工认领，不会被动用',
    en: 'A line is clear when it names one policy or pay notice of this insurer and its amount is what is open of it, or of its next instalments, to the fen; the others stay',
  },
  'web.match.clear': { zh: '明确，可核销', en: 'Clear' },
  'web.match.unclear': { zh: '不明确，待人工认领', en: 'Left to a person' },
  'web.match.figure': { zh: '{n} 笔', en: '{n} lines' },
  'web.match.show': { zh: '显示', en: 'Show' },
  'web.match.do': { zh: '核销全部明确的到账', en: 'Allocate every clear line' },
  'web.match.do_means': {
    zh: '{n} 笔共 {sum} 将记到各自保单的缴费方名下；出单前每笔都可以撤销',
    en: '{n} lines, {sum}, go to the payers of their policies; each can be undone until its policy is issued',
  },
  'web.match.nothing_clear': { zh: '没有明确的到账可核销', en: 'No clear line' },
  'web.match.nothing_clear_hint': {
    zh: '导入对账单后，摘要写明保单号且金额相符的到账会出现在这里',
    en: 'Lines that name their policy and have its amount appear here once a statement is brought in',
  },
  'web.match.nothing_left': { zh: '没有待人工认领的到账', en: 'Nothing is left to a person' },
  'web.match.nothing_left_hint': { zh: '到账的款项都已有归属', en: 'All money has found its place' },
  'web.match.done': {
    zh: '已核销 {n} 笔，共 {sum}；{unclear} 笔留待人工认领',
    en: '{n} allocated, {sum}; {unclear} left to a person',
  },
  'web.match.more': { zh: '还有 {left} 笔明确的到账，请再按一次', en: '{left} more are clear: press again' },
  'web.match.for': { zh: '核销到', en: 'Goes to' },
  'web.match.notice': { zh: '缴费通知 {policy}-{no}', en: 'notice {policy}-{no}' },
  'web.match.parts': { zh: '缴费方', en: 'Payers' },
  'web.match.why': { zh: '未核销原因', en: 'Why it stays' },
  'web.match.why.number_unknown': {
    zh: '摘要没有写明本公司的保单号或缴费通知编号',
    en: 'names no policy or notice of this insurer',
  },
  'web.match.why.names_two': { zh: '摘要写了不止一个编号：{numbers}', en: 'names more than one: {numbers}' },
  'web.match.why.other_insurer': {
    zh: '{numbers} 由其他保险公司承保，应退回或转交：请登记为代管，再由另一人付出',
    en: '{numbers} is led by another insurer: hold it for whom it belongs to, another person pays it out',
  },
  'web.match.why.policy_ended': {
    zh: '{numbers} 已终止或未成立，保费已结清，不再收取：请登记为代管，再由另一人退回付款人',
    en: '{numbers} has ended and owes nothing: hold it for its payer, another person returns it',
  },
  'web.match.why.already_paid': {
    zh: '{numbers} 已缴清，可能是重复缴费：核实后登记为代管，再由另一人退回付款人',
    en: '{numbers} is paid already, perhaps twice: hold it for its payer, another person returns it',
  },
  'web.match.why.amount_over': {
    zh: '{numbers} 尚缴 {open}，这笔多 {difference}',
    en: '{numbers} has {open} open: {difference} too much',
  },
  'web.match.why.amount_short': {
    zh: '{numbers} 尚缴 {open}，这笔少 {difference}',
    en: '{numbers} has {open} open: {difference} too little',
  },
  'web.match.why.notice_unsure': {
    zh: '{numbers} 与同批通知分担的一方已用其他方式缴过一部分，请核对后认领',
    en: 'a part shared with the notices beside {numbers} came another way: check first',
  },
  'web.match.why.part_unsure': {
    zh: '{numbers} 分期缴费，这笔与不止一方的应缴期款相同，请核对付款方后认领',
    en: '{numbers} is paid in parts, and more than one payer owes this amount next: check who paid',
  },
} as const;
