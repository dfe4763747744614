import { z } from 'zod';
import { page } from '../../../contract/identity.ts';
import {
  accountChangeSchema,
  accountInputSchema,
  accountItemSchema,
  accountQuerySchema,
  oncePasswordSchema,
  signInItemSchema,
} from '../../../contract/identity-accounts.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { AccountId, OrgId, PersonId } from '../../kernel/ids.ts';
import type { Scoped, Viewer } from '../../kernel/scope.ts';
import { maskName } from '../../kernel/secret-data.ts';
import { maySuspend } from './account.rules.ts';
import {
  type AccountInput,
  changeAccount,
  createAccount,
  resetPassword,
  resetSecondFactor,
  resumeAccount,
  signOutEverywhere,
  suspendAccount,
} from './account.service.ts';
import { type AccountLine, findAccountLine, listAccounts, listSignIns, standingOf } from './account.views.ts';
import { usernameKey } from './sign-in.rules.ts';
import type { SignInDeps } from './sign-in.service.ts';
import { refusalStatus } from './status.ts';
import type { IdentityTables } from './tables.ts';

export type AccountDeps = SignInDeps & { scoped: Scoped<IdentityTables> };

const tags = ['accounts'];
const byId = z.object({ id: z.uuid() });
const administrators = { access: ['administrator'] };

/** Accounts, as administrators manage them. */
export const accountRoutes =
  (deps: AccountDeps): Routes =>
  async (app) => {
    app.get(
      '/accounts',
      {
        schema: {
          summary: 'Accounts by name',
          tags,
          querystring: accountQuerySchema,
          response: { 200: page(accountItemSchema) },
        },
        config: administrators,
      },
      async (request) => {
        const { limit } = request.query;
        const lines = await deps.scoped(viewerOf(request), (tx) => listAccounts(tx, request.query));
        const items = await itemsOf(deps, viewerOf(request), lines.slice(0, limit));
        const last = items.at(-1);
        return { items, next: lines.length > limit && last ? usernameKey(last.username) : null };
      },
    );

    await app.register(keepingRoutes(deps));
    await app.register(actRoutes(deps));
    await app.register(signInRoutes(deps));
  };

const keepingRoutes =
  (deps: AccountDeps): Routes =>
  async (app) => {
    app.get(
      '/accounts/:id',
      {
        schema: { summary: 'One account', tags, params: byId, response: { 200: accountItemSchema } },
        config: administrators,
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const line = await deps.scoped(viewer, (tx) => findAccountLine(tx, request.params.id as AccountId));
        const [item] = line ? await itemsOf(deps, viewer, [line]) : [];
        return item ? reply.send(item) : problem(reply, refusalStatus, { code: 'identity.not_found' });
      },
    );

    app.post(
      '/accounts',
      {
        schema: {
          summary: 'Make an account; answers with a password for one use',
          tags,
          body: accountInputSchema,
          response: { 201: oncePasswordSchema },
        },
        config: administrators,
      },
      async (request, reply) => {
        const input = { ...request.body, ...brandsOf(request.body) };
        const done = await createAccount(deps, by(viewerOf(request)), input);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, refusalStatus, done.refusal);
      },
    );

    app.put(
      '/accounts/:id',
      {
        schema: { summary: 'Change what an account is', tags, params: byId, body: accountChangeSchema },
        config: administrators,
      },
      async (request, reply) => {
        const change = { ...request.body, ...brandsOf(request.body), id: request.params.id as AccountId };
        const done = await changeAccount(deps, by(viewerOf(request)), change);
        return done.ok ? reply.code(204).send() : problem(reply, refusalStatus, done.refusal);
      },
    );
  };

const acts = {
  suspension: { summary: 'Suspend an account; its sessions end at once', act: suspendAccount },
  resumption: { summary: 'Let a suspended account work again', act: resumeAccount },
  'second-factor-reset': { summary: 'Take the second factor away, to be set up anew', act: resetSecondFactor },
  'sessions-end': { summary: 'End every session of an account', act: signOutEverywhere },
} as const;

const actRoutes =
  (deps: AccountDeps): Routes =>
  async (app) => {
    for (const [name, { summary, act }] of Object.entries(acts)) {
      app.post(
        `/accounts/:id/${name}`,
        { schema: { summary, tags, params: byId }, config: administrators },
        async (request, reply) => {
          const done = await act(deps, by(viewerOf(request)), request.params.id as AccountId);
          return done.ok ? reply.code(204).send() : problem(reply, refusalStatus, done.refusal);
        },
      );
    }

    app.post(
      '/accounts/:id/password-reset',
      {
        schema: {
          summary: 'Give an account a new password for one use',
          tags,
          params: byId,
          response: { 200: oncePasswordSchema },
        },
        config: administrators,
      },
      async (request, reply) => {
        const done = await resetPassword(deps, by(viewerOf(request)), request.params.id as AccountId);
        return done.ok ? reply.send(done.value) : problem(reply, refusalStatus, done.refusal);
      },
    );
  };

const signInQuery = z.object({
  accountId: z.uuid().optional(),
  before: z.iso.datetime().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const signInRoutes =
  (deps: AccountDeps): Routes =>
  async (app) => {
    app.get(
      '/sign-ins',
      {
        schema: {
          summary: 'Tries to sign in, newest first',
          tags,
          querystring: signInQuery,
          response: { 200: z.array(signInItemSchema) },
        },
        config: { access: ['administrator', 'auditor'] },
      },
      async ({ query }) => {
        const before = query.before ? new Date(query.before) : undefined;
        const rows = await deps.db.transaction().execute((tx) => listSignIns(tx, { ...query, before }));
        return rows.map((r) => ({ ...r, at: r.at.toISOString() }));
      },
    );
  };

const by = (viewer: Viewer) => ({ actor: viewer.accountId });
const brandsOf = (body: {
  orgId: string | null;
  personId: string | null;
}): Pick<AccountInput, 'orgId' | 'personId'> => ({
  orgId: body.orgId as OrgId | null,
  personId: body.personId as PersonId | null,
});

async function itemsOf(deps: AccountDeps, viewer: Viewer, lines: readonly AccountLine[]) {
  const { byId: standings, activeAdministrators } = await deps.db.transaction().execute((tx) =>
    standingOf(
      tx,
      lines.map((l) => l.id),
      deps.now(),
    ),
  );
  return lines.map(({ orgId, orgName, sealedName, ...line }) => {
    const standing = standings.get(line.id);
    const suspend = maySuspend({
      isOwn: line.id === viewer.accountId,
      role: line.role,
      active: line.state === 'active',
      activeAdministrators,
    });
    return {
      ...line,
      org: orgId ? { id: orgId, name: orgName ?? '' } : null,
      person: sealedName ? maskName(deps.secret.open('identity.person.name', sealedName)) : null,
      hasSecondFactor: standing?.hasSecondFactor ?? false,
      lastSignInAt: standing?.lastSignInAt?.toISOString() ?? null,
      openSessions: standing?.openSessions ?? 0,
      can: {
        suspend: suspend.ok ? (true as const) : suspend.refusal.code,
        resetSecondFactor: standing?.hasSecondFactor ? (true as const) : 'identity.no_second_factor',
      },
    };
  });
}
