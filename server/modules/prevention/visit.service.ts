import type { Tx } from '../../kernel/db.ts';
import { derivedId, type OrgId } from '../../kernel/ids.ts';
import { publish } from '../../kernel/outbox.ts';
import { accept, invariant, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { dayOf } from '../../kernel/time.ts';
import { coversOn } from '../insurance/index.ts';
import type { PreventionDeps } from './deps.ts';
import { findingOpened } from './finding.events.ts';
import { dueDay, type Severity } from './finding.rules.ts';
import type { CardColumns, FindingRow, PreventionTables, VisitRow } from './tables.ts';
import { type Check, type VisitKind, visitRemarks } from './visit.rules.ts';
import {
  elevatorWithCode,
  findingsOfVisit,
  findVisit,
  insertFinding,
  insertStep,
  insertVisit,
  nextNumber,
} from './visit.store.ts';

/** What a surveyor brings from the site. Ids are made on the phone, so that sending twice changes nothing. */
export type VisitReport = {
  id: string;
  kind: VisitKind;
  rescueCode: string;
  startedAt: Date;
  endedAt: Date;
  position: { lng: number; lat: number; accuracyM: number | null } | null;
  checks: readonly Check[];
  summary: string;
  findings: readonly FoundThing[];
};
export type FoundThing = {
  id: string;
  category: string;
  severity: Severity;
  description: string;
  ownerKind: 'use_unit' | 'maintenance_unit';
  files: readonly string[];
};

export type VisitTaken = {
  visitId: string;
  number: string;
  remarks: readonly string[];
  findings: { id: string; number: string; dueOn: string }[];
};
export type VisitRefusal =
  | { code: 'prevention.no_elevator'; rescueCode: string }
  | { code: 'prevention.visit_of_other' }
  | { code: 'prevention.photo_missing'; finding: number };

/** Keep what was done on site and open what was found, each with its clock and who must mend it. */
export async function recordVisit(
  deps: PreventionDeps,
  viewer: Viewer,
  report: VisitReport,
): Promise<Result<VisitTaken, VisitRefusal>> {
  invariant(viewer.orgId, 'a surveyor belongs to an insurer');
  const card = await elevatorWithCode(deps.db, report.rescueCode);
  if (!card) return refuse({ code: 'prevention.no_elevator', rescueCode: report.rescueCode });
  const bare = report.findings.findIndex((f) => f.files.length === 0);
  if (bare >= 0) return refuse({ code: 'prevention.photo_missing', finding: bare + 1 });
  const known = await findVisit(deps.db, report.id);
  if (known && known.insurer_org_id !== viewer.orgId) return refuse({ code: 'prevention.visit_of_other' });
  return deps.scoped(viewer, async (tx): Promise<Result<VisitTaken, VisitRefusal>> => {
    const visit = known ?? (await visitRow(tx, { deps, viewer, report, card }));
    if (!known && (await insertVisit(tx, visit))) {
      for (const found of report.findings) await openFinding(tx, { deps, viewer, visit, card, found });
    }
    const findings = await findingsOfVisit(tx, report.id);
    return accept({ visitId: visit.id, number: visit.number, remarks: visit.remarks, findings });
  });
}

type Making = { deps: PreventionDeps; viewer: Viewer; report: VisitReport; card: CardColumns };

async function visitRow(tx: Tx<PreventionTables>, { deps, viewer, report, card }: Making): Promise<VisitRow> {
  const now = deps.now();
  const insurer = viewer.orgId as OrgId;
  const day = dayOf(report.endedAt);
  const covers = await coversOn(tx, { insurerOrgId: insurer, elevatorIds: [card.id], on: day });
  const { position } = report;
  return {
    id: report.id,
    number: await nextNumber(tx, 'FW', day.slice(0, 4)),
    kind: report.kind,
    insurer_org_id: insurer,
    elevator_id: card.id,
    use_org_id: card.use_org_id,
    maintenance_org_id: card.maintenance_org_id,
    rescue_code: card.rescue_code,
    address: card.address,
    policy_id: covers.get(card.id)?.policyId ?? null,
    started_at: report.startedAt,
    ended_at: report.endedAt,
    received_at: now,
    lng: position?.lng ?? null,
    lat: position?.lat ?? null,
    accuracy_m: position?.accuracyM ?? null,
    checks: report.checks,
    summary: report.summary,
    remarks: [
      ...visitRemarks(report, {
        now,
        covered: covers.has(card.id),
        place: card.lng === null || card.lat === null ? null : { lng: card.lng, lat: card.lat },
        checklist: deps.settings.checklist.map((c) => c.code),
      }),
    ],
    actor: viewer.accountId,
    area_codes: card.area_codes,
    org_ids: [...new Set([insurer, ...card.org_ids])],
  };
}

type Opening = { deps: PreventionDeps; viewer: Viewer; visit: VisitRow; card: CardColumns; found: FoundThing };

async function openFinding(tx: Tx<PreventionTables>, { deps, viewer, visit, card, found }: Opening): Promise<void> {
  const foundAt = visit.ended_at;
  const row: Omit<FindingRow, 'returned' | 'was_late' | 'version'> = {
    id: found.id,
    number: await nextNumber(tx, 'YH', dayOf(foundAt).slice(0, 4)),
    visit_id: visit.id,
    elevator_id: visit.elevator_id,
    insurer_org_id: visit.insurer_org_id,
    category: found.category,
    severity: found.severity,
    description: found.description,
    owner_kind: found.ownerKind,
    owner_org_id: (found.ownerKind === 'use_unit' ? card.use_org_id : card.maintenance_org_id) ?? card.use_org_id,
    found_at: foundAt,
    due_on: dueDay(found.severity, foundAt, deps.settings.findingDays),
    state: 'open',
    mended_at: null,
    ended_at: null,
    area_codes: visit.area_codes,
    org_ids: visit.org_ids,
  };
  await insertFinding(tx, row);
  await insertStep(tx, {
    id: derivedId('prevention.found', found.id),
    finding: row,
    at: foundAt,
    step: 'found',
    orgId: visit.insurer_org_id,
    actor: viewer.accountId,
    note: found.description,
    files: found.files,
  });
  await publish(tx, [findingOpened(row, { id: deps.newId(), at: deps.now() })]);
}
