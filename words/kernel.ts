/** Words of the kernel: problems that any door may answer with. */
export const kernelWords = {
  'kernel.invalid': { zh: '填写有误，未保存', en: 'The input is not valid; nothing was saved' },
  'kernel.unreadable': { zh: '内容无法读取：{reason}', en: 'The content cannot be read: {reason}' },
  'kernel.refers_to_nothing': {
    zh: '所填编号指向的对象不存在（{field}），未保存，请核对后重试',
    en: 'An id names something that does not exist ({field}); nothing was saved. Check it and try again',
  },
  'kernel.unauthenticated': { zh: '请先登录', en: 'Please sign in first' },
  'kernel.forbidden': { zh: '当前角色无权进行此操作', en: 'Your role may not do this' },
  'kernel.not_found': { zh: '没有找到，或不在您的管辖范围内', en: 'Not found, or outside your scope' },
  'kernel.method_not_allowed': { zh: '此地址不支持该操作', en: 'This address does not support that method' },
  'kernel.foreign_origin': { zh: '请求来自其他网站，已拒绝', en: 'The request came from another site and was refused' },
  'kernel.too_large': { zh: '内容过大，上限 {limit}', en: 'The content is too large; the limit is {limit}' },
  'kernel.unsupported_media': { zh: '不支持的内容类型「{value}」', en: 'Unsupported content type "{value}"' },
  'kernel.too_many': { zh: '操作过于频繁，请在 {seconds} 秒后重试', en: 'Too many requests; try again in {seconds} s' },
  'kernel.unavailable': {
    zh: '数据库暂时不可用，内容未保存，请稍后重试',
    en: 'The database is away; nothing was saved. Please try again shortly',
  },
  'kernel.internal': {
    zh: '系统出错，已记录，请求编号 {requestId}',
    en: 'Something went wrong on our side and was logged; request {requestId}',
  },
  'kernel.telemetry_away': {
    zh: '数据接入服务正在启动或恢复，请稍后重试',
    en: 'The telemetry service is starting or recovering; try again shortly',
  },
  'kernel.field.required': { zh: '「{field}」必填', en: '"{field}" is required' },
  'kernel.field.invalid': { zh: '「{field}」不符合要求：{reason}', en: '"{field}" is not acceptable: {reason}' },
  'kernel.key_missing': {
    zh: '密钥文件缺少密钥 {id}，数据库中的姓名和电话是用它加密的。请从备份恢复数据目录中的 tian.key 后再启动；没有它，这些信息无法读取',
    en: 'The key file lacks key {id}, with which names and phone numbers in this database are encrypted. Put the copy of tian.key back into the data folder and start again; without it they cannot be read',
  },
  'kernel.key_wrong': {
    zh: '密钥文件不属于此数据库：密钥 {id} 的指纹应为 {expected}，现为 {found}。请换回原来的 tian.key',
    en: 'The key file does not belong to this database: key {id} should have fingerprint {expected} and has {found}. Put the original tian.key back',
  },
  'kernel.sheet_unreadable': { zh: '文件无法读取：{reason}', en: 'The file cannot be read: {reason}' },
  'kernel.sheet_kind': { zh: '不支持的文件类型，请使用 CSV 或 XLSX', en: 'Unsupported file; use CSV or XLSX' },
  'kernel.sheet_too_large': { zh: '文件过大，上限 {limit}', en: 'The file is too large; the limit is {limit}' },
  'kernel.sheet_empty': { zh: '文件没有数据行', en: 'The file has no rows' },
  'kernel.base_map_unreadable': {
    zh: '底图文件 {file} 无法使用：{reason}。请检查 TIAN_MAP_PMTILES，或不设置它',
    en: 'The base map {file} cannot be used: {reason}. Mend TIAN_MAP_PMTILES or leave it out',
  },
  'kernel.file_missing': { zh: '请选择要上传的文件', en: 'Choose a file to upload' },
  'kernel.file_empty': { zh: '文件是空的', en: 'The file is empty' },
  'kernel.file_too_large': { zh: '文件过大，上限 {limit}', en: 'The file is too large; the limit is {limit}' },
  'kernel.file_kind': {
    zh: '不支持的文件类型。可上传照片、录音、录像、PDF、Word、Excel 和纯文本',
    en: 'This kind of file is not kept. Photos, recordings, PDF, Word, Excel and plain text are',
  },
  'kernel.page.bigger': { zh: '大字', en: 'Larger type' },
  'kernel.page.normal': { zh: '标准字', en: 'Normal type' },
  'kernel.page.language': { zh: 'English', en: '中文' },
} as const;
