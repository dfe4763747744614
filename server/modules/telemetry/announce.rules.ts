import { derivedId } from '../../kernel/ids.ts';
import type { TelemetryEvent } from './events.ts';
import { type Evidence, type Finding, type FindingChange, isEntrapment } from './finding.rules.ts';
import { why } from './state.rules.ts';

/** An event without its audience: what happened to a finding, and the id that a replay makes again. */
export type Announcement = { id: string; version: number; subject: string; occurredMs: number; event: TelemetryEvent };

type Where = { elevatorId: string; sourceIds: ReadonlyMap<number, string>; learnedMs: number };

/** What other modules hear of a change to a finding. */
export function announce(change: FindingChange, where: Where): readonly Announcement[] {
  const { elevatorId, learnedMs } = where;
  const events = eventsOf(change, where);
  const findingId = change.change === 'closed' ? change.id : change.finding.id;
  const version = change.change === 'closed' ? CLOSED_VERSION : change.finding.evidence.length;
  return events.map((event) => ({
    id: derivedId(findingId, event.type, version),
    version,
    subject: elevatorId,
    occurredMs: learnedMs,
    event,
  }));
}

/** A closed finding is newer than any state it was in while open. */
const CLOSED_VERSION = 1_000_000;

function eventsOf(change: FindingChange, where: Where): readonly TelemetryEvent[] {
  switch (change.change) {
    case 'opened':
      return [openedEvent(change.finding, where), ...alarmEvents(change.finding, where)];
    case 'strengthened':
      return alarmEvents(change.finding, where);
    case 'closed': {
      const { id: findingId, kind, why: reason } = change;
      const { elevatorId } = where;
      const closed: TelemetryEvent = {
        type: 'telemetry.finding_closed',
        v: 1,
        data: {
          findingId,
          elevatorId,
          kind,
          startedAt: instant(change.beganAt),
          closedAt: instant(change.closedAt),
          reason: why(reason),
        },
      };
      if (!isEntrapment(kind)) return [closed];
      const data = { findingId, elevatorId, clearedAt: instant(change.closedAt), reason: why(reason) };
      return [closed, { type: 'telemetry.entrapment_cleared', v: 1, data }];
    }
  }
}

const openedEvent = (finding: Finding, where: Where): TelemetryEvent => ({
  type: 'telemetry.finding_opened',
  v: 1,
  data: {
    findingId: finding.id,
    elevatorId: where.elevatorId,
    kind: finding.kind,
    confidence: finding.confidence,
    reasons: [...finding.reasons],
    evidence: finding.evidence.map((e) => evidenceOf(e, where)),
    evidenceAt: instant(finding.openedAt),
    startedAt: instant(finding.beganAt),
  },
});

function alarmEvents(finding: Finding, where: Where): readonly TelemetryEvent[] {
  const { id: findingId, kind, confidence, occupied, moving } = finding;
  const { elevatorId } = where;
  if (kind === 'button_alarm') {
    const data = { findingId, elevatorId, pressedAt: instant(finding.openedAt), occupied, moving };
    return [{ type: 'telemetry.button_alarm', v: 1, data }];
  }
  if (kind !== 'entrapment_levelled' && kind !== 'entrapment_not_levelled') return [];
  const data = {
    findingId,
    elevatorId,
    kind,
    confidence,
    reasons: [...finding.reasons],
    evidence: finding.evidence.map((e) => evidenceOf(e, where)),
    evidenceAt: instant(finding.openedAt),
    stoppedAt: instant(finding.beganAt),
    occupied,
  };
  return [{ type: 'telemetry.entrapment_suspected', v: 1, data }];
}

const evidenceOf = ({ kind, at, sourceNo, detail }: Evidence, { sourceIds }: Where) => ({
  kind,
  at: instant(at),
  sourceId: sourceNo === null ? null : (sourceIds.get(sourceNo) ?? null),
  detail,
});

const instant = (ms: number): string => new Date(ms).toISOString();
