import { type CellFault, cellFault, cleanText, type Read, readCode, readText } from '../../kernel/cells.ts';
import type { ImportField } from '../../kernel/import-kind.ts';
import { accept, type Result } from '../../kernel/result.ts';
import { phoneText } from './directory.rules.ts';

/** How registers write what an organisation is, what a licence allows, what a person does, what a certificate is for. */
type Words = readonly (readonly [RegExp, string])[];

const ORG_KINDS: Words = [
  [/业主委员会|业委会/, 'owners_committee'],
  [/物业|property/, 'property_company'],
  [/维保|维护保养|维修保养|maintenance/, 'maintenance_unit'],
  [/检验|检测|特检|inspection/, 'inspection_body'],
  [/经纪|broker/, 'broker'],
  [/保险|insur/, 'insurer'],
  [/协会|association/, 'association'],
  [/维修资金|住宅资金|housing fund/, 'housing_fund_office'],
  [/市场监管|市场监督|regulator/, 'regulator'],
  [/街道|乡镇|镇政府|street/, 'street_office'],
  [/应急处置中心|96333|rescue centre/, 'rescue_centre'],
  [/社会|志愿|公益|social/, 'social_force'],
  [/救援站|消防|rescue station/, 'rescue_station'],
  [/平台|platform/, 'platform_operator'],
  [/制造|生产|maker|manufacturer/, 'maker'],
  [/安装|改造|install/, 'installer'],
  [/销售|经营|代理|seller/, 'seller'],
  [/建设|开发|施工|construction/, 'construction_unit'],
  [/主管部门|委员会|住建|卫健|教育局|department/, 'department'],
  [/使用|管理单位|use.?unit|user/, 'use_unit'],
];
const LICENCE_KINDS: Words = [
  [/制造|making|manufactur/, 'making'],
  [/安装|改造|install/, 'installation'],
  [/维保|维修|维护|maintenance/, 'maintenance'],
  [/检验|inspection/, 'inspection'],
  [/检测|testing/, 'testing'],
  [/经纪|broking/, 'broking'],
  [/保险.*代理|代理.*保险|agency/, 'agency'],
  [/保险|insurance/, 'insurance'],
];
const DUTIES: Words = [
  [/安全总监|safety.?director/, 'safety_director'],
  [/安全员|安全管理员|safety.?officer/, 'safety_officer'],
  [/维保(负责人|经理|主管)|maintenance.?manager/, 'maintenance_manager'],
  [/维保|维修工|电梯工|作业人员|修理|technician/, 'technician'],
  [/救援|rescuer/, 'rescuer'],
  [/检验|检测|inspector/, 'inspector'],
  [/值班|duty.?officer/, 'duty_officer'],
  [/负责人|法人|法定代表人|经理|head/, 'head'],
  [/联系人|contact/, 'contact'],
];
const CERTIFICATE_KINDS: Words = [
  [/安全管理|^a$|safety/, 'safety_manager'],
  [/检验|检测|inspector/, 'inspector'],
  [/救援|rescuer/, 'rescuer'],
  [/作业|修理|维修|^t$|^t1$|电梯|work/, 'elevator_work'],
];

const meaning = (words: Words, text: string): string | undefined =>
  words.find(([pattern, code]) => code === text || pattern.test(text))?.[1];
const lower = (cell: string): string => cleanText(cell).normalize('NFKC').toLowerCase();

const oneOf =
  (words: Words, fault: CellFault['code']) =>
  (cell: string): Result<Read, CellFault> => {
    const found = meaning(words, lower(cell));
    return found ? accept(found) : cellFault(fault);
  };

/** Several in one cell, however they are parted; codes joined by commas. */
const severalOf =
  (words: Words, fault: CellFault['code']) =>
  (cell: string): Result<Read, CellFault> => {
    const parts = lower(cell)
      .split(/[,，、;；/|+]+/u)
      .filter(Boolean);
    const found = parts.map((part) => meaning(words, part.trim()));
    return found.every((code) => code !== undefined) && found.length > 0
      ? accept([...new Set(found)].join(','))
      : cellFault(fault);
  };

/** What an organisation probably is by its own name; undefined when the name does not say. */
export const kindByName = (name: string): string | undefined => meaning(ORG_KINDS, lower(name));
export const listIn = (text: string): string[] => text.split(',').filter(Boolean);

function readPhone(cell: string): Result<Read, CellFault> {
  // A spreadsheet that took the number for a number leaves '.0' or an exponent behind.
  const text = cleanText(cell).normalize('NFKC').replace(/\.0$/, '');
  const phone = phoneText(text);
  return phone.ok && phone.value !== '' ? accept(phone.value) : cellFault('identity.cell_phone');
}

const f = (name: string, cell: ImportField['cell'], ...synonyms: string[]): ImportField => ({ name, cell, synonyms });
const secret = (name: string, cell: ImportField['cell'], ...synonyms: string[]): ImportField => ({
  ...f(name, cell, ...synonyms),
  personal: true,
});

export const ORG_FIELDS: readonly ImportField[] = [
  f(
    'orgName',
    readText,
    '单位名称',
    '企业名称',
    '机构名称',
    '公司名称',
    '名称',
    '单位',
    '维保单位名称',
    '使用单位名称',
    'name',
    'org_name',
  ),
  f('uscc', readCode, '统一社会信用代码', '信用代码', '社会信用代码', '组织机构代码', 'uscc'),
  f(
    'orgKinds',
    severalOf(ORG_KINDS, 'identity.cell_org_kind'),
    '单位类别',
    '单位类型',
    '企业类型',
    '机构类型',
    '类别',
    '类型',
    '单位性质',
    'kind',
    'kinds',
  ),
  f('orgAddress', 'text', '单位地址', '注册地址', '住所', '地址', '办公地址', '经营地址', 'address'),
  f('dutyPhone', readPhone, '值班电话', '24小时值班电话', '服务电话', '联系电话', '电话', '单位电话', 'phone'),
  f(
    'area',
    'text',
    '所属区县',
    '所在区划',
    '所属区划',
    '区县',
    '所在区县',
    '所在区',
    '行政区划',
    '行政区划代码',
    '区域',
    'district',
  ),
  f('street', 'text', '街道', '所属街道', '乡镇街道', '街道乡镇', 'street'),
  f('workAreas', 'text', '作业区域', '服务区域', '管辖区域', '业务区域', '维保区域', 'work_areas'),
  f(
    'licenceKind',
    oneOf(LICENCE_KINDS, 'identity.cell_licence_kind'),
    '许可类别',
    '许可项目',
    '资质类别',
    '许可种类',
    'licence_kind',
  ),
  f('licenceNumber', readCode, '许可证编号', '许可证号', '资质证书编号', '证书编号', 'licence_number'),
  f('licenceScope', 'text', '许可范围', '许可级别', '资质等级', '许可参数', 'licence_scope'),
  f('licenceIssuer', 'text', '发证机关', '许可机关', '发证单位', 'licence_issuer'),
  f('licenceIssuedOn', 'day', '发证日期', '许可日期', '批准日期', 'licence_issued_on'),
  f('licenceExpiresOn', 'day', '有效期至', '许可有效期', '有效期', '证书有效期', '截止日期', 'licence_expires_on'),
];

export const PERSON_FIELDS: readonly ImportField[] = [
  secret('personName', readText, '姓名', '人员姓名', '员工姓名', '名字', 'name', 'person_name'),
  secret(
    'phone',
    readPhone,
    '手机',
    '手机号',
    '手机号码',
    '联系电话',
    '联系方式',
    '电话',
    '移动电话',
    'phone',
    'mobile',
  ),
  f(
    'org',
    readText,
    '所属单位',
    '单位',
    '单位名称',
    '工作单位',
    '聘用单位',
    '统一社会信用代码',
    '单位统一社会信用代码',
    'org',
  ),
  f(
    'duties',
    severalOf(DUTIES, 'identity.cell_duty'),
    '岗位',
    '职务',
    '职责',
    '人员类别',
    '人员类型',
    '岗位职务',
    'duties',
    'duty',
  ),
  f('leftOn', 'day', '离职日期', '离岗日期', 'left_on'),
  f(
    'certificateKind',
    oneOf(CERTIFICATE_KINDS, 'identity.cell_certificate_kind'),
    '证书类别',
    '证书种类',
    '证书类型',
    '证件类别',
    '作业项目',
    '持证项目',
    '项目代号',
    'certificate_kind',
  ),
  secret(
    'certificateNumber',
    readCode,
    '证书编号',
    '证件编号',
    '证书号',
    '作业人员证编号',
    '证号',
    '身份证号',
    'certificate_number',
  ),
  f('certificateIssuer', 'text', '发证机关', '发证机构', '发证单位', 'certificate_issuer'),
  f('certificateIssuedOn', 'day', '发证日期', '批准日期', '取证日期', 'certificate_issued_on'),
  f(
    'certificateExpiresOn',
    'day',
    '有效期至',
    '证书有效期',
    '有效期',
    '到期日期',
    '有效日期',
    'certificate_expires_on',
  ),
];
