import type { DeskReport, OrderInput } from '../../../contract/rescue-acts.ts';
import type { Tx } from '../../kernel/db.ts';
import type { IncidentId } from '../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { actAs, type Viewer } from '../../kernel/scope.ts';
import { candidatesFor } from './candidate.views.ts';
import type { Command, RescueRefusal } from './command.rules.ts';
import { type Acting, command, commandIn, detailsOf } from './command.service.ts';
import type { CommandDeps, RescueDeps } from './deps.ts';
import { holdIncident, type Loaded } from './incident.store.ts';
import { appendLines } from './log.store.ts';
import type { RescueTables } from './tables.ts';

type Done = Result<Loaded, RescueRefusal>;
type Asked = { id: IncidentId; viewer: Viewer };

/** Does the viewer see this incident? Asked in his own scope, before anything is done as the owner. */
export const seesIncident = (deps: RescueDeps, { id, viewer }: Asked): Promise<boolean> =>
  deps.scoped(viewer, async (tx) => {
    const row = await tx.selectFrom('rescue.incident').select('id').where('id', '=', id).executeTakeFirst();
    return row !== undefined;
  });

/** Carry out an order of the desk. */
export async function giveOrder(deps: RescueDeps, asked: Asked, order: OrderInput): Promise<Done> {
  if (!(await seesIncident(deps, asked))) return refuse({ code: 'rescue.not_found' });
  const { id, viewer } = asked;
  const by = { actor: viewer.accountId, version: order.version ?? null };
  switch (order.do) {
    case 'offer':
      return offerTo(deps, asked, order);
    case 'merge':
      return mergeInto(deps, asked, order);
    case 'reopen':
      return reopen(deps, asked, order);
    case 'take': {
      const done = await command(deps, id, { ...by, command: order });
      if (done.ok)
        await deps.db.updateTable('rescue.incident').set({ agent_id: viewer.accountId }).where('id', '=', id).execute();
      return done;
    }
    case 'escalate':
    case 'hand_off':
    case 'withdraw':
    case 'dismiss':
    case 'look':
    case 'close':
      return command(deps, id, { ...by, command: order });
  }
}

/** The agent chooses himself, with a reason; the reasons the system saw are kept beside his. */
async function offerTo(
  deps: RescueDeps,
  { id, viewer }: Asked,
  order: Extract<OrderInput, { do: 'offer' }>,
): Promise<Done> {
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, viewer.accountId);
    const held = await holdIncident(tx, id);
    if (!held) return refuse({ code: 'rescue.not_found' });
    const { row, incident } = held;
    const circle = {
      maintenanceOrgId: row.maintenance_org_id,
      level: 'all' as const,
      drillId: row.drill_id,
      without: [],
    };
    const to = row.lng !== null && row.lat !== null ? { lng: row.lng, lat: row.lat } : null;
    const all = await candidatesFor(tx, { ...deps, now: deps.now() }, { circle, to });
    const wanted = all.filter((c) => order.personIds.includes(c.personId));
    if (wanted.length < order.personIds.length) return refuse({ code: 'rescue.not_found' });
    const chosen = wanted.map((c) => ({ offerId: deps.newId(), crewId: c.personId, place: c.place }));
    const acting: Acting = {
      command: { do: 'offer', level: incident.level === 0 ? 1 : incident.level, chosen },
      actor: viewer.accountId,
      version: order.version ?? null,
      data: { reason: order.reason },
      details: detailsOf(wanted, viewer.accountId),
    };
    return commandIn(tx, deps, { id, acting });
  });
}

/** One car, two files: this one ends and points at the other. */
async function mergeInto(
  deps: RescueDeps,
  { id, viewer }: Asked,
  order: Extract<OrderInput, { do: 'merge' }>,
): Promise<Done> {
  const into = order.into as IncidentId;
  if (into === id || !(await seesIncident(deps, { id: into, viewer }))) return refuse({ code: 'rescue.not_found' });
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, viewer.accountId);
    const acting: Acting = {
      command: { do: 'merge', reason: order.reason },
      actor: viewer.accountId,
      version: order.version ?? null,
      data: { into },
    };
    const done = await commandIn(tx, deps, { id, acting });
    if (!done.ok) return done;
    await tx.updateTable('rescue.incident').set({ joined_into: into }).where('id', '=', id).execute();
    await tx
      .updateTable('rescue.call')
      .set({ incident_id: into, joined: true })
      .where('incident_id', '=', id)
      .execute();
    return done;
  });
}

/** The car may have a newer incident by now: then there is nothing to reopen. */
async function reopen(
  deps: RescueDeps,
  { id, viewer }: Asked,
  order: Extract<OrderInput, { do: 'reopen' }>,
): Promise<Done> {
  try {
    return await command(deps, id, { command: order, actor: viewer.accountId, version: order.version ?? null });
  } catch (error) {
    // The database keeps one open incident per elevator: its refusal is the desk's refusal, anything else is ours.
    if (error instanceof Error && 'constraint' in error && error.constraint === 'incident_one_open_per_elevator')
      return refuse({ code: 'rescue.already_open' });
    throw error;
  }
}

/** Take a report that the desk hears by phone, or that comes after the rescue. */
export async function takeDeskReport(deps: RescueDeps, asked: Asked, report: DeskReport): Promise<Done> {
  if (!(await seesIncident(deps, asked))) return refuse({ code: 'rescue.not_found' });
  const { id, viewer } = asked;
  if (report.do === 'correct') return correct(deps, asked, report);
  return deps.db.transaction().execute((tx) => deskReportIn(tx, deps, { id, actor: viewer.accountId, report }));
}

export type Reporting = Exclude<DeskReport, { do: 'correct' }>;

/** The same inside a transaction that is open already, by somebody who is known to see the incident. */
export async function deskReportIn(
  tx: Tx<RescueTables>,
  deps: CommandDeps,
  { id, actor, report }: { id: IncidentId; actor: string; report: Reporting },
): Promise<Done> {
  await actAs(tx, actor);
  const held = await holdIncident(tx, id);
  if (!held) return refuse({ code: 'rescue.not_found' });
  const acting: Acting = {
    command: commandOf(deps, held, report),
    actor,
    reportKey: report.key,
    data: { byPhone: true, ...saidIn(report) },
  };
  const before = held.incident.version;
  const done = await commandIn(tx, deps, { id, acting });
  if (!done.ok || done.value.incident.version === before) return done; // refused, or known already
  const of = { id: deps.newId(), incident_id: id, at: deps.now(), actor };
  if (report.do === 'confirm') {
    const { outcome, satisfaction, said } = report;
    await tx
      .insertInto('rescue.confirmation')
      .values({ ...of, outcome, satisfaction, said })
      .execute();
  }
  if (report.do === 'cause') {
    const { classCode, detailCode, method, remark, corrects } = report;
    const codes = { class_code: classCode, detail_code: detailCode };
    await tx
      .insertInto('rescue.cause')
      .values({ ...of, ...codes, stage: 'final', method, remark, corrects })
      .execute();
  }
  return done;
}

function commandOf(deps: CommandDeps, { incident }: Loaded, report: Reporting): Command {
  const happenedAt = 'happenedAt' in report && report.happenedAt ? new Date(report.happenedAt) : null;
  const holder = incident.offers.find((o) => ['accepted', 'departed', 'arrived'].includes(o.state))?.crewId;
  switch (report.do) {
    case 'arrive':
      return {
        do: 'report_arrival',
        crewId: report.crewId ?? holder ?? incident.handOff?.service ?? 'desk',
        offerId: deps.newId(),
        happenedAt,
      };
    case 'accept':
      return { do: 'report_accept', crewId: report.crewId, offerId: deps.newId(), happenedAt };
    case 'refuse':
      return { do: 'report_refuse', crewId: report.crewId, reason: report.reason, happenedAt };
    case 'release':
      return {
        do: 'report_release',
        crewId: holder ?? null,
        people: report.people,
        injuries: report.injuries ?? null,
        happenedAt,
      };
    case 'confirm':
      return { do: 'report_confirmation', outcome: report.outcome, happenedAt };
    case 'cause':
      return { do: 'report_cause', happenedAt };
  }
}

function saidIn(report: Reporting): Readonly<Record<string, unknown>> {
  if (report.do === 'cause') return { classCode: report.classCode, detailCode: report.detailCode };
  return report.do === 'confirm' ? { satisfaction: report.satisfaction } : {};
}

/** Nothing is changed or removed: a correction is a new line that points at the old. */
async function correct(
  deps: RescueDeps,
  { id, viewer }: Asked,
  { key, seq, text }: Extract<DeskReport, { do: 'correct' }>,
): Promise<Done> {
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, viewer.accountId);
    const held = await holdIncident(tx, id);
    const line =
      held &&
      (await tx
        .selectFrom('rescue.incident_log')
        .select('seq')
        .where('incident_id', '=', id)
        .where('seq', '=', seq)
        .executeTakeFirst());
    if (!held || !line) return refuse({ code: 'rescue.not_found' });
    const known = await tx
      .selectFrom('rescue.incident_log')
      .select('seq')
      .where('incident_id', '=', id)
      .where('report_key', '=', key)
      .executeTakeFirst();
    if (known) return accept(held);
    const now = deps.now();
    const entry = { at: now, happenedAt: null, actor: viewer.accountId, what: 'correct', data: { text }, remarks: [] };
    await appendLines(tx, id, [{ ...entry, reportKey: key, corrects: seq }]);
    return accept(held);
  });
}
