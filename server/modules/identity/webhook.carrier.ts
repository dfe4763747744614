import { createHmac } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Db } from '../../kernel/db.ts';
import type { SecretData } from '../../kernel/secret-data.ts';
import { addSeconds } from '../../kernel/time.ts';
import type { IdentityTables } from './tables.ts';
import { bodyOf, MOST_TRIES, mayCall, retrySeconds, signedText } from './webhook.rules.ts';
import { type DueCall, takeDueCalls } from './webhook.store.ts';

export const WEBHOOK_SECRET = 'identity.webhook.secret';
const AT_ONCE = 20;
const LOOK_EVERY_MS = 1_000;
const ANSWER_WITHIN_MS = 10_000;

/** Makes one call. Throws when it was not taken: anything but a 2xx. */
export type Post = (url: string, body: string, headers: Readonly<Record<string, string>>) => Promise<void>;

export type CarryDeps = { db: Db<IdentityTables>; secret: SecretData; now: () => Date; post: Post; log: Logger };

/** `tian-signature: t=<second>,v1=<hex>`: HMAC-SHA-256 of "second.body" with the webhook's secret. */
export function signatureOf(secret: string, second: number, body: string): string {
  const mac = createHmac('sha256', secret).update(signedText(second, body)).digest('hex');
  return `t=${second},v1=${mac}`;
}

/** Make the calls that are due, side by side. Returns how many were taken up. */
export async function carryCalls(deps: CarryDeps): Promise<number> {
  return deps.db.transaction().execute(async (tx) => {
    const due = await takeDueCalls(tx, deps.now(), AT_ONCE);
    const answers = await Promise.all(due.map((call) => tried(deps, call)));
    for (const [i, call] of due.entries()) {
      const error = answers[i] ?? null;
      const attempts = call.attempts + 1;
      const state = error === null ? 'sent' : attempts >= MOST_TRIES ? 'dead' : 'waiting';
      const now = deps.now();
      await tx
        .updateTable('identity.webhook_call')
        .set({
          state,
          attempts,
          retry_at: addSeconds(now, retrySeconds(attempts)),
          done_at: state === 'waiting' ? null : now,
          last_error: error ?? '',
        })
        .where('id', '=', call.id)
        .execute();
    }
    return due.length;
  });
}

async function tried({ secret, now, post }: CarryDeps, call: DueCall): Promise<string | null> {
  const body = bodyOf(call);
  const second = Math.floor(now().getTime() / 1000);
  try {
    const headers = {
      'content-type': 'application/json',
      'tian-event': call.type,
      'tian-signature': signatureOf(secret.open(WEBHOOK_SECRET, call.secret), second, body),
    };
    await post(call.url, body, headers);
    return null;
  } catch (error) {
    // The other side is away or says no: the call waits and is made again, and its line says why.
    return faultOf(error).slice(0, 300);
  }
}

/** What went wrong, as the network names it (ENOTFOUND, ECONNREFUSED, TimeoutError): fetch itself says only that it failed. */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return error.name;
  const { cause } = error;
  return cause instanceof Error ? String('code' in cause ? cause.code : cause.message) : error.message;
}

/**
 * By HTTP. A redirection is no answer: the address was judged, its target was not. A name is judged by what it leads to at
 * the time of the call: it may have led elsewhere when it was given.
 */
export const postByHttp =
  (loopback: boolean): Post =>
  async (url, body, headers) => {
    await refuseInward(url, loopback);
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  };

async function refuseInward(url: string, loopback: boolean): Promise<void> {
  const { hostname } = new URL(url);
  if (hostname.startsWith('[')) return; // an address was judged when it was given
  const found = await lookup(hostname, { all: true });
  const hosts = found.map(({ address, family }) => new URL(family === 6 ? `http://[${address}]` : `http://${address}`));
  if (!hosts.every((host) => mayCall(host.hostname, loopback))) throw new Error(`${hostname} leads to this machine`);
}

/** The part that runs by itself. Returns how to stop. */
export function startCalling(deps: CarryDeps): () => Promise<void> {
  const running = new AbortController();
  const loop = (async () => {
    while (!running.signal.aborted) {
      const taken = await carryCalls(deps).catch((error: unknown) => {
        // The database is away: nothing is lost, the calls wait in it.
        deps.log.error({ error }, 'webhook calls could not be read');
        return 0;
      });
      if (taken < AT_ONCE)
        await sleep(LOOK_EVERY_MS, undefined, { signal: running.signal, ref: false }).catch(() => undefined); // stopped
    }
  })();
  return async () => {
    running.abort();
    await loop;
  };
}
