import { DESK } from '../../../contract/identity-vocabulary.ts';
import { queue, trapped, trappedQuery } from '../../../contract/rescue-queue.ts';
import { type Routes, viewerOf } from '../../kernel/http.ts';
import type { RescueDeps } from './deps.ts';
import { trappedNow } from './incident-list.views.ts';
import { readQueue } from './queue.views.ts';
import { countUnplaced, unplacedCalls } from './unplaced.views.ts';

/** The desk's queue: one line per incident, or per event of many. */
export const queueRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.get(
      '/rescue/queue',
      {
        config: { access: DESK },
        schema: {
          summary: 'Everything that is open, the most urgent on top; an event of many is one entry',
          tags: ['rescue'],
          response: { 200: queue },
        },
      },
      (request) => {
        const { massFrom } = deps.settings.grouping;
        return deps.scoped(viewerOf(request), async (tx) => ({
          unplaced: await unplacedCalls(tx, deps.secret),
          ...(await readQueue(tx, { massFrom, now: deps.now() })),
        }));
      },
    );

    app.get(
      '/rescue/trapped',
      {
        config: { access: 'signed_in', grant: 'incidents:read' },
        schema: {
          summary: 'How many cars hold people right now, and the most urgent of them',
          tags: ['rescue'],
          querystring: trappedQuery,
          response: { 200: trapped },
        },
      },
      (request) => {
        const { area } = request.query;
        return deps.scoped(viewerOf(request), async (tx) => ({
          ...(await trappedNow(tx, area)),
          unplaced: area ? 0 : await countUnplaced(tx),
        }));
      },
    );
  };
