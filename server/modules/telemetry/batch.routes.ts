import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Db } from '../../kernel/db.ts';
import { problem, sendProblem } from '../../kernel/http.ts';
import { languageOf, say } from '../../kernel/language.ts';
import { findBatch } from './batch.store.ts';
import { MOST_BODY_BYTES, split, unpack } from './body.ts';
import type { Callers } from './callers.service.ts';
import type { Outcome, Submission } from './gather.ts';
import type { Intake, Unread } from './intake.ts';
import type { Source } from './source.store.ts';
import type { TelemetryTables } from './tables.ts';
import { answerOf, type BatchAnswer } from './verdict.ts';

export type BatchDeps = {
  db: Db<TelemetryTables>;
  intake: Intake;
  callers: Callers;
  now: () => Date;
};

export const BATCH_PATH = '/api/v1/telemetry/batches';
/** Bodies unpacked at the same time: each may take 64 MB. */
const MOST_AT_ONCE = 16;
const RETRY_AFTER_SECONDS = '5';

const status = {
  'telemetry.batch_unreadable': 400,
  'telemetry.batch_too_large': 413,
  'telemetry.key_malformed': 400,
  'telemetry.key_reused': 409,
  'telemetry.not_taken': 503,
} as const;

/** The HTTP door: batches of an enterprise platform, acknowledged after the commit. */
export function batchRoutes(app: FastifyInstance, deps: BatchDeps): void {
  let atOnce = 0;
  const underWay = new Map<string, Promise<unknown>>(); // keys whose batch is being stored
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BODY_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  app.post(BATCH_PATH, { bodyLimit: MOST_BODY_BYTES }, async (request, reply) => {
    if (atOnce >= MOST_AT_ONCE) return notTaken(reply);
    atOnce += 1;
    try {
      return await receive(request, reply, { ...deps, underWay });
    } finally {
      atOnce -= 1;
    }
  });
}

type Receiving = BatchDeps & { underWay: Map<string, Promise<unknown>> };

async function receive(request: FastifyRequest, reply: FastifyReply, deps: Receiving) {
  const source = await sourceOf(request, reply, deps.callers);
  if (!source) return reply;
  const { 'content-encoding': encoding, 'idempotency-key': given } = request.headers;
  const key = Array.isArray(given) ? given.join() : given;
  if (key !== undefined && !/^[\x21-\x7e]{1,200}$/.test(key))
    return problem(reply, status, { code: 'telemetry.key_malformed' });
  const body = await unpack(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0), encoding);
  if (!body.ok) return problem(reply, status, body.refusal);
  const lines = /ndjson|jsonl|json-seq/i.test(request.headers['content-type'] ?? '');
  const unread = split(body.value, lines, deps.now().getTime());
  if (!unread.ok) return problem(reply, status, unread.refusal);
  if (key === undefined) return answer(reply, await store(deps, source, { unread: unread.value, key: null }));
  return storeOnce(reply, { deps, source, unread: unread.value, key: { text: key, bodySha256: sha256(body.value) } });
}

type Keyed = { deps: Receiving; source: Source; unread: Iterable<Unread>; key: NonNullable<Submission['key']> };

/** A batch with a key is stored once; its repeat gets the same answer, another body under the same key is refused. */
async function storeOnce(reply: FastifyReply, { deps, source, unread, key }: Keyed) {
  const name = `${source.no} ${key.text}`;
  while (deps.underWay.has(name)) await deps.underWay.get(name);
  const storing = findBatch(deps.db, source.no, key.text).then(async (found) =>
    found ? { found } : { stored: await store(deps, source, { unread, key }) },
  );
  deps.underWay.set(
    name,
    storing.catch(() => undefined), // whoever waits looks again; the request itself answers the failure
  );
  try {
    const done = await storing;
    if ('stored' in done) return answer(reply, done.stored);
    if (!done.found.bodySha256.equals(key.bodySha256)) return problem(reply, status, { code: 'telemetry.key_reused' });
    return answer(reply.header('idempotency-replayed', 'true'), done.found.answer);
  } finally {
    deps.underWay.delete(name);
  }
}

const store = (
  { intake }: BatchDeps,
  source: Source,
  { unread, key }: { unread: Iterable<Unread>; key: Submission['key'] },
): Promise<BatchAnswer | 'away'> =>
  new Promise((resolve) => {
    intake.takeBatch(source, { unread, key }, (outcomes: readonly Outcome[] | 'away', items) => {
      resolve(outcomes === 'away' ? 'away' : answerOf(items, outcomes));
    });
  });

/** Say what became of the batch, each verdict in the caller's language. */
function answer(reply: FastifyReply, outcome: BatchAnswer | 'away') {
  if (outcome === 'away') return notTaken(reply);
  const language = languageOf(reply.request);
  const verdicts = outcome.verdicts.map((v) => ({ ...v, title: say(v.code, language, v) }));
  return reply.code(200).send({ ...outcome, verdicts });
}

const notTaken = (reply: FastifyReply) =>
  problem(reply.header('retry-after', RETRY_AFTER_SECONDS), status, { code: 'telemetry.not_taken' });

/** The sender of a request, or the problem already sent. */
async function sourceOf(request: FastifyRequest, reply: FastifyReply, callers: Callers): Promise<Source | undefined> {
  const token = /^Bearer ([\w.~+/=-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const caller = token ? await callers.byToken(token) : 'unknown';
  if (caller === 'unknown') {
    sendProblem(reply.header('www-authenticate', 'Bearer'), { status: 401, code: 'kernel.unauthenticated' });
    return undefined;
  }
  const source = caller === 'not_granted' ? undefined : callers.source(caller);
  if (!source) sendProblem(reply, { status: 403, code: 'telemetry.not_granted', grant: 'telemetry:write' });
  return source;
}

const sha256 = (body: Buffer): Buffer => createHash('sha256').update(body).digest();
