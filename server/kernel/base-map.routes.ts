import { z } from 'zod';
import { baseMap } from '../../contract/kernel.ts';
import type { Ground } from './base-map.ts';
import { type Routes, sendProblem } from './http.ts';

const KEPT_SECONDS = 86_400; // streets change by the month; a new file has a new version

/** What is drawn below the elevators, the same for everybody: it carries nothing of the city's records. */
export const baseMapRoutes =
  ({ map, tile }: Ground): Routes =>
  async (app) => {
    app.get(
      '/map/base',
      {
        config: { access: 'signed_in' },
        schema: { summary: 'The base map: where its tiles are and how they are drawn', response: { 200: baseMap } },
      },
      async () => map,
    );

    app.get(
      '/map/base/:z/:x/:y',
      {
        config: { access: 'signed_in', rateLimit: false },
        schema: {
          summary: 'A tile of the base map from the PMTiles file of this installation; 204 where it has none',
          params: z.object({
            z: z.coerce.number().int().min(0).max(24),
            x: z.coerce.number().int().min(0),
            y: z.coerce.number().int().min(0),
          }),
        },
      },
      async (request, reply) => {
        if (map.kind === 'none') return sendProblem(reply, { status: 404, code: 'kernel.not_found' });
        const found = await tile(request.params);
        void reply.header('cache-control', `private, max-age=${KEPT_SECONDS}`);
        if (!found) return reply.code(204).send();
        const tag = `"${found.version}"`;
        void reply.header('etag', tag);
        if (request.headers['if-none-match'] === tag) return reply.code(304).send();
        return reply.type(found.mediaType).send(found.bytes);
      },
    );
  };
