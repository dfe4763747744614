import mqtt from 'mqtt';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { type MqttVerdict, openMqttDoor } from './mqtt.ts';

const ROOM = 4;
const BOXES = 12;

/** A door that takes four messages at a time and answers when it is told to. */
async function openSlowDoor() {
  const inHand: ((verdict: MqttVerdict) => void)[] = [];
  let most = 0;
  const door = await openMqttDoor<true>({
    port: 0,
    host: '127.0.0.1',
    tls: null,
    maxConnections: 100,
    maxPacketBytes: 1_000,
    log: pino({ level: 'silent' }),
    full: () => inHand.length >= ROOM,
    authenticate: async () => true,
    receive: (_speaker, _message, answer) => {
      inHand.push(answer);
      most = Math.max(most, inHand.length);
    },
  });
  return { door, inHand, most: () => most };
}

test('a full door leaves messages unread in their connections, shows nobody out, and takes all in the end', async () => {
  const { door, inHand, most } = await openSlowDoor();
  const connect = () => mqtt.connectAsync({ host: '127.0.0.1', port: door.port, reconnectPeriod: 0 });
  const boxes = await Promise.all(Array.from({ length: BOXES }, connect));
  let closed = 0;
  for (const box of boxes) box.on('close', () => (closed += 1));
  let acknowledged = 0;
  const published = boxes.map(async (box) => {
    for (let n = 0; n < 3; n += 1) {
      await box.publishAsync('t', `${n}`, { qos: 1 });
      acknowledged += 1;
    }
  });
  await expect.poll(() => door.counts().held).toBe(BOXES - ROOM);
  expect([inHand.length, acknowledged, closed]).toEqual([ROOM, 0, 0]);

  const newcomer = await connect(); // who may speak is told even while the door is full
  const answering = setInterval(() => inHand.splice(0, 1)[0]?.('acknowledge'), 1);
  await Promise.all(published);
  clearInterval(answering);
  expect([acknowledged, closed, most(), door.counts().held]).toEqual([3 * BOXES, 0, ROOM, 0]);

  await Promise.all([...boxes, newcomer].map((box) => box.endAsync(true)));
  await door.close();
});

test('a box that leaves while it waits to be read is forgotten', async () => {
  const { door, inHand } = await openSlowDoor();
  const boxes = await Promise.all(
    Array.from({ length: ROOM + 1 }, () =>
      mqtt.connectAsync({ host: '127.0.0.1', port: door.port, reconnectPeriod: 0 }),
    ),
  );
  for (const box of boxes) box.publish('t', 'x', { qos: 1 });
  await expect.poll(() => door.counts().held).toBe(1);
  await Promise.all(boxes.map((box) => box.endAsync(true)));
  for (const answer of inHand.splice(0)) answer('acknowledge');
  await expect.poll(() => [door.counts().held, door.counts().connections]).toEqual([0, 0]);
  await door.close();
});
