/** Words of city packs: why a pack is refused and how to mend it. Said at the start, before any screen exists. */
export const packsWords = {
  'packs.unknown_city': {
    zh: '没有城市 {city} 的数据包。现有：{known}。请改正 TIAN_CITY，或用 TIAN_PACKS 指向含有该城市的文件夹',
    en: 'There is no pack for city {city}. There are: {known}. Correct TIAN_CITY, or point TIAN_PACKS to a folder that has it',
  },
  'packs.none_in_folder': {
    zh: '文件夹 {folder} 中没有名为「区划代码-拼音」的数据包。请改正 TIAN_PACKS 或文件夹名，例如 320200-wuxi',
    en: 'The folder {folder} holds no pack named <code>-<pinyin>. Correct TIAN_PACKS or the name, such as 320200-wuxi',
  },
  'packs.two_folders': {
    zh: '城市 {city} 有不止一个数据包文件夹：{folders}。请只保留一个',
    en: 'City {city} has more than one pack folder: {folders}. Keep one',
  },
  'packs.invalid': {
    zh: '城市 {city} 的数据包有误，未启用：',
    en: 'The pack of city {city} has faults and is not used:',
  },
  'packs.other_city': {
    zh: '此数据库属于{installed}，不能以{asked}启动。请改回 TIAN_CITY，或换用空的数据文件夹',
    en: 'This database belongs to {installedEn} and cannot start as {askedEn}. Set TIAN_CITY back, or use an empty data folder',
  },
  'packs.no_such_version': {
    zh: '本系统从未启用过数据版本 {version}',
    en: 'The version {version} was never in force here',
  },
  'packs.file_missing': {
    zh: '缺少此文件。请在该城市的文件夹中补上',
    en: 'This file is missing. Add it to the folder of the city',
  },
  'packs.file_unknown': {
    zh: '不认识的文件。请改正文件名或移走，应为：{known}',
    en: 'Not a file of a pack. Correct its name or take it away; there are: {known}',
  },
  'packs.file_unreadable': {
    zh: '无法读取（{reason}）。请检查文件及其权限',
    en: 'Cannot be read ({reason}). Check the file and its permissions',
  },
  'packs.file_not_json': {
    zh: '不是有效的 JSON（{reason}）。请按提示位置改正',
    en: 'Not valid JSON ({reason}). Mend it at that place',
  },
  'packs.file_not_object': {
    zh: '文件最外层应为对象。请以左花括号开头、以右花括号结尾',
    en: 'The file must be one object. Begin it with a left brace and end it with a right one',
  },
  'packs.code_differs': {
    zh: '区划代码为 {actual}，与文件夹的 {expected} 不一致。请改为 {expected}，或更改文件夹名',
    en: 'The code is {actual} but the folder says {expected}. Write {expected}, or rename the folder',
  },
  'packs.key_unknown': {
    zh: '不认识的字段「{key}」。请改正拼写或删除',
    en: 'Unknown key "{key}". Correct its spelling or remove it',
  },
  'packs.value_missing': { zh: '缺少此项。请补上', en: 'This value is missing. Add it' },
  'packs.value_type': {
    zh: '应为 {expected}，现为 {actual}。请改正类型',
    en: 'Must be {expected}, but is {actual}. Correct its type',
  },
  'packs.value_small': {
    zh: '不得小于（或少于）{limit}，现为 {actual}。请改大',
    en: 'Must not be below {limit}, but is {actual}. Raise it',
  },
  'packs.value_large': {
    zh: '不得大于（或多于）{limit}，现为 {actual}。请改小',
    en: 'Must not be above {limit}, but is {actual}. Lower it',
  },
  'packs.value_choice': {
    zh: '只能是 {choices}，现为 {actual}。请选其一',
    en: 'Must be one of {choices}, but is {actual}. Choose one',
  },
  'packs.value_format': {
    zh: '格式应为 {format}，现为 {actual}。请按格式填写',
    en: 'Must have the form {format}, but is {actual}. Write it so',
  },
  'packs.value_form': {
    zh: '不符合任何一种允许的写法，现为 {actual}。请参照 docs/packs.md',
    en: 'Fits none of the allowed forms: {actual}. See docs/packs.md',
  },
  'packs.source_wrong': {
    zh: '来源写法不对，现为 {actual}。请写 notice（1–5）和 clause，或写 ref',
    en: 'The source is not usable: {actual}. Give notice (1–5) and clause, or ref',
  },
  'packs.value_other': {
    zh: '不符合要求：{reason}，现为 {actual}。请改正',
    en: 'Not acceptable: {reason}; it is {actual}. Correct it',
  },
  'packs.code_repeated': {
    zh: '代码 {value} 重复。请只保留一个',
    en: 'The code {value} stands twice. Keep one',
  },
  'packs.code_outside': {
    zh: '代码 {value} 不属于 {parent}。请改正代码，或移到所属上级之下',
    en: 'The code {value} does not belong to {parent}. Correct it, or move it to where it belongs',
  },
  'packs.code_unnamed': {
    zh: '引用了没有列出的代码 {value}。请先列出，或改正引用',
    en: 'The code {value} is used but not listed. List it first, or correct it',
  },
  'packs.range_reversed': {
    zh: '下限 {low} 高于上限 {high}。请对调或改正',
    en: 'The lower limit {low} is above the upper limit {high}. Exchange or correct them',
  },
  'packs.ring_open': {
    zh: '界线没有闭合或少于四点。请让首尾两点相同',
    en: 'The outline is not closed or has fewer than four points. Make its first and last point the same',
  },
  'packs.notice': { zh: '通知 {id} {clause}', en: 'Notice {id}, {clause}' },
  'packs.screen.unit.s': { zh: '秒', en: 's' },
  'packs.screen.unit.d': { zh: '天', en: 'days' },
  'packs.screen.unit.a': { zh: '年', en: 'years' },
  'packs.screen.unit.months': { zh: '个月', en: 'months' },
  'packs.screen.unit.times': { zh: '次', en: 'times' },
  'packs.screen.unit.digits': { zh: '位', en: 'digits' },
  'packs.screen.unit.stops': { zh: '站', en: 'stops' },
  'packs.screen.unit.rescuers': { zh: '人', en: 'rescuers' },
  'packs.screen.unit.elevators': { zh: '台', en: 'elevators' },
  'packs.screen.unit.messages': { zh: '条', en: 'messages' },
  'packs.screen.unit.runs': { zh: '次', en: 'runs' },
  'packs.screen.unit.runs/h': { zh: '次/小时', en: 'runs/h' },
  'packs.screen.unit.share': { zh: '', en: '' },
  'packs.screen.unit.ratio': { zh: '', en: '' },
  'packs.screen.unit.of rated speed': { zh: '倍额定速度', en: '× rated speed' },
  'packs.value.automatic': { zh: '自动派单', en: 'Automatic' },
  'packs.value.agent': { zh: '坐席派单', en: 'By the agent' },
  'packs.value.contracted': { zh: '签约维保单位', en: 'Contracted maintenance unit' },
  'packs.value.nearest': { zh: '就近的其他力量', en: 'Nearest other rescuers' },
  'packs.value.emergency_services': { zh: '119、110', en: '119 and 110' },
  'packs.value.calendar_then_next_working_day': {
    zh: '日历日，末日遇休息日顺延',
    en: 'Calendar days; a last day off moves to the next working day',
  },
  'packs.value.tender_pool': { zh: '招标共保', en: 'Put out to tender' },
  'packs.value.open': { zh: '开放市场', en: 'Open market' },
  'packs.value.voluntary': { zh: '自愿投保', en: 'Voluntary' },
  'packs.value.promoted': { zh: '推动投保', en: 'Promoted' },
  'packs.value.local_mandatory': { zh: '地方强制投保', en: 'Compulsory by local law' },
  'packs.value.by_share': { zh: '按份额', en: 'By shares' },
  'packs.value.lead': { zh: '主承保方', en: 'The lead insurer' },
  'packs.value.OWNER_DELTA': { zh: '优惠归浮动方', en: 'The discount goes to its owner' },
  'packs.value.PRO_RATA': { zh: '按比例分摊', en: 'By proportion' },
  'packs.value.working_days': { zh: '工作日', en: 'Working days' },
} as const;
