import { sandboxKeysSchema, sandboxRequestSchema } from '../../../contract/sandbox.ts';
import { problem, type Routes } from '../../kernel/http.ts';
import { handOut, type SandboxDeps, type SandboxRefusal } from './offer.service.ts';

export const sandboxStatus = {
  'sandbox.not_ready': 503,
  'sandbox.full': 409,
  'sandbox.all_taken': 409,
} satisfies Readonly<Record<SandboxRefusal['code'], number>>;

/** Keys of one address in an hour. */
export const HANDED_AN_HOUR = { rateLimit: { max: 20, timeWindow: 3_600_000 } };

/** Keys for a script. */
export const sandboxRoutes =
  (deps: SandboxDeps): Routes =>
  async (app) => {
    app.post(
      '/sandbox/clients',
      {
        schema: {
          summary: 'Keys of the sandbox for a system of a kind; they end by themselves',
          tags: ['sandbox'],
          body: sandboxRequestSchema,
          response: { 201: sandboxKeysSchema },
        },
        config: { access: 'public', anyOrigin: true, ...HANDED_AN_HOUR },
      },
      async ({ body }, reply) => {
        const done = await handOut(deps, body);
        if (!done.ok) return problem(reply, sandboxStatus, done.refusal);
        return reply.code(201).header('cache-control', 'no-store').send(done.value);
      },
    );
  };
