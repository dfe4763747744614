import { z } from 'zod';
import { demoAccountSchema, firstAdministratorSchema, setupSchema } from '../../../contract/identity-session.ts';
import { problem, type Routes } from '../../kernel/http.ts';
import { readDemoAccounts } from './demo-accounts.ts';
import { isEmpty } from './me.views.ts';
import { createFirstAdministrator } from './setup.service.ts';
import type { SignInDeps } from './sign-in.service.ts';
import { refusalStatus } from './status.ts';
import { totpCode } from './totp.ts';

/** `demo`: the demo city is shown and the server is reachable from this machine only. */
export type SetupDeps = SignInDeps & { dataDir: string; demo: boolean };

/** The first administrator of an empty system, and the accounts of the demo. */
export const setupRoutes =
  (deps: SetupDeps): Routes =>
  async (app) => {
    app.get(
      '/setup',
      {
        schema: {
          summary: 'Is the first administrator still to be made?',
          tags: ['session'],
          response: { 200: setupSchema },
        },
        config: { access: 'public' },
      },
      async () => ({ needed: await isEmpty(deps.db) }),
    );

    app.post(
      '/setup',
      {
        schema: { summary: 'Make the first administrator, once', tags: ['session'], body: firstAdministratorSchema },
        config: { access: 'public', rateLimit: { max: 20, timeWindow: 60_000 } },
      },
      async ({ body }, reply) => {
        const done = await createFirstAdministrator(deps, body);
        return done.ok ? reply.code(201).send({ id: done.value }) : problem(reply, refusalStatus, done.refusal);
      },
    );

    if (!deps.demo) return;
    app.get(
      '/demo-accounts',
      {
        schema: {
          summary: 'The accounts of the demo city, on this machine only',
          tags: ['session'],
          response: { 200: z.array(demoAccountSchema) },
        },
        config: { access: 'public' },
      },
      async (_request, reply) => {
        const now = deps.now();
        reply.header('cache-control', 'no-store');
        return readDemoAccounts(deps.dataDir).map(({ totpSecret, ...account }) => ({
          ...account,
          code: totpSecret ? totpCode(totpSecret, now) : null,
        }));
      },
    );
  };
