import type { Tx } from '../../kernel/db.ts';
import type { IncidentId, OrgId, PersonId } from '../../kernel/ids.ts';
import { type Event, publish } from '../../kernel/outbox.ts';
import { accept, invariant, type Result, refuse } from '../../kernel/result.ts';
import { actAs } from '../../kernel/scope.ts';
import { type Note, note } from '../../kernel/trace.ts';
import { eventsOf, notesOf } from './announce.ts';
import type { Candidate } from './candidate.rules.ts';
import { candidatesFor, chooseAlone } from './candidate.views.ts';
import type { Change, Chosen, Command, RescueRefusal } from './command.rules.ts';
import type { CommandDeps } from './deps.ts';
import type { Incident, Level } from './incident.rules.ts';
import { holdIncident, type Loaded, type OfferDetail, saveIncident } from './incident.store.ts';
import { appendLines, isKnownReport, type Line, openLog } from './log.store.ts';
import { planFor } from './plan.rules.ts';
import { decide } from './rules.ts';
import type { RescueTables } from './tables.ts';
import type { Plan } from './timer.rules.ts';

/** A command, who gives it, and what stands beside it in the log. */
export type Acting = {
  command: Command;
  actor: string; // an account's id, or what acted: 'timer', 'event:…', 'qr'
  data?: Readonly<Record<string, unknown>>;
  reportKey?: string | null; // made by the phone: a repeat does nothing
  version?: number | null; // of the incident the author saw; another one is refused
  details?: ReadonlyMap<string, OfferDetail>; // of rescuers the author chose himself
  plan?: Plan; // instead of its district's: where an event runs
};

/** Carry out one command on one incident: read, decide, save and publish, or refuse. */
export async function command(
  deps: CommandDeps,
  id: IncidentId,
  acting: Acting,
): Promise<Result<Loaded, RescueRefusal>> {
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, acting.actor);
    return commandIn(tx, deps, { id, acting });
  });
}

/** The same inside a transaction that is open already. */
export async function commandIn(
  tx: Tx<RescueTables>,
  deps: CommandDeps,
  { id, acting }: { id: IncidentId; acting: Acting },
): Promise<Result<Loaded, RescueRefusal>> {
  const held = await holdIncident(tx, id);
  if (!held) return refuse({ code: 'rescue.not_found' });
  if (acting.reportKey && (await isKnownReport(tx, id, acting.reportKey))) return accept(held);
  if (acting.version !== undefined && acting.version !== null && acting.version !== held.incident.version)
    return refuse({ code: 'rescue.changed_meanwhile' });
  return carryOut(tx, deps, { held, acting });
}

/** Decide on an incident that is held, and save all that follows from it. */
export async function carryOut(
  tx: Tx<RescueTables>,
  deps: CommandDeps,
  { held, acting }: { held: Loaded; acting: Acting },
): Promise<Result<Loaded, RescueRefusal>> {
  const now = deps.now();
  const plan = acting.plan ?? planFor(deps.settings, held.row.district_code);
  const decided = decide(held.incident, acting.command, { now, plan });
  if (!decided.ok) return decided;
  const { loaded, beside } = await follow(tx, deps, { held, acting, change: decided.value });
  await appendLines(tx, loaded.row.id, beside.lines);
  await tellBeside(tx, beside);
  return accept(loaded);
}

/** What stands beside an incident's changes, in their order: written once all that follows from a command is decided. */
type Beside = { lines: readonly Line[]; events: readonly Event[]; notes: readonly Note[] };
type Followed = { loaded: Loaded; beside: Beside };

const NOTHING_BESIDE: Beside = { lines: [], events: [], notes: [] };

const oneThenOther = (one: Beside, other: Beside): Beside => ({
  lines: [...one.lines, ...other.lines],
  events: [...one.events, ...other.events],
  notes: [...one.notes, ...other.notes],
});

async function tellBeside(tx: Tx<RescueTables>, { events, notes }: Beside): Promise<void> {
  await publish(tx, events);
  await note(tx, notes);
}

type Following = { held: Loaded; acting: Acting; change: Change };

/** Save a change, then choose rescuers as long as it wants some. */
async function follow(tx: Tx<RescueTables>, deps: CommandDeps, following: Following): Promise<Followed> {
  const kept = await keep(tx, deps, following);
  const { loaded, beside } = await offerWanted(tx, deps, { loaded: kept.loaded, wants: following.change.wants });
  return { loaded, beside: oneThenOther(kept.beside, beside) };
}

/** Choose rescuers for an incident that this transaction has made, and write down how it began and who was chosen. */
export async function followOpened(
  tx: Tx<RescueTables>,
  deps: CommandDeps,
  { opened, wants, beside }: { opened: Loaded; wants: Level | null; beside: Beside },
): Promise<void> {
  const offered = await offerWanted(tx, deps, { loaded: opened, wants });
  const all = oneThenOther(beside, offered.beside);
  await openLog(tx, opened.row.id, all.lines);
  await tellBeside(tx, all);
}

/** Choose rescuers for the level that is wanted: each choice is a change of its own, with its own line. */
async function offerWanted(
  tx: Tx<RescueTables>,
  deps: CommandDeps,
  { loaded, wants }: { loaded: Loaded; wants: Level | null },
): Promise<Followed> {
  if (wants === null || wants === 0) return { loaded, beside: NOTHING_BESIDE };
  const now = deps.now();
  const choice = await choose(tx, { ...deps, now }, { loaded, level: wants });
  const plan = planFor(deps.settings, loaded.row.district_code);
  const order: Command = { do: 'offer', level: wants, chosen: choice.chosen };
  const offered = decide(loaded.incident, order, { now, plan });
  invariant(offered.ok, 'what a decision wants is not refused');
  const data = { passedOver: choice.passedOver };
  const acting: Acting = { command: order, actor: 'dispatch', details: choice.details, data };
  return follow(tx, deps, { held: loaded, acting, change: offered.value });
}

async function keep(tx: Tx<RescueTables>, deps: CommandDeps, { held, acting, change }: Following): Promise<Followed> {
  const now = deps.now();
  const details = acting.details ?? (await ownDetail(tx, held.incident, acting.command));
  const saved = await saveIncident(tx, held, { next: change.incident, details });
  const { do: what, happenedAt, ...said } = { happenedAt: null, ...acting.command };
  const line: Line = {
    at: now,
    happenedAt,
    actor: acting.actor,
    what,
    data: { ...said, ...acting.data, phase: saved.row.phase, level: saved.row.level },
    remarks: change.remarks,
    reportKey: acting.reportKey ?? null,
    corrects: null,
  };
  const told = { was: held, is: saved, command: acting.command, now };
  const beside = { lines: [line], events: eventsOf(told, deps.newId), notes: notesOf(told) };
  return { loaded: saved, beside };
}

/** A rescuer who comes without having been asked: whose he is, as far as the city knows him. */
async function ownDetail(
  tx: Tx<RescueTables>,
  incident: Incident,
  given: Command,
): Promise<ReadonlyMap<string, OfferDetail>> {
  if (!('crewId' in given) || given.crewId === null || !('offerId' in given)) return new Map();
  const { crewId } = given;
  if (incident.offers.some((o) => o.crewId === crewId)) return new Map();
  const row = await tx
    .selectFrom('rescue.rescuer')
    .select(['person_id', 'org_id'])
    .where((e) => e(e.cast<string>('person_id', 'text'), '=', crewId))
    .executeTakeFirst();
  const detail = {
    personId: row?.person_id ?? null,
    orgId: row?.org_id ?? null,
    reasons: [],
    etaSeconds: null,
    chosenBy: 'self',
  };
  return new Map([[crewId, detail]]);
}

type Choice = { chosen: readonly Chosen[]; details: ReadonlyMap<string, OfferDetail>; passedOver: readonly string[] };

/** The rescuers of a level whom the system offers it to, and why. Those asked before are not asked again. */
async function choose(
  tx: Tx<RescueTables>,
  deps: Omit<CommandDeps, 'now'> & { now: Date },
  { loaded: { incident, row }, level }: { loaded: Loaded; level: Level },
): Promise<Choice> {
  if (level === 0 || level === 3) return { chosen: [], details: new Map(), passedOver: [] };
  await chooseAlone(tx);
  const without = incident.offers.filter((o) => o.state !== 'withdrawn').map((o) => o.crewId);
  const circle = { maintenanceOrgId: row.maintenance_org_id, level, drillId: row.drill_id, without };
  const to = row.lng !== null && row.lat !== null ? { lng: row.lng, lat: row.lat } : null;
  const found = await candidatesFor(tx, deps, { circle, to });
  const wanted = found.slice(0, deps.settings.levels[level - 1]?.atOnce ?? 1);
  return {
    chosen: wanted.map((c) => ({ offerId: deps.newId(), crewId: c.personId, place: c.place })),
    details: detailsOf(wanted, 'system'),
    passedOver: found.slice(wanted.length, wanted.length + 4).map((c) => c.personId),
  };
}

/** How offers to these candidates came about. */
export const detailsOf = (candidates: readonly Candidate[], chosenBy: string): Map<string, OfferDetail> =>
  new Map(
    candidates.map((c) => [
      c.personId,
      {
        personId: c.personId as PersonId,
        orgId: c.orgId as OrgId,
        reasons: c.reasons,
        etaSeconds: c.travel ? Math.round(c.travel.seconds) : null,
        chosenBy,
      },
    ]),
  );
