import { z } from 'zod';
import {
  drillEnd,
  drillInput,
  drillList,
  drillOff,
  drillPlan,
  drillQuery,
  drillsDue,
} from '../../../contract/rescue-field.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { RescueDeps } from './deps.ts';
import { beginDrill, callOffDrill, finishDrill, planDrill, startDrill } from './drill.service.ts';
import { dueDrills, listDrills } from './drill.views.ts';
import { KEEP_FIELD, READ_FIELD } from './station.routes.ts';
import { status } from './status.ts';

const tags = ['rescue'];
const byId = z.object({ id: z.uuid() });
const made = z.object({ id: z.uuid() });

/** Drills: planned, begun, ended, called off. */
export const drillRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.get(
      '/rescue/drills',
      {
        config: READ_FIELD,
        schema: {
          summary: 'Drills planned, running and held',
          tags,
          querystring: drillQuery,
          response: { 200: drillList },
        },
      },
      (request) => deps.scoped(viewerOf(request), (tx) => listDrills(tx, request.query)),
    );
    app.get(
      '/rescue/drills/due',
      {
        config: READ_FIELD,
        schema: { summary: 'The units whose next drill is due', tags, response: { 200: drillsDue } },
      },
      (request) => deps.scoped(viewerOf(request), (tx) => dueDrills(tx, { settings: deps.settings, now: deps.now() })),
    );
    app.post(
      '/rescue/drills/plan',
      { config: KEEP_FIELD, schema: { summary: 'Plan a drill', tags, body: drillPlan, response: { 200: made } } },
      async (request, reply) => {
        const done = await planDrill(deps, viewerOf(request), request.body);
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/rescue/drills',
      {
        config: KEEP_FIELD,
        schema: { summary: 'Begin a drill at once', tags, body: drillInput, response: { 200: made } },
      },
      async (request, reply) => {
        const done = await startDrill(deps, viewerOf(request), request.body);
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
    await app.register(actRoutes(deps));
  };

const actRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.post(
      '/rescue/drills/:id/begin',
      {
        config: KEEP_FIELD,
        schema: { summary: 'Begin a planned drill', tags, params: byId, response: { 204: z.null() } },
      },
      async (request, reply) => {
        const done = await beginDrill(deps, viewerOf(request), request.params.id);
        return done.ok ? reply.code(204).send(null) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/rescue/drills/:id/end',
      {
        config: KEEP_FIELD,
        schema: { summary: 'End a drill', tags, params: byId, body: drillEnd, response: { 204: z.null() } },
      },
      async (request, reply) => {
        const of = { id: request.params.id, summary: request.body.summary };
        const done = await finishDrill(deps, viewerOf(request), of);
        return done.ok ? reply.code(204).send(null) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/rescue/drills/:id/call-off',
      {
        config: KEEP_FIELD,
        schema: {
          summary: 'Call a planned drill off',
          tags,
          params: byId,
          body: drillOff,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const of = { id: request.params.id, reason: request.body.reason };
        const done = await callOffDrill(deps, viewerOf(request), of);
        return done.ok ? reply.code(204).send(null) : problem(reply, status, done.refusal);
      },
    );
  };
