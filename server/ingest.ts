import cluster from 'node:cluster';
import { runMany } from './ingest-many.ts';
import { onStop } from './kernel/child.ts';
import { configOrExit } from './kernel/config.ts';
import { openLog } from './kernel/log.ts';
import { openIngest } from './modules/telemetry/index.ts';
import { openHouse, StartRefused } from './open.ts';

/** The ingest process: the MQTT door, the inner HTTP door, detection and history. */
async function main(): Promise<void> {
  const config = configOrExit();
  if (config.ingestProcesses > 1 && cluster.isPrimary) return runMany(config, openLog('ingest', config.logLevel));
  const { kernel, pack } = await openHouse('ingest', config);
  const ingest = await openIngest(kernel, pack.files.telemetry);
  const { ingestPort, ingestNumber } = config;
  kernel.log.info({ mqttPort: ingest.mqtt.port, ingestPort, ingestNumber }, 'ready');
  onStop(async () => {
    await ingest.stop();
    await kernel.pool.end();
  });
}

await main().catch((error: unknown) => {
  // A start that is refused is explained in words; anything else is our fault and shows where.
  const ours = error instanceof Error && !(error instanceof StartRefused);
  process.stderr.write(`${ours ? error.stack : error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
