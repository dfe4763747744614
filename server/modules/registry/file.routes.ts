import { z } from 'zod';
import {
  elevatorFacets,
  elevatorFile,
  elevatorFilter,
  elevatorListQuery,
  elevatorPage,
  identifierType,
  tracePage,
} from '../../../contract/registry.ts';
import { gapWork } from '../../../contract/registry-documents.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import { findByIdentifier } from './card.views.ts';
import type { RegistryDeps } from './deps.ts';
import { facetsOf } from './facets.views.ts';
import { showFile, traceOf } from './file.views.ts';
import { gapsToMend } from './gap.views.ts';
import { groundOf } from './list.ground.ts';
import { listElevators, narrow } from './list.views.ts';
import { status } from './status.ts';

const READ = { access: 'signed_in', grant: 'elevators:read' } as const;
const id = z.object({ id: z.uuid() });

/** Lists of elevators, and one elevator's file. */
export const fileRoutes =
  (deps: RegistryDeps): Routes =>
  async (app) => {
    const { scoped, city } = deps;

    app.get(
      '/elevators',
      {
        config: READ,
        schema: { summary: 'A page of elevators', querystring: elevatorListQuery, response: { 200: elevatorPage } },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const { sort, descending, after, limit, ...filter } = request.query;
        return scoped(viewer, async (tx) =>
          listElevators(tx, await narrow(tx, filter, groundOf(deps, viewer)), {
            sort,
            descending: descending ?? sort === 'changed',
            after: after ?? null,
            limit,
          }),
        );
      },
    );

    app.get(
      '/elevators/facets',
      {
        config: READ,
        schema: {
          summary: 'How many elevators fit, and how they spread',
          querystring: elevatorFilter,
          response: { 200: elevatorFacets },
        },
      },
      async (request) => {
        const viewer = viewerOf(request);
        return scoped(viewer, async (tx) => facetsOf(tx, await narrow(tx, request.query, groundOf(deps, viewer))));
      },
    );

    app.get(
      '/elevators/by-code',
      {
        config: READ,
        schema: {
          summary: 'Which elevator a code means',
          querystring: z.object({
            type: z.union([identifierType, z.literal('id')]),
            value: z.string().min(1).max(100),
            issuer: z.string().max(40).optional(),
          }),
          response: { 200: z.object({ id: z.uuid() }) },
        },
      },
      async (request, reply) => {
        const { type, value, issuer } = request.query;
        const given = { type, value, ...(issuer ? { issuer } : {}) };
        const [found] = await scoped(viewerOf(request), (tx) => findByIdentifier(tx, [given]));
        return found ? { id: found } : problem(reply, status, { code: 'registry.not_found' });
      },
    );

    app.get(
      '/registry/gaps',
      {
        config: { access: 'signed_in' },
        schema: { summary: 'What the files one sees still lack, and who can mend it', response: { 200: gapWork } },
      },
      async (request) => {
        const viewer = viewerOf(request);
        return { items: await scoped(viewer, (tx) => gapsToMend(tx, viewer.role)) };
      },
    );

    app.get(
      '/elevators/:id',
      { config: READ, schema: { summary: 'One elevator file', params: id, response: { 200: elevatorFile } } },
      async (request, reply) => {
        const asked = request.params.id as ElevatorId;
        const viewer = viewerOf(request);
        const can = deps.canFor(viewer);
        const file = await scoped(viewer, (tx) => showFile(tx, asked, { areas: city.areas, can }));
        return file ?? problem(reply, status, { code: 'registry.not_found' });
      },
    );

    app.get(
      '/elevators/:id/trace',
      {
        config: READ,
        schema: {
          summary: 'What happened to an elevator, newest first',
          params: id,
          querystring: z.object({
            before: z.coerce.number().int().positive().optional(),
            limit: z.coerce.number().int().min(1).max(200).default(50),
          }),
          response: { 200: tracePage },
        },
      },
      async (request) => {
        const { before, limit } = request.query;
        const asked = request.params.id as ElevatorId;
        const lines = await scoped(viewerOf(request), (tx) => traceOf(tx, asked, { before: before ?? null, limit }));
        const last = lines.length === limit ? lines.at(-1) : undefined;
        return { items: lines.map((line) => ({ ...line, at: line.at.toISOString() })), next: last?.id ?? null };
      },
    );
  };
