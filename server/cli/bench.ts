import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { z } from 'zod';
import { programDir } from '../kernel/program.ts';
import { CommandError } from './context.ts';

const builtDir = join(programDir, 'dist', 'server', 'bench');

/** What a file of bench/ exports. `run` gets the words after the bench's name. */
const bench = z.object({
  about: z.string(),
  run: z.function({ input: [z.array(z.string())], output: z.promise(z.void()) }),
});

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
      const names = existsSync(builtDir)
        ? readdirSync(builtDir).flatMap((file) => /^([a-z-]+)\.js$/.exec(file)?.[1] ?? [])
        : [];
      if (name === undefined) {
        for (const each of names) process.stdout.write(`${each.padEnd(16)} ${(await load(each)).about}\n`);
        return;
      }
      if (!names.includes(name)) throw new CommandError(`There is no bench "${name}". There are: ${names.join(', ')}`);
      await (await load(name)).run(args);
    });

async function load(name: string) {
  const found = bench.safeParse(await import(pathToFileURL(join(builtDir, `${name}.js`)).href));
  if (found.success) return found.data;
  throw new CommandError(`bench/${name}.ts must export about (one line) and run(args)`);
}
