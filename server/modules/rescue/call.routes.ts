import { z } from 'zod';
import { DESK } from '../../../contract/identity-vocabulary.ts';
import { callInput, callTaken } from '../../../contract/rescue-acts.ts';
import { callBackDone, callList, callQuery, callUnmask, callUnmasked } from '../../../contract/rescue-field.ts';
import { callPlace, callSettled } from '../../../contract/rescue-queue.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import { elevatorByCode, takeCall } from './call.service.ts';
import { listCalls } from './call.views.ts';
import { recordCallBack, unmaskCaller } from './call-back.service.ts';
import type { RescueDeps } from './deps.ts';
import { status } from './status.ts';
import { placeCall, settleCall } from './unplaced.service.ts';

const tags = ['rescue'];
const byId = z.object({ id: z.uuid() });
const ORDER = { access: DESK } as const;

/** Calls: taken, listed, rung back, and the caller's number for whoever must ring. */
export const callRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.post(
      '/rescue/calls',
      { config: ORDER, schema: { summary: 'Take a call', tags, body: callInput, response: { 200: callTaken } } },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const { code, connectedAt, recordingRef, callBackWanted, claimText, elevatorId, ...said } = request.body;
        const named = elevatorId ? (elevatorId as ElevatorId) : code ? await elevatorByCode(deps.db, code) : null;
        if (code && !named) return problem(reply, status, { code: 'rescue.no_elevator', value: code });
        return takeCall(deps, {
          ...said,
          channel: 'phone',
          elevatorId: named,
          connectedAt: connectedAt ? new Date(connectedAt) : null,
          callBackWanted,
          claimText,
          recordingRef: recordingRef ?? null,
          partnerRef: null,
          actor: viewer.accountId,
          audience: { areaCodes: viewer.scope.areas, orgIds: viewer.orgId ? [viewer.orgId] : [] },
        });
      },
    );

    app.get(
      '/rescue/calls',
      {
        config: ORDER,
        schema: {
          summary: 'The last calls; those that wait to be rung back first',
          tags,
          querystring: callQuery,
          response: { 200: callList },
        },
      },
      (request) => deps.scoped(viewerOf(request), (tx) => listCalls(tx, deps.secret, request.query)),
    );

    await app.register(unplacedRoutes(deps));
    await app.register(afterwardsRoutes(deps));
  };

const unplacedRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.post(
      '/rescue/calls/:id/place',
      {
        config: ORDER,
        schema: {
          summary: 'A call for help that named no elevator means this one: help is sent there',
          tags,
          params: byId,
          body: callPlace,
          response: { 200: callTaken },
        },
      },
      async (request, reply) => {
        const of = { id: request.params.id, elevatorId: request.body.elevatorId as ElevatorId };
        const done = await placeCall(deps, viewerOf(request), of);
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/rescue/calls/:id/settlement',
      {
        config: ORDER,
        schema: {
          summary: 'A call for help that named no elevator needs none, for this reason',
          tags,
          params: byId,
          body: callSettled,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const of = { id: request.params.id, reason: request.body.reason };
        const done = await settleCall(deps, viewerOf(request), of);
        return done.ok ? reply.code(204).send(null) : problem(reply, status, done.refusal);
      },
    );
  };

const afterwardsRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.post(
      '/rescue/calls/:id/unmasking',
      {
        config: ORDER,
        schema: {
          summary: "The caller's number in full; who looked and why is kept",
          tags,
          params: byId,
          body: callUnmask,
          response: { 200: callUnmasked },
        },
      },
      async (request, reply) => {
        const of = { id: request.params.id, reason: request.body.reason };
        const done = await unmaskCaller(deps, viewerOf(request), of);
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/rescue/calls/:id/call-back',
      {
        config: ORDER,
        schema: {
          summary: 'The caller was rung back, and said this',
          tags,
          params: byId,
          body: callBackDone,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const of = { id: request.params.id, said: request.body.said };
        const done = await recordCallBack(deps, viewerOf(request), of);
        return done.ok ? reply.code(204).send(null) : problem(reply, status, done.refusal);
      },
    );
  };
