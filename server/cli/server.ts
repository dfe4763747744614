import { Command } from 'commander';
import { configOrExit } from '../kernel/config.ts';
import { CommandError } from './context.ts';

/** `tian server`: pages, API and jobs in this process, on an external PostgreSQL. */
export const serverCommand = (): Command =>
  new Command('server')
    .description('run pages, API and jobs on an external PostgreSQL (TIAN_DATABASE_URL)')
    .action(async () => {
      requireExternalDatabase('server');
      await import('../main.ts');
    });

/** `tian ingest`: both telemetry doors in this process, on an external PostgreSQL. */
export const ingestCommand = (): Command =>
  new Command('ingest')
    .description('run the telemetry doors (MQTT and HTTPS) on an external PostgreSQL (TIAN_DATABASE_URL)')
    .action(async () => {
      requireExternalDatabase('ingest');
      await import('../ingest.ts');
    });

function requireExternalDatabase(name: string): void {
  if (configOrExit().databaseUrl) return;
  throw new CommandError(
    `tian ${name} runs on an external PostgreSQL: set TIAN_DATABASE_URL. With the embedded database use npm start.`,
  );
}
