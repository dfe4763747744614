import { Command } from 'commander';
import { configOrExit } from '../kernel/config.ts';
import { importRoads } from '../modules/rescue/roads.import.ts';

/** `tian import`: what an installation takes in from files. */
export const importCommand = (): Command =>
  new Command('import').description('take data in from files').addCommand(roads());

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
