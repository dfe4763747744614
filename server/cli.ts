import { Command } from 'commander';
import { backupCommand, restoreCommand } from './cli/backup.ts';
import { benchCommand } from './cli/bench.ts';
import { clientCommand } from './cli/client.ts';
import { conformanceCommand } from './cli/conformance.ts';
import { CommandError } from './cli/context.ts';
import { exportCommand } from './cli/export.ts';
import { importCommand } from './cli/import.ts';
import { packCommand } from './cli/pack.ts';
import { ingestCommand, serverCommand } from './cli/server.ts';
import { simulateCommand } from './cli/simulate.ts';
import { userCommand } from './cli/user.ts';
import { programVersion } from './kernel/program.ts';
import { StartRefused } from './open.ts';

/** The command `tian`: a table of contents. Each command stands in its own file below cli/. */
const program = new Command('tian')
  .description('梯安 Tian: the tools of an installation. Configured by the same variables as the server.')
  .version(programVersion)
  .showHelpAfterError()
  .addCommand(userCommand())
  .addCommand(clientCommand())
  .addCommand(backupCommand())
  .addCommand(restoreCommand())
  .addCommand(packCommand())
  .addCommand(importCommand())
  .addCommand(exportCommand())
  .addCommand(benchCommand())
  .addCommand(serverCommand())
  .addCommand(ingestCommand())
  .addCommand(simulateCommand())
  .addCommand(conformanceCommand());

await program.parseAsync().catch((error: unknown) => {
  // What the person can mend is said in one line; anything else is our fault and shows where.
  const plain = error instanceof CommandError || error instanceof StartRefused;
  const text = error instanceof Error ? (plain ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
});
