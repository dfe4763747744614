import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { TELEMETRY_TOPIC, type WireMessage } from '../modules/telemetry/wire.ts';
import { hash } from './chance.ts';

/** A way into the platform. `send` resolves when the message is acknowledged; messages of one elevator keep their order. */
export type Door = {
  send: (message: WireMessage, elevator: number) => Promise<void>;
  close: () => Promise<void>;
};

export type MqttAsk = { url: string; username: string; password: string; connections: number };

/** The MQTT door: several connections, QoS 1, each elevator always on the same one. */
export async function openMqttDoor({ url, username, password, connections }: MqttAsk): Promise<Door> {
  const options: IClientOptions = { username, password, protocolVersion: 4, clean: true, reconnectPeriod: 2_000 };
  const clients: MqttClient[] = [];
  for (let n = 0; n < connections; n += 1) {
    const clientId = `simulate-${username}-${process.pid}-${n}`; // the whole name: ids made in one second begin alike
    const client = await connectAsync(url, { ...options, clientId });
    client.on('error', () => undefined); // it connects again by itself; what was not acknowledged is sent again
    clients.push(client);
  }
  return {
    send: async (message, elevator) => {
      await clients[elevator % clients.length]?.publishAsync(TELEMETRY_TOPIC, JSON.stringify(message), { qos: 1 });
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.endAsync(true)));
    },
  };
}

export type HttpAsk = { url: string; clientId: string; secret: string };

const BATCH = 1_000;
const EVERY_MS = 1_000;
const TRIES = 10;

/** The HTTPS door: batches once a second, in order, each sent again until it is acknowledged. */
export async function openHttpDoor(ask: HttpAsk): Promise<Door> {
  let token = await fetchToken(ask);
  let waiting: { message: WireMessage; done: () => void; failed: (error: Error) => void }[] = [];
  let sending = Promise.resolve();
  const post = (body: string) =>
    fetch(new URL('/api/v1/telemetry/batches', ask.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
    });
  const flush = async () => {
    const batch = waiting.slice(0, BATCH);
    waiting = waiting.slice(BATCH);
    if (batch.length === 0) return;
    const body = JSON.stringify(batch.map((b) => b.message));
    for (let n = 0; n < TRIES; n += 1) {
      const answer = await post(body).catch(() => undefined);
      if (answer?.ok) return batch.forEach((b) => b.done());
      if (answer?.status === 401) token = await fetchToken(ask);
      else await pause(2_000);
    }
    for (const b of batch) b.failed(new Error(`${ask.url} took no batch in ${TRIES} tries`));
  };
  const timer = setInterval(() => {
    sending = sending.then(flush, flush);
  }, EVERY_MS);
  return {
    send: (message) => new Promise((done, failed) => waiting.push({ message, done, failed })),
    close: async () => {
      clearInterval(timer);
      await sending;
      while (waiting.length > 0) await flush();
    },
  };
}

async function fetchToken({ url, clientId, secret }: HttpAsk): Promise<string> {
  const basic = Buffer.from(`${clientId}:${secret}`).toString('base64');
  const answer = await fetch(new URL('/api/v1/oauth/token', url), {
    method: 'POST',
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials&scope=telemetry:write',
  });
  const body: unknown = await answer.json().catch(() => undefined);
  if (typeof body === 'object' && body !== null && 'access_token' in body) return String(body.access_token);
  throw new Error(`No token from ${url}: ${answer.status} ${JSON.stringify(body)?.slice(0, 200) ?? ''}`);
}

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Spread elevators over senders evenly, always the same way. */
export const chosenBy = (name: string, of: number): number => hash(name) % Math.max(1, of);
