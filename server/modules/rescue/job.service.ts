import type { JobReport } from '../../../contract/rescue-acts.ts';
import type { Tx } from '../../kernel/db.ts';
import { giveTo } from '../../kernel/files.ts';
import type { IncidentId, PersonId } from '../../kernel/ids.ts';
import { type Result, refuse } from '../../kernel/result.ts';
import { actAs, type Viewer } from '../../kernel/scope.ts';
import { elevatorOfScan } from '../registry/index.ts';
import { metresBetween } from './candidate.rules.ts';
import type { Command, RescueRefusal } from './command.rules.ts';
import { commandIn } from './command.service.ts';
import type { CommandDeps, RescueDeps } from './deps.ts';
import { seesIncident } from './desk.service.ts';
import { type Loaded } from './incident.store.ts';
import { isKnownReport } from './log.store.ts';
import type { RescueTables } from './tables.ts';

type Reported = { id: IncidentId; viewer: Viewer & { personId: PersonId }; report: JobReport };

/**
 * Take a report from a rescuer's phone, now or out of its queue. Never refused, whatever the phase; a repeat of the same
 * key does nothing. Where he was and what he scanned stand beside it.
 */
export async function takeJobReport(
  deps: RescueDeps,
  { id, viewer, report }: Reported,
): Promise<Result<Loaded, RescueRefusal>> {
  if (!(await seesIncident(deps, { id, viewer }))) return refuse({ code: 'rescue.not_found' });
  return deps.db.transaction().execute((tx) => jobReportIn(tx, deps, { id, viewer, report }));
}

/** What taking a report in needs. */
export type ReportDeps = CommandDeps & Pick<RescueDeps, 'keys'>;
type By = Pick<Viewer, 'accountId'> & { personId: PersonId };

/** The same inside a transaction that is open already, for somebody who is known to see the incident. */
export async function jobReportIn(
  tx: Tx<RescueTables>,
  deps: ReportDeps,
  { id, viewer, report }: { id: IncidentId; viewer: By; report: JobReport },
): Promise<Result<Loaded, RescueRefusal>> {
  await actAs(tx, viewer.accountId);
  const known = await isKnownReport(tx, id, report.key);
  const at = 'at' in report ? report.at : undefined;
  const data = {
    ...(at ? { at, ...(await fenceOf(tx, deps, { id, at })) } : {}),
    ...('scanned' in report && report.scanned ? await scanOf(tx, deps, { id, scanned: report.scanned }) : {}),
    ...(report.do === 'release' ? { method: report.method, remark: report.remark, photos: report.photos } : {}),
  };
  const acting = {
    command: commandOf(deps, viewer.personId, report),
    actor: viewer.accountId,
    reportKey: report.key,
    data,
  };
  const done = await commandIn(tx, deps, { id, acting });
  if (!done.ok || known) return done;
  if (at) await keepPosition(tx, { personId: viewer.personId, at: new Date(report.happenedAt), ...at });
  if (report.do === 'release') await keepRelease(tx, deps, { loaded: done.value, report, actor: viewer.accountId });
  return done;
}

function commandOf(deps: Pick<CommandDeps, 'newId'>, crewId: string, report: JobReport): Command {
  const happenedAt = new Date(report.happenedAt);
  const crew = { crewId, offerId: deps.newId(), happenedAt };
  switch (report.do) {
    case 'accept':
      return { do: 'report_accept', ...crew };
    case 'depart':
      return { do: 'report_departure', ...crew };
    case 'arrive':
      return { do: 'report_arrival', ...crew };
    case 'refuse':
      return { do: 'report_refuse', crewId, reason: report.reason, happenedAt };
    case 'release':
      return { do: 'report_release', crewId, people: report.people, injuries: report.injuries ?? null, happenedAt };
  }
}

type At = { lng: number; lat: number };

/** How far from the elevator he said it. Outside the fence is written down, and believed all the same. */
async function fenceOf(tx: Tx<RescueTables>, deps: CommandDeps, { id, at }: { id: IncidentId; at: At }) {
  const row = await tx.selectFrom('rescue.incident').select(['lng', 'lat']).where('id', '=', id).executeTakeFirst();
  if (row?.lng === undefined || row.lng === null || row.lat === null) return {};
  const metres = Math.round(metresBetween(at, { lng: row.lng, lat: row.lat }));
  return { metres, inFence: metres <= deps.settings.travel.geofenceMetres };
}

/**
 * Does the plate he scanned belong to the car of this incident? A plate says the signed identity code, or carries the six
 * digits. Of an identity code only the elevator it names is kept: whoever reads the timeline has no need of the secret.
 */
async function scanOf(
  tx: Tx<RescueTables>,
  { keys }: ReportDeps,
  { id, scanned }: { id: IncidentId; scanned: string },
) {
  const row = await tx
    .selectFrom('rescue.incident')
    .select(['elevator_id', 'rescue_code'])
    .where('id', '=', id)
    .executeTakeFirst();
  const elevatorId = elevatorOfScan(keys, scanned);
  if (elevatorId) return { scanned: elevatorId, scanFits: row?.elevator_id === elevatorId };
  const code = /(?<!\d)(\d{6})(?!\d)/.exec(scanned)?.[1] ?? scanned.slice(0, 40);
  return { scanned: code, scanFits: row?.rescue_code === code };
}

/** The newest position of a rescuer. An older one out of a phone's queue does not overwrite it. */
export async function keepPosition(
  tx: Tx<RescueTables>,
  { personId, at, lng, lat }: At & { personId: PersonId; at: Date },
): Promise<void> {
  await tx
    .updateTable('rescue.rescuer')
    .set({ lng, lat, position_at: at })
    .where('person_id', '=', personId)
    .where((e) => e.or([e('position_at', 'is', null), e('position_at', '<', at)]))
    .execute();
}

type Kept = { loaded: Loaded; report: Extract<JobReport, { do: 'release' }>; actor: string };

async function keepRelease(
  tx: Tx<RescueTables>,
  deps: CommandDeps,
  { loaded: { row }, report, actor }: Kept,
): Promise<void> {
  if (report.causeClass) {
    const codes = { class_code: report.causeClass, detail_code: report.causeDetail || '0' };
    const said = { method: report.method, remark: report.remark, actor, corrects: null };
    const of = { id: deps.newId(), incident_id: row.id, at: deps.now(), stage: 'first' as const };
    await tx
      .insertInto('rescue.cause')
      .values({ ...of, ...codes, ...said })
      .execute();
  }
  const audience = { areaCodes: row.area_codes, orgIds: row.org_ids };
  await giveTo(tx, report.photos, { subject: row.id, purpose: 'rescue.photo', audience });
}

/** A rescuer says on his phone that he is on duty, or no longer. */
export async function setDuty(
  deps: RescueDeps,
  personId: PersonId,
  { on, hours }: { on: boolean; hours: number },
): Promise<boolean> {
  return deps.db.transaction().execute(async (tx) => {
    const rescuer = await tx
      .selectFrom('rescue.rescuer')
      .selectAll()
      .where('person_id', '=', personId)
      .executeTakeFirst();
    if (!rescuer) return false;
    const now = deps.now();
    await tx
      .updateTable('rescue.duty')
      .set({ to_at: now })
      .where('person_id', '=', personId)
      .where('from_at', '<', now)
      .where('to_at', '>', now)
      .execute();
    if (!on) return true;
    const to_at = new Date(now.getTime() + hours * 3_600_000);
    const { area_codes, org_ids } = rescuer;
    const row = {
      id: deps.newId(),
      person_id: personId,
      from_at: now,
      to_at,
      source: 'phone' as const,
      area_codes,
      org_ids,
    };
    await tx.insertInto('rescue.duty').values(row).execute();
    return true;
  });
}
