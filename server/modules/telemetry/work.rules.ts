import { accept, type Result, refuse } from '../../kernel/result.ts';
import { type FindingKind, isEntrapment } from './finding.rules.ts';

export type WorkRefusal =
  | { code: 'telemetry.not_found' }
  | { code: 'telemetry.work_foreign' }
  | { code: 'telemetry.work_open'; until: string }
  | { code: 'telemetry.work_over' }
  | { code: 'telemetry.work_unknown_plate' }
  | { code: 'telemetry.work_people_inside' };

export type Window = { id: string; orgId: string; endsAt: Date };

type Asked = {
  maintenanceOrgId: string | null;
  viewerOrgId: string | null;
  current: Window | null;
  openFindings: readonly FindingKind[];
};

/**
 * May work on an elevator be declared? Only by the unit that maintains it, once at a time, and not while somebody may
 * be inside: from then on stops, doors and the alarm button are taken for the work.
 */
export function judgeBeginning({
  maintenanceOrgId,
  viewerOrgId,
  current,
  openFindings,
}: Asked): Result<null, WorkRefusal> {
  if (maintenanceOrgId === null || maintenanceOrgId !== viewerOrgId) return refuse({ code: 'telemetry.work_foreign' });
  if (openFindings.some((kind) => isEntrapment(kind) || kind === 'button_alarm'))
    return refuse({ code: 'telemetry.work_people_inside' });
  if (current) return refuse({ code: 'telemetry.work_open', until: current.endsAt.toISOString() });
  return accept(null);
}

/** May it be ended? By the unit that declared it, or by whoever maintains the elevator now. */
export function judgeEnding({
  maintenanceOrgId,
  viewerOrgId,
  current,
}: Omit<Asked, 'openFindings'>): Result<Window, WorkRefusal> {
  if (!current) return refuse({ code: 'telemetry.work_over' });
  const isOwn = viewerOrgId !== null && (viewerOrgId === current.orgId || viewerOrgId === maintenanceOrgId);
  return isOwn ? accept(current) : refuse({ code: 'telemetry.work_foreign' });
}
