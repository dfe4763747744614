import type { ImportField, Units } from '../../kernel/import-kind.ts';
import { readFloor, readLoad, readPlace, readSpeed, readState, readVariety } from './import-cells.rules.ts';

const f = (name: string, cell: ImportField['cell'], ...synonyms: string[]): ImportField => ({ name, cell, synonyms });

/** Every field of an elevator that a column can mean. Several columns may mean one text field: they are joined in order. */
export const ELEVATOR_FIELDS: readonly ImportField[] = [
  f('sourceKey', 'code', '来源编号', '序列编号', '设备编号', '系统编号', 'dv_device_number', 'id', 'device_number'),
  f('registrationCode', 'code', '注册代码', '设备注册代码', '注册编码', '设备注册编码', 'registration_code'),
  f(
    'useRegistration',
    'code',
    '使用登记证编号',
    '使用登记证号',
    '使用证编号',
    '使用登记编号',
    '登记证编号',
    'use_registration',
  ),
  f('deviceCode', 'code', '设备代码', '电梯整机编码', 'device_code'),
  f('makerNumber', 'code', '出厂编号', '产品编号', '制造编号', 'factory_number', 'maker_number'),
  f('makerUscc', 'code', '制造单位统一社会信用代码', '制造单位信用代码', 'maker_uscc'),
  f('rescueCode', 'code', '救援识别码', '救援码', '96333编码', '应急救援码', '识别码', '电梯识别码', 'rescue_code'),
  f(
    'kind',
    readVariety,
    '设备品种',
    '设备类别',
    '电梯类型',
    '电梯类别',
    '品种',
    '类别',
    '设备种类',
    'device_type',
    'type',
  ),
  f('state', readState, '设备状态', '使用状态', '状态', '设备使用状态', 'device_status', 'status'),
  f('estate', 'text', '小区名称', '楼盘名称', '项目名称', '小区', '场所名称', '使用场所名称', 'estate'),
  f('building', 'text', '楼栋', '楼号', '幢号', '楼幢', '栋号', 'building'),
  f(
    'road',
    'text',
    '地址',
    '安装地址',
    '使用地点',
    '设备使用地点',
    '详细地址',
    '设备地址',
    '使用地址',
    'house_number',
    'street_name',
    'address',
  ),
  f('unit', 'text', '单元', '单元号', '内部位置', '单位内编号', 'unit'),
  f(
    'area',
    'text',
    '所属区县',
    '区县',
    '行政区划',
    '行政区划代码',
    '所在区县',
    '区域',
    '所在区',
    'borough',
    'district',
  ),
  f('street', 'text', '街道', '所属街道', '乡镇街道', '街道乡镇', 'street'),
  f('community', 'text', '社区', '所属社区', '村社区', 'community'),
  f('lng', 'lng', '经度', 'longitude', 'lng', 'lon'),
  f('lat', 'lat', '纬度', 'latitude', 'lat'),
  f('placeClass', readPlace, '场所类别', '使用场所', '使用场所类别', '场所', '场所类型', 'place_class'),
  f('useUnit', 'text', '使用单位', '使用单位名称', '使用管理单位', 'use_unit'),
  f('maintenance', 'text', '维保单位', '维护保养单位', '维保单位名称', 'maintenance_unit'),
  f('maker', 'text', '制造单位', '制造单位名称', '生产厂家', '制造厂家', 'maker'),
  f('inspectionBody', 'text', '检验机构', '检验单位', '检验检测机构', 'inspection_body'),
  f('brand', 'text', '品牌', '电梯品牌', 'brand', 'dv_manufacturer', 'manufacturer'),
  f('model', 'text', '型号', '设备型号', '产品型号', '规格型号', 'model'),
  f('inHouseNo', 'text', '内部编号', '设备内部编号', '单位内部编号', 'in_house_number'),
  f('madeOn', 'day', '制造日期', '出厂日期', '生产日期', 'made_on'),
  f('installedOn', 'day', '安装日期', '竣工日期', '安装竣工日期', 'installed_on'),
  f(
    'inUseOn',
    'day',
    '投用日期',
    '使用日期',
    '投入使用日期',
    '注册登记日期',
    '登记日期',
    'dv_approval_date',
    'in_use_on',
  ),
  f('nextInspectionOn', 'day', '下次检验日期', '检验有效期', '下次定期检验日期', 'next_inspection_on'),
  f('lastInspectionOn', 'day', '上次检验日期', '检验日期', '最近检验日期', 'dv_lastper_insp_date'),
  f('lastInspectionResult', 'text', '检验结论', '最近检验结论', 'dv_lastper_insp_disp'),
  f(
    'speed',
    (cell, { speed }) => readSpeed(cell, speed),
    '额定速度',
    '速度',
    '名义速度',
    'dv_speed_fpm',
    'rated_speed',
  ),
  f(
    'load',
    (cell, { load }) => readLoad(cell, load),
    '额定载重量',
    '载重量',
    '额定载荷',
    '载重',
    'dv_capacity_lbs',
    'rated_load',
  ),
  f('bottomFloor', readFloor, '最低层', '底层', 'dv_floor_from'),
  f('topFloor', readFloor, '最高层', '顶层', '层数', 'dv_floor_to'),
  f('stops', 'int', '站数', '停站数', '层站数', 'stops'),
  f('doors', 'int', '门数', 'doors'),
  f('travel', 'text', '提升高度', 'dv_travel_distance'),
  f('machine', 'text', '驱动主机型号', '曳引机型号', 'dv_machine_type'),
  f('governor', 'text', '限速器型号', 'dv_governor_type'),
  f('buffer', 'text', '缓冲器型号', 'dv_car_buffer_type'),
  f('safetyGear', 'text', '安全钳型号', 'dv_safety_type'),
  f('operation', 'text', '操作方式', '控制方式', 'dv_mode_operation'),
  f('residents', 'int', '服务居民人数', '服务人数', 'residents'),
  f('firefighter', 'flag', '消防电梯', '是否消防电梯'),
  f('powerFeeder', 'text', '供电线路', '配电线路', 'power_feeder'),
];

/** Fields whose absence the report counts: what the city's duties need of every file. */
export const COUNTED_WHEN_MISSING = [
  'registrationCode',
  'rescueCode',
  'kind',
  'area',
  'road',
  'lng',
  'placeClass',
  'useUnit',
  'maintenance',
  'maker',
  'madeOn',
  'inUseOn',
  'nextInspectionOn',
  'speed',
  'load',
  'topFloor',
] as const;

/** How headers are compared: half width, lower case, without spaces, marks, and a unit in brackets at the end. */
export const headerKey = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[([【][^)\]】]*[)\]】]\s*$/u, '')
    .replaceAll(/[\s*＊:：·-]/gu, '');

/** Is a cell the name of a column that some field goes by? */
export const isHeader = (fields: readonly ImportField[]): ((cell: string) => boolean) => {
  const known = new Set(fields.flatMap((field) => field.synonyms.map(headerKey)));
  return (cell) => known.has(headerKey(cell));
};

export type Mapping = Readonly<Record<string, string>>; // column → field; '' leaves the column out

/** Which field each column means: as remembered from the source, else by what registers call it. */
export function suggestMapping(
  columns: readonly string[],
  fields: readonly ImportField[],
  remembered: Mapping,
): Mapping {
  const known = new Map<string, string>();
  // Two fields may go by one name, as the issuer of a licence and of a certificate do: the first one has it.
  for (const field of fields)
    for (const s of field.synonyms) if (!known.has(headerKey(s))) known.set(headerKey(s), field.name);
  return Object.fromEntries(
    columns.map((column) => [column, remembered[column] ?? known.get(headerKey(column)) ?? '']),
  );
}

/** Units that the headers name; metres per second, kilograms and WGS-84 where they name none. */
export function suggestUnits(columns: readonly string[]): Units {
  const text = columns.join(' ').normalize('NFKC').toLowerCase();
  return {
    speed: /fpm|ft\/min/.test(text) ? 'ft/min' : /mm\/s/.test(text) ? 'mm/s' : 'm/s',
    load: /_lbs?\b|\(lbs?\)/.test(text) ? 'lb' : 'kg',
    crs: /gcj|高德|腾讯/.test(text) ? 'GCJ02' : /bd09|bd-09|百度/.test(text) ? 'BD09' : 'WGS84',
  };
}
