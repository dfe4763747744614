import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  codeSchema,
  enrolledSchema,
  enrolmentSchema,
  passwordChangeSchema,
  sessionItemSchema,
  sessionStateSchema,
  signInSchema,
} from '../../../contract/identity-session.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import { sha256 } from '../../kernel/secret-data.ts';
import { type DoorDeps, sessionOf, viewerOfSession } from './authenticate.ts';
import { clearSessionCookie, fromOf, setSessionCookie } from './cookie.ts';
import { beginEnrolment, confirmEnrolment } from './enrolment.service.ts';
import { describeMe, isEmpty, listSessions } from './me.views.ts';
import { changePassword, type Opened, proveSecondFactor, type SignInDeps, signIn, signOut } from './sign-in.service.ts';
import { findSession, type SessionWithAccount } from './sign-in.store.ts';
import { refusalStatus } from './status.ts';

export type SessionDeps = DoorDeps & SignInDeps & { loopback: boolean; demo: boolean };

const tags = ['session'];
/** Trying codes and passwords is slow work for people and must be so for programs. */
const slow = { access: 'public' as const, rateLimit: { max: 60, timeWindow: 60_000 } };

/** Signing in and out, second factor, password, one's own sessions. */
export const sessionRoutes =
  (deps: SessionDeps): Routes =>
  async (app) => {
    app.get(
      '/session',
      {
        schema: { summary: 'How far the sign-in has come', tags, response: { 200: sessionStateSchema } },
        config: { access: 'public' },
      },
      async (request) => stateOf(deps, await sessionOf(deps, request)),
    );

    app.post(
      '/session',
      { schema: { summary: 'Sign in with name and password', tags, body: signInSchema }, config: slow },
      async (request, reply) => {
        const done = await signIn(deps, request.body, fromOf(request));
        return done.ok ? go(deps, reply, done.value) : problem(reply, refusalStatus, done.refusal);
      },
    );

    app.post(
      '/session/code',
      {
        schema: { summary: 'Give the code of the second factor, or a recovery code', tags, body: codeSchema },
        config: slow,
      },
      async (request, reply) => {
        const session = await begun(deps, request);
        if (!session) return problem(reply, refusalStatus, { code: 'identity.no_sign_in' });
        const done = await proveSecondFactor(deps, session, { code: request.body.code, from: fromOf(request) });
        return done.ok ? go(deps, reply, done.value) : problem(reply, refusalStatus, done.refusal);
      },
    );

    await app.register(passwordRoutes(deps));
    await app.register(enrolmentRoutes(deps));
    await app.register(ownRoutes(deps));
  };

const passwordRoutes =
  (deps: SessionDeps): Routes =>
  async (app) => {
    app.post(
      '/session/password',
      { schema: { summary: "Change one's own password", tags, body: passwordChangeSchema }, config: slow },
      async (request, reply) => {
        const session = await begun(deps, request);
        if (!session) return problem(reply, refusalStatus, { code: 'identity.no_sign_in' });
        const done = await changePassword(deps, session, request.body);
        return done.ok ? go(deps, reply, done.value) : problem(reply, refusalStatus, done.refusal);
      },
    );

    app.delete(
      '/session',
      { schema: { summary: 'Sign out', tags }, config: { access: 'public' } },
      async (request, reply) => {
        const session = await sessionOf(deps, request);
        if (session) await signOut(deps, session.accountId, session.id);
        clearSessionCookie(reply);
        return reply.code(204).send();
      },
    );
  };

const enrolmentRoutes =
  (deps: SessionDeps): Routes =>
  async (app) => {
    app.post(
      '/session/enrolment',
      { schema: { summary: 'Begin with a second factor', tags, response: { 200: enrolmentSchema } }, config: slow },
      async (request, reply) => {
        const session = await begun(deps, request);
        if (!session) return problem(reply, refusalStatus, { code: 'identity.no_sign_in' });
        const done = await beginEnrolment(deps, session);
        return done.ok ? reply.send(done.value) : problem(reply, refusalStatus, done.refusal);
      },
    );

    app.post(
      '/session/enrolment/code',
      {
        schema: {
          summary: 'Confirm the second factor with its first code',
          tags,
          body: codeSchema,
          response: { 200: enrolledSchema },
        },
        config: slow,
      },
      async (request, reply) => {
        const session = await begun(deps, request);
        if (!session) return problem(reply, refusalStatus, { code: 'identity.no_sign_in' });
        const done = await confirmEnrolment(deps, session, request.body.code);
        if (!done.ok) return problem(reply, refusalStatus, done.refusal);
        const { recoveryCodes, ...opened } = done.value;
        setSessionCookie(reply, { ...opened, loopback: deps.loopback });
        return {
          ...(await stateOf(deps, await findSession(deps.db, sha256(opened.token)))),
          recoveryCodes: [...recoveryCodes],
        };
      },
    );
  };

const ownRoutes =
  (deps: SessionDeps): Routes =>
  async (app) => {
    app.get(
      '/me/sessions',
      {
        schema: { summary: "One's own open sessions", tags, response: { 200: z.array(sessionItemSchema) } },
        config: { access: 'signed_in' },
      },
      async (request) => {
        const current = await sessionOf(deps, request);
        const rows = await listSessions(deps.db, viewerOf(request).accountId, deps.now());
        return rows.map((r) => ({
          id: r.id,
          startedAt: r.started_at.toISOString(),
          lastSeenAt: r.last_seen_at.toISOString(),
          endsAt: r.ends_at.toISOString(),
          address: r.address,
          agent: r.agent,
          current: r.id === current?.id,
        }));
      },
    );

    app.delete(
      '/me/sessions/:id',
      {
        schema: { summary: "End another of one's own sessions", tags, params: z.object({ id: z.uuid() }) },
        config: { access: 'signed_in' },
      },
      async (request, reply) => {
        const ended = await signOut(deps, viewerOf(request).accountId, request.params.id);
        if (ended === 0) return problem(reply, refusalStatus, { code: 'identity.not_found' });
        return reply.code(204).send();
      },
    );
  };

/** A session at any stage, or null: what the steps of signing in go on from. */
const begun = (deps: SessionDeps, request: FastifyRequest): Promise<SessionWithAccount | null> =>
  sessionOf(deps, request);

async function go(deps: SessionDeps, reply: FastifyReply, opened: Opened) {
  setSessionCookie(reply, { ...opened, loopback: deps.loopback });
  return stateOf(deps, await findSession(deps.db, sha256(opened.token)));
}

async function stateOf(deps: SessionDeps, session: SessionWithAccount | null | undefined) {
  const me = session?.stage === 'open' ? await describeMe(deps.db, viewerOfSession(deps, session)) : null;
  return {
    stage: session?.stage ?? null,
    endsAt: session?.endsAt.toISOString() ?? null,
    me,
    demo: deps.demo,
    setupNeeded: session ? false : await isEmpty(deps.db),
  };
}
