import type { Reactions } from '../../kernel/module.ts';
import { note } from '../../kernel/trace.ts';
import {
  readElevatorChanged,
  readElevatorMerged,
  readElevatorsImported,
  readLifeCycleChanged,
  readPartiesChanged,
} from '../registry/index.ts';
import { tellDirectory } from './directory.channel.ts';
import { readFindingClosed, readFindingOpened } from './events.ts';
import type { Thresholds } from './pack.ts';
import { noticeOutage, noticePower } from './power-cut.service.ts';
import type { TelemetryTables } from './tables.ts';

/** Kinds that would fill a trace page: the box's own troubles, told by lists and counters. */
const UNTRACED: readonly string[] = ['offline', 'statistics_anomaly'];

/** What telemetry does with its own findings once they stand: trace pages, and power cuts of many elevators. */
export const telemetryReactions = (thresholds: Thresholds): Reactions => ({
  // The doors hold files, units and codes in memory: they look again at what changed.
  'registry.elevator_changed': async (tx, event) => tellDirectory(tx, [readElevatorChanged(event).data.elevatorId]),
  'registry.parties_changed': async (tx, event) => tellDirectory(tx, [readPartiesChanged(event).data.elevatorId]),
  'registry.life_cycle_changed': async (tx, event) => tellDirectory(tx, [readLifeCycleChanged(event).data.elevatorId]),
  'registry.elevator_merged': async (tx, event) => {
    const { elevatorId, goneId } = readElevatorMerged(event).data;
    await tellDirectory(tx, [elevatorId, goneId]);
  },
  'registry.elevators_imported': async (tx, event) => tellDirectory(tx, readElevatorsImported(event).data.elevatorIds),
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
