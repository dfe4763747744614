import { z } from 'zod';
import {
  rescuerChoice,
  rescuerKept,
  rescuerList,
  rescuerQuery,
  roster,
  rosterInput,
  rosterQuery,
  rosterTaken,
} from '../../../contract/rescue-field.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { OrgId, PersonId } from '../../kernel/ids.ts';
import type { RescueDeps } from './deps.ts';
import { dropRescuer, keepRescuer } from './rescuer.service.ts';
import { choosable, listRescuers, rosterOf } from './rescuer.views.ts';
import { endDuty, writeRoster } from './roster.service.ts';
import { KEEP_FIELD, READ_FIELD } from './station.routes.ts';
import { status } from './status.ts';

const tags = ['rescue'];
const byId = z.object({ id: z.uuid() });

/** Rescuers and their rosters. */
export const rescuerRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.get(
      '/rescue/rescuers',
      {
        config: READ_FIELD,
        schema: {
          summary: 'Rescuers, those on duty first',
          tags,
          querystring: rescuerQuery,
          response: { 200: rescuerList },
        },
      },
      (request) => listRescuers(deps, viewerOf(request), request.query),
    );
    app.get(
      '/rescue/rescuers/choice',
      {
        config: KEEP_FIELD,
        schema: {
          summary: 'Who works on elevators in an organisation and is no rescuer yet',
          tags,
          querystring: z.object({ org: z.uuid() }),
          response: { 200: rescuerChoice },
        },
      },
      (request) => choosable(deps, viewerOf(request), request.query.org as OrgId),
    );
    app.post(
      '/rescue/rescuers',
      {
        config: KEEP_FIELD,
        schema: {
          summary: 'Register a person as a rescuer of his organisation, or change what is kept of him',
          tags,
          body: rescuerKept,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const done = await keepRescuer(deps, viewerOf(request), request.body);
        return done.ok ? reply.code(204).send(null) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/rescue/rescuers/:id/leave',
      {
        config: KEEP_FIELD,
        schema: { summary: 'Somebody is no rescuer any more', tags, params: byId, response: { 204: z.null() } },
      },
      async (request, reply) => {
        const done = await dropRescuer(deps, viewerOf(request), request.params.id as PersonId);
        return done.ok ? reply.code(204).send(null) : problem(reply, status, done.refusal);
      },
    );
    await app.register(rosterRoutes(deps));
  };

const rosterRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.get(
      '/rescue/roster',
      {
        config: READ_FIELD,
        schema: { summary: 'Who is on duty on these days', tags, querystring: rosterQuery, response: { 200: roster } },
      },
      (request) => deps.scoped(viewerOf(request), (tx) => rosterOf(tx, request.query)),
    );
    app.post(
      '/rescue/roster',
      {
        config: KEEP_FIELD,
        schema: {
          summary: 'Who is on duty from when to when; good lines are taken, bad ones are named',
          tags,
          body: rosterInput,
          response: { 200: rosterTaken },
        },
      },
      (request) => writeRoster(deps, viewerOf(request), request.body),
    );
    app.post(
      '/rescue/roster/:id/end',
      {
        config: KEEP_FIELD,
        schema: { summary: 'Take a line out of the roster', tags, params: byId, response: { 204: z.null() } },
      },
      async (request, reply) => {
        const done = await endDuty(deps, viewerOf(request), request.params.id);
        return done.ok ? reply.code(204).send(null) : problem(reply, status, done.refusal);
      },
    );
  };
