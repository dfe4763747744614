import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { tokenRequestSchema } from '../../../contract/identity-clients.ts';
import type { Routes } from '../../kernel/http.ts';
import { type ClientDeps, issueToken, type TokenRefusal } from './client.service.ts';

/** The token door for machine clients: form in, JSON out, errors as RFC 6749 names them. */
export const tokenRoutes =
  (deps: ClientDeps): Routes =>
  async (app) => {
    app.post(
      '/oauth/token',
      {
        schema: {
          summary: 'A token for a machine client (OAuth 2 client credentials)',
          tags: ['machine clients'],
          consumes: ['application/x-www-form-urlencoded'],
          body: tokenRequestSchema,
        },
        // Shape is judged in the handler, because RFC 6749 fixes how the answer looks.
        attachValidation: true,
        config: { access: 'public', rateLimit: { max: 120, timeWindow: 60_000 } },
      },
      async (request, reply) => {
        if (request.validationError) return tokenError(reply, 'invalid_request', false);
        const { client, byHeader } = credentialsOf(request.headers.authorization, request.body);
        const { grant_type: grantType, scope } = request.body;
        if (!client) return tokenError(reply, byHeader ? 'invalid_client' : 'invalid_request', byHeader);
        const done = await issueToken(deps, { grantType, scope, ...client });
        if (!done.ok) return tokenError(reply, done.refusal, byHeader);
        return reply
          .header('cache-control', 'no-store')
          .header('pragma', 'no-cache')
          .send({
            access_token: done.value.token,
            token_type: 'Bearer',
            expires_in: done.value.expiresInSeconds,
            scope: done.value.grants.join(' '),
          });
      },
    );
  };

type Form = z.infer<typeof tokenRequestSchema>;
type Given = { client: { clientId: string; clientSecret: string } | null; byHeader: boolean };

/** Client id and secret, from HTTP Basic (RFC 6749, 2.3.1: each form-encoded) or from the form. Never from both. */
function credentialsOf(authorization: string | undefined, form: Form): Given {
  const basic = /^Basic ([\w+/=]+)$/i.exec(authorization ?? '')?.[1];
  const { client_id: id, client_secret: secret } = form;
  if (basic) {
    const [, clientId, clientSecret] = /^([^:]*):(.*)$/s.exec(Buffer.from(basic, 'base64').toString('utf8')) ?? [];
    if (clientId === undefined || clientSecret === undefined || secret !== undefined)
      return { client: null, byHeader: true };
    return { client: { clientId: formDecoded(clientId), clientSecret: formDecoded(clientSecret) }, byHeader: true };
  }
  return { client: id && secret ? { clientId: id, clientSecret: secret } : null, byHeader: false };
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text; // a stray percent sign: taken as it stands, and it will not match
  }
}

const descriptions: Readonly<Record<TokenRefusal, string>> = {
  invalid_request: 'grant_type, client_id and client_secret are needed, once each',
  invalid_client: 'unknown client, wrong or ended secret, or suspended',
  invalid_scope: 'a scope was asked for that this client was not granted',
  unsupported_grant_type: 'only client_credentials is offered',
};

function tokenError(reply: FastifyReply, error: TokenRefusal, byHeader: boolean) {
  const status = error === 'invalid_client' ? 401 : 400;
  if (status === 401 && byHeader) reply.header('www-authenticate', 'Basic realm="tian"');
  return reply.code(status).header('cache-control', 'no-store').send({ error, error_description: descriptions[error] });
}
