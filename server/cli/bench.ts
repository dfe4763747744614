import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { programDir } from '../kernel/program.ts';
import { CommandError } from './context.ts';

const builtDir = join(programDir, 'dist', 'server', 'bench');

/** What a bench exports. `run` gets the words after the bench's name. Other files of bench/ are shared parts. */
type Bench = { name: string; about: string; run: (args: readonly string[]) => Promise<void> };

/** `tian bench <name>`: figures of this machine, each beside the limit measured in the same run. */
export const benchCommand = (): Command =>
  new Command('bench')
    .description(
      'measure this machine: print each figure beside the limit measured in the same run; without a name, list them',
    )
    .argument('[name]', 'which one')
    .argument('[args...]', 'its own settings; see its first lines in bench/')
    .allowUnknownOption()
    .action(async (name: string | undefined, args: string[]) => {
      const benches = await listBenches();
      if (name === undefined) {
        for (const each of benches) process.stdout.write(`${each.name.padEnd(16)} ${each.about}\n`);
        return;
      }
      const chosen = benches.find((each) => each.name === name);
      if (chosen) return chosen.run(args);
      throw new CommandError(`There is no bench "${name}". There are: ${benches.map((b) => b.name).join(', ')}`);
    });

async function listBenches(): Promise<readonly Bench[]> {
  const files = existsSync(builtDir) ? readdirSync(builtDir).filter((file) => /^[a-z-]+\.js$/.test(file)) : [];
  const found = await Promise.all(files.map(async (file) => ({ file, exports: await importFile(file) })));
  return found.flatMap(({ file, exports: { about, run } }) =>
    typeof about === 'string' && typeof run === 'function'
      ? [{ name: file.slice(0, -3), about, run: run as Bench['run'] }]
      : [],
  );
}

const importFile = async (file: string): Promise<Readonly<Record<string, unknown>>> =>
  import(pathToFileURL(join(builtDir, file)).href);
