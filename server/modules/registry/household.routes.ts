import { z } from 'zod';
import { HOUSEHOLD_OFFICES } from '../../../contract/identity-vocabulary.ts';
import {
  flatInFull,
  flatLook,
  householdEnding,
  householdInput,
  householdPage,
} from '../../../contract/registry-households.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { RegistryDeps } from './deps.ts';
import { askAtPlate, householdsOf, lookAtFlat, settle } from './household.service.ts';
import { status } from './status.ts';

const tags = ['owners'];
const params = z.object({ id: z.uuid() });
const page = z.object({
  open: z.enum(['true', 'false']).default('true'), // only those that wait for their confirmation
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** 业主: a household asks for the building it lives in, the street confirms. */
export const householdRoutes =
  (deps: RegistryDeps): Routes =>
  async (app) => {
    app.get(
      '/households',
      {
        config: { access: ['owner', ...HOUSEHOLD_OFFICES] },
        schema: { summary: 'Owners and their buildings', tags, querystring: page, response: { 200: householdPage } },
      },
      async (request) => {
        const { open, after, limit } = request.query;
        return householdsOf(deps, viewerOf(request), { open: open === 'true', after: after ?? null, limit });
      },
    );

    app.post(
      '/households',
      {
        config: { access: ['owner'], fieldsOf: 'household' },
        schema: { summary: 'Ask to be known as an owner of a building', tags, body: householdInput },
      },
      async (request, reply) => {
        const done = await askAtPlate(deps, viewerOf(request), request.body);
        return done.ok ? reply.code(201).send({ id: done.value }) : problem(reply, status, done.refusal);
      },
    );

    app.post(
      '/households/:id/unmasking',
      {
        config: { access: HOUSEHOLD_OFFICES, human: true, rateLimit: { max: 60, timeWindow: 60_000 } },
        schema: {
          summary: "An owner's flat in full; who looked and why is kept",
          tags,
          params,
          body: flatLook,
          response: { 200: flatInFull },
        },
      },
      async (request, reply) => {
        const done = await lookAtFlat(deps, viewerOf(request), { ...request.params, ...request.body });
        reply.header('cache-control', 'no-store');
        return done.ok ? reply.send(done.value) : problem(reply, status, done.refusal);
      },
    );

    app.post(
      '/households/:id/verification',
      { config: { access: HOUSEHOLD_OFFICES }, schema: { summary: 'Confirm an owner', tags, params } },
      async (request, reply) => {
        const done = await settle(deps, viewerOf(request), { id: request.params.id, ended: null });
        return done.ok ? reply.code(204).send() : problem(reply, status, done.refusal);
      },
    );

    app.post(
      '/households/:id/ending',
      {
        config: { access: HOUSEHOLD_OFFICES },
        schema: { summary: 'Refuse an owner, or an owner is none any more', tags, params, body: householdEnding },
      },
      async (request, reply) => {
        const done = await settle(deps, viewerOf(request), { id: request.params.id, ended: request.body.reason });
        return done.ok ? reply.code(204).send() : problem(reply, status, done.refusal);
      },
    );
  };
