import { z } from 'zod';
import { DESK } from '../../../contract/identity-vocabulary.ts';
import { exchangeAck, exchangeMessage } from '../../../contract/rescue-exchange.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { IncidentId } from '../../kernel/ids.ts';
import type { RescueDeps } from './deps.ts';
import { seesIncident } from './desk.service.ts';
import { handToPeer, PEER_SECRET, takeMessage } from './exchange.service.ts';
import { status } from './status.ts';

const tags = ['rescue'];
const peerInput = z.object({
  name: z.string().min(1).max(60),
  url: z.url(),
  secret: z.string().min(1).max(2_000),
  active: z.boolean(),
});

/** The door of other 96333 platforms: docs/interfaces/rescue-exchange.md. */
export const exchangeRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.post(
      '/rescue/exchange/messages',
      {
        config: { access: [], grant: 'incidents:write' },
        schema: {
          summary: 'A message of another 96333 platform',
          tags,
          body: exchangeMessage,
          response: { 200: exchangeAck },
        },
      },
      (request) => takeMessage(deps, { peer: viewerOf(request).displayName, message: request.body }),
    );

    app.put(
      '/rescue/exchange/peers',
      {
        config: { access: ['city_regulator', 'shift_leader'] },
        schema: {
          summary: 'Name a platform to exchange with, and what we show there',
          tags,
          body: peerInput,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const { secret, ...rest } = request.body;
        const row = { ...rest, secret: deps.secret.seal(PEER_SECRET, secret) };
        await deps.db
          .insertInto('rescue.peer')
          .values(row)
          .onConflict((c) => c.column('name').doUpdateSet(row))
          .execute();
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/rescue/incidents/:id/peer',
      {
        config: { access: DESK },
        schema: {
          summary: 'Ask another 96333 platform to rescue',
          tags,
          params: z.object({ id: z.uuid() }),
          body: z.object({ peer: z.string().min(1).max(60) }),
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const id = request.params.id as IncidentId;
        const handed =
          (await seesIncident(deps, { id, viewer })) &&
          (await handToPeer(deps, { id, peer: request.body.peer, actor: viewer.accountId }));
        return handed ? reply.code(204).send(null) : problem(reply, status, { code: 'rescue.not_found' });
      },
    );
  };
