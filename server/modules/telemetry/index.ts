import type { Kernel, Module } from '../../kernel/module.ts';
import type { TelemetryPack } from './pack.ts';

export {
  type ButtonAlarm,
  type EntrapmentCleared,
  type EntrapmentSuspected,
  type FindingClosed,
  type FindingOpened,
  type PowerCut,
  readButtonAlarm,
  readEntrapmentCleared,
  readEntrapmentSuspected,
  readFindingClosed,
  readFindingOpened,
  readPowerCut,
  readSourceSilent,
  type SourceSilent,
} from './events.ts';
export { type TelemetryPack, telemetryPack } from './pack.ts';
export { type IngestProcess, openIngest } from './process.ts';

/** Telemetry on the server's side: screens, history, upkeep. The doors themselves run in the ingest process. */
export const telemetryModule = (_kernel: Kernel, _pack: TelemetryPack): Module => ({ name: 'telemetry' });
