/** Words of the rescue figures, on screen and as a file. */
export const rescueStatisticsWords = {
  'rescue.statistics.title': { zh: '救援统计', en: 'Rescue figures' },
  'rescue.statistics.total': { zh: '合计', en: 'Total' },
  'rescue.statistics.unknown': { zh: '未登记', en: 'Not on file' },
  'rescue.statistics.age': { zh: '{from}–{to} 年', en: '{from}–{to} years' },
  'rescue.statistics.column.group': { zh: '分组', en: 'Group' },
  'rescue.statistics.column.incidents': { zh: '困人起数', en: 'Incidents' },
  'rescue.statistics.column.people': { zh: '人数', en: 'People' },
  'rescue.statistics.column.arrival_mean': { zh: '到达平均（秒）', en: 'Arrival mean (s)' },
  'rescue.statistics.column.arrival_p50': { zh: '到达 P50（秒）', en: 'Arrival P50 (s)' },
  'rescue.statistics.column.arrival_p90': { zh: '到达 P90（秒）', en: 'Arrival P90 (s)' },
  'rescue.statistics.column.rescue_mean': { zh: '解救平均（秒）', en: 'Rescue mean (s)' },
  'rescue.statistics.column.trapped_mean': { zh: '被困平均（秒）', en: 'Trapped mean (s)' },
  'rescue.statistics.column.response_rate': { zh: '三分钟响应率', en: 'Answered in 3 min' },
  'rescue.statistics.column.arrival_rate': { zh: '三十分钟到达率', en: 'Arrived in 30 min' },
  'rescue.statistics.column.elevators': { zh: '在用电梯（台）', en: 'Elevators in use' },
  'rescue.statistics.column.rate_per_100': { zh: '困人率（起/百台·月）', en: 'Per 100 and month' },
} as const;
