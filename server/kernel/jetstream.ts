import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  type JsMsg,
  jetstream,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Logger } from 'pino';
import { invariant } from './result.ts';

/** A message of a line: it stays in the stream until `settled` says that its effect is durable. */
export type Carried = { bytes: Uint8Array; settled: () => void };

/** A durable stream of messages in numbered lines. Each line is kept in its order and worked on by one reader. */
export type Lines = {
  /** Resolves once the stream has the message on its disk. A throw: perhaps it has, perhaps not. */
  put: (line: number, bytes: Uint8Array) => Promise<void>;
  /** Read a line from its first message that was not settled, in order, until the function returned is called. */
  read: (line: number, take: (message: Carried) => Promise<void>) => () => Promise<void>;
  connected: () => boolean;
  close: () => Promise<void>;
};

export type LinesDeps = {
  url: string; // one or several addresses, with commas
  name: string; // of the stream: letters, digits, _
  log: Logger;
};

const STANDARD_PORT = 4_222;
const PUT_WITHIN_MS = 5_000;
const AGAIN_AFTER_MS = 500;
const PULLED_AT_ONCE = 64;
const MOST_UNSETTLED = 4_096;
const DAY_NS = 86_400_000_000_000;

/** Join the stream, which is made if it is not there. */
export async function openLines({ url, name, log }: LinesDeps): Promise<Lines> {
  const connection = await join(url);
  const manager = await jetstreamManager(connection);
  await ensureStream(manager, name);
  let up = true;
  void watch(connection, log, (now) => (up = now));
  const stream = jetstream(connection);
  return {
    put: async (line, bytes) => {
      await stream.publish(`${name}.${line}`, bytes, { timeout: PUT_WITHIN_MS, expect: { streamName: name } });
    },
    read: (line, take) => reading({ connection, manager, name, log }, line, take),
    connected: () => up,
    close: () => connection.drain(),
  };
}

/** User and password stand in the first address; the library wants them apart. */
async function join(url: string): Promise<NatsConnection> {
  const addresses = url.split(',').map((address) => new URL(address));
  const { username, password, protocol } = addresses[0] ?? new URL(url);
  const servers = addresses.map(({ hostname, port }) => `${hostname}:${port || STANDARD_PORT}`);
  return connect({
    servers,
    name: 'tian',
    maxReconnectAttempts: -1,
    ...(protocol === 'tls:' && { tls: {} }),
    ...(username && { user: decodeURIComponent(username), pass: decodeURIComponent(password) }),
  }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`NATS at ${servers.join(', ')} (TIAN_NATS_URL) cannot be reached: ${why}`);
  });
}

async function watch(connection: NatsConnection, log: Logger, tell: (up: boolean) => void): Promise<void> {
  for await (const { type } of connection.status()) {
    if (type !== 'disconnect' && type !== 'reconnect') continue;
    tell(type === 'reconnect');
    log.warn(type === 'reconnect' ? 'NATS is there again' : 'NATS is away: nothing is acknowledged meanwhile');
  }
}

/**
 * What is settled leaves the stream, and nothing else does: a full disk refuses new messages rather than dropping old
 * ones. Replicas and limits are the operator's: a stream that is there stays as it is.
 */
async function ensureStream(manager: JetStreamManager, name: string): Promise<void> {
  const found = await manager.streams.info(name).catch(nullIfMissing);
  const { config } =
    found ??
    (await manager.streams.add({
      name,
      subjects: [`${name}.*`],
      retention: RetentionPolicy.Workqueue,
      discard: DiscardPolicy.New,
      storage: StorageType.File,
    }));
  const keeps =
    config.retention === RetentionPolicy.Workqueue && config.discard === DiscardPolicy.New && !config.max_age;
  invariant(keeps, `the NATS stream ${name} has retention workqueue, discard new and no max_age`);
}

const MISSING: ReadonlySet<number> = new Set([JetStreamApiCodes.StreamNotFound, JetStreamApiCodes.ConsumerNotFound]);

function nullIfMissing(error: unknown): null {
  if (error instanceof JetStreamApiError && MISSING.has(error.code)) return null;
  throw error;
}

type Reading = { connection: NatsConnection; manager: JetStreamManager; name: string; log: Logger };

function reading({ connection, manager, name, log }: Reading, line: number, take: (m: Carried) => Promise<void>) {
  let stopping = false;
  let close = (): void => undefined;
  const once = async (): Promise<void> => {
    const consumer = await freshConsumer(manager, name, line);
    const messages = await jetstream(connection)
      .consumers.get(name, consumer)
      .then((c) => c.consume({ max_messages: PULLED_AT_ONCE, abort_on_missing_resource: true }));
    close = () => messages.stop();
    if (stopping) close();
    for await (const message of messages) {
      if (stopping) return;
      await take(carried(message));
    }
  };
  const loop = async (): Promise<void> => {
    while (!stopping) {
      // Whatever went wrong, the line is read again from its first unsettled message.
      await once().catch((error: unknown) => log.warn({ error, line }, 'a line of NATS cannot be read; trying again'));
      if (!stopping) await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
    }
  };
  const ended = loop();
  return async () => {
    stopping = true;
    close();
    await ended;
  };
}

const carried = (message: JsMsg): Carried => ({ bytes: message.data, settled: () => message.ack() });

/**
 * A consumer made anew hands out a line from its first unsettled message. An old one would give the newer ones first
 * and come back to those in between only when their time is over: out of order.
 */
async function freshConsumer(manager: JetStreamManager, name: string, line: number): Promise<string> {
  const durable = `line-${line}`;
  await manager.consumers.delete(name, durable).catch(nullIfMissing);
  await manager.consumers.add(name, {
    durable_name: durable,
    filter_subject: `${name}.${line}`,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: DAY_NS,
    max_ack_pending: MOST_UNSETTLED,
  });
  return durable;
}
