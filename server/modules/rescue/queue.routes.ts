import { queue } from '../../../contract/rescue-queue.ts';
import { type Routes, viewerOf } from '../../kernel/http.ts';
import { DESK } from '../identity/index.ts';
import type { RescueDeps } from './deps.ts';
import { readQueue } from './queue.views.ts';

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
        return deps.scoped(viewerOf(request), (tx) => readQueue(tx, { massFrom, now: deps.now() }));
      },
    );
  };
