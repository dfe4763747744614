import { z } from 'zod';
import { DESK, OFFICIALS } from '../../../contract/identity-vocabulary.ts';
import { coverage, station, stationChange, stationMade } from '../../../contract/rescue-field.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { RescueDeps } from './deps.ts';
import { addStation, changeStation, closeStation } from './station.service.ts';
import { coverageOf, listStations } from './station.views.ts';
import { status } from './status.ts';

const tags = ['rescue'];
const byId = z.object({ id: z.uuid() });
/** Who looks at who stands ready, and who keeps it. */
export const READ_FIELD = {
  access: [...OFFICIALS, ...DESK, 'rescue_station', 'maintenance_manager'],
  grant: 'stations:read',
} as const;
export const KEEP_FIELD = { access: [...DESK, 'city_regulator', 'rescue_station', 'maintenance_manager'] } as const;

/** Stations and gaps in coverage. */
export const stationRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.get(
      '/rescue/stations',
      {
        config: READ_FIELD,
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
      {
        config: KEEP_FIELD,
        schema: { summary: 'Open a station', tags, body: stationMade, response: { 200: z.object({ id: z.uuid() }) } },
      },
      async (request) => ({ id: await addStation(deps, viewerOf(request), request.body) }),
    );
    app.put(
      '/rescue/stations/:id',
      {
        config: KEEP_FIELD,
        schema: { summary: 'Change a station', tags, params: byId, body: stationChange, response: { 204: z.null() } },
      },
      async (request, reply) => {
        const done = await changeStation(deps, viewerOf(request), { ...request.body, id: request.params.id });
        return done.ok ? reply.code(204).send(null) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/rescue/stations/:id/close',
      { config: KEEP_FIELD, schema: { summary: 'Close a station', tags, params: byId, response: { 204: z.null() } } },
      async (request, reply) => {
        const done = await closeStation(deps, viewerOf(request), request.params.id);
        return done.ok ? reply.code(204).send(null) : problem(reply, status, done.refusal);
      },
    );
    app.get(
      '/rescue/coverage',
      {
        config: READ_FIELD,
        schema: { summary: 'Elevators that nobody on duty would reach in time', tags, response: { 200: coverage } },
      },
      (request) => deps.scoped(viewerOf(request), (tx) => coverageOf(tx, deps)),
    );
  };
