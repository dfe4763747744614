import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import sax from 'sax';
import { buildRoads, type Roads, type Way } from './roads.ts';

/** How fast a rescuer's van goes on each kind of road, in km/h. What is not listed is no road for it. */
const KM_PER_H: Readonly<Record<string, number>> = {
  motorway: 70,
  motorway_link: 40,
  trunk: 50,
  trunk_link: 35,
  primary: 35,
  primary_link: 30,
  secondary: 30,
  secondary_link: 25,
  tertiary: 25,
  tertiary_link: 22,
  unclassified: 20,
  residential: 18,
  living_street: 10,
  service: 12,
  road: 18,
};

/** What a reader of maps is given, piece by piece. */
export type MapSink = {
  node: (id: number, lng: number, lat: number) => void;
  way: (refs: readonly number[], tags: ReadonlyMap<string, string>) => void;
};

/** A sink that keeps what cars may use, and the network out of it. */
export function roadSink(): MapSink & { finish: () => Roads } {
  const places = new Map<number, { lng: number; lat: number }>();
  const kept: { refs: readonly number[]; metresPerS: number; oneWay: boolean; reversed: boolean }[] = [];
  return {
    node: (id, lng, lat) => void places.set(id, { lng, lat }),
    way: (refs, tags) => {
      const kmPerH = KM_PER_H[tags.get('highway') ?? ''];
      if (kmPerH === undefined || refs.length < 2 || isClosed(tags)) return;
      const said = tags.get('oneway') ?? '';
      const round = tags.get('junction') === 'roundabout';
      const oneWay = said === 'yes' || said === '1' || said === '-1' || (round && said !== 'no');
      kept.push({ refs, metresPerS: kmPerH / 3.6, oneWay, reversed: said === '-1' });
    },
    finish: () => {
      const numbers = new Map<number, number>();
      for (const { refs } of kept)
        for (const ref of refs) if (places.has(ref) && !numbers.has(ref)) numbers.set(ref, numbers.size);
      const [lng, lat] = [new Float64Array(numbers.size), new Float64Array(numbers.size)];
      for (const [ref, n] of numbers) {
        const place = places.get(ref);
        lng[n] = place?.lng ?? 0;
        lat[n] = place?.lat ?? 0;
      }
      const ways = kept.map(({ refs, metresPerS, oneWay, reversed }): Way => {
        const nodes = refs.flatMap((ref) => numbers.get(ref) ?? []);
        return { nodes: reversed ? nodes.toReversed() : nodes, metresPerS, oneWay };
      });
      return buildRoads(lng, lat, ways);
    },
  };
}

/** A rescuer may use private ways: barriers open for him. Only what is closed to motor traffic is left out. */
const isClosed = (tags: ReadonlyMap<string, string>): boolean =>
  tags.get('motor_vehicle') === 'no' || tags.get('access') === 'no' || tags.get('area') === 'yes';

/** Read a map in OpenStreetMap's XML, plain or gzipped. Throws on broken XML. */
export async function readOsmXml(path: string, sink: MapSink): Promise<void> {
  const parser = sax.parser(true);
  let refs: number[] | null = null;
  let tags = new Map<string, string>();
  parser.onopentag = ({ name, attributes }) => {
    const text = (key: string) => {
      const given = attributes[key];
      return typeof given === 'string' ? given : '';
    };
    if (name === 'node') sink.node(Number(text('id')), Number(text('lon')), Number(text('lat')));
    if (name === 'way') [refs, tags] = [[], new Map()];
    if (name === 'nd' && refs) refs.push(Number(text('ref')));
    if (name === 'tag' && refs) tags.set(text('k'), text('v'));
  };
  parser.onclosetag = (name) => {
    if (name !== 'way' || !refs) return;
    sink.way(refs, tags);
    refs = null;
  };
  const file = createReadStream(path);
  const decoder = new TextDecoder();
  for await (const piece of path.endsWith('.gz') ? file.pipe(createGunzip()) : file)
    parser.write(decoder.decode(piece, { stream: true }));
  parser.close();
}
