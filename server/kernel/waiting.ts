import type { RawBuilder } from 'kysely';
import { waitingList } from '../../contract/kernel.ts';
import type { Db } from './db.ts';
import { type Routes, viewerOf } from './http.ts';
import { scopedOn, type Viewer } from './scope.ts';
import type { Day } from './time.ts';

/** How much waits, and the day on which the first of it is due; null: no clock runs. */
export type Waits = { count: number; dueOn: Day | null };

/** One kind of work that waits for people of some roles. */
export type WaitingKind = {
  code: string; // key into the words; the console knows the page where the work is done
  roles: readonly string[];
  ask: (viewer: Viewer) => RawBuilder<Waits>; // one row, asked in the viewer's scope
};

/** What waits for the one who asks, over all modules: the first thing a person sees after signing in. */
export const waitingRoutes =
  (db: Db<unknown>, kinds: readonly WaitingKind[]): Routes =>
  async (app) => {
    app.get(
      '/waiting',
      {
        schema: { summary: 'What waits for you', tags: ['notifications'], response: { 200: waitingList } },
        config: { access: 'signed_in' },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const items = await scopedOn(db)(viewer, async (tx) => {
          const found: ({ code: string } & Waits)[] = [];
          for (const { code, roles, ask } of kinds) {
            const [row] = roles.includes(viewer.role) ? (await ask(viewer).execute(tx)).rows : [];
            if (row && row.count > 0) found.push({ code, ...row });
          }
          return found;
        });
        return { items };
      },
    );
  };
