import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Db } from './db.ts';
import { say } from './language.ts';
import type { Module } from './module.ts';
import {
  type Adapter,
  afterFailure,
  type Channel,
  isWithheld,
  recipientOf,
  secretsOf,
  settle,
  takeDue,
  type Verdict,
  type Waiting,
} from './notify.ts';
import { maskPhone, type SecretData } from './secret-data.ts';

export type DeliverDeps = {
  db: Db<unknown>;
  secret: SecretData;
  log: Logger;
  now: () => Date;
  adapters: Readonly<Record<Channel, Adapter>>;
};

const AT_ONCE = 20;
const LOOK_EVERY_MS = 1_000;
const ANSWER_WITHIN_MS = 10_000;

/** One pass over the messages that are due. Returns how many were taken. */
export async function deliverDue(deps: DeliverDeps): Promise<number> {
  return deps.db.transaction().execute(async (tx) => {
    const due = await takeDue(tx, deps.now(), AT_ONCE);
    for (const waiting of due) {
      const attempts = waiting.attempts + 1;
      const verdict = await deliver(deps, waiting, attempts);
      await settle(tx, waiting.id, { verdict, now: deps.now(), attempts });
    }
    return due.length;
  });
}

async function deliver({ secret, adapters, log }: DeliverDeps, waiting: Waiting, attempts: number): Promise<Verdict> {
  const { id, channel, code, params } = waiting;
  const to = recipientOf(secret, waiting);
  if (isWithheld(channel, to)) return { state: 'withheld', reason: 'demo' };
  try {
    const hidden = secretsOf(secret, waiting);
    const masked = Object.fromEntries(Object.keys(hidden).map((name) => [name, '****']));
    const said = (more: Record<string, string>) => say(code, 'zh', { ...params, ...more });
    await adapters[channel]({ id, channel, to, text: said(hidden), hidden: said(masked), code });
    return { state: 'sent' };
  } catch (error) {
    // The other side is away: the message waits and is tried again, and the line says why.
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'unknown';
    log.warn({ id, channel, attempts, reason }, 'a message could not be delivered');
    return afterFailure(attempts, reason);
  }
}

/** Writes messages to the log instead of sending them: what happens until a gateway is configured. */
export const logAdapter =
  (log: Logger): Adapter =>
  ({ id, channel, to, hidden }) => {
    log.info({ id, channel, to: maskPhone(to), text: hidden }, 'message (no gateway configured: not sent)');
    return Promise.resolve();
  };

/** Hands messages to the city's own gateway for texts, calls and mail: one JSON object per message, POST, 2xx means taken. */
export const gatewayAdapter =
  (url: string): Adapter =>
  ({ id, channel, to, text, code }) =>
    post(url, JSON.stringify({ id, channel, to, text, code }), {});

/** Posts to the recipient's own address, signed: `tian-signature` is the HMAC-SHA-256 of the body, in hex. */
export const webhookAdapter =
  (signingSecret: string): Adapter =>
  ({ id, to, text, code }) => {
    const body = JSON.stringify({ id, code, text });
    return post(to, body, { 'tian-signature': createHmac('sha256', signingSecret).update(body).digest('hex') });
  };

async function post(url: string, body: string, headers: Record<string, string>): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
}

/** The part that runs by itself: looks every second, goes on at once while there is more. */
export const deliveries = (deps: DeliverDeps): Pick<Module, 'start'> => ({
  start: () => {
    const running = new AbortController();
    const loop = keepDelivering(deps, running.signal);
    return Promise.resolve(async () => {
      running.abort();
      await loop;
    });
  },
});

async function keepDelivering(deps: DeliverDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const taken = await deliverDue(deps).catch((error: unknown) => {
      // The database is away: nothing is lost, the messages wait in it.
      deps.log.error({ error }, 'deliveries could not be read');
      return 0;
    });
    if (taken < AT_ONCE) await sleep(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined); // stopped
  }
}
