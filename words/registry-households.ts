/** Words of owners (业主): asking for a building, confirming who lives there. */
export const registryHouseholdWords = {
  'registry.plate_unknown': {
    zh: '没有找到编号为“{value}”的电梯，请核对轿厢内标牌上的六位救援识别码',
    en: 'No elevator has the code "{value}"; check the six digits on the plate in the car',
  },
  'registry.no_building': {
    zh: '电梯“{value}”的档案还没有登记楼栋，请联系物业或街道补登后再申请',
    en: 'The file of elevator "{value}" names no building yet; ask the property company or the street to add it',
  },
  'web.menu.households': { zh: '业主认证', en: 'Owners' },
  'web.households.what_owner': {
    zh: '认证后可查看所住楼栋电梯的档案、救援和保险情况',
    en: 'Once confirmed you see the files, rescues and insurance of the elevators in your building',
  },
  'web.households.what_office': {
    zh: '核对不动产权证或租赁备案与申请编号后确认；确认后业主即可查看该楼栋电梯',
    en: 'Compare the title deed or lease with the number, then confirm; the owner then sees the building’s elevators',
  },
  'web.households.ask': { zh: '申请认证', en: 'Ask for my building' },
  'web.households.code': { zh: '救援识别码或注册代码', en: 'Rescue code or registration code' },
  'web.households.code_hint': { zh: '见本楼栋任一电梯轿厢内标牌', en: 'On the plate in any car of your building' },
  'web.households.unit': { zh: '门牌室号', en: 'Flat' },
  'web.households.unit_hint': { zh: '例如：2 单元 1203 室', en: 'For example: entrance 2, flat 1203' },
  'web.households.send': { zh: '提交申请', en: 'Send' },
  'web.households.next_step': {
    zh: '请携带不动产权证和身份证到所在街道（社区）核实，并说出申请编号 {number}',
    en: 'Take your title deed and identity card to the street office and tell them the number {number}',
  },
  'web.households.number': { zh: '申请编号', en: 'Number' },
  'web.households.building': { zh: '楼栋', en: 'Building' },
  'web.households.asked': { zh: '申请时间', en: 'Asked' },
  'web.households.state': { zh: '状态', en: 'State' },
  'web.households.state.asked': { zh: '待核实', en: 'Waiting' },
  'web.households.state.verified': { zh: '已认证', en: 'Confirmed' },
  'web.households.state.refused': { zh: '未通过', en: 'Refused' },
  'web.households.state.ended': { zh: '已注销', en: 'Ended' },
  'web.households.reason': { zh: '说明', en: 'Why' },
  'web.households.settled': { zh: '全部（含已处理）', en: 'All, with those decided' },
  'web.households.empty_office': { zh: '没有待核实的业主', en: 'No household waits' },
  'web.households.empty_office_hint': {
    zh: '业主在手机或电脑上申请后会出现在这里；已处理的请在上方筛选',
    en: 'They appear here when owners ask; choose all above to see those decided',
  },
  'web.households.empty_owner': { zh: '还没有认证楼栋', en: 'No building yet' },
  'web.households.empty_owner_hint': {
    zh: '在下方填写电梯标牌上的编号，申请所住楼栋',
    en: 'Fill in the code on an elevator’s plate below',
  },
  'web.households.confirm': { zh: '确认业主', en: 'Confirm' },
  'web.households.confirm_title': { zh: '确认 {unit} 为 {address} 的业主？', en: 'Confirm {unit} of {address}?' },
  'web.households.confirm_means': {
    zh: '该账号将可查看本楼栋电梯的档案、救援和保险情况',
    en: 'The account will see the files, rescues and insurance of this building’s elevators',
  },
  'web.households.refuse': { zh: '不予通过', en: 'Refuse' },
  'web.households.end': { zh: '注销认证', en: 'End' },
  'web.households.end_title': { zh: '{address} {unit}', en: '{address} {unit}' },
  'web.households.end_means': {
    zh: '该账号将不能查看本楼栋电梯；说明会显示给申请人',
    en: 'The account will not see this building’s elevators; the reason is shown to whoever asked',
  },
  'web.households.end_reason': { zh: '说明', en: 'Reason' },
} as const;
