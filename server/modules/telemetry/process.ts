import { statfs } from 'node:fs/promises';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Config } from '../../kernel/config.ts';
import type { Kernel } from '../../kernel/module.ts';
import type { MqttDoor } from '../../kernel/mqtt.ts';
import { plainOf } from '../../kernel/packs.ts';
import { answerError } from '../../kernel/problems.ts';
import { batchRoutes } from './batch.routes.ts';
import { type Doors, openDoors } from './doors.service.ts';
import type { Gathered } from './gather.ts';
import { openTelemetryMqtt } from './mqtt.routes.ts';
import type { TelemetryPack } from './pack.ts';
import type { TelemetryTables } from './tables.ts';

/** The ingest process: both telemetry doors, and the pages that say how it is. */
export type IngestProcess = { http: FastifyInstance; mqtt: MqttDoor; doors: Doors; stop: () => Promise<void> };

/** Open the doors and listen. `http` listens on loopback: the server process passes batches on to it. */
export async function openIngest(kernel: Kernel, pack: TelemetryPack): Promise<IngestProcess> {
  const { config, log, now } = kernel;
  const disk = await watchDisk(config.dataDir, kernel);
  const figures = openFigures();
  const doors = await openDoors({
    ...kernel,
    thresholds: plainOf(pack),
    takes: disk.hasRoom,
    onCommit: figures.onCommit,
  });
  const mqtt = await openTelemetryMqtt({ config, log, now, ...doors });
  const httpLog: FastifyBaseLogger = log;
  const http: FastifyInstance = Fastify({
    loggerInstance: httpLog,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => kernel.newId(),
  });
  http.setErrorHandler(answerError);
  batchRoutes(http, { db: kernel.db.withTables<TelemetryTables>(), now, ...doors });
  const health = { doors, mqtt, hasRoom: disk.hasRoom, figures };
  healthRoutes(http, health);
  await http.listen({ port: config.ingestPort, host: '127.0.0.1' });
  const ownPages = config.ingestProcesses > 1 ? await openOwnPages(config, health) : null;
  return {
    http,
    mqtt,
    doors,
    stop: async () => {
      await mqtt.close();
      await http.close();
      await ownPages?.close();
      await doors.stop();
      disk.stop();
    },
  };
}

/**
 * Several processes share the doors' ports, and the system chooses who answers: the figures of each stand on a port of
 * its own, those after the common one.
 */
async function openOwnPages({ ingestPort, ingestNumber }: Config, health: Health): Promise<FastifyInstance> {
  const pages = Fastify();
  healthRoutes(pages, health);
  await pages.listen({ port: ingestPort + 1 + ingestNumber, host: '127.0.0.1', exclusive: true });
  return pages;
}

const DISK_CHECK_MS = 5_000;
/** Below this share of free disk nothing is acknowledged: what is accepted must be kept. */
const FREE_SHARE = 0.1;

async function watchDisk(dir: string, { log }: Pick<Kernel, 'log'>) {
  let room = true;
  const look = async (): Promise<void> => {
    const { bavail, blocks } = await statfs(dir);
    const enough = blocks === 0 || bavail / blocks >= FREE_SHARE;
    if (enough !== room)
      log.error(
        { freeShare: bavail / blocks },
        enough ? 'the disk has room again' : 'the disk is nearly full: no telemetry is taken',
      );
    room = enough;
  };
  await look();
  // What was last measured holds until the next look.
  const timer = setInterval(
    () => void look().catch((error: unknown) => log.warn({ error }, 'the disk could not be measured')),
    DISK_CHECK_MS,
  );
  return { hasRoom: () => room, stop: () => clearInterval(timer) };
}

type Figures = ReturnType<typeof openFigures>;

/** Figures for Prometheus. */
function openFigures() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const messages = new Counter({
    name: 'tian_telemetry_messages_total',
    help: 'Messages by what became of them',
    labelNames: ['outcome'],
    registers,
  });
  const findings = new Counter({
    name: 'tian_telemetry_findings_total',
    help: 'Changes to findings',
    labelNames: ['change', 'kind'],
    registers,
  });
  const rows = new Histogram({
    name: 'tian_telemetry_commit_rows',
    help: 'Rows of history in one commit',
    buckets: [1, 10, 100, 500, 1_000, 5_000, 10_000],
    registers,
  });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  return {
    registry,
    waiting: gauge('tian_telemetry_waiting', 'Messages not yet committed'),
    elevators: gauge('tian_telemetry_elevators', 'Elevators ever heard'),
    connections: gauge('tian_mqtt_connections', 'MQTT connections now'),
    held: gauge('tian_mqtt_held', 'MQTT connections that wait to be read, because the doors are full'),
    refused: new Gauge({
      name: 'tian_mqtt_refused',
      help: 'MQTT connections and packets refused since the start',
      labelNames: ['why'],
      registers,
    }),
    onCommit: ({ tallies, learned, history }: Gathered): void => {
      for (const { outcome, messages: count } of tallies.values()) messages.inc({ outcome }, count);
      for (const { learned: one } of learned) {
        const kind = one.change.change === 'closed' ? one.change.kind : one.change.finding.kind;
        findings.inc({ change: one.change.change, kind });
      }
      rows.observe(history.rows());
    },
  };
}

type Health = { doors: Doors; mqtt: MqttDoor; hasRoom: () => boolean; figures: Figures };

function healthRoutes(http: FastifyInstance, { doors, mqtt, hasRoom, figures }: Health): void {
  http.get('/healthz', async () => ({ alive: true }));
  http.get('/readyz', async (_request, reply) => {
    const [database, carrier] = [doors.journal, doors.carrier].map((one) => one.failingSinceMs() === null);
    const ready = database && carrier && hasRoom();
    return reply
      .code(ready ? 200 : 503)
      .send({ ready, database, carrier, disk: hasRoom(), waiting: doors.journal.waiting() });
  });
  http.get('/metrics', async (_request, reply) => {
    const { connections, held, ...refused } = mqtt.counts();
    figures.waiting.set(doors.journal.waiting());
    figures.elevators.set(doors.cars.size);
    figures.connections.set(connections);
    figures.held.set(held);
    for (const [why, count] of Object.entries(refused)) figures.refused.set({ why }, count);
    return reply.type(figures.registry.contentType).send(await figures.registry.metrics());
  });
}
