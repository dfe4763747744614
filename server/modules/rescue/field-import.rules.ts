import { type CellFault, cellFault, cleanText, type Read, readText } from '../../kernel/cells.ts';
import type { ImportField } from '../../kernel/import-kind.ts';
import { accept, type Result } from '../../kernel/result.ts';

type StationKind = 'maintenance' | 'public' | 'social';
const KIND_WORDS: readonly (readonly [RegExp, StationKind])[] = [
  [/社会|志愿|公益|social/, 'social'],
  [/消防|政府|公共|综合|119|96333|public/, 'public'],
  [/维保|签约|一级|maintenance/, 'maintenance'],
];

/** Whose a station is, as lists write it. */
function readStationKind(cell: string): Result<Read, CellFault> {
  const text = cleanText(cell).normalize('NFKC').toLowerCase();
  const found = KIND_WORDS.find(([words, kind]) => kind === text || words.test(text));
  return found ? accept(found[1]) : cellFault('rescue.cell_station_kind');
}

const f = (name: string, cell: ImportField['cell'], ...synonyms: string[]): ImportField => ({ name, cell, synonyms });

export const STATION_FIELDS: readonly ImportField[] = [
  f('station', readText, '救援站名称', '站点名称', '救援站', '站点', '名称', 'station', 'name'),
  f('org', readText, '所属单位', '单位名称', '单位', '管理单位', '统一社会信用代码', 'org'),
  f('stationKind', readStationKind, '救援站类别', '站点类型', '站点类别', '类别', '类型', 'kind'),
  f('address', 'text', '地址', '站点地址', '详细地址', 'address'),
  f('area', 'text', '所属区县', '区县', '所在区县', '所在区', '行政区划', 'district'),
  f('lng', 'lng', '经度', 'longitude', 'lng', 'lon'),
  f('lat', 'lat', '纬度', 'latitude', 'lat'),
];

export const ROSTER_FIELDS: readonly ImportField[] = [
  { ...f('personName', readText, '姓名', '值班人员', '人员姓名', '值班人', '救援人员', 'name'), personal: true },
  { ...f('phone', 'text', '手机号码', '手机', '联系电话', '值班电话', 'phone'), personal: true },
  f('org', readText, '所属单位', '单位名称', '单位', '统一社会信用代码', 'org'),
  f('station', readText, '救援站名称', '救援站', '站点名称', '站点', 'station'),
  f('crew', 'text', '班组', '救援组', '组别', '班组名称', 'crew'),
  f('fromAt', 'moment', '值班开始', '开始时间', '上班时间', '起始时间', '开始', 'from'),
  f('toAt', 'moment', '值班结束', '结束时间', '下班时间', '终止时间', '结束', 'to'),
];
