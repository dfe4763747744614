import { z } from 'zod';
import { DESK } from '../../../contract/identity-vocabulary.ts';
import { candidateList, incidentDetail, incidentPage, incidentQuery } from '../../../contract/rescue.ts';
import { deskReport, orderInput } from '../../../contract/rescue-acts.ts';
import { handover, handoverInput } from '../../../contract/rescue-field.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { IncidentId } from '../../kernel/ids.ts';
import { candidateItems } from './candidate.present.ts';
import { candidatesFor } from './candidate.views.ts';
import type { RescueDeps } from './deps.ts';
import { giveOrder, takeDeskReport } from './desk.service.ts';
import { acceptHandover, lastHandovers, leaveHandover } from './handover.store.ts';
import { showIncident } from './incident.views.ts';
import { listIncidents } from './incident-list.views.ts';
import { status } from './status.ts';
import { endTalk, startTalk } from './talk.service.ts';

const tags = ['rescue'];
const byId = z.object({ id: z.uuid() });
const READ = { access: 'signed_in', grant: 'incidents:read' } as const;
const ORDER = { access: DESK } as const;
/** Who may tell the desk what happened at the elevator, or why. */
const REPORT = { access: [...DESK, 'maintenance_manager', 'technician', 'rescue_station', 'rescuer'] } as const;

/** The desk: queue, incidents, candidates, orders, calls, talking with the car, hand-over. */
export const deskRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    await app.register(talkRoutes(deps));
    await app.register(shiftRoutes(deps));

    app.get(
      '/rescue/incidents',
      {
        config: READ,
        schema: {
          summary: 'Incidents: the queue, or the past',
          tags,
          querystring: incidentQuery,
          response: { 200: incidentPage },
        },
      },
      async (request) => {
        const page = await deps.scoped(viewerOf(request), (tx) => listIncidents(tx, request.query));
        return { ...page, now: deps.now().toISOString() };
      },
    );

    app.get(
      '/rescue/incidents/:id',
      {
        config: READ,
        schema: {
          summary: 'One incident with everything known of it',
          tags,
          params: byId,
          response: { 200: incidentDetail },
        },
      },
      async (request, reply) => {
        const id = request.params.id as IncidentId;
        const shown = await deps.scoped(viewerOf(request), (tx) =>
          showIncident(tx, id, { settings: deps.settings, now: deps.now() }),
        );
        return shown ?? problem(reply, status, { code: 'rescue.not_found' });
      },
    );

    await app.register(candidateRoutes(deps));
  };

const candidateRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.get(
      '/rescue/incidents/:id/candidates',
      {
        config: ORDER,
        schema: {
          summary: 'Who could go, the first to be there on top, each with the reasons',
          tags,
          params: byId,
          response: { 200: candidateList },
        },
      },
      async (request, reply) => {
        const id = request.params.id as IncidentId;
        const listed = await deps.scoped(viewerOf(request), async (tx) => {
          const row = await tx.selectFrom('rescue.incident').selectAll().where('id', '=', id).executeTakeFirst();
          if (!row) return undefined;
          const asked = await tx
            .selectFrom('rescue.offer')
            .select('crew_id')
            .where('incident_id', '=', id)
            .where('live', '=', true)
            .execute();
          const to = row.lng !== null && row.lat !== null ? { lng: row.lng, lat: row.lat } : null;
          const circle = {
            maintenanceOrgId: row.maintenance_org_id,
            level: 'all' as const,
            drillId: row.drill_id,
            without: asked.map((a) => a.crew_id),
          };
          const found = (await candidatesFor(tx, { ...deps, now: deps.now() }, { circle, to })).slice(0, 20);
          return { items: await candidateItems(tx, found, { ways: deps.ways, to }), to };
        });
        return listed ?? problem(reply, status, { code: 'rescue.not_found' });
      },
    );

    await app.register(orderRoutes(deps));
  };

const orderRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.post(
      '/rescue/incidents/:id/orders',
      {
        config: ORDER,
        schema: {
          summary: 'Give an order; it may be refused',
          tags,
          params: byId,
          body: orderInput,
          response: { 200: incidentDetail },
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const id = request.params.id as IncidentId;
        const done = await giveOrder(deps, { id, viewer }, request.body);
        if (!done.ok) return problem(reply, status, done.refusal);
        const shown = await deps.scoped(viewer, (tx) =>
          showIncident(tx, id, { settings: deps.settings, now: deps.now() }),
        );
        return shown ?? problem(reply, status, { code: 'rescue.not_found' });
      },
    );

    app.post(
      '/rescue/incidents/:id/reports',
      {
        config: REPORT,
        schema: {
          summary: 'Write down what somebody reports; never refused',
          tags,
          params: byId,
          body: deskReport,
          response: { 200: incidentDetail },
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const id = request.params.id as IncidentId;
        const done = await takeDeskReport(deps, { id, viewer }, request.body);
        if (!done.ok) return problem(reply, status, done.refusal);
        const shown = await deps.scoped(viewer, (tx) =>
          showIncident(tx, id, { settings: deps.settings, now: deps.now() }),
        );
        return shown ?? problem(reply, status, { code: 'rescue.not_found' });
      },
    );
  };

const talkRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.post(
      '/rescue/incidents/:id/talks',
      {
        config: ORDER,
        schema: {
          summary: 'Talk with the car',
          tags,
          params: byId,
          response: { 200: z.object({ talkId: z.uuid(), ok: z.boolean(), reason: z.string() }) },
        },
      },
      async (request, reply) => {
        const started = await startTalk(deps, { id: request.params.id as IncidentId, viewer: viewerOf(request) });
        return started ?? problem(reply, status, { code: 'rescue.not_found' });
      },
    );

    app.post(
      '/rescue/talks/:id/end',
      {
        config: ORDER,
        schema: { summary: 'End the talk with the car', tags, params: byId, response: { 204: z.null() } },
      },
      async (request, reply) => {
        const ended = await endTalk(deps, { talkId: request.params.id, viewer: viewerOf(request) });
        return ended ? reply.code(204).send(null) : problem(reply, status, { code: 'rescue.not_found' });
      },
    );
  };

const shiftRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.get(
      '/rescue/handovers',
      {
        config: ORDER,
        schema: {
          summary: 'What the last shifts left',
          tags,
          response: { 200: z.object({ items: z.array(handover) }) },
        },
      },
      async (request) => ({ items: await deps.scoped(viewerOf(request), (tx) => lastHandovers(tx)) }),
    );

    app.post(
      '/rescue/handovers',
      {
        config: ORDER,
        schema: { summary: 'Hand the shift over', tags, body: handoverInput, response: { 200: handover } },
      },
      async (request) => leaveHandover(deps, viewerOf(request), request.body.note),
    );

    app.post(
      '/rescue/handovers/:id/accept',
      { config: ORDER, schema: { summary: 'Take the shift over', tags, params: byId, response: { 200: handover } } },
      async (request, reply) => {
        const taken = await acceptHandover(deps, viewerOf(request), request.params.id);
        return taken ?? problem(reply, status, { code: 'rescue.not_found' });
      },
    );
  };
