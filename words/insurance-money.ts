/** Words of money that moves: bank statements, suspense, payments, books. */
export const insuranceMoneyWords = {
  'insurance.bank.feed': { zh: '银行接口', en: 'Bank interface' },
  'insurance.bank.header.ref': {
    zh: '交易流水号|流水号|银行流水号|交易参考号|凭证号|凭证编号|核心流水号',
    en: 'bank ref|reference|transaction id|ref',
  },
  'insurance.bank.header.at': {
    zh: '交易时间|交易日期|入账时间|入账日期|记账日期|到账时间|日期',
    en: 'time|booked at|date|transaction date',
  },
  'insurance.bank.header.time': { zh: '时间|交易时刻', en: 'clock|transaction time' },
  'insurance.bank.header.amount': { zh: '金额|交易金额|发生额', en: 'amount' },
  'insurance.bank.header.income': {
    zh: '收入金额|贷方发生额|贷方金额|收入|转入金额',
    en: 'credit|money in|income',
  },
  'insurance.bank.header.expense': {
    zh: '支出金额|借方发生额|借方金额|支出|转出金额',
    en: 'debit|money out|expense',
  },
  'insurance.bank.header.account': { zh: '账号|本方账号|账户|本方账户', en: 'account|own account' },
  'insurance.bank.header.counterparty': {
    zh: '对方户名|对方名称|付款人|付款方名称|对方账户名称',
    en: 'counterparty|payer|name',
  },
  'insurance.bank.header.remark': { zh: '摘要|附言|备注|用途', en: 'remark|memo|purpose|description' },
  'insurance.bank.column.ref': { zh: '流水号', en: 'Bank reference' },
  'insurance.bank.column.at': { zh: '交易时间', en: 'Time' },
  'insurance.bank.column.time': { zh: '时刻', en: 'Clock' },
  'insurance.bank.column.amount': { zh: '金额', en: 'Amount' },
  'insurance.bank.column.income': { zh: '收入金额', en: 'Money in' },
  'insurance.bank.column.expense': { zh: '支出金额', en: 'Money out' },
  'insurance.bank.column.account': { zh: '账号', en: 'Account' },
  'insurance.bank.column.counterparty': { zh: '对方户名', en: 'Counterparty' },
  'insurance.bank.column.remark': { zh: '摘要', en: 'Remark' },
  'insurance.bank.ref_missing': {
    zh: '第 {row} 行缺少『{column}』，没有流水号无法防止重复入账',
    en: 'Row {row} has no "{column}"; without it a line could be booked twice',
  },
  'insurance.bank.time_unreadable': {
    zh: '第 {row} 行『{column}』无法识别（{value}），请写成 2026-11-21 10:12:13',
    en: 'Row {row}: "{column}" cannot be read ({value}); write it as 2026-11-21 10:12:13',
  },
  'insurance.bank_line_in_future': {
    zh: '银行时间 {at|time} 还没有到，不能入账。请按流水上的时间填写。',
    en: 'The bank time {at|time} has not come yet, so nothing is booked. Enter the time printed on the statement.',
  },
  'insurance.bank.time_in_future': {
    zh: '第 {row} 行『{column}』晚于现在（{value}），请核对流水',
    en: 'Row {row}: "{column}" lies in the future ({value}); check the statement',
  },
  'insurance.bank.amount_unreadable': {
    zh: '第 {row} 行『{column}』应为最多两位小数的金额，现为「{value}」',
    en: 'Row {row}: "{column}" must be an amount with at most two decimals, not "{value}"',
  },
  'insurance.bank.amount_zero': {
    zh: '第 {row} 行金额为零，不是一笔收付',
    en: 'Row {row} has no amount; it is no payment',
  },
  'insurance.bank.amount_twice': {
    zh: '第 {row} 行收入和支出同时有金额，请拆成两行',
    en: 'Row {row} has money in and out at once; make two rows of it',
  },
  'insurance.bank.account_missing': {
    zh: '第 {row} 行没有账号，请在上传时填写本方账号后四位',
    en: 'Row {row} names no account; give the account’s last four digits when uploading',
  },
  'insurance.bank.twice_in_file': {
    zh: '第 {row} 行流水号「{value}」在本文件中重复',
    en: 'Row {row}: the reference "{value}" comes twice in this file',
  },
  'insurance.bank.known_differently': {
    zh: '第 {row} 行流水号「{value}」已入账，但时间或金额不同，未改动已入账记录，请向银行核实',
    en: 'Row {row}: "{value}" is booked already with another time or amount; nothing was changed, ask the bank',
  },
  'insurance.bank.columns_missing': {
    zh: '表头缺少：{columns}。请下载模板或补齐列名后重新上传',
    en: 'The header lacks: {columns}. Add the columns and upload again',
  },
  'insurance.bank.too_many_rows': {
    zh: '文件超过 {most} 行，请分段上传',
    en: 'The file has more than {most} rows; upload it in parts',
  },
  'insurance.bank_line_not_found': {
    zh: '没有这笔银行流水，或不属于本公司',
    en: 'There is no such bank line in your books',
  },
  'insurance.bank_line_direction': {
    zh: '这笔流水的收付方向不符，不能这样处理',
    en: 'The money of this line went the other way',
  },
  'insurance.allocation_empty': { zh: '请至少选择一项', en: 'Choose at least one' },
  'insurance.payable_too_much': {
    zh: '付款 {amount|yuan}超过该项应付 {owed|yuan}，请核对收款方和金额',
    en: 'The payment of {amount|yuan} exceeds the {owed|yuan} owed; check payee and amount',
  },
  'insurance.claim_settled_at_claim': {
    zh: '赔款不在此核销：请打开该赔案，在付款中按银行流水 {bankRef} 确认到账',
    en: 'Claims are not settled here: open the claim and confirm its payment by bank line {bankRef}',
  },
  'insurance.entry_not_found': { zh: '没有这笔分录，或不属于本公司', en: 'There is no such entry in your books' },
  'insurance.entry_kept': {
    zh: '这类分录（{kind}）不能在此撤销',
    en: 'Entries of this kind ({kind}) cannot be undone here',
  },
  'insurance.entry_reversed': { zh: '这笔分录已撤销', en: 'The entry was undone already' },
  'packs.fact.coverage.targets.places': { zh: '保险覆盖目标的场所', en: 'Places of a coverage goal' },
  'packs.fact.coverage.targets.excludedAreas': {
    zh: '保险覆盖目标不含的区县',
    en: 'Districts a coverage goal does not bind',
  },
  'packs.fact.coverage.targets.percent': { zh: '保险覆盖目标', en: 'Coverage goal' },
  'packs.fact.coverage.targets.dueOn': { zh: '保险覆盖目标期限', en: 'Last day of a coverage goal' },
  'packs.fact.coverage.publicPlaces': { zh: '公众聚集场所', en: 'Public places' },
  'packs.fact.coverage.annex.dueOn': { zh: '年度报表报送期限', en: 'Last day of the yearly report' },
  'packs.fact.coverage.annex.remindDays': { zh: '年度报表提前提醒', en: 'Reminder before the yearly report' },
} as const;
