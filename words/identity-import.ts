/** Words of the imports of organisations and people. */
export const identityImportWords = {
  'identity.cell_org_kind': {
    zh: '单位类别缺失或不可识别，例：维保单位、物业服务企业、使用单位',
    en: 'names no known kind of organisation',
  },
  'identity.cell_kind_guessed': {
    zh: '未填单位类别，已按名称推断，请核对',
    en: 'names no kind of organisation; it was taken from the name, please check',
  },
  'identity.cell_licence_kind': {
    zh: '许可类别缺失或不可识别，许可证未采用，例：维护保养、安装、制造',
    en: 'names no known kind of licence; the licence was left out',
  },
  'identity.cell_certificate_kind': {
    zh: '证书类别缺失或不可识别，证书未采用，例：电梯作业人员证、安全管理人员证',
    en: 'names no known kind of certificate; the certificate was left out',
  },
  'identity.cell_duty': { zh: '不是可识别的岗位，例：维保人员、电梯安全员', en: 'is no known duty' },
  'identity.cell_phone': {
    zh: '不是可拨打的电话号码，例：13800000000、0510-88000000',
    en: 'is no number that can be dialled',
  },
  'identity.cell_term': {
    zh: '有效期早于发证日期，证照未采用',
    en: 'ends before it was issued; it was left out',
  },
  'identity.cell_org_name': { zh: '单位名称缺失，整行未导入', en: 'names no organisation; the row was not taken' },
  'identity.cell_org_none': {
    zh: '没有这个单位，整行未导入；请先导入单位，或改填统一社会信用代码',
    en: 'no such organisation; import it first, or give its credit code. The row was not taken',
  },
  'identity.cell_org_several': {
    zh: '有多个单位符合，整行未导入；请填统一社会信用代码',
    en: 'means several organisations; give the credit code. The row was not taken',
  },
  'identity.cell_org_outside': {
    zh: '不在您管辖的区域内，整行未导入；请核对所属区县',
    en: 'lies outside your divisions; check the district. The row was not taken',
  },
  'identity.cell_person_name': { zh: '姓名缺失，整行未导入', en: 'names nobody; the row was not taken' },
  'identity.cell_person_none': {
    zh: '该单位没有这名人员，整行未导入；请先导入人员',
    en: 'nobody of that name works there; import people first. The row was not taken',
  },
  'identity.cell_person_several': {
    zh: '该单位有多名同名人员，整行未导入；请填手机号码',
    en: 'several people of that name work there; give the phone. The row was not taken',
  },
  'registry.field.orgName': { zh: '单位名称', en: 'Organisation' },
  'registry.field.uscc': { zh: '统一社会信用代码', en: 'Credit code' },
  'registry.field.orgKinds': { zh: '单位类别', en: 'Kind of organisation' },
  'registry.field.orgAddress': { zh: '单位地址', en: 'Address' },
  'registry.field.dutyPhone': { zh: '值班电话', en: 'Duty phone' },
  'registry.field.workAreas': { zh: '作业区域', en: 'Works in' },
  'registry.field.licenceKind': { zh: '许可类别', en: 'Kind of licence' },
  'registry.field.licenceNumber': { zh: '许可证编号', en: 'Licence number' },
  'registry.field.licenceScope': { zh: '许可范围', en: 'Scope of the licence' },
  'registry.field.licenceIssuer': { zh: '发证机关', en: 'Licence issued by' },
  'registry.field.licenceIssuedOn': { zh: '发证日期', en: 'Licence issued on' },
  'registry.field.licenceExpiresOn': { zh: '有效期至', en: 'Licence ends on' },
  'registry.field.personName': { zh: '姓名', en: 'Name' },
  'registry.field.phone': { zh: '手机号码', en: 'Phone' },
  'registry.field.org': { zh: '所属单位', en: 'Works for' },
  'registry.field.duties': { zh: '岗位', en: 'Duties' },
  'registry.field.leftOn': { zh: '离职日期', en: 'Left on' },
  'registry.field.certificateKind': { zh: '证书类别', en: 'Kind of certificate' },
  'registry.field.certificateNumber': { zh: '证书编号', en: 'Certificate number' },
  'registry.field.certificateIssuer': { zh: '发证机关', en: 'Certificate issued by' },
  'registry.field.certificateIssuedOn': { zh: '发证日期', en: 'Certificate issued on' },
  'registry.field.certificateExpiresOn': { zh: '有效期至', en: 'Certificate ends on' },
} as const;
