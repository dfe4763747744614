/** The sandbox: a demo city that hands out keys. */
export const sandboxWords = {
  'sandbox.not_ready': {
    zh: '演示城市还没有建好，请一分钟后再试',
    en: 'The demo city is not ready yet. Try again in a minute',
  },
  'sandbox.full': {
    zh: '沙箱的密钥已发完，请等别人的到期后再试',
    en: 'All keys of the sandbox are handed out. Try again when others have ended',
  },
  'sandbox.all_taken': {
    zh: '这一类单位都已有系统在试用（一家一套，一天到期），请稍后再试，或选别的类型',
    en: 'Every organisation of this kind has a system already (one each, for a day). Try again later, or choose another kind',
  },
  'sandbox.kind.maker': { zh: '电梯制造单位的物联网平台', en: 'IoT platform of a maker' },
  'sandbox.kind.maintenance': { zh: '维保单位的系统', en: 'System of a maintenance unit' },
  'sandbox.kind.desk': { zh: '110、119、12345 或其他城市的 96333', en: '110, 119, 12345 or another city’s 96333' },
  'sandbox.kind.insurer': { zh: '保险公司的系统', en: 'System of an insurer' },
  'sandbox.kind.broker': { zh: '保险经纪的系统', en: 'System of a broker' },
  'sandbox.kind.reader': {
    zh: '只读数据的平台（城市大脑等）',
    en: 'A platform that only reads (city brain and others)',
  },
  'sandbox.page.title': { zh: '接口沙箱', en: 'Sandbox' },
  'sandbox.page.lead': {
    zh: '这是一座虚构的城市，接口与正式系统完全相同。填一个名称就能拿到密钥，不用申请，也不会惊动任何人。请不要写入真实的人名和电话。',
    en: 'This city is invented; its interfaces are those of the real system. Give a name and take keys: nobody is asked, nobody is alarmed. Write no real names or phone numbers.',
  },
  'sandbox.page.name': { zh: '您的系统叫什么', en: 'What is your system called' },
  'sandbox.page.name_needed': {
    zh: '请填系统名称（最多 60 个字），并选择类型',
    en: 'Give the name of your system (at most 60 characters) and choose its kind',
  },
  'sandbox.page.kind': { zh: '它是哪一类', en: 'What kind is it' },
  'sandbox.page.kind_hint': {
    zh: '密钥七天到期；保险公司和经纪一家只容一套系统，一天到期。',
    en: 'Keys end after seven days; those of an insurer or broker, of which each has one system only, after one day.',
  },
  'sandbox.page.send': { zh: '领取密钥', en: 'Take keys' },
  'sandbox.page.once': { zh: '密钥只显示这一次，请现在抄下。', en: 'The keys are shown this once: copy them now.' },
  'sandbox.page.secret_api': { zh: '接口密钥 client_secret', en: 'Secret for HTTPS (client_secret)' },
  'sandbox.page.secret_mqtt': { zh: 'MQTT 密码（用户名为 client_id）', en: 'MQTT password (user name: client_id)' },
  'sandbox.page.speaks_for': { zh: '代表', en: 'Speaks for' },
  'sandbox.page.whole_city': { zh: '全市', en: 'the whole city' },
  'sandbox.page.grants': { zh: '权限', en: 'May' },
  'sandbox.page.ends': { zh: '到期', en: 'Ends' },
  'sandbox.page.elevators': { zh: '可用的电梯（救援识别码）', en: 'Elevators to use (rescue codes)' },
  'sandbox.page.try': { zh: '接着可以这样试', en: 'What to type next' },
  'sandbox.page.api': { zh: '全部接口说明', en: 'All interfaces' },
  'sandbox.page.foot': {
    zh: '沙箱里的单位、人员和电梯都是虚构的，数据会定期清空。',
    en: 'All organisations, people and elevators here are invented, and data are removed from time to time.',
  },
} as const;
