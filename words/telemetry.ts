/** Words of the telemetry doors, screens and refusals. Findings have their own file. */
export const telemetryWords = {
  'telemetry.batch_unreadable': { zh: '批次无法读取：{reason}', en: 'The batch cannot be read: {reason}' },
  'telemetry.export.share': { zh: '在线率（%）', en: 'Online rate (%)' },
  'telemetry.export.gap_seconds': { zh: '断点时长（秒）', en: 'Gap time (s)' },
  'telemetry.batch_too_large': { zh: '批次超过上限 {limit}', en: 'The batch is larger than {limit}' },
  'telemetry.key_malformed': {
    zh: 'Idempotency-Key 应为 1–200 个可见 ASCII 字符',
    en: 'Idempotency-Key must be 1 to 200 visible ASCII characters',
  },
  'telemetry.key_reused': {
    zh: '此 Idempotency-Key 已用于另一内容的批次',
    en: 'This Idempotency-Key was used for a batch with another content',
  },
  'telemetry.not_taken': {
    zh: '暂时无法保存，内容未接收，请稍后重发',
    en: 'Nothing can be saved just now and nothing was taken; send it again shortly',
  },
  'telemetry.not_granted': { zh: '该凭证没有权限 {grant}', en: 'These credentials do not hold the grant {grant}' },
  'telemetry.set_aside.not_json': { zh: '不是 JSON：{detail}', en: 'Not JSON: {detail}' },
  'telemetry.set_aside.not_object': { zh: '消息应为 JSON 对象', en: 'A message must be a JSON object' },
  'telemetry.set_aside.unknown_type': { zh: '未知的消息类型「{detail}」', en: 'Unknown message type "{detail}"' },
  'telemetry.set_aside.bad_field': { zh: '字段不符合约定：{detail}', en: 'A field is not as agreed: {detail}' },
  'telemetry.set_aside.bad_text': { zh: '文本含无法保存的字符：{detail}', en: 'Text that cannot be stored: {detail}' },
  'telemetry.set_aside.bad_time': {
    zh: '时间应为带时区的 ISO 8601，且不晚于当前 24 小时：{detail}',
    en: 'The time must be ISO 8601 with its zone, not more than 24 hours ahead: {detail}',
  },
  'telemetry.set_aside.too_large': { zh: '消息超过 16 KB：{detail}', en: 'The message is larger than 16 KB: {detail}' },
  'telemetry.set_aside.wrong_topic': { zh: '主题不是约定主题：{detail}', en: 'Not the agreed topic: {detail}' },
  'telemetry.set_aside.seq_missing': { zh: '缺少序号 seq', en: 'The number `seq` is missing' },
  'telemetry.set_aside.seq_too_old': {
    zh: '序号早于最近 1024 条，无法判断是否重复：{detail}',
    en: 'The number lies outside the last 1,024; whether it is a repeat cannot be told: {detail}',
  },
  'telemetry.set_aside.unknown_elevator': { zh: '没有此电梯：{elevator}', en: 'There is no such elevator: {elevator}' },
  'telemetry.set_aside.foreign_elevator': {
    zh: '发送方无权为此电梯上报：{elevator}',
    en: 'The sender may not speak for this elevator: {elevator}',
  },
  'telemetry.set_aside.rules_failed': {
    zh: '本系统处理此消息时出错，原文已留存，无需重发：{detail}',
    en: 'This system failed at the message; it is kept as it came, do not send it again: {detail}',
  },
  'telemetry.not_found': { zh: '没有找到，或不在您的管辖范围内', en: 'Not found, or outside your scope' },
  'telemetry.window': {
    zh: '起始时间应早于结束时间，且跨度不超过 {days} 天',
    en: 'The window must begin before it ends and span at most {days} days',
  },
  'telemetry.finding_closed': { zh: '此预警已解除', en: 'This finding is closed already' },
  'telemetry.finding_taken': { zh: '此预警已有人处理', en: 'Somebody has this finding in hand already' },
  'telemetry.changed_meanwhile': {
    zh: '内容已被他人修改，请刷新后重试',
    en: 'Somebody changed it meanwhile; look again and retry',
  },
  'telemetry.code_set_unknown': { zh: '没有代码表「{codeSet}」', en: 'There is no code set "{codeSet}"' },
  'telemetry.trace.finding_taken': { zh: '预警已有人处理', en: 'A finding was taken in hand' },
  'telemetry.definition.online': {
    zh: '在线率 = 在时限内收到过消息的电梯 ÷ 曾收到过消息的在用电梯',
    en: 'Online rate = elevators heard within the limit ÷ elevators in use that were ever heard',
  },
  'telemetry.waiting.findings': { zh: '{n} 项物联预警待受理', en: '{n} findings to take in hand' },
} as const;
