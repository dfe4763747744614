import type { Db } from '../../kernel/db.ts';
import type { Scoped } from '../../kernel/scope.ts';
import type { Cold } from './cold.service.ts';
import type { LiveCars } from './live.service.ts';
import type { Thresholds } from './pack.ts';
import type { TelemetryTables } from './tables.ts';

/** What telemetry's routes work with. */
export type TelemetryDeps = {
  db: Db<TelemetryTables>;
  scoped: Scoped<TelemetryTables>;
  now: () => Date;
  thresholds: Thresholds;
  areaName: (code: string) => string; // empty for a code that is not of this city
  live: LiveCars;
  cold: Cold;
};

/** Since when an elevator must have been heard to count as online. */
export const onlineSince = ({ now, thresholds }: Pick<TelemetryDeps, 'now' | 'thresholds'>): Date =>
  new Date(now().getTime() - thresholds.offlineSeconds * 1000);
