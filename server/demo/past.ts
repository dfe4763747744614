import { sql } from 'kysely';
import type { JobReport } from '../../contract/rescue-acts.ts';
import type { Tx } from '../kernel/db.ts';
import type { ElevatorId, PersonId } from '../kernel/ids.ts';
import { say } from '../kernel/language.ts';
import type { Kernel } from '../kernel/module.ts';
import { plainOf } from '../kernel/packs.ts';
import { invariant } from '../kernel/result.ts';
import { secretData } from '../kernel/secret-data.ts';
import { addDays, addSeconds, dayOf, startOf } from '../kernel/time.ts';
import { takeCallIn } from '../modules/rescue/call.service.ts';
import { holdElevator } from '../modules/rescue/candidate.views.ts';
import { carryOut, commandIn } from '../modules/rescue/command.service.ts';
import { deskReportIn } from '../modules/rescue/desk.service.ts';
import { type Incident, nextDueAt } from '../modules/rescue/incident.rules.ts';
import { holdIncident, type Loaded, openIncidentOf } from '../modules/rescue/incident.store.ts';
import type { RescueTables } from '../modules/rescue/index.ts';
import { takeSign } from '../modules/rescue/intake.service.ts';
import { jobReportIn } from '../modules/rescue/job.service.ts';
import { roadways } from '../modules/rescue/travel.ts';
import type { CityPack } from '../packs.ts';
import { type Chance, chanceOf } from '../simulate/chance.ts';
import { type Next, nextActs } from './crew.rules.ts';
import { saidByCrew, saidByDesk } from './crew.says.ts';
import { type Crew, readCrew } from './crew-accounts.ts';

/** How far back the demo's rescues reach, and how many a day there were. */
export const PAST_DAYS = 42;
const A_DAY = 1;
const SEED = 20_260;
/** Entrapments follow the traffic in houses: by hour of the day. */
const BY_HOUR = [1, 1, 1, 1, 1, 2, 4, 8, 9, 6, 5, 6, 7, 5, 4, 5, 6, 9, 10, 8, 6, 5, 3, 2] as const;
const MOST_STEPS = 200;

/**
 * The last six weeks of a city that does not exist: the same rules, clocks and log as today's rescues, with the clock set
 * back. Each is one transaction from the first sign to the closed file, so that no timer of today ever sees it open.
 * Goes on where an earlier start was cut short. Returns how many were written.
 */
export async function seedPast(kernel: Kernel, pack: CityPack, { goOn, heard }: Going): Promise<number> {
  const crew = await readCrew(kernel);
  const elevators = await liftsInUse(kernel);
  if (!crew || elevators.length === 0) return 0;
  const today = dayOf(kernel.now());
  const { rows } = await sql<{ last: Date | null }>`select max(aware_at) as last from rescue.incident
    where aware_at < ${startOf(today)}`.execute(kernel.db);
  const last = rows[0]?.last;
  const past = pastOf(kernel, pack);
  let written = 0;
  for (let day = last ? addDays(dayOf(last), 1) : addDays(today, -PAST_DAYS); day < today; day = addDays(day, 1)) {
    const chance = chanceOf(SEED, day);
    for (let n = chance.whole(0, 2 * A_DAY); n > 0; n -= 1) {
      if (!goOn()) return written;
      past.begin(addSeconds(startOf(day), secondOfDay(chance)));
      const elevatorId = elevators[chance.whole(0, elevators.length - 1)];
      if (elevatorId && (await live(past, { crew, elevatorId, chance, heard }))) written += 1;
    }
  }
  return written;
}

type Going = {
  goOn: () => boolean;
  /** Who listens to rescues, and hears of each as it is written down, with the clock set back. */
  heard?: ((tx: Tx<unknown>, incidentId: string) => Promise<void>) | undefined;
};

async function liftsInUse({ db }: Kernel): Promise<readonly ElevatorId[]> {
  const { rows } = await sql<{ id: ElevatorId }>`select id from registry.elevator_card
    where state = 'in_use' and kind = 'lift' and lng is not null order by no`.execute(db);
  return rows.map((r) => r.id);
}

function secondOfDay(chance: Chance): number {
  let left = chance.between(
    0,
    BY_HOUR.reduce<number>((sum, weight) => sum + weight, 0),
  );
  const hour = BY_HOUR.findIndex((weight) => (left -= weight) < 0);
  return Math.max(0, hour) * 3_600 + chance.whole(0, 3_599);
}

type Past = ReturnType<typeof pastOf>;

/** The means of the rescue module, with a clock that is set from rescue to rescue. */
function pastOf({ db, newId, keys, config, log }: Kernel, { files }: CityPack) {
  let at = new Date(0);
  const settings = plainOf(files.rescue);
  const means = { db: db.withTables<RescueTables>(), newId, keys, secret: secretData(keys, config.cipher), settings };
  const areaNames = new Map<string, string>(); // every call of the past names its elevator
  return {
    db,
    deps: { ...means, areaNames, now: () => at, ...roadways(config.dataDir, settings.travel, log) },
    begin: (from: Date) => void (at = from),
    goOnAt: (next: Date) => void (at = next > at ? next : at),
  };
}

type Life = { crew: Crew; elevatorId: ElevatorId; chance: Chance } & Pick<Going, 'heard'>;

/** False: people are in this car at present, and what happens now is none of the past's business. */
async function live(past: Past, { crew, elevatorId, chance, heard }: Life): Promise<boolean> {
  return past.db.transaction().execute(async (whole) => {
    const tx = whole.withTables<RescueTables>();
    await holdElevator(tx, elevatorId);
    if (await openIncidentOf(tx, elevatorId, false)) return false;
    const id = await begin(tx, past, { crew, elevatorId, chance });
    for (let step = 0; id && step < MOST_STEPS; step += 1) {
      const held = await holdIncident(tx, id);
      if (!held || (held.incident.end && !held.incident.mustLookAgain)) {
        await heard?.(whole, id);
        return true;
      }
      await stepOn(tx, past, { crew, held });
    }
    throw new Error(`A rescue of the demo has no end: ${id}`);
  });
}

/** Half of them are seen by the box, the others are told by phone. */
async function begin(tx: Tx<RescueTables>, { deps }: Past, { crew, elevatorId, chance }: Life) {
  const now = deps.now();
  const stoppedAt = addSeconds(now, -chance.whole(35, 150));
  if (chance.happens(0.55)) {
    const isSure = chance.happens(0.8);
    const sign = await takeSign(tx, deps, {
      elevatorId,
      kind: chance.happens(0.3) ? 'entrapment_levelled' : 'entrapment_not_levelled',
      sourceRef: deps.newId(),
      at: now,
      confidence: isSure ? 0.95 : 0.7,
      reasons: [],
      detail: {},
      needs: {},
      byPerson: false,
      stoppedAt,
      reportedAt: null,
      actor: 'event:telemetry.entrapment_suspected',
    });
    return sign?.id ?? null;
  }
  const call = await takeCallIn(tx, deps, {
    channel: 'phone',
    kind: 'entrapment',
    key: `demo:${deps.newId()}`,
    elevatorId,
    connectedAt: addSeconds(now, -chance.whole(8, 40)),
    caller: `100${String(chance.whole(0, 99_999_999)).padStart(8, '0')}`,
    callBackWanted: false,
    recordingRef: null,
    routedTo: '',
    partnerRef: null,
    said: say('demo.call.said', 'zh'),
    needs: { people: chance.whole(1, 4), elders: chance.happens(0.15), infants: chance.happens(0.06) },
    actor: crew.desk,
  });
  return call.incidentId;
}

type Stepping = { crew: Crew; held: Loaded };

/** One step: a timer that is due, or what somebody does, whichever comes first. */
async function stepOn(tx: Tx<RescueTables>, past: Past, { crew, held }: Stepping): Promise<void> {
  const { incident } = held;
  const { rows } = await sql<{ id: string; eta: number | null }>`select id, eta_seconds as eta from rescue.offer
    where incident_id = ${incident.id}`.execute(tx);
  const etas = new Map(rows.map((r) => [r.id, r.eta]));
  const next = nextActs(incident, (id) => etas.get(id) ?? null)[0];
  const dueAt = nextDueAt(incident.timers);
  if (dueAt && (!next || dueAt < next.at)) {
    past.goOnAt(dueAt);
    return ring(tx, past, { held, dueAt });
  }
  invariant(next, 'a rescue of the demo that is not over goes on');
  past.goOnAt(next.at);
  await perform(tx, past, { incident, next, crew });
}

async function ring(tx: Tx<RescueTables>, { deps }: Past, { held, dueAt }: { held: Loaded; dueAt: Date }) {
  const timer = held.incident.timers.find((t) => t.dueAt.getTime() === dueAt.getTime());
  invariant(timer, 'the timer that is due stands in the row');
  const { kind, level } = timer;
  const acting = { command: { do: 'timer' as const, kind, level }, actor: 'timer', data: { dueAt } };
  const done = await carryOut(tx, deps, { held, acting });
  invariant(done.ok, 'a due timer is not refused');
}

type Performing = { incident: Incident; next: Next; crew: Crew };

async function perform(tx: Tx<RescueTables>, { deps }: Past, { incident, next, crew }: Performing): Promise<void> {
  const { id } = incident;
  const happenedAt = deps.now().toISOString();
  if (next.who === 'crew') {
    const accountId = crew.byPerson.get(next.offer.crewId);
    invariant(accountId, 'every rescuer of the demo has an account');
    const report = { remark: '', photos: [], ...saidByCrew(next.act), key: deps.newId(), happenedAt } as JobReport;
    const viewer = { accountId, personId: next.offer.crewId as PersonId };
    const done = await jobReportIn(tx, deps, { id, viewer, report });
    invariant(done.ok, 'a report is never refused');
    return;
  }
  const said = saidByDesk(next.act, deps.newId());
  const actor = crew.desk;
  const done =
    'order' in said
      ? await commandIn(tx, deps, { id, acting: { command: said.order, actor } })
      : await deskReportIn(tx, deps, { id, actor, report: said.report });
  invariant(done.ok, 'what the demo does at its desk is allowed');
}
