import { z } from 'zod';
import { MAINTENANCE, REGULATORS } from '../../../contract/identity-vocabulary.ts';
import {
  bindingAnswer,
  bindingAsk,
  bindingList,
  windowAsk,
  windowState,
  workAnswer,
  workList,
  workReport,
} from '../../../contract/telemetry-work.ts';
import type { Tx } from '../../kernel/db.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import type { Keys } from '../../kernel/keys.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { elevatorsFor, type RegistryTables } from '../registry/index.ts';
import { bindElevators, listBindingsOf, unbindElevator } from './binding.service.ts';
import type { TelemetryDeps } from './deps.ts';
import { status } from './status.ts';
import { judgeBeginning, judgeEnding } from './work.rules.ts';
import { beginWork, endWork } from './work.service.ts';
import { openKinds, openWindow, worksOf } from './work.views.ts';
import { reportWork } from './work-report.service.ts';

const byId = z.object({ id: z.uuid() });
const tags = ['telemetry'];
type Deps = TelemetryDeps & { newId: () => string };

/** The same from the crew's phone, at the car. */
export const workReportRoutes =
  (deps: Deps & { keys: Keys }): Routes =>
  async (app) => {
    app.get(
      '/telemetry/work',
      {
        config: { access: MAINTENANCE },
        schema: { summary: 'Work that one’s own unit has declared and not ended', tags, response: { 200: workList } },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const items = await deps.scoped(viewer, (tx) => worksOf(tx, { orgId: viewer.orgId, now: deps.now() }));
        return { items };
      },
    );
    app.post(
      '/telemetry/work-reports',
      {
        config: { access: MAINTENANCE },
        schema: {
          summary: 'Work at the car began or ended, by plate or six digits, now or out of the phone’s queue',
          tags,
          body: workReport,
          response: { 200: workAnswer },
        },
      },
      async (request, reply) => {
        const done = await reportWork(deps, viewerOf(request), request.body);
        return done.ok ? reply.send(done.value) : problem(reply, status, done.refusal);
      },
    );
  };

/** Work that is declared on an elevator: detection stays quiet meanwhile. */
export const workRoutes =
  (deps: Deps): Routes =>
  async (app) => {
    app.get(
      '/elevators/:id/maintenance-window',
      {
        config: { access: 'signed_in' },
        schema: { summary: 'Is work declared on this elevator', tags, params: byId, response: { 200: windowState } },
      },
      async (request, reply) => {
        const shown = await showWork(deps, viewerOf(request), request.params.id as ElevatorId);
        return shown ?? problem(reply, status, { code: 'telemetry.not_found' });
      },
    );
    app.post(
      '/elevators/:id/maintenance-window',
      {
        config: { access: MAINTENANCE },
        schema: {
          summary: 'Declare work on an elevator, until when at the latest',
          tags,
          params: byId,
          body: windowAsk,
          response: { 201: z.object({ id: z.uuid() }) },
        },
      },
      async (request, reply) => {
        const ask = { ...request.body, elevatorId: request.params.id as ElevatorId };
        const done = await beginWork(deps, viewerOf(request), ask);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/elevators/:id/maintenance-window/end',
      { config: { access: MAINTENANCE }, schema: { summary: 'The work is done', tags, params: byId } },
      async (request, reply) => {
        const done = await endWork(deps, viewerOf(request), request.params.id as ElevatorId);
        return done.ok ? reply.code(204).send() : problem(reply, status, done.refusal);
      },
    );
  };

/** The declared work and what the viewer may do about it; undefined for an elevator he does not see. */
const showWork = (deps: Deps, viewer: Viewer, id: ElevatorId) =>
  deps.scoped(viewer, async (tx) => {
    const card = (await elevatorsFor(tx as unknown as Tx<RegistryTables>, [id])).get(id);
    if (!card) return undefined;
    const current = await openWindow(tx, id, deps.now());
    const asked = { maintenanceOrgId: card.maintenance_org_id, viewerOrgId: viewer.orgId, current };
    const isCrew = MAINTENANCE.some((role) => role === viewer.role);
    const begin = judgeBeginning({ ...asked, openFindings: await openKinds(tx, id) });
    const end = judgeEnding(asked);
    const may = (judged: typeof begin | typeof end) =>
      isCrew ? judged.ok || judged.refusal : { code: 'kernel.forbidden' };
    return {
      current: current && {
        id: current.id,
        org: current.org,
        reason: current.reason,
        startedAt: current.startedAt.toISOString(),
        endsAt: current.endsAt.toISOString(),
      },
      can: { begin: may(begin), end: may(end) },
    };
  });

/** Elevators that a sender may speak for although its organisation is no party to them. */
export const bindingRoutes =
  (deps: Deps): Routes =>
  async (app) => {
    app.get(
      '/telemetry/sources/:id/bindings',
      {
        config: { access: 'signed_in', grant: 'telemetry:read' },
        schema: { summary: 'Elevators bound to a sender', tags, params: byId, response: { 200: bindingList } },
      },
      async (request) => ({
        items: await deps.scoped(viewerOf(request), (tx) => listBindingsOf(tx, request.params.id)),
      }),
    );
    app.post(
      '/telemetry/sources/:id/bindings',
      {
        config: { access: REGULATORS },
        schema: {
          summary: 'Let a sender speak for elevators, by their codes',
          tags,
          params: byId,
          body: bindingAsk,
          response: { 200: bindingAnswer },
        },
      },
      async (request, reply) => {
        const ask = { sourceId: request.params.id, codes: request.body.codes };
        const done = await bindElevators(deps, viewerOf(request), ask);
        return done.ok ? reply.send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.delete(
      '/telemetry/sources/:id/bindings/:elevatorId',
      {
        config: { access: REGULATORS },
        schema: {
          summary: 'A sender no longer speaks for an elevator',
          tags,
          params: byId.extend({ elevatorId: z.uuid() }),
        },
      },
      async (request, reply) => {
        const of = { sourceId: request.params.id, elevatorId: request.params.elevatorId as ElevatorId };
        const done = await unbindElevator(deps, viewerOf(request), of);
        return done.ok ? reply.code(204).send() : problem(reply, status, done.refusal);
      },
    );
  };
