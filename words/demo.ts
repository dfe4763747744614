/** What the simulated people of the demo city say, and nothing else. */
export const demoWords = {
  'demo.desk.nobody_inside': { zh: '电话核实：轿厢内无人', en: 'Checked by phone: nobody is inside' },
  'demo.desk.taken_by': { zh: '示例119指挥中心', en: 'Sample 119 control room' },
  'demo.call.said': {
    zh: '电梯停在楼层之间，门打不开',
    en: 'The car stands between floors and the door does not open',
  },
} as const;
