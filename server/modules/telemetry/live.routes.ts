import type { FastifyReply } from 'fastify';
import type { Live } from '../../../contract/telemetry.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import type { TelemetryDeps } from './deps.ts';
import { findLive } from './history.views.ts';

/** A stream lives this long; the screen opens a new one, and its right to see is asked again. */
const LIFETIME_MS = 10 * 60_000;
const HEARTBEAT_MS = 15_000;

/** Send the present of a car, then again after each of its messages. */
export async function openLiveStream(
  reply: FastifyReply,
  { db, live: cars }: TelemetryDeps,
  { id, live }: { id: ElevatorId; live: Live },
): Promise<void> {
  const to = reply.raw;
  reply.hijack();
  to.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  to.write('retry: 2000\n\n');
  const send = (data: unknown): void => {
    to.write(`data: ${JSON.stringify(data)}\n\n`);
  };
  send(live);
  const car = await findLive(db, id);
  const stop = car ? cars.watch({ id, no: car.elevator_no }, send) : () => undefined;
  const beat = setInterval(() => to.write(': alive\n\n'), HEARTBEAT_MS);
  const end = setTimeout(() => to.end(), LIFETIME_MS);
  to.on('close', () => {
    stop();
    clearInterval(beat);
    clearTimeout(end);
  });
}
