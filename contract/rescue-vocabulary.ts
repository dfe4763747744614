/** The closed lists of rescue that the API and the console share. */

/** What rescue figures are counted by: `web.statistics.group.<group>`. */
export const STATISTIC_GROUPS = [
  'district',
  'place',
  'hour',
  'month',
  'cause',
  'use_org',
  'maintenance_org',
  'brand',
  'age',
  'level',
] as const;
