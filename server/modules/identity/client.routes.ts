import { z } from 'zod';
import {
  clientChangeSchema,
  clientInputSchema,
  clientSchema,
  newSecretSchema,
  secretRequestSchema,
} from '../../../contract/identity-clients.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { OrgId } from '../../kernel/ids.ts';
import type { Scoped, Viewer } from '../../kernel/scope.ts';
import { type ClientDeps, changeClient, createClient, issueSecret, revokeSecret } from './client.service.ts';
import { listClients, listSecrets } from './client.store.ts';
import { orgCards } from './org.views.ts';
import { refusalStatus } from './status.ts';
import type { IdentityTables } from './tables.ts';

const tags = ['machine clients'];
const byId = z.object({ id: z.uuid() });
const administrators = { access: ['administrator'] };

/** Machine clients: who they speak for, what they may, and their secrets for both doors. */
export const clientRoutes =
  (deps: ClientDeps & { scoped: Scoped<IdentityTables> }): Routes =>
  async (app) => {
    app.get(
      '/clients',
      {
        schema: { summary: 'Machine clients', tags, response: { 200: z.array(clientSchema) } },
        config: administrators,
      },
      async (request) => {
        const clients = await deps.scoped(viewerOf(request), (tx) => listClients(tx));
        const secrets = await listSecrets(
          deps.db,
          clients.map((c) => c.id),
        );
        const orgs = await orgCards(
          deps.db,
          clients.flatMap((c) => c.orgId ?? []),
        );
        return clients.map(({ orgId, ...c }) => ({
          ...c,
          org: (orgId && orgs.get(orgId)) || null,
          grants: [...c.grants],
          createdAt: c.createdAt.toISOString(),
          lastUsedAt: c.lastUsedAt?.toISOString() ?? null,
          secrets: secrets.filter((s) => s.clientId === c.id).map(secretShown),
        }));
      },
    );

    await app.register(clientActs(deps));
    await app.register(secretRoutes(deps));
  };

const clientActs =
  (deps: ClientDeps): Routes =>
  async (app) => {
    app.post(
      '/clients',
      { schema: { summary: 'Make a machine client', tags, body: clientInputSchema }, config: administrators },
      async (request, reply) => {
        const input = { ...request.body, orgId: request.body.orgId as OrgId | null };
        const done = await createClient(deps, by(viewerOf(request)), input);
        return done.ok ? reply.code(201).send({ id: done.value }) : problem(reply, refusalStatus, done.refusal);
      },
    );

    app.put(
      '/clients/:id',
      {
        schema: { summary: "Change a client's name or grants", tags, params: byId, body: clientChangeSchema },
        config: administrators,
      },
      async (request, reply) => {
        const done = await changeClient(deps, by(viewerOf(request)), { ...request.body, id: request.params.id });
        return done.ok ? reply.code(204).send() : problem(reply, refusalStatus, done.refusal);
      },
    );

    for (const [name, state] of [
      ['suspension', 'suspended'],
      ['resumption', 'active'],
    ] as const) {
      app.post(
        `/clients/:id/${name}`,
        { schema: { summary: `Make a client ${state}, from this moment`, tags, params: byId }, config: administrators },
        async (request, reply) => {
          const done = await changeClient(deps, by(viewerOf(request)), { id: request.params.id, state });
          return done.ok ? reply.code(204).send() : problem(reply, refusalStatus, done.refusal);
        },
      );
    }
  };

const secretRoutes =
  (deps: ClientDeps): Routes =>
  async (app) => {
    app.post(
      '/clients/:id/secrets',
      {
        schema: {
          summary: 'A new secret for one door, shown once; the one before it works on for a while',
          tags,
          params: byId,
          body: secretRequestSchema,
          response: { 201: newSecretSchema },
        },
        config: administrators,
      },
      async (request, reply) => {
        const done = await issueSecret(deps, by(viewerOf(request)), { ...request.body, clientId: request.params.id });
        if (!done.ok) return problem(reply, refusalStatus, done.refusal);
        reply.header('cache-control', 'no-store');
        return reply.code(201).send({ ...done.value, endsAt: done.value.endsAt?.toISOString() ?? null });
      },
    );

    app.delete(
      '/clients/:id/secrets/:secretId',
      {
        schema: { summary: 'End a secret at once', tags, params: byId.extend({ secretId: z.uuid() }) },
        config: administrators,
      },
      async (request, reply) => {
        const { id, secretId } = request.params;
        const done = await revokeSecret(deps, by(viewerOf(request)), { clientId: id, secretId });
        return done.ok ? reply.code(204).send() : problem(reply, refusalStatus, done.refusal);
      },
    );
  };

const by = (viewer: Viewer) => ({ actor: viewer.accountId });

const secretShown = (s: Awaited<ReturnType<typeof listSecrets>>[number]) => ({
  id: s.id,
  door: s.door,
  hint: s.hint,
  createdAt: s.createdAt.toISOString(),
  endsAt: s.endsAt?.toISOString() ?? null,
  lastUsedAt: s.lastUsedAt?.toISOString() ?? null,
});
