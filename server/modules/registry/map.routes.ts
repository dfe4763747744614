import { z } from 'zod';
import { divisionCode } from '../../../contract/registry.ts';
import { overview, searchAnswer, searchQuery } from '../../../contract/registry-search.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import { dayOf } from '../../kernel/time.ts';
import type { RegistryDeps } from './deps.ts';
import { overviewOf } from './overview.views.ts';
import { searchAll } from './search.views.ts';
import { status } from './status.ts';

const READ = { access: 'signed_in', grant: 'elevators:read' } as const;
const SHOWN_FOR_SECONDS = 2;

/** Where elevators are and how many: search, overview, vector tiles, districts. */
export const mapRoutes =
  ({ scoped, now, city, map }: RegistryDeps): Routes =>
  async (app) => {
    app.get(
      '/search',
      {
        config: READ,
        schema: { summary: 'Find by code, address or name', querystring: searchQuery, response: { 200: searchAnswer } },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const { q, limit } = request.query;
        return { items: await scoped(viewer, (tx) => searchAll(tx, { scope: viewer.scope, q, limit })) };
      },
    );

    app.get(
      '/overview',
      {
        config: READ,
        schema: {
          summary: 'Counts of an area and of what lies below it',
          querystring: z.object({ area: divisionCode.optional() }),
          response: { 200: overview },
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const withEmpty = viewer.scope.all || viewer.scope.areas.length > 0;
        const ask = { areas: city.areas, code: request.query.area ?? null, today: dayOf(now()), withEmpty };
        const found = await scoped(viewer, (tx) => overviewOf(tx, ask));
        return found ?? problem(reply, status, { code: 'registry.not_found' });
      },
    );

    app.get(
      '/map/tiles/:z/:x/:y.mvt',
      {
        config: { ...READ, rateLimit: false },
        schema: {
          summary: 'A vector tile with the layers `cluster` and `elevator`',
          params: z.object({
            z: z.coerce.number().int().min(0).max(20),
            x: z.coerce.number().int().min(0),
            y: z.coerce.number().int().min(0),
          }),
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const { bytes, version } = await map.tile({ scope: viewer.scope, ...request.params });
        const tag = `"${version}"`;
        void reply
          .header('etag', tag)
          .header('cache-control', `private, max-age=${SHOWN_FOR_SECONDS}`)
          .header('vary', 'cookie');
        if (request.headers['if-none-match'] === tag) return reply.code(304).send();
        return reply.type('application/vnd.mapbox-vector-tile').send(Buffer.from(bytes));
      },
    );

    app.get(
      '/map/districts',
      { config: READ, schema: { summary: 'District shapes with their counts, GeoJSON in WGS-84' } },
      async (request) => {
        const day = dayOf(now());
        const found = await scoped(viewerOf(request), (tx) =>
          overviewOf(tx, { areas: city.areas, code: null, today: day, withEmpty: false }),
        );
        const counts = new Map(found?.below.map((row) => [row.code, row]));
        const shapes = city.districts(day);
        const drawn = new Set(shapes.features.map((f) => f.properties.code));
        return {
          ...shapes,
          features: shapes.features.map((f) => ({
            ...f,
            properties: {
              ...f.properties,
              centre: city.centre(f.properties.code),
              ...countsOf(counts.get(f.properties.code)),
            },
          })),
          // Districts that nobody drew: listed with their seat, never painted into a neighbour's shape.
          undrawn: (found?.below ?? [])
            .filter((row) => row.code === null || !drawn.has(row.code))
            .map((row) => ({
              code: row.code,
              name: row.name,
              centre: row.code ? city.centre(row.code) : null,
              ...countsOf(row),
            })),
        };
      },
    );
  };

const countsOf = (row: { elevators: number; inUse: number } | undefined) => ({
  elevators: row?.elevators ?? 0,
  inUse: row?.inUse ?? 0,
});
