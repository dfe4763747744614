import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { makeBackup } from '../kernel/backup.ts';
import type { BackupManifest } from '../kernel/backup-manifest.ts';
import { openPool } from '../kernel/db.ts';
import { say } from '../kernel/language.ts';
import { openLog } from '../kernel/log.ts';
import { restoreBackup } from '../kernel/restore.ts';
import { commandLanguage, openDatabase, refused } from './context.ts';

/** `tian backup`: everything but the key, while the system runs. */
export const backupCommand = (): Command =>
  new Command('backup')
    .description('write all tables and files, as of one instant, into a new folder; the system may go on running')
    .argument('[folder]', 'the new folder; left out: backups/<time> in the data folder')
    .option('-q, --quiet', 'print the result only')
    .action(async (folder: string | undefined, { quiet }: { quiet?: boolean }) => {
      const now = new Date();
      const { config, close } = await openDatabase('tian backup');
      const pool = openPool(config.databaseUrl, 3);
      try {
        const name = now.toISOString().slice(0, 19).replaceAll(':', '-');
        const into = folder ? resolve(folder) : join(config.dataDir, 'backups', name);
        const made = await makeBackup({ pool, dataDir: config.dataDir, into, now, ...(quiet ? {} : { say: print }) });
        print(say('backup.done', commandLanguage, { dir: into, ...totals(made) }));
        print(say('backup.key_apart', commandLanguage, totals(made)));
      } finally {
        await pool.end();
        await close();
      }
    });

/** `tian restore`: into an empty data folder or database. */
export const restoreCommand = (): Command =>
  new Command('restore')
    .description('fill an empty data folder or database from a backup')
    .argument('<folder>', 'the folder that tian backup wrote')
    .option('-q, --quiet', 'print the result only')
    .action(async (folder: string, { quiet }: { quiet?: boolean }) => {
      const { config, close } = await openDatabase('tian restore');
      const pool = openPool(config.databaseUrl, 3);
      try {
        const { dataDir } = config;
        const log = openLog('tian', 'error');
        const done = await restoreBackup({
          pool,
          log,
          dataDir,
          from: resolve(folder),
          ...(quiet ? {} : { say: print }),
        });
        if (!done.ok) throw refused(done.refusal);
        print(say('backup.restored', commandLanguage, { dataDir, ...totals(done.value) }));
      } finally {
        await pool.end();
        await close();
      }
    });

const print = (line: string) => void process.stdout.write(`${line}\n`);

const totals = ({ tables, files, keys }: BackupManifest) => ({
  tables: tables.length,
  rows: tables.reduce((sum, table) => sum + table.rows, 0),
  files: files.length,
  fingerprints: keys.map((k) => `${k.id} ${k.fingerprint}`).join(', ') || '–',
});
