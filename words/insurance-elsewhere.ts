/** Words of policies issued elsewhere. */
export const insuranceElsewhereWords = {
  'insurance.elsewhere.sheet': { zh: '平台外保单', en: 'Policies elsewhere' },
  'insurance.elsewhere.column.insurer': { zh: '保险公司', en: 'Insurer' },
  'insurance.elsewhere.column.number': { zh: '保单号', en: 'Policy number' },
  'insurance.elsewhere.column.kind': { zh: '险种', en: 'Kind' },
  'insurance.elsewhere.column.from': { zh: '起期', en: 'From' },
  'insurance.elsewhere.column.to': { zh: '止期', en: 'To' },
  'insurance.elsewhere.column.premium': { zh: '本台保费（元）', en: 'Premium of this elevator (yuan)' },
  'insurance.elsewhere.column.code': { zh: '电梯编号', en: 'Elevator code' },
  'insurance.elsewhere_no_column': { zh: '表中缺少列：{columns}', en: 'The table lacks the columns: {columns}' },
  'insurance.elsewhere_empty_cell': { zh: '未填写', en: 'Nothing stands here' },
  'insurance.elsewhere_insurer_unknown': {
    zh: '平台没有名为「{value}」的保险公司，请按营业执照名称填写',
    en: 'No insurer is called “{value}”: write its registered name',
  },
  'insurance.elsewhere_kind': {
    zh: '险种「{value}」无法识别，请填写：安全责任保险、综合保险或养老保险',
    en: 'The kind “{value}” is unknown: liability, comprehensive or lifecycle insurance',
  },
  'insurance.elsewhere_day': {
    zh: '日期「{value}」无法识别，请写成 2026-07-01',
    en: '“{value}” is no day: write 2026-07-01',
  },
  'insurance.elsewhere_to_before_from': { zh: '止期早于起期', en: 'It ends before it begins' },
  'insurance.elsewhere_term_long': { zh: '保险期间超过 5 年，请核对', en: 'Longer than five years: check it' },
  'insurance.elsewhere_premium': {
    zh: '金额「{value}」无法识别，请写成 1234.56',
    en: '“{value}” is no amount: write 1234.56',
  },
  'insurance.elsewhere_unknown': {
    zh: '没有找到编号「{value}」的电梯，或不在您的范围内',
    en: 'No elevator with the code “{value}” is found, or it is not yours to see',
  },
  'insurance.elsewhere_twice': {
    zh: '同一保单的同一台电梯在前面已出现',
    en: 'The same elevator stands above in this policy',
  },
  'insurance.elsewhere_differs': {
    zh: '与同一保单前面各行的险种或起止期不一致',
    en: 'Kind or term differ from the rows above of the same policy',
  },
  'insurance.elsewhere_number_taken': {
    zh: '该保单号已在平台登记，险种、起止期或来源与此不同',
    en: 'This number stands here already, with another kind, term or origin',
  },
  'insurance.elsewhere_confirmed': {
    zh: '该保单已由保险公司确认，不能再增加电梯，请联系保险公司',
    en: 'Its insurer confirmed it: no elevator can be added any more, ask the insurer',
  },
  'insurance.elsewhere_of_other': {
    zh: '该保单由其他单位登记，不能由您增加电梯',
    en: 'Another unit recorded this policy: you cannot add to it',
  },
  'web.menu.elsewhere': { zh: '平台外保单', en: 'Policies elsewhere' },
  'web.elsewhere.what': {
    zh: '在平台外投保的保单登记后即计入覆盖与重复投保提示；保险公司确认前标为未确认',
    en: 'They count for cover and double insurance from now on, marked until their insurer confirms them',
  },
  'web.elsewhere.one': { zh: '登记一份', en: 'Record one' },
  'web.elsewhere.table': { zh: '按表格登记', en: 'Record by table' },
  'web.elsewhere.table_what': {
    zh: '每行一台电梯，最多 5,000 行；同一份文件可重复提交，不会重复登记。先试读，改正后再登记。',
    en: 'A row for each elevator, up to 5,000; the same file again records nothing twice. Look first, then record.',
  },
  'web.elsewhere.template': { zh: '下载模板', en: 'Template' },
  'web.elsewhere.look': { zh: '试读', en: 'Look' },
  'web.elsewhere.send': { zh: '登记无误的行', en: 'Record the good rows' },
  'web.elsewhere.would': {
    zh: '共 {rows} 行：将登记 {taken} 台（{policies} 份新保单），{known} 台此前已登记，{faults} 处有误',
    en: '{rows} rows: {taken} elevators ({policies} new policies) would be recorded, {known} are known, {faults} faults',
  },
  'web.elsewhere.did': {
    zh: '共 {rows} 行：已登记 {taken} 台（{policies} 份新保单），{known} 台此前已登记，{faults} 处有误',
    en: '{rows} rows: {taken} elevators ({policies} new policies) recorded, {known} were known, {faults} faults',
  },
  'web.elsewhere.faults': { zh: '有误之处', en: 'Faults' },
  'web.elsewhere.column': { zh: '列', en: 'Column' },
  'web.elsewhere.value': { zh: '内容', en: 'Value' },
  'web.elsewhere.why': { zh: '原因', en: 'Why' },
  'web.elsewhere.insurer': { zh: '保险公司', en: 'Insurer' },
  'web.elsewhere.codes': { zh: '电梯编号', en: 'Elevator codes' },
  'web.elsewhere.codes_hint': { zh: '救援识别码或注册代码，一行一个', en: 'Rescue or registration codes, one a line' },
  'web.elsewhere.premium': { zh: '保费合计（元）', en: 'Premium (yuan)' },
  'web.elsewhere.record': { zh: '登记', en: 'Record' },
  'web.elsewhere.recorded': {
    zh: '已登记 {n} 台；{faults} 个编号没有找到',
    en: '{n} elevators recorded; {faults} codes not found',
  },
  'web.elsewhere.count': { zh: '{n} 份保单', en: '{n} policies' },
  'web.elsewhere.empty': { zh: '没有平台外保单', en: 'No policies from elsewhere' },
  'web.elsewhere.empty_hint': {
    zh: '由使用单位、维保单位或经纪登记',
    en: 'Recorded by use units, maintenance units or brokers',
  },
  'web.elsewhere.state.unconfirmed': { zh: '未确认', en: 'Not confirmed' },
  'web.elsewhere.state.confirmed': { zh: '已确认', en: 'Confirmed' },
  'web.elsewhere.state.denied': { zh: '保险公司否认', en: 'Denied by the insurer' },
} as const;
