import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountId } from '../kernel/ids.ts';
import type { Kernel } from '../kernel/module.ts';
import { SESSION_COOKIE } from '../modules/identity/authenticate.ts';
import type { RescueTables } from '../modules/rescue/index.ts';
import type { OfferRow } from '../modules/rescue/tables.ts';
import { type CrewAct, type Next, nextActs } from './crew.rules.ts';
import { saidByCrew, saidByDesk } from './crew.says.ts';
import { playedByPeople, positionOf, readScenes, type Scene } from './crew.store.ts';
import { type Crew, openCrewSession, readCrew } from './crew-accounts.ts';

/** One request to the house itself, through every door a real one passes. */
export type Ask = (request: {
  method: 'POST';
  url: string;
  headers: Record<string, string>;
  payload: object;
}) => Promise<{ statusCode: number }>;

const LOOK_EVERY_MS = 2_000;
const MOVE_EVERY_MS = 15_000;

type Acting = { kernel: Kernel; ask: Ask; crew: Crew; sessions: Map<AccountId, string> };

/**
 * Let the rescuers and the night agent of the demo do their work: each signs in and calls the routes that his phone or
 * desk would. What a person takes over is left to him. Returns how to stop; does nothing in a house without them.
 */
export async function startCrew(kernel: Kernel, ask: Ask): Promise<() => Promise<void>> {
  const crew = await readCrew(kernel);
  if (!crew) return () => Promise.resolve();
  const acting: Acting = { kernel, ask, crew, sessions: new Map() };
  const running = new AbortController();
  const loop = (async () => {
    for (let movedAt = 0; !running.signal.aborted; ) {
      const isMoving = Date.now() - movedAt >= MOVE_EVERY_MS;
      // The demo goes on when the database does; what was due is still due.
      await actOnce(acting, isMoving).catch((error: unknown) =>
        kernel.log.warn({ error }, 'the demo crew could not act'),
      );
      if (isMoving) movedAt = Date.now();
      await sleep(LOOK_EVERY_MS, undefined, { signal: running.signal, ref: false }).catch(() => undefined); // stopped
    }
  })();
  return async () => {
    running.abort();
    await loop;
  };
}

/** Everything that is due now, once. */
export async function actOnce(acting: Acting, isMoving: boolean): Promise<void> {
  const { kernel, crew } = acting;
  const now = kernel.now();
  const db = kernel.db.withTables<RescueTables>();
  const scenes = await readScenes(db, crew.all);
  const played = scenes.length > 0 ? await playedByPeople(kernel.db, now) : new Set<string>();
  for (const scene of scenes) {
    const { incident, offers } = scene;
    const etas = new Map(offers.map((o) => [o.id, o.eta_seconds]));
    for (const next of nextActs(incident, (id) => etas.get(id) ?? null)) {
      if (next.at <= now) await act(acting, { scene, next, played });
    }
    if (isMoving) await move(acting, { scene, played });
  }
}

async function act(
  acting: Acting,
  { scene, next, played }: { scene: Scene; next: Next; played: ReadonlySet<string> },
): Promise<void> {
  const { id } = scene.incident;
  if (next.who === 'desk') {
    if (scene.deskByPeople) return;
    const said = saidByDesk(next.act, `demo:${id}:${next.act.do}`);
    const [kind, payload] = 'order' in said ? ['orders', said.order] : ['reports', said.report];
    await post(acting, acting.crew.desk, { path: `/rescue/incidents/${id}/${kind}`, payload });
    return;
  }
  const { crewId, id: offerId } = next.offer;
  const accountId = acting.crew.byPerson.get(crewId);
  if (scene.fieldByPeople || played.has(crewId) || !accountId) return;
  const happenedAt = acting.kernel.now().toISOString();
  const report = { ...placed(saidByCrew(next.act), scene), key: `demo:${offerId}:${next.act.do}`, happenedAt };
  await post(acting, accountId, { path: `/rescue/jobs/${id}/reports`, payload: report });
}

/** A rescuer who arrives says where he is: at the door. */
const placed = (report: CrewAct, { place }: Scene): object =>
  report.do === 'arrive' && place ? { ...report, at: place } : report;

/** Whoever has departed comes nearer, as his phone would tell. */
async function move(acting: Acting, { scene, played }: { scene: Scene; played: ReadonlySet<string> }): Promise<void> {
  const { place, offers, incident } = scene;
  if (!place || incident.released || incident.end) return;
  for (const offer of offers) {
    const accountId = acting.crew.byPerson.get(offer.crew_id);
    if (offer.state !== 'departed' || !accountId || played.has(offer.crew_id)) continue;
    const at = await nearer(acting, { scene, offer, place });
    const payload = { ...at, at: acting.kernel.now().toISOString(), accuracyMetres: 20 };
    if (at) await post(acting, accountId, { path: '/rescue/position', payload });
  }
}

type Place = { lng: number; lat: number };

/** The next place on the way: so much of the rest as this round takes of the time that is left. */
async function nearer(
  { kernel }: Acting,
  { scene, offer, place }: { scene: Scene; offer: OfferRow; place: Place },
): Promise<Place | null> {
  const from = await positionOf(kernel.db.withTables<RescueTables>(), offer.crew_id);
  const arrival = nextActs(scene.incident, (id) => (id === offer.id ? offer.eta_seconds : null)).find(
    (next) => next.who === 'crew' && next.offer.id === offer.id,
  );
  if (!from || !arrival) return null;
  const leftMs = Math.max(MOVE_EVERY_MS, arrival.at.getTime() - kernel.now().getTime());
  const share = MOVE_EVERY_MS / leftMs;
  return { lng: from.lng + (place.lng - from.lng) * share, lat: from.lat + (place.lat - from.lat) * share };
}

/** Call a route as this account. A session that ended is opened anew; a refusal is left for the next look. */
async function post(
  { kernel, ask, sessions }: Acting,
  accountId: AccountId,
  { path, payload }: { path: string; payload: object },
): Promise<void> {
  const token = sessions.get(accountId) ?? (await openCrewSession(kernel, accountId));
  sessions.set(accountId, token);
  const headers = { cookie: `${SESSION_COOKIE}=${token}` };
  const { statusCode } = await ask({ method: 'POST', url: `/api/v1${path}`, headers, payload });
  if (statusCode === 401) sessions.delete(accountId);
  if (statusCode >= 400) kernel.log.info({ path, statusCode }, 'the demo crew was refused');
}
