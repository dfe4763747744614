import { deliveries, gatewayAdapter, logAdapter, webhookAdapter } from './deliver.ts';
import { fileRoutes } from './files.routes.ts';
import { openFileStore, sweepFiles } from './files.ts';
import type { Kernel, Module } from './module.ts';
import { notifyRoutes } from './notify.routes.ts';
import { secretData } from './secret-data.ts';

/** What the kernel itself offers to people: files, notices, and the line of messages that leave the house. */
export function kernelModule({ db, config, keys, log, now, newId }: Kernel): Module {
  const store = openFileStore(config.dataDir);
  const toPeople = config.gatewayUrl ? gatewayAdapter(config.gatewayUrl) : logAdapter(log);
  const signingSecret = keys.derive(keys.currentId, 'webhook.sign').export().toString('base64url');
  return {
    name: 'kernel',
    routes: async (app) => {
      await app.register(fileRoutes({ db, store, newId }));
      await app.register(notifyRoutes({ db, now }));
    },
    tasks: {
      kernel_sweep_files: {
        cron: '20 19 * * *',
        run: async () => {
          await sweepFiles(db, store, now());
        },
      },
    },
    ...deliveries({
      db,
      secret: secretData(keys, config.cipher),
      log,
      now,
      adapters: { sms: toPeople, voice: toPeople, mail: toPeople, webhook: webhookAdapter(signingSecret) },
    }),
  };
}
