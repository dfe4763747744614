import { z } from 'zod';
import { notificationPageSchema } from '../../contract/kernel.ts';
import type { Db } from './db.ts';
import { type Routes, viewerOf } from './http.ts';
import { languageOf, say } from './language.ts';
import { markRead, readNotices } from './notify.ts';
import { scopedOn } from './scope.ts';

const readBody = z.object({ ids: z.union([z.literal('all'), z.array(z.uuid()).max(200)]) });

/** One's own notices. */
export const notifyRoutes =
  ({ db, now }: { db: Db<unknown>; now: () => Date }): Routes =>
  async (app) => {
    app.get(
      '/notifications',
      {
        schema: {
          summary: "One's own notices of the last month",
          tags: ['notifications'],
          response: { 200: notificationPageSchema },
        },
        config: { access: 'signed_in' },
      },
      async (request) => {
        const language = languageOf(request);
        const { items, unread } = await scopedOn(db)(viewerOf(request), (tx) =>
          readNotices(tx, { now: now(), limit: 100 }),
        );
        return {
          unread,
          items: items.map((n) => ({
            ...n,
            at: n.at.toISOString(),
            readAt: n.readAt?.toISOString() ?? null,
            text: say(n.code, language, n.params),
          })),
        };
      },
    );

    app.post(
      '/notifications/read',
      {
        schema: { summary: 'These notices were read', tags: ['notifications'], body: readBody },
        config: { access: 'signed_in' },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        await scopedOn(db)(viewer, (tx) => markRead(tx, viewer.accountId, request.body.ids));
        return reply.code(204).send();
      },
    );
  };
