import { existsSync } from 'node:fs';
import { join } from 'node:path';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import httpProxy from '@fastify/http-proxy';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { actingAt, admits, type Door, personNeeded, type Routes, sendProblem } from './http.ts';
import { newId } from './ids.ts';
import { takeJson } from './json-body.ts';
import { answerError } from './problems.ts';
import type { Viewer } from './scope.ts';

export type SiteDeps = {
  log: Logger;
  version: string;
  loopback: boolean; // plain HTTP on this machine; elsewhere TLS stands in front
  webDir: string; // the built console
  authenticate: (request: FastifyRequest) => Promise<Viewer | null>;
  routes: readonly Routes[]; // below /api/v1
  pages: readonly Routes[]; // at the root
  ingestUrl: string; // where the ingest process takes telemetry batches
  requestsPerMinute: number; // of one address or account
  publicUrl?: string | null; // where people outside reach us; null: what each request came by
  outsideHosts?: readonly string[]; // whose map tiles the console may fetch; none: nothing from outside
};

const TELEMETRY_DOOR = '/api/v1/telemetry/batches';
const MOST_BODY_BYTES = 1_000_000;
const MOST_FILE_BYTES = 50_000_000;

/** A route as it stands: what the scope test walks. */
export type RouteLine = Door & { method: string; url: string };

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route below /api/v1 that this process answers itself. */
    routeLines: readonly RouteLine[];
    /** The city's public address, if the operator named one. */
    publicUrl: string | null;
  }
}

// Our logger under the name the framework knows it by: its own type would spread through every plugin's.
const asFastifyLog = (log: Logger): FastifyBaseLogger => log;

/** The whole site: every module's routes below /api/v1, the console, the API's own description. */
export async function buildSite(deps: SiteDeps): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    loggerInstance: asFastifyLog(deps.log),
    bodyLimit: MOST_BODY_BYTES,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => newId(),
    trustProxy: 'loopback', // a proxy on this machine says whom it speaks for
    routerOptions: { ignoreTrailingSlash: true },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  app.decorateRequest('viewer', null);
  app.decorate('publicUrl', deps.publicUrl ?? null);
  await app.register(helmet, {
    contentSecurityPolicy: { directives: pagePolicy(deps.outsideHosts ?? []) },
    hsts: !deps.loopback,
    // Without a referrer browsers post our own forms with the origin 'null', which the guard would refuse.
    referrerPolicy: { policy: 'same-origin' },
  });
  await app.register(cookie);
  await app.register(formbody);
  await app.register(multipart, { limits: { fileSize: MOST_FILE_BYTES, files: 1, fields: 20 } });
  await app.register(compress, { encodings: ['gzip', 'identity'], threshold: 2_048 });
  await app.register(rateLimit, limits(deps));
  await describeApi(app, deps.version);
  guard(app, deps);
  await app.register(
    async (api) => {
      takeJson(api);
      for (const routes of deps.routes) await api.register(routes);
    },
    { prefix: '/api/v1' },
  );
  for (const pages of deps.pages) await app.register(pages);
  await passTelemetryOn(app, deps.ingestUrl);
  await serveConsole(app, deps.webDir);
  return app;
}

// Styles may stand inline because the component library writes them at run time; scripts may not.
const pagePolicy = (outsideHosts: readonly string[]) => ({
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:', ...outsideHosts],
  fontSrc: ["'self'"],
  workerSrc: ["'self'", 'blob:'],
  connectSrc: ["'self'", ...outsideHosts],
  objectSrc: ["'none'"],
  frameAncestors: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  upgradeInsecureRequests: null,
});

const limits = ({ requestsPerMinute }: SiteDeps) => ({
  max: requestsPerMinute,
  timeWindow: 60_000,
  keyGenerator: (request: FastifyRequest) => request.viewer?.accountId ?? request.ip,
  errorResponseBuilder: (request: FastifyRequest, context: { ttl: number }) =>
    Object.assign(new Error('rate limit'), {
      statusCode: 429,
      seconds: Math.ceil(context.ttl / 1000),
      requestId: request.id,
    }),
});

/** Who is it, may they, and does the request come from our own pages: asked before anything else is read. */
function guard(app: FastifyInstance, { authenticate }: SiteDeps): void {
  const lines: RouteLine[] = [];
  app.decorate('routeLines', lines);
  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/api/v1') || route.method === 'HEAD' || route.method === 'OPTIONS') return;
    if (route.url.startsWith(TELEMETRY_DOOR)) return;
    const { access, grant, human, roleMachines } = route.config ?? {};
    if (access === undefined)
      throw new Error(`${[route.method].flat().join(' ')} ${route.url} does not say who may call it`);
    for (const method of [route.method].flat())
      lines.push({ method, url: route.url, access, grant, human, roleMachines });
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!request.routeOptions.config.anyOrigin && !isOwnOrigin(request))
      return sendProblem(reply, { status: 403, code: 'kernel.foreign_origin' });
    const { access, grant, human, roleMachines } = request.routeOptions.config;
    if (access === undefined) return;
    const door = { access, grant, human, roleMachines };
    const viewer = await authenticate(request);
    request.viewer = actingAt(door, viewer);
    if (admits(door, viewer)) return;
    if (human && admits({ ...door, human: false }, viewer)) return personNeeded(reply);
    const refused = request.viewer
      ? { status: 403, code: 'kernel.forbidden' }
      : { status: 401, code: 'kernel.unauthenticated' };
    return sendProblem(reply, refused);
  });
  app.setNotFoundHandler((request, reply) => {
    const page =
      request.method === 'GET' && !request.url.startsWith('/api/') && !/\.\w+$/.test(request.url.split('?')[0] ?? '');
    if (page && app.hasReplyDecorator('sendConsole')) return reply.type('text/html').sendFile('index.html');
    return sendProblem(reply, { status: 404, code: 'kernel.not_found' });
  });
}

/** A browser names the page a changing request came from; programs without one bring no cookies. */
function isOwnOrigin(request: FastifyRequest): boolean {
  const { origin, host } = request.headers;
  if (!origin || request.method === 'GET' || request.method === 'HEAD') return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false; // 'null' and other shapes that are no address
  }
}

async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: '梯安 Tian', version, description: 'City platform for elevator safety and elevator insurance.' },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'tian_session' },
          machine: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: '/api/v1/oauth/token', scopes: {} } } },
        },
      },
    },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true });
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger());
}

/** Telemetry batches go on to the ingest process as they come: it reads, checks and answers them itself. */
async function passTelemetryOn(app: FastifyInstance, ingestUrl: string): Promise<void> {
  await app.register(httpProxy, {
    upstream: ingestUrl,
    prefix: TELEMETRY_DOOR,
    rewritePrefix: TELEMETRY_DOOR,
    disableRequestLogging: true,
    replyOptions: {
      onError: (reply) => {
        void reply.header('retry-after', '5');
        sendProblem(reply as FastifyReply, { status: 503, code: 'kernel.telemetry_away' });
      },
    },
  });
}

async function serveConsole(app: FastifyInstance, webDir: string): Promise<void> {
  if (!existsSync(join(webDir, 'index.html'))) return;
  await app.register(fastifyStatic, {
    root: webDir,
    wildcard: false,
    setHeaders: (reply, path) => {
      const forEver = path.includes('/assets/');
      reply.header('cache-control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.decorateReply('sendConsole', true);
}
