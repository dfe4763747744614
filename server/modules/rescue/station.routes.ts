import { z } from 'zod';
import {
  coverage,
  drillBoard,
  drillEnd,
  drillInput,
  rescuerInput,
  rosterInput,
  station,
  stationInput,
} from '../../../contract/rescue.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { PersonId } from '../../kernel/ids.ts';
import { DESK, OFFICIALS } from '../identity/index.ts';
import type { RescueDeps } from './deps.ts';
import { addStation, finishDrill, registerRescuer, startDrill, writeRoster } from './station.service.ts';
import { coverageOf, drillsOf, listStations } from './station.views.ts';
import { status } from './status.ts';

const tags = ['rescue'];
const byId = z.object({ id: z.uuid() });
const READ = {
  access: [...OFFICIALS, ...DESK, 'rescue_station', 'maintenance_manager'],
  grant: 'stations:read',
} as const;
const KEEP = { access: [...DESK, 'city_regulator', 'rescue_station', 'maintenance_manager'] } as const;
const made = z.object({ id: z.uuid() });

/** Stations, rosters, gaps in coverage, drills. */
export const stationRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.get(
      '/rescue/stations',
      {
        config: READ,
        schema: {
          summary: 'Stations, with who is on duty',
          tags,
          response: { 200: z.object({ items: z.array(station) }) },
        },
      },
      async (request) => ({ items: await deps.scoped(viewerOf(request), (tx) => listStations(tx, deps.now())) }),
    );
    app.post(
      '/rescue/stations',
      { config: KEEP, schema: { summary: 'Open a station', tags, body: stationInput, response: { 200: made } } },
      async (request) => ({ id: await addStation(deps, viewerOf(request), request.body) }),
    );
    app.post(
      '/rescue/rescuers',
      {
        config: KEEP,
        schema: {
          summary: "Register one of one's people as a rescuer",
          tags,
          body: rescuerInput,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const { orgId } = viewerOf(request);
        const person = await personOrg(deps, request.body.personId as PersonId);
        if (!orgId || (person !== null && person !== orgId))
          return problem(reply, status, { code: 'rescue.not_found' });
        await registerRescuer(deps, { orgId, given: request.body });
        return reply.code(204).send(null);
      },
    );

    await app.register(rosterRoutes(deps));
  };

const rosterRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.post(
      '/rescue/roster',
      {
        config: KEEP,
        schema: {
          summary: 'Who is on duty from when to when',
          tags,
          body: rosterInput,
          response: { 200: z.object({ taken: z.int() }) },
        },
      },
      async (request) => ({ taken: await writeRoster(deps, viewerOf(request), request.body) }),
    );
    app.get(
      '/rescue/coverage',
      {
        config: READ,
        schema: { summary: 'Elevators that nobody on duty would reach in time', tags, response: { 200: coverage } },
      },
      (request) => deps.scoped(viewerOf(request), (tx) => coverageOf(tx, deps)),
    );
    await app.register(drillRoutes(deps));
  };

const drillRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.get(
      '/rescue/drills',
      { config: READ, schema: { summary: 'Drills, and whose next one is due', tags, response: { 200: drillBoard } } },
      (request) => deps.scoped(viewerOf(request), (tx) => drillsOf(tx, { settings: deps.settings, now: deps.now() })),
    );
    app.post(
      '/rescue/drills',
      { config: KEEP, schema: { summary: 'Begin a drill', tags, body: drillInput, response: { 200: made } } },
      async (request, reply) => {
        const id = await startDrill(deps, viewerOf(request), request.body);
        return id ? { id } : problem(reply, status, { code: 'rescue.no_elevator' });
      },
    );
    app.post(
      '/rescue/drills/:id/end',
      {
        config: KEEP,
        schema: { summary: 'End a drill', tags, params: byId, body: drillEnd, response: { 204: z.null() } },
      },
      async (request, reply) => {
        const ended = await finishDrill(deps, viewerOf(request), {
          id: request.params.id,
          summary: request.body.summary,
        });
        return ended ? reply.code(204).send(null) : problem(reply, status, { code: 'rescue.not_found' });
      },
    );
  };

/** The organisation a rescuer is registered with already. Null: not registered yet. */
async function personOrg({ db }: RescueDeps, personId: PersonId): Promise<string | null> {
  const row = await db
    .selectFrom('rescue.rescuer')
    .select('org_id')
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row?.org_id ?? null;
}
