import { z } from 'zod';
import {
  webhookCallQuery,
  webhookCalls,
  webhookChange,
  webhookEvent,
  webhookInput,
  webhookList,
  webhookMade,
  webhookRetried,
} from '../../../contract/webhooks.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { WebhookRefusal } from './webhook.rules.ts';
import { addWebhook, changeWebhook, retryDead, type WebhookDeps } from './webhook.service.ts';
import { callsOf, listWebhooks } from './webhook.store.ts';

const tags = ['webhooks'];
const byId = z.object({ id: z.uuid() });
const status: Record<WebhookRefusal['code'], number> = {
  'identity.no_webhook': 404,
  'identity.webhook_changed': 409,
  'identity.webhook_url': 400,
  'identity.webhook_without_org': 409,
};
/** Those whose organisations have systems of their own. */
const KEEP = {
  access: [
    'city_regulator',
    'district_regulator',
    'department',
    'shift_leader',
    'rescue_station',
    'maintenance_manager',
    'use_unit_head',
    'approver',
    'broker',
    'maker',
    'association',
  ],
} as const;

/** Being told of events at an address of one's own. */
export const webhookRoutes =
  (deps: WebhookDeps): Routes =>
  async (app) => {
    app.get(
      '/webhooks',
      { config: KEEP, schema: { summary: 'Webhooks of one’s organisation', tags, response: { 200: webhookList } } },
      async (request) => {
        const rows = await deps.scoped(viewerOf(request), (tx) => listWebhooks(tx));
        return {
          items: rows.map(({ created, events, ...w }) => ({
            ...w,
            events: events.flatMap((e) => webhookEvent.safeParse(e).data ?? []),
            createdAt: created.toISOString(),
          })),
        };
      },
    );
    app.post(
      '/webhooks',
      {
        config: KEEP,
        schema: {
          summary: 'Ask to be told of events; the signing secret is shown this once',
          tags,
          body: webhookInput,
          response: { 200: webhookMade },
        },
      },
      async (request, reply) => {
        const done = await addWebhook(deps, viewerOf(request), request.body);
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
    app.put(
      '/webhooks/:id',
      {
        config: KEEP,
        schema: {
          summary: 'Change a webhook, or let it rest',
          tags,
          params: byId,
          body: webhookChange,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const done = await changeWebhook(deps, viewerOf(request), { ...request.body, id: request.params.id });
        return done.ok ? reply.code(204).send(null) : problem(reply, status, done.refusal);
      },
    );
    await app.register(callRoutes(deps));
  };

const callRoutes =
  (deps: WebhookDeps): Routes =>
  async (app) => {
    app.get(
      '/webhooks/:id/calls',
      {
        config: KEEP,
        schema: {
          summary: 'The last calls of a webhook, those given up first',
          tags,
          params: byId,
          querystring: webhookCallQuery,
          response: { 200: webhookCalls },
        },
      },
      async (request) => {
        const { id } = request.params;
        const rows = await deps.scoped(viewerOf(request), (tx) => callsOf(tx, id, request.query.state));
        return {
          items: rows.map((c) => ({
            id: c.id,
            type: c.type,
            subject: c.subject,
            occurredAt: c.occurred_at.toISOString(),
            state: c.state,
            attempts: c.attempts,
            retryAt: c.retry_at.toISOString(),
            doneAt: c.done_at?.toISOString() ?? null,
            lastError: c.last_error,
          })),
        };
      },
    );
    app.post(
      '/webhooks/:id/retry',
      {
        config: KEEP,
        schema: { summary: 'Try again what was given up', tags, params: byId, response: { 200: webhookRetried } },
      },
      async (request, reply) => {
        const done = await retryDead(deps, viewerOf(request), request.params.id);
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
  };
