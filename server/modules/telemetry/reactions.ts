import type { Reactions } from '../../kernel/module.ts';
import { note } from '../../kernel/trace.ts';
import { readFindingClosed, readFindingOpened } from './events.ts';
import type { Thresholds } from './pack.ts';
import { noticeOutage, noticePower } from './power-cut.service.ts';
import type { TelemetryTables } from './tables.ts';

/** Kinds that would fill a trace page: the box's own troubles, told by lists and counters. */
const UNTRACED: readonly string[] = ['offline', 'statistics_anomaly'];

/** What telemetry does with its own findings once they stand: trace pages, and power cuts of many elevators. */
export const telemetryReactions = (thresholds: Thresholds): Reactions => ({
  'telemetry.finding_opened': async (tx, event) => {
    const { data } = readFindingOpened(event);
    if (!UNTRACED.includes(data.kind)) {
      await note(tx, [
        {
          subject: data.elevatorId,
          at: new Date(data.startedAt),
          code: `telemetry.finding.${data.kind}`,
          params: {},
          ref: data.findingId,
          audience: event.audience,
        },
      ]);
    }
    if (data.kind === 'power_cut')
      await noticeOutage(tx.withTables<TelemetryTables>(), data.findingId, thresholds.power);
  },
  'telemetry.finding_closed': async (tx, event) => {
    const { data } = readFindingClosed(event);
    if (data.kind === 'power_cut')
      await noticePower(tx.withTables<TelemetryTables>(), data.elevatorId, new Date(data.closedAt));
  },
});
