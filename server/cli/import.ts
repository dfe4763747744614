import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import { otherImports } from '../imports.ts';
import { configOrExit } from '../kernel/config.ts';
import { csvOf } from '../kernel/csv.ts';
import { say } from '../kernel/language.ts';
import { importFile, tableImports } from '../modules/registry/index.ts';
import { importRoads } from '../modules/rescue/roads.import.ts';
import { CommandError, commandLanguage, refused, withHouse } from './context.ts';

/** What tables may hold, by the name of the kind. */
export const TABLE_KINDS = ['elevators', 'orgs', 'people', 'relations', 'stations', 'roster'] as const;

/** `tian import`: what an installation takes in from files. */
export function importCommand(): Command {
  const command = new Command('import').description('take data in from files').addCommand(roads());
  for (const kind of TABLE_KINDS) command.addCommand(table(kind));
  return command;
}

const table = (kind: (typeof TABLE_KINDS)[number]): Command =>
  new Command(kind)
    .description(`${say(`registry.import_kind.${kind}`, commandLanguage)}: CSV (UTF-8, GB18030) or XLSX`)
    .argument('<file>', 'the table; its columns are known by their names')
    .option('--dry', 'only look: nothing is written', false)
    .option('--source <name>', 'where it comes from; the same source remembers its columns')
    .option('--faults <file>', 'write what was wrong, row by row, as CSV')
    .action((file: string, options: TableOptions) => importTable(kind, file, options));

type TableOptions = { dry: boolean; source?: string; faults?: string };

async function importTable(
  kind: string,
  path: string,
  { dry, source, faults: faultsFile }: TableOptions,
): Promise<void> {
  const fileName = basename(path);
  await withHouse('tian import', async ({ kernel, pack }) => {
    const imports = tableImports(kernel, pack, otherImports(kernel, pack));
    const done = await importFile(imports, { kind, path, fileName, sourceName: source ?? fileName, dry });
    if (!done.ok) throw refused(done.refusal);
    const { run, faults } = done.value;
    if (run.state !== 'done')
      throw new CommandError(say(run.reason ?? 'registry.import_state.failed', commandLanguage));
    const { rowsDone, created, changed, unchanged, refused: notTaken, remarked } = run;
    const figures = { rowsDone, created, changed, unchanged, refused: notTaken, remarked };
    for (const [name, count] of Object.entries(figures))
      process.stdout.write(`${say(`web.import.${name}`, commandLanguage)} ${count}\n`);
    const lines = faults.map((f) => ({ ...f, what: say(f.code, commandLanguage, f.params) }));
    if (faultsFile) writeFileSync(faultsFile, csvOf(lines.map((f) => [String(f.rowNo), f.column, f.value, f.what])));
    for (const { rowNo, column, what } of faultsFile ? [] : lines.slice(0, MOST_SHOWN))
      process.stdout.write(`${say('registry.import_line', commandLanguage, { row: rowNo, column, what })}\n`);
    if (notTaken > 0) process.exitCode = 2;
  });
}

const MOST_SHOWN = 50;

const roads = (): Command =>
  new Command('roads')
    .description(
      'the roads of an OpenStreetMap extract (.osm, .osm.gz, .osm.pbf), for nearest by road time; used from the next start',
    )
    .argument('<file>', 'the extract')
    .action(async (file: string) => {
      const { dataDir } = configOrExit();
      const { nodes, arcs } = await importRoads(file, dataDir);
      process.stdout.write(`${nodes} nodes, ${arcs} arcs → ${dataDir}/roads.bin\n`);
    });
