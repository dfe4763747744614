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

/** The instants of an incident in their usual order: `rescue.clock.<name>`, docs/interfaces/rescue-clocks.md. */
export const CLOCK_NAMES = [
  'stop',
  'evidence',
  'reported',
  'aware',
  'answered',
  'decided',
  'offered',
  'accepted',
  'departed',
  'arrived',
  'released',
  'confirmed',
  'cause_reported',
  'closed',
] as const;
