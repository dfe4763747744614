import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import { Aedes, type AedesPublishPacket, type Client, type PublishPacket } from 'aedes';
import type { Logger } from 'pino';
import { invariant } from './result.ts';

/** What becomes of a message: acknowledged, acknowledged and the client shown out, or shown out unacknowledged. */
export type MqttVerdict = 'acknowledge' | 'acknowledge_and_close' | 'close';

export type MqttMessage = { topic: string; payload: Buffer };

export type MqttDoorDeps<Speaker> = {
  port: number; // 0: any free one
  host: string;
  tls: { certFile: string; keyFile: string } | null;
  maxConnections: number;
  maxPacketBytes: number;
  log: Logger;
  /** True while no more messages may be taken: what boxes send then waits in their connections, unread. */
  full: () => boolean;
  /** Who speaks; null when name and secret do not fit. A throw answers "server unavailable". */
  authenticate: (username: string, password: string) => Promise<Speaker | null>;
  /** Take a message; call `answer` once its fate is durable. Messages of one connection come in their order. */
  receive: (speaker: Speaker, message: MqttMessage, answer: (verdict: MqttVerdict) => void) => void;
};

/** What the door has seen since it was opened. */
export type MqttCounts = {
  connections: number; // now
  refusedVersion: number; // MQTT 5, which this broker does not speak
  refusedSecret: number;
  refusedFull: number; // more than the limit
  refusedTooBig: number; // packets above the limit
  held: number; // connections that wait to be read, now
};

export type MqttDoor = {
  port: number;
  counts: () => MqttCounts;
  close: () => Promise<void>;
};

/**
 * An MQTT 3.1.1 door for boxes: they publish with QoS 0 or 1 and hear nothing. The acknowledgement waits for
 * `receive`. There are no subscriptions, retained messages, wills, or sessions that outlive a connection.
 */
export async function openMqttDoor<Speaker>(deps: MqttDoorDeps<Speaker>): Promise<MqttDoor> {
  const counts = { refusedVersion: 0, refusedSecret: 0, refusedFull: 0, refusedTooBig: 0 };
  const speakers = new WeakMap<Client, Speaker>();
  const gate = openGate(deps.full);
  const broker = await Aedes.createBroker({ concurrency: 1_000, heartbeatInterval: 3_600_000, maxTopicLevels: 10 });
  broker.preConnect = (_client, packet, callback) => {
    if (packet.protocolVersion === 5) counts.refusedVersion += 1; // the broker answers "unacceptable version" itself
    packet.clean = true;
    delete packet.will;
    callback(null, true);
  };
  // Its shape is the broker's own: a callback after four parameters.
  broker.authenticate = (...[client, username, password, done]) => {
    void checkClient(deps, username ?? '', password?.toString('utf8') ?? '').then((speaker) => {
      if (speaker === AWAY) return done(serverUnavailable(), null);
      if (speaker === null) counts.refusedSecret += 1;
      else {
        speakers.set(client, speaker);
        gate.watch(client.conn);
      }
      return done(null, speaker !== null);
    });
  };
  // Nobody subscribes here: once `receive` has answered, all is done. The way through the broker's topics, at whose end
  // nobody stands, took as long as taking the message.
  Object.assign(broker, { publish: (_packet: unknown, _client: unknown, done?: () => void) => done?.() });
  broker.authorizeSubscribe = (_client, _subscription, callback) => callback(null, null);
  broker.authorizePublish = (client, packet, callback) => {
    if (!client) return callback(null);
    if (packet.qos === 2) return callback(new Error('QoS 2 is not taken here'));
    packet.retain = false;
    const speaker = speakers.get(client);
    invariant(speaker !== undefined, 'only authenticated clients publish');
    deps.receive(speaker, { topic: packet.topic, payload: bytesOf(packet) }, (verdict) => {
      if (verdict === 'close') return callback(new Error('not kept'));
      callback(null);
      if (verdict === 'acknowledge_and_close') setImmediate(() => client.close());
    });
  };
  const server = openServer(deps, (socket) => {
    limitPackets(socket, { ...deps, mayRead: gate.mayRead, onTooBig: () => (counts.refusedTooBig += 1) });
    broker.handle(socket);
  });
  server.maxConnections = deps.maxConnections;
  server.on('drop', () => (counts.refusedFull += 1));
  const port = await listen(server, deps);
  return {
    port,
    counts: () => ({ connections: broker.connectedClients, held: gate.held(), ...counts }),
    close: () => close(server, broker),
  };
}

const AWAY = Symbol('nobody can be checked just now');
const SERVER_UNAVAILABLE = 3; // return code of CONNACK, MQTT 3.1.1 table 3.1
const serverUnavailable = () => Object.assign(new Error('server unavailable'), { returnCode: SERVER_UNAVAILABLE });

async function checkClient<Speaker>(
  { authenticate, log }: Pick<MqttDoorDeps<Speaker>, 'authenticate' | 'log'>,
  username: string,
  password: string,
): Promise<Speaker | null | typeof AWAY> {
  try {
    return await authenticate(username, password);
  } catch (error) {
    log.warn({ error }, 'an MQTT client could not be checked');
    return AWAY;
  }
}

const bytesOf = ({ payload }: AedesPublishPacket | PublishPacket): Buffer =>
  typeof payload === 'string' ? Buffer.from(payload) : payload;

function openServer({ tls }: { tls: MqttDoorDeps<unknown>['tls'] }, onSocket: (socket: Socket) => void): Server {
  const server = tls
    ? createTlsServer({ cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) }, onSocket)
    : createServer({ noDelay: true }, onSocket);
  return server;
}

async function listen(server: Server, { port, host }: { port: number; host: string }): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: 4_096 }, resolve);
  });
  const address = server.address();
  invariant(address !== null && typeof address === 'object', 'a TCP server that listens has an address');
  return address.port;
}

async function close(server: Server, broker: Aedes): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  await new Promise<void>((resolve) => broker.close(() => resolve()));
  await closed;
}

const GATE_LOOKS_MS = 5;

/**
 * Connections that are not read while the door is full. A box that is not read is not acknowledged and slows down by
 * itself; one that is shown out comes back with everything it has, and all of them together would keep the door full.
 * Newcomers are read until they are known: who may speak is told even then.
 */
function openGate(full: () => boolean) {
  const known = new WeakSet<Duplex>();
  const held = new Set<Duplex>();
  /** Let in those that wait, the longest first, as long as there is room. */
  const letIn = (): void => {
    for (const socket of held) {
      if (full()) break;
      held.delete(socket);
      if (!socket.destroyed) socket.emit('readable');
    }
    if (held.size > 0) setTimeout(letIn, GATE_LOOKS_MS);
  };
  return {
    watch: (socket: Duplex): void => void known.add(socket),
    mayRead: (socket: Duplex): boolean => {
      if (!full() || !known.has(socket)) return true;
      if (held.size === 0) setTimeout(letIn, GATE_LOOKS_MS);
      held.add(socket);
      return false;
    },
    held: () => held.size,
  };
}

type Limits = { maxPacketBytes: number; mayRead: (socket: Socket) => boolean; onTooBig: () => void };

/**
 * Read a connection only while it may be read, and cut one that announces a packet above the limit before it is
 * collected in memory: the parser itself knows no limit and would wait for 256 MB.
 */
function limitPackets(socket: Socket, { maxPacketBytes, mayRead, onTooBig }: Limits): void {
  const read = socket.read.bind(socket);
  const tooBig = openLengthWatch(maxPacketBytes);
  socket.read = (size?: number) => {
    if (!mayRead(socket)) return null;
    const chunk: unknown = read(size);
    if (!(chunk instanceof Buffer) || !tooBig(chunk)) return chunk;
    onTooBig();
    socket.destroy();
    return null;
  };
}

const MOST_LENGTH_BYTES = 4;

/**
 * Does this chunk announce a packet above the limit? Walks from packet to packet over the "remaining length" in each
 * header: 7 bits a byte, at most 4 bytes (MQTT 3.1.1, 2.2.3). The bytes between are skipped.
 */
export function openLengthWatch(maxBytes: number): (chunk: Uint8Array) => boolean {
  let at = 1; // where the next byte of a length stands, from the chunk's beginning on: first comes the packet's type
  let length = 0; // as far as it was read
  let read = 0; // bytes of it
  return (chunk) => {
    while (at < chunk.length) {
      const byte = chunk[at] ?? 0;
      at += 1;
      length += (byte & 127) * 128 ** read;
      read += 1;
      if (byte >= 128 && read < MOST_LENGTH_BYTES) continue;
      if (length > maxBytes) return true;
      at += length + 1;
      length = 0;
      read = 0;
    }
    at -= chunk.length;
    return false;
  };
}
