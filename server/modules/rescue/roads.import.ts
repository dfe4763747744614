import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOsmXml, roadSink } from './osm.service.ts';
import { readPbf } from './pbf.service.ts';
import { packRoads, type Roads } from './roads.ts';
import { ROADS_FILE } from './travel.ts';

/** Read the roads of an OpenStreetMap extract: .osm, .osm.gz or .osm.pbf. */
export async function readRoads(path: string): Promise<Roads> {
  const sink = roadSink();
  if (path.endsWith('.pbf')) readPbf(path, sink);
  else await readOsmXml(path, sink);
  return sink.finish();
}

/** Put the roads of an extract into the data folder. The server uses them from its next start. */
export async function importRoads(path: string, dataDir: string): Promise<{ nodes: number; arcs: number }> {
  const roads = await readRoads(path);
  if (roads.arcs === 0) throw new Error(`${path} has no roads for vehicles`);
  mkdirSync(dataDir, { recursive: true });
  const target = join(dataDir, ROADS_FILE);
  writeFileSync(`${target}.new`, packRoads(roads));
  renameSync(`${target}.new`, target);
  return { nodes: roads.nodes, arcs: roads.arcs };
}
