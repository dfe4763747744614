import { connect, type Socket } from 'node:net';
import { statusOf } from './stage.ts';

export type MqttLoad = {
  port: number;
  senders: readonly { id: string; mqttSecret: string }[];
  connections: number;
  firstSeq: number; // numbers go on from run to run
  perSecond: number;
  seconds: number;
};
export type MqttResult = {
  sent: number;
  acknowledged: number;
  sentSeconds: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
  cpuShare: number;
};

/**
 * Publish with QoS 1 over raw sockets, one elevator a connection, at an even pace. Packets are encoded before the
 * clock starts, so that this process measures the door and not itself.
 */
export async function publishPaced(load: MqttLoad): Promise<MqttResult> {
  const { connections, perSecond, seconds, firstSeq } = load;
  const each = Math.ceil((perSecond * seconds) / connections);
  const cars = await openAll(load);
  const at = new Date();
  const packets = cars.map((_car, i) =>
    Array.from({ length: each }, (_packet, k) => publish(statusOf(i, firstSeq + k, at), k + 1)),
  );
  const total = perSecond * seconds;
  const delays = new Float64Array(total);
  const heard = { acknowledged: 0 };
  const sentAt = new Float64Array(connections * (each + 1));
  for (const [i, car] of cars.entries()) {
    onPubacks(car, (id) => {
      delays[heard.acknowledged] = performance.now() - (sentAt[i * (each + 1) + id] ?? 0);
      heard.acknowledged += 1;
    });
  }
  const cpu = process.cpuUsage();
  const begun = performance.now();
  let sent = 0;
  while (sent < total) {
    const due = Math.min(total, Math.floor(((performance.now() - begun) / 1000) * perSecond));
    for (; sent < due; sent += 1) {
      const i = sent % connections;
      const k = Math.floor(sent / connections);
      sentAt[i * (each + 1) + k + 1] = performance.now();
      cars[i]?.write(packets[i]?.[k] ?? '');
    }
    await pause(2);
  }
  const sentSeconds = (performance.now() - begun) / 1000;
  const patience = performance.now() + 15_000;
  while (heard.acknowledged < total && performance.now() < patience) await pause(20);
  const { user, system } = process.cpuUsage(cpu);
  const busy = (performance.now() - begun) / 1000;
  for (const car of cars) car.destroy();
  const sorted = delays.subarray(0, heard.acknowledged).sort();
  const quantile = (q: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
  return {
    sent,
    acknowledged: heard.acknowledged,
    sentSeconds,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
    maxMs: quantile(1),
    cpuShare: (user + system) / 1e6 / busy,
  };
}

const CONNECTING_AT_ONCE = 100;

async function openAll({ port, senders, connections }: MqttLoad): Promise<Socket[]> {
  const cars: Socket[] = [];
  while (cars.length < connections) {
    const some = Array.from({ length: Math.min(CONNECTING_AT_ONCE, connections - cars.length) }, (_, i) => {
      const n = cars.length + i;
      return openOne(port, senders[n % senders.length] ?? { id: '', mqttSecret: '' }, `car-${n}-${process.pid}`);
    });
    cars.push(...(await Promise.all(some)));
  }
  return cars;
}

const openOne = (
  port: number,
  { id, mqttSecret }: { id: string; mqttSecret: string },
  clientId: string,
): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('error', reject);
    socket.once('data', (answer) => {
      if (answer[0] === 0x20 && answer[3] === 0) resolve(socket);
      else reject(new Error(`CONNACK ${answer.toString('hex')}`));
    });
    const payload = Buffer.concat([text(clientId), text(id), text(mqttSecret)]);
    const variable = Buffer.concat([text('MQTT'), Buffer.from([4, 0b1100_0010, 0, 0])]); // 3.1.1, user, password, clean
    socket.write(packet(0x10, Buffer.concat([variable, payload])));
  });

const publish = (message: string, id: number): Buffer =>
  packet(0x32, Buffer.concat([text('tian/v1/telemetry'), Buffer.from([id >> 8, id & 255]), Buffer.from(message)]));

/** A length before each text, of two bytes. */
const text = (value: string): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
};

function packet(type: number, body: Buffer): Buffer {
  const length: number[] = [];
  for (let left = body.length; ; ) {
    const byte = left % 128;
    left = Math.floor(left / 128);
    length.push(left > 0 ? byte | 128 : byte);
    if (left === 0) break;
  }
  return Buffer.concat([Buffer.from([type, ...length]), body]);
}

/** PUBACKs have four bytes: 0x40, 2, and the packet's id. */
function onPubacks(socket: Socket, heard: (id: number) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let i = 0;
    for (; i + 4 <= bytes.length; i += 4) heard(((bytes[i + 2] ?? 0) << 8) | (bytes[i + 3] ?? 0));
    rest = bytes.subarray(i);
  });
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
