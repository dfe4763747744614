import type { Event } from '../../kernel/outbox.ts';
import { inTime } from './finding.rules.ts';
import type { FindingRow } from './tables.ts';

type Told = Omit<FindingRow, 'returned' | 'was_late' | 'version'> & { version?: number; was_late?: boolean };

const about = (row: Told, version: number) => ({
  subject: row.id,
  version,
  audience: { areaCodes: row.area_codes, orgIds: row.org_ids },
});

/** `prevention.finding_opened` v1. */
export const findingOpened = (row: Told, made: { id: string; at: Date }): Event => ({
  id: made.id,
  type: 'prevention.finding_opened',
  v: 1,
  occurredAt: made.at,
  ...about(row, 0),
  data: {
    findingId: row.id,
    number: row.number,
    elevatorId: row.elevator_id,
    insurerOrgId: row.insurer_org_id,
    ownerOrgId: row.owner_org_id,
    ownerKind: row.owner_kind,
    category: row.category,
    severity: row.severity,
    description: row.description,
    foundAt: row.found_at.toISOString(),
    dueOn: row.due_on,
    areaCodes: row.area_codes,
  },
});

/** `prevention.finding_ended` v1. */
export const findingEnded = (row: Told, ended: { id: string; at: Date; end: string; dueOn: string }): Event => ({
  id: ended.id,
  type: 'prevention.finding_ended',
  v: 1,
  occurredAt: ended.at,
  ...about(row, (row.version ?? 0) + 1),
  data: {
    findingId: row.id,
    elevatorId: row.elevator_id,
    end: ended.end,
    endedAt: ended.at.toISOString(),
    inTime:
      row.was_late !== true &&
      inTime({ dueOn: ended.dueOn as Parameters<typeof inTime>[0]['dueOn'], mendedAt: row.mended_at }, ended.at),
  },
});

/** Something about a finding changed: lists on screens read again. */
export const findingChanged = (row: Told, made: { id: string; at: Date; by: string }): Event => ({
  id: made.id,
  type: 'prevention.finding_changed',
  v: 1,
  occurredAt: made.at,
  ...about(row, (row.version ?? 0) + 1),
  data: { findingId: row.id, elevatorId: row.elevator_id, by: made.by },
});
