import type { OrgId } from '../../kernel/ids.ts';
import type { FindingKind } from './finding.rules.ts';

/**
 * Whose task a finding is. The machine room and its air belong to the use unit; everything else on a running elevator,
 * and the box's own silence, to the maintenance unit. Null: the registry names nobody.
 */
export const ownerOf = (
  kind: FindingKind,
  { useOrgId, maintenanceOrgId }: { useOrgId: OrgId | null; maintenanceOrgId: OrgId | null },
): OrgId | null =>
  kind === 'machine_room_temperature' ? (useOrgId ?? maintenanceOrgId) : (maintenanceOrgId ?? useOrgId);
