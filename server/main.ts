import { buildApp } from './app.ts';
import { onStop, tellSupervisor } from './kernel/child.ts';
import { configOrExit } from './kernel/config.ts';
import { openHouse, StartRefused } from './open.ts';

/** The server process: API, console, jobs and timers. */
async function main(): Promise<void> {
  const config = configOrExit();
  const { kernel, pack } = await openHouse('server', config);
  const { site, run } = await buildApp(kernel, pack);
  const address = await site.listen({ port: config.port, host: config.host });
  tellSupervisor({ kind: 'listening', address });
  const stopRunning = await run();
  kernel.log.info({ address }, 'ready');
  onStop(async () => {
    await site.close();
    await stopRunning();
    await kernel.pool.end();
  });
}

await main().catch((error: unknown) => {
  // A start that is refused is explained in words; anything else is our fault and shows where.
  const ours = error instanceof Error && !(error instanceof StartRefused);
  process.stderr.write(`${ours ? error.stack : error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
